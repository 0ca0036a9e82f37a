//! The audit: what people with power did, and which personal data they saw.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

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
                    .table("audit")
                    // In the order of commits, without a gap.
                    .col(big_integer("id").primary_key())
                    .col(timestamp_with_time_zone("at"))
                    .col(text("actor"))
                    .col(text("act"))
                    .col(text_null("subject_kind"))
                    .col(uuid_null("subject_id"))
                    .col(text_null("reason"))
                    // The name of a field, a role, a token: never a person's words.
                    .col(text_null("detail"))
                    // SHA-256 of the entry before and of everything in this one.
                    .col(binary("hash"))
                    .to_owned(),
            )
            .await?;
        let index = |name: &str, column: &'static str| {
            Index::create().name(name).table("audit").col(column).col("id").to_owned()
        };
        manager.create_index(index("audit_actor", "actor")).await?;
        manager.create_index(index("audit_subject", "subject_id")).await?;
        let guards = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        for guard in guards {
            manager.get_connection().execute_unprepared(guard).await?;
        }
        Ok(())
    }
}

const SQLITE: &[&str] = &[
    "CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
     BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END",
    "CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
     BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END",
];

const POSTGRES: &[&str] = &[
    "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'the audit is only ever added to'; END $$",
    "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
     FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()",
];
