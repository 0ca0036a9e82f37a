//! Service cards and their versions.

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
                    .table("cards")
                    .col(uuid("id").primary_key())
                    .col(string("slug"))
                    .col(string("unit"))
                    // Codes between bars, "|birth|family|", so that one LIKE finds one code.
                    .col(string("life_events"))
                    .col(boolean("online"))
                    // Counts every change, for optimistic locking.
                    .col(integer("revision"))
                    // The digest of the built-in text that this card was last brought to.
                    .col(string_null("builtin_digest"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("cards_slug").table("cards").col("slug").unique().to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("card_versions")
                    .col(uuid("id").primary_key())
                    .col(uuid("card_id"))
                    .col(integer("number"))
                    .col(string("state"))
                    .col(json_binary("content"))
                    .col(string("author"))
                    .col(string_null("approver"))
                    .col(text_null("change_note"))
                    .col(date_null("publish_on"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .col(timestamp_with_time_zone_null("published_at"))
                    .foreign_key(
                        ForeignKey::create()
                            .name("card_versions_card")
                            .from("card_versions", "card_id")
                            .to("cards", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("card_versions_number")
                    .table("card_versions")
                    .col("card_id")
                    .col("number")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("card_versions_state")
                    .table("card_versions")
                    .col("state")
                    .col("card_id")
                    .to_owned(),
            )
            .await
    }
}
