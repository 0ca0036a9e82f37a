//! Where a unit came from, so that the binary leaves alone what an operator's file put there.

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
            .alter_table(
                Table::alter()
                    .table("units")
                    // The digest of the built-in text that this unit was last brought to.
                    .add_column(string_null("builtin_digest"))
                    .to_owned(),
            )
            .await
    }
}
