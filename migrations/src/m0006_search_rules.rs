//! What editors teach the search: synonyms and best bets.

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
                    .table("search_rules")
                    .col(uuid("id").primary_key())
                    .col(string("kind"))
                    // What the rule is about, in lower case and without marks: its name.
                    .col(string("name"))
                    // Everything of the rule that an editor may look for, in the same form.
                    .col(text("words"))
                    .col(json_binary("content"))
                    .col(date_null("valid_until"))
                    // Whether the search keeps to it: not deleted, and not past its day.
                    .col(boolean("in_force"))
                    // A deleted rule keeps its row, so that no newer binary brings it back.
                    .col(boolean("deleted"))
                    .col(integer("revision"))
                    // The digest of the built-in content that brought it; nothing once somebody
                    // has written or deleted it.
                    .col(string_null("builtin_digest"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("search_rules_name")
                    .table("search_rules")
                    .col("kind")
                    .col("name")
                    .unique()
                    .to_owned(),
            )
            .await
    }
}
