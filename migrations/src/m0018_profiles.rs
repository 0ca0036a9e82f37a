//! What residents say of themselves beside what a provider says, addresses that wait to be confirmed,
//! and when a report was taken into an account.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [profiles(), address_changes(), report_claims()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn profiles() -> TableCreateStatement {
    Table::create()
        .table("profiles")
        .col(uuid("account_id").primary_key())
        // What stands over what the provider says; null where that stands.
        .col(text_null("name"))
        .col(text_null("email"))
        .col(string_null("lang"))
        .col(text_null("phone"))
        .col(json_binary("districts"))
        .col(json_binary("letters"))
        // Up to when the person has seen the own timeline.
        .col(timestamp_with_time_zone_null("seen_at"))
        // When the account is erased, once its owner has asked for it; and when it was.
        .col(timestamp_with_time_zone_null("erase_at"))
        .col(timestamp_with_time_zone_null("erased_at"))
        .col(integer("revision"))
        .foreign_key(
            ForeignKey::create()
                .name("profiles_account")
                .from("profiles", "account_id")
                .to("accounts", "id"),
        )
        .to_owned()
}

/// Addresses that wait for their confirmation; kept for an hour, so that they can be counted.
fn address_changes() -> TableCreateStatement {
    Table::create()
        .table("address_changes")
        .col(string("digest").primary_key())
        .col(uuid("account_id"))
        .col(text("email"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .to_owned()
}

/// Reports that were filed without an account and taken into one by their token.
fn report_claims() -> TableCreateStatement {
    Table::create()
        .table("report_claims")
        .col(uuid("report_id").primary_key())
        .col(string("account"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(
            ForeignKey::create()
                .name("report_claims_report")
                .from("report_claims", "report_id")
                .to("reports", "id"),
        )
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let index = |name: &'static str, table: &'static str, columns: &[&'static str]| {
        let mut index = Index::create();
        index.name(name).table(table);
        for column in columns {
            index.col(*column);
        }
        index
    };
    vec![
        index("profiles_erase_at", "profiles", &["erase_at"]),
        index("address_changes_account_id", "address_changes", &["account_id", "created_at"]),
        index("address_changes_email", "address_changes", &["email", "created_at"]),
        index("address_changes_created_at", "address_changes", &["created_at"]),
        index("report_claims_account", "report_claims", &["account"]),
        index("report_supporters_account", "report_supporters", &["account"]),
        // What was sent to one person.
        index("deliveries_recipient", "deliveries", &["recipient"]),
    ]
}
