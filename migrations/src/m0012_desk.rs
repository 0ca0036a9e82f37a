//! What staff proposes to the desk, bodies outside the city that have a report, and versions of categories.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(proposals()).await?;
        manager.create_table(external()).await?;
        let categories = Table::alter()
            .table("report_categories")
            .add_column(integer("revision").default(1))
            .to_owned();
        manager.alter_table(categories).await?;
        manager
            .create_index(
                Index::create()
                    .name("report_external_report")
                    .table("report_external")
                    .col("report_id")
                    .to_owned(),
            )
            .await
    }
}

fn proposals() -> TableCreateStatement {
    Table::create()
        .table("proposals")
        .col(uuid("id").primary_key())
        .col(string("state"))
        // The unit whose coordinators decide; empty: administrators alone.
        .col(string("unit"))
        .col(text("text"))
        // What would be written, as its mutation takes it.
        .col(json_binary_null("routing_rule"))
        .col(json_binary_null("answer_template"))
        .col(string("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(string_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(text_null("reason"))
        // What was written of it.
        .col(uuid_null("rule_id"))
        .col(uuid_null("template_id"))
        .col(integer("revision"))
        .to_owned()
}

/// The token of each is an HMAC of its id, so it stands nowhere.
fn external() -> TableCreateStatement {
    Table::create()
        .table("report_external")
        .col(uuid("id").primary_key())
        .col(uuid("report_id"))
        // The unit that has sent it, and the body that it was sent to.
        .col(string("unit"))
        .col(text("body"))
        .col(timestamp_with_time_zone("sent_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .col(timestamp_with_time_zone_null("taken_back_at"))
        .foreign_key(
            ForeignKey::create()
                .name("report_external_report")
                .from("report_external", "report_id")
                .to("reports", "id"),
        )
        .to_owned()
}
