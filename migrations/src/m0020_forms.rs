//! Forms and their versions.

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
                    .table("forms")
                    .col(uuid("id").primary_key())
                    .col(string("slug"))
                    .col(string("unit"))
                    // Counts every change, for optimistic locking.
                    .col(integer("revision"))
                    // The digest of the built-in file that this form was last brought to.
                    .col(string_null("builtin_digest"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .to_owned(),
            )
            .await?;
        let slug =
            Index::create().name("forms_slug").table("forms").col("slug").unique().to_owned();
        manager.create_index(slug).await?;
        manager
            .create_table(
                Table::create()
                    .table("form_versions")
                    .col(uuid("id").primary_key())
                    .col(uuid("form_id"))
                    .col(integer("number"))
                    .col(string("state"))
                    .col(json_binary("content"))
                    .col(string("author"))
                    .col(string_null("approver"))
                    .col(text_null("change_note"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .col(timestamp_with_time_zone_null("published_at"))
                    .foreign_key(
                        ForeignKey::create()
                            .name("form_versions_form")
                            .from("form_versions", "form_id")
                            .to("forms", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        let index = |name: &str, columns: [&'static str; 2]| {
            let [first, second] = columns;
            Index::create().name(name).table("form_versions").col(first).col(second).to_owned()
        };
        let number = index("form_versions_number", ["form_id", "number"]).unique().to_owned();
        manager.create_index(number).await?;
        manager.create_index(index("form_versions_state", ["state", "form_id"])).await?;
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

/// What people have filled in stays readable as they saw it, so what was published once stays as it
/// was, whatever a program does.
const SQLITE: &[&str] = &[
    "CREATE TRIGGER form_versions_are_not_changed
     BEFORE UPDATE OF form_id, number, content ON form_versions
     WHEN OLD.published_at IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'a published version of a form is never changed'); END",
    "CREATE TRIGGER form_versions_are_not_deleted BEFORE DELETE ON form_versions
     WHEN OLD.published_at IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'a published version of a form is never deleted'); END",
];

const POSTGRES: &[&str] = &[
    "CREATE FUNCTION form_versions_stay() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'a published version of a form is never changed'; END $$",
    "CREATE TRIGGER form_versions_are_not_changed
     BEFORE UPDATE OF form_id, number, content ON form_versions
     FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION form_versions_stay()",
    "CREATE TRIGGER form_versions_are_not_deleted BEFORE DELETE ON form_versions
     FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION form_versions_stay()",
];
