//! Where the districts are on the map.

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
                    .table("district_outlines")
                    .col(integer("number").primary_key())
                    // A geometry of GeoJSON.
                    .col(json_binary("outline"))
                    // Drawn by hand for Kontakt; false when an operator's file put it there.
                    .col(boolean("coarse"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .to_owned(),
            )
            .await
    }
}
