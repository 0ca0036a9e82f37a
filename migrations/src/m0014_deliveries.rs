//! Letters and webhook calls on their way, who is written to about which report, and the cursors of
//! the followers that an installation has once.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [deliveries(), followers(), subscriptions()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        // Nobody is written to about what was before.
        for name in ["notifications", "webhooks"] {
            let from_now = format!(
                "INSERT INTO followers (name, cursor) SELECT '{name}', COALESCE(MAX(id), 0) FROM events"
            );
            manager.get_connection().execute_unprepared(&from_now).await?;
        }
        Ok(())
    }
}

fn deliveries() -> TableCreateStatement {
    Table::create()
        .table("deliveries")
        .col(uuid("id").primary_key())
        .col(string("kind"))
        // The entry of the spine that it tells of, and the thing that this is about.
        .col(big_integer_null("event_id"))
        .col(uuid_null("subject_id"))
        // Who gets it: a reference, or an address that is forgotten when the letter is through.
        .col(text("recipient"))
        .col(string_null("template"))
        .col(string("lang"))
        // What a letter says that is about no stored thing; forgotten like the address.
        .col(json_binary("variables"))
        .col(string("state"))
        .col(integer("attempts"))
        // When it is tried; null when there is nothing left to try.
        .col(timestamp_with_time_zone_null("next_at"))
        .col(timestamp_with_time_zone_null("expires_at"))
        .col(string_null("last_error"))
        .col(string("dedup"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .to_owned()
}

fn followers() -> TableCreateStatement {
    Table::create()
        .table("followers")
        .col(string("name").primary_key())
        .col(big_integer("cursor"))
        .to_owned()
}

fn subscriptions() -> TableCreateStatement {
    Table::create()
        .table("mail_subscriptions")
        .col(uuid("id").primary_key())
        .col(uuid("report_id"))
        // What an address comes to under the secret of the installation: it tells two apart, and
        // tells neither.
        .col(string("who"))
        // The address; null for the contact of the report, and for one that has ended.
        .col(text_null("email"))
        .col(string("lang"))
        // The entry of the spine that asked for it, where it was one.
        .col(big_integer_null("event_id"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(timestamp_with_time_zone_null("confirmed_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        // When an address that was never confirmed is forgotten.
        .col(timestamp_with_time_zone_null("forget_at"))
        .foreign_key(
            ForeignKey::create()
                .name("mail_subscriptions_report")
                .from("mail_subscriptions", "report_id")
                .to("reports", "id"),
        )
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let index = |name: &'static str, table: &'static str| {
        Index::create().name(name).table(table).to_owned()
    };
    vec![
        index("deliveries_dedup", "deliveries").col("dedup").unique().to_owned(),
        index("deliveries_next", "deliveries").col("next_at").to_owned(),
        index("deliveries_subject", "deliveries").col("subject_id").to_owned(),
        index("mail_subscriptions_report_who", "mail_subscriptions")
            .col("report_id")
            .col("who")
            .unique()
            .to_owned(),
        index("mail_subscriptions_forget", "mail_subscriptions").col("forget_at").to_owned(),
        index("mail_subscriptions_who", "mail_subscriptions").col("who").col("asked_at").to_owned(),
    ]
}
