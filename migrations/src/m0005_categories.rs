//! Categories of reports.

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
                    .table("report_categories")
                    .col(string("code").primary_key())
                    .col(integer("position"))
                    .col(json_binary("content"))
                    .to_owned(),
            )
            .await
    }
}
