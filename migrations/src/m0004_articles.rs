//! Knowledge articles.

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
                    .table("articles")
                    .col(uuid("id").primary_key())
                    .col(string("slug"))
                    .col(string("visibility"))
                    .col(json_binary("content"))
                    .col(integer("revision"))
                    .col(string_null("builtin_digest"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("articles_slug")
                    .table("articles")
                    .col("slug")
                    .unique()
                    .to_owned(),
            )
            .await
    }
}
