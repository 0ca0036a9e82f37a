//! What was searched for, without anything that tells by whom.

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
                    .table("search_log")
                    .col(uuid("id").primary_key())
                    .col(timestamp_with_time_zone("at"))
                    .col(string("session_kind"))
                    .col(string("lang"))
                    // In lower case, without numbers of people and things.
                    .col(string("words"))
                    // The words in their dictionary forms and in order; empty when nothing was asked.
                    .col(text("topic"))
                    .col(integer("hits"))
                    .col(integer_null("clicked_rank"))
                    .col(uuid_null("clicked_id"))
                    // The search that this one says again in other words.
                    .col(uuid_null("previous_id"))
                    .to_owned(),
            )
            .await?;
        for (name, columns) in [
            ("search_log_at", &["at"][..]),
            ("search_log_topic", &["topic", "at"]),
            ("search_log_previous", &["previous_id"]),
        ] {
            let mut index = Index::create().name(name).table("search_log").to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
