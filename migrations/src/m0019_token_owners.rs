//! Access tokens belong to the member of staff who answers for them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Null for those that whoever runs the installation has made.
        let owned = Table::alter().table("access_tokens").add_column(uuid_null("owner")).to_owned();
        manager.alter_table(owned).await?;
        let index = Index::create()
            .name("access_tokens_owner")
            .table("access_tokens")
            .col("owner")
            .to_owned();
        manager.create_index(index).await
    }
}
