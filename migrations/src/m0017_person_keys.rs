//! Keys of persons, what is sealed with them, and the log of what was deleted.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(keys()).await?;
        manager.create_table(deletions()).await?;
        for table in ["report_contacts", "mail_subscriptions"] {
            // Whether the personal columns are sealed. What was there before is sealed by the service, which
            // has the keys.
            let sealed = boolean("sealed").default(false).to_owned();
            let alter = Table::alter().table(table).add_column(sealed).to_owned();
            manager.alter_table(alter).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// One key for each thing that holds personal data, under the id of that thing. Whoever deletes a row
/// makes the data unreadable, also in copies that were made without this table.
fn keys() -> TableCreateStatement {
    Table::create()
        .table("person_keys")
        .col(uuid("id").primary_key())
        // By which name the master key is known that wraps it.
        .col(string("master"))
        .col(text("wrapped"))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned()
}

/// What was deleted and why, without personal data.
fn deletions() -> TableCreateStatement {
    Table::create()
        .table("deletions")
        .col(uuid("id").primary_key())
        .col(timestamp_with_time_zone("at"))
        // The class of data, and how many things of it.
        .col(string("class"))
        .col(big_integer("count"))
        // Who has deleted, by the handle, and why, as a code.
        .col(string("actor"))
        .col(string("reason"))
        // The numbers of the reports that it was about.
        .col(json_binary("reports"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let index = |name: &'static str, table: &'static str, column: &'static str| {
        Index::create().name(name).table(table).col(column).to_owned()
    };
    vec![
        index("person_keys_master", "person_keys", "master"),
        // Small, and empty when all is sealed.
        index("report_contacts_plain", "report_contacts", "report_id")
            .and_where(Expr::cust("NOT sealed"))
            .to_owned(),
        index("mail_subscriptions_plain", "mail_subscriptions", "id")
            .and_where(Expr::cust("NOT sealed AND email IS NOT NULL"))
            .to_owned(),
    ]
}
