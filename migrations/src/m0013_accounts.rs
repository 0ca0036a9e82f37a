//! Accounts, their sessions, the tokens of applications, and what stands between a person who wants
//! to sign in and the answer of a provider. Secrets are stored as SHA-256 only.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in
            [accounts(), sessions(), access_tokens(), sign_ins(), sign_in_links(), logout_tokens()]
        {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// A person is who a provider says: its name and the subject there.
fn accounts() -> TableCreateStatement {
    Table::create()
        .table("accounts")
        .col(uuid("id").primary_key())
        .col(string("provider"))
        .col(string("subject"))
        .col(string("kind"))
        // The name in histories; of staff only, and never changed.
        .col(string_null("handle"))
        .col(text("name"))
        .col(text_null("email"))
        .col(string_null("role"))
        .col(string_null("unit"))
        .col(string_null("acr"))
        .col(string("lang"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("signed_in_at"))
        .to_owned()
}

fn sessions() -> TableCreateStatement {
    Table::create()
        .table("sessions")
        .col(uuid("id").primary_key())
        .col(string("digest"))
        .col(uuid("account_id"))
        .col(timestamp_with_time_zone("created_at"))
        // Written once a minute at most.
        .col(timestamp_with_time_zone("used_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(text("agent"))
        // The name that the provider gave the session, for its word that it has ended.
        .col(string_null("provider_sid"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(string_null("ended_why"))
        .foreign_key(
            ForeignKey::create()
                .name("sessions_account")
                .from("sessions", "account_id")
                .to("accounts", "id"),
        )
        .to_owned()
}

/// What applications of others show.
fn access_tokens() -> TableCreateStatement {
    Table::create()
        .table("access_tokens")
        .col(uuid("id").primary_key())
        .col(string("digest"))
        .col(string("name"))
        .col(json_binary("scopes"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .to_owned()
}

/// Sign-ins under way at a provider: one use each, in the browser that began it.
fn sign_ins() -> TableCreateStatement {
    Table::create()
        .table("sign_ins")
        .col(string("digest").primary_key())
        .col(string("provider"))
        .col(string("nonce"))
        .col(string("verifier"))
        .col(string("browser_digest"))
        .col(text("return_to"))
        .col(timestamp_with_time_zone("expires_at"))
        .to_owned()
}

/// Links that were sent by mail; kept for an hour, so that they can be counted.
fn sign_in_links() -> TableCreateStatement {
    Table::create()
        .table("sign_in_links")
        .col(string("digest").primary_key())
        .col(text("email"))
        .col(string("browser_digest"))
        .col(text("return_to"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .to_owned()
}

/// Words of providers that sessions have ended, so that each is taken once.
fn logout_tokens() -> TableCreateStatement {
    Table::create()
        .table("logout_tokens")
        .col(string("digest").primary_key())
        .col(timestamp_with_time_zone("expires_at"))
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
        index("accounts_subject", "accounts", &["provider", "subject"]).unique().to_owned(),
        index("accounts_handle", "accounts", &["handle"]).unique().to_owned(),
        index("sessions_digest", "sessions", &["digest"]).unique().to_owned(),
        index("sessions_account_id", "sessions", &["account_id", "created_at"]),
        index("sessions_expires_at", "sessions", &["expires_at"]),
        index("access_tokens_digest", "access_tokens", &["digest"]).unique().to_owned(),
        index("access_tokens_name", "access_tokens", &["name"]).unique().to_owned(),
        index("sign_ins_expires_at", "sign_ins", &["expires_at"]),
        index("sign_in_links_email", "sign_in_links", &["email", "created_at"]),
        index("sign_in_links_created_at", "sign_in_links", &["created_at"]),
        index("logout_tokens_expires_at", "logout_tokens", &["expires_at"]),
    ]
}
