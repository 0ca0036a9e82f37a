//! Units of the city and its districts.

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
                    .table("units")
                    .col(uuid("id").primary_key())
                    .col(string("code"))
                    .col(integer("position"))
                    .col(json_binary("content"))
                    // The digest of the built-in text that this unit was last brought to; nothing
                    // when an operator's file put it there.
                    .col(string_null("builtin_digest"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("units_code").table("units").col("code").unique().to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("districts")
                    .col(integer("number").primary_key())
                    .col(json_binary("content"))
                    .to_owned(),
            )
            .await
    }
}
