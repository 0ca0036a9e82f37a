//! What people search for in vain, and what became of it.

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
                    .table("knowledge_gaps")
                    .col(uuid("id").primary_key())
                    .col(string("state"))
                    // The topic that began it; further ones are near it.
                    .col(text("topic"))
                    .col(json_binary("wordings"))
                    .col(integer("hits"))
                    .col(timestamp_with_time_zone("first_seen"))
                    .col(timestamp_with_time_zone("last_seen"))
                    .col(string_null("unit"))
                    .col(date_null("due_on"))
                    .col(json_binary_null("answer"))
                    .col(text_null("note"))
                    .col(timestamp_with_time_zone_null("verified_at"))
                    .col(integer("revision"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("knowledge_gaps_hits")
                    .table("knowledge_gaps")
                    .col("hits")
                    .col("id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("knowledge_gap_topics")
                    .col(text("topic").primary_key())
                    .col(uuid("gap_id"))
                    .foreign_key(
                        ForeignKey::create()
                            .name("knowledge_gap_topics_gap")
                            .from("knowledge_gap_topics", "gap_id")
                            .to("knowledge_gaps", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("knowledge_gap_topics_gap_id")
                    .table("knowledge_gap_topics")
                    .col("gap_id")
                    .to_owned(),
            )
            .await
    }
}
