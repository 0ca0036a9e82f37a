//! The append-only events, what a follower could not take, and facts about the database itself.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("events")
                    // Drawn by the door in the order of commits, never by the database.
                    .col(big_integer("id").primary_key())
                    .col(timestamp_with_time_zone("at"))
                    .col(string("actor"))
                    .col(string("kind"))
                    .col(string("subject_kind"))
                    .col(uuid_null("subject_id"))
                    .col(json_binary("payload"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("parked_events")
                    .col(string("follower"))
                    .col(big_integer("event_id"))
                    .col(timestamp_with_time_zone("at"))
                    .col(text("error"))
                    .primary_key(Index::create().col("follower").col("event_id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("facts")
                    .col(string("key").primary_key())
                    .col(text("value"))
                    .to_owned(),
            )
            .await
    }
}
