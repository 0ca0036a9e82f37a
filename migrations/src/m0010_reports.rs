//! Reports of residents: what was told, which units answer it, its history, and what stands around it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            reports(),
            counters(),
            contacts(),
            assignments(),
            timeline(),
            photos(),
            supporters(),
            feedback(),
            relations(),
            routing_rules(),
            answer_templates(),
            once_keys(),
        ] {
            manager.create_table(table).await?;
        }
        // So that a newer binary leaves alone what an operator's file put there.
        let categories = Table::alter()
            .table("report_categories")
            .add_column(string_null("builtin_digest"))
            .to_owned();
        manager.alter_table(categories).await?;
        // Until now all of them came from a binary.
        let of_binary = "UPDATE report_categories SET builtin_digest = ''";
        manager.get_connection().execute_unprepared(of_binary).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn reports() -> TableCreateStatement {
    Table::create()
        .table("reports")
        .col(uuid("id").primary_key())
        // Counts all reports from 1 without a gap: the place of a report in the columns of the
        // statistics.
        .col(big_integer("seq"))
        .col(string("number"))
        // The id that a report has where it was imported from.
        .col(string_null("external_id"))
        .col(string("kind"))
        .col(string("category"))
        // The category above it, or itself: the groups of the statistics.
        .col(string("category_group"))
        .col(string("channel"))
        .col(text("description"))
        // What everybody reads instead, where the text told too much.
        .col(text_null("public_description"))
        .col(json_binary("answers"))
        .col(double_null("latitude"))
        .col(double_null("longitude"))
        .col(text_null("address"))
        .col(integer_null("district"))
        .col(string_null("land_manager"))
        .col(string("stage"))
        .col(string_null("outcome"))
        .col(timestamp_with_time_zone_null("outcome_at"))
        // Why, where to turn, or until when, as the outcome demands.
        .col(text_null("reason"))
        .col(timestamp_with_time_zone("received_at"))
        // The local days, which statistics count by.
        .col(date("received_on"))
        .col(date_null("resolved_on"))
        .col(date("expected_by"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .col(timestamp_with_time_zone_null("paused_at"))
        // When time alone does the next thing to it.
        .col(timestamp_with_time_zone_null("wakes_at"))
        // The unit that was given it first.
        .col(string_null("unit"))
        .col(uuid_null("duplicate_of"))
        .col(boolean("sensitive"))
        // Whether everybody may see it: what the rules make of stage and sensitivity.
        .col(boolean("public"))
        .col(integer("supports"))
        .col(integer("sent_back"))
        .col(integer("reopened"))
        // The resident's account, and the member of staff who took it down.
        .col(string_null("account"))
        .col(string_null("taken_by"))
        .col(json_binary("routing"))
        .col(integer("revision"))
        .col(timestamp_with_time_zone("updated_at"))
        .to_owned()
}

/// The last number that was given out, by series.
fn counters() -> TableCreateStatement {
    Table::create()
        .table("report_counters")
        .col(string("series").primary_key())
        .col(big_integer("last"))
        .to_owned()
}

/// Who to write to: kept apart, so that a person can be forgotten and the case kept.
fn contacts() -> TableCreateStatement {
    Table::create()
        .table("report_contacts")
        .col(uuid("report_id").primary_key())
        .col(text_null("name"))
        .col(text_null("email"))
        .col(text_null("phone"))
        .col(string("lang"))
        .foreign_key(&mut to_report("report_contacts"))
        .to_owned()
}

fn assignments() -> TableCreateStatement {
    Table::create()
        .table("report_assignments")
        .col(uuid("id").primary_key())
        .col(uuid("report_id"))
        // How often the report had been reopened when it was sent: earlier rounds are history.
        .col(integer("round"))
        .col(string("unit"))
        .col(string_null("assignee"))
        .col(string("stage"))
        .col(string_null("outcome"))
        .col(text_null("public_answer"))
        .col(text_null("internal_answer"))
        .col(text_null("reason"))
        .col(date_null("review_on"))
        .col(string_null("suggested_unit"))
        .col(timestamp_with_time_zone("sent_at"))
        .col(date("due_on"))
        .col(timestamp_with_time_zone_null("answered_at"))
        // 0, 50, 80 or 100 percent of the time have passed, and when the next step comes.
        .col(integer("escalation"))
        .col(timestamp_with_time_zone_null("escalates_at"))
        .foreign_key(&mut to_report("report_assignments"))
        .to_owned()
}

/// Only ever added to.
fn timeline() -> TableCreateStatement {
    Table::create()
        .table("report_timeline")
        .col(uuid("report_id"))
        .col(integer("position"))
        .col(timestamp_with_time_zone("at"))
        .col(string("step"))
        .col(string("stage"))
        .col(string_null("outcome"))
        .col(string_null("unit"))
        .col(string("actor"))
        .col(text_null("text"))
        .col(text_null("note"))
        .primary_key(Index::create().col("report_id").col("position"))
        .foreign_key(&mut to_report("report_timeline"))
        .to_owned()
}

fn photos() -> TableCreateStatement {
    Table::create()
        .table("report_photos")
        .col(uuid("report_id"))
        .col(integer("position"))
        .col(string("file"))
        .col(string("thumbnail"))
        .col(integer("width"))
        .col(integer("height"))
        .col(big_integer("bytes"))
        // Whether only staff and its holder may see it.
        .col(boolean("hidden"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("report_id").col("position"))
        .foreign_key(&mut to_report("report_photos"))
        .to_owned()
}

/// Residents who support a report or follow it.
fn supporters() -> TableCreateStatement {
    Table::create()
        .table("report_supporters")
        .col(uuid("report_id"))
        .col(string("account"))
        .col(boolean("supports"))
        .col(boolean("follows"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("report_id").col("account"))
        .foreign_key(&mut to_report("report_supporters"))
        .to_owned()
}

/// What the author says of the answer; a report that was reopened is asked about again.
fn feedback() -> TableCreateStatement {
    Table::create()
        .table("report_feedback")
        .col(uuid("report_id"))
        .col(integer("round"))
        .col(boolean("satisfied"))
        .col(json_binary("reasons"))
        .col(text_null("text"))
        .col(boolean("allows_contact"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("report_id").col("round"))
        .foreign_key(&mut to_report("report_feedback"))
        .to_owned()
}

fn relations() -> TableCreateStatement {
    Table::create()
        .table("report_relations")
        .col(uuid("report_id"))
        .col(uuid("other_id"))
        .col(string("kind"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("report_id").col("other_id").col("kind"))
        .foreign_key(&mut to_report("report_relations"))
        .to_owned()
}

fn routing_rules() -> TableCreateStatement {
    Table::create()
        .table("routing_rules")
        .col(uuid("id").primary_key())
        .col(integer("position"))
        .col(json_binary("content"))
        // The unit that reports are sent to, whose coordinator may edit the rule.
        .col(string("unit"))
        .col(boolean("active"))
        // What was deleted stays, so that no newer binary brings it back.
        .col(boolean("deleted"))
        .col(string_null("builtin_digest"))
        .col(integer("revision"))
        .col(timestamp_with_time_zone("updated_at"))
        .to_owned()
}

fn answer_templates() -> TableCreateStatement {
    Table::create()
        .table("answer_templates")
        .col(uuid("id").primary_key())
        // The unit whose answers it is for; empty for all.
        .col(string("unit"))
        .col(string("outcome"))
        .col(integer("position"))
        .col(json_binary("content"))
        .col(boolean("deleted"))
        .col(string_null("builtin_digest"))
        .col(integer("revision"))
        .col(timestamp_with_time_zone("updated_at"))
        .to_owned()
}

/// Which request made what, so that a resend makes nothing twice.
fn once_keys() -> TableCreateStatement {
    Table::create()
        .table("once_keys")
        .col(string("key").primary_key())
        .col(string("digest"))
        .col(uuid("subject_id"))
        .col(timestamp_with_time_zone("at"))
        .to_owned()
}

fn to_report(table: &str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_report"))
        .from(table.to_owned(), "report_id")
        .to("reports", "id")
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
        index("reports_number", "reports", &["number"]).unique().to_owned(),
        index("reports_seq", "reports", &["seq"]).unique().to_owned(),
        partly(index("reports_external_id", "reports", &["external_id"]), "external_id")
            .unique()
            .to_owned(),
        index("reports_received", "reports", &["received_at", "id"]),
        // The most frequent list: of one category and outcome, newest first, counted on the index.
        index(
            "reports_category",
            "reports",
            &["category", "outcome", "public", "received_at", "id"],
        ),
        index("reports_stage", "reports", &["stage", "received_at", "id"]),
        index("reports_latitude", "reports", &["latitude", "longitude"]),
        partly(index("reports_wakes", "reports", &["wakes_at"]), "wakes_at"),
        partly(index("reports_account", "reports", &["account"]), "account"),
        index("report_assignments_report", "report_assignments", &["report_id"]),
        index("report_assignments_unit", "report_assignments", &["unit", "stage", "due_on"]),
        partly(
            index("report_assignments_escalates", "report_assignments", &["escalates_at"]),
            "escalates_at",
        ),
        index("routing_rules_position", "routing_rules", &["position"]),
        index("once_keys_at", "once_keys", &["at"]),
    ]
}

/// An index that holds only the rows that have a value: most have none.
fn partly(mut index: IndexCreateStatement, column: &'static str) -> IndexCreateStatement {
    index.and_where(Expr::col(column).is_not_null()).to_owned()
}
