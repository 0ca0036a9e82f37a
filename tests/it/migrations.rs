//! The way of the schema: from nothing to today, once, and never from tomorrow.

use kontakt::{
    app::App,
    clock::Clock,
    config::Config,
    db::{Db, MigrationError, facts},
};
use kontakt_migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use crate::harness::{Start, fresh, now};

/// Every table with its columns; a question mark stands behind those that may be empty.
const SCHEMA: &[&str] = &[
    "access_tokens: created_at digest expires_at id name owner? revoked_at? scopes used_at?",
    "accounts: acr? created_at email? handle? id kind lang name provider role? signed_in_at subject unit?",
    "address_changes: account_id created_at digest email used_at?",
    "answer_templates: builtin_digest? content deleted id outcome position revision unit updated_at",
    "articles: builtin_digest? content created_at id revision slug updated_at visibility",
    "audit: act actor at detail? hash id reason? subject_id? subject_kind?",
    "card_versions: approver? author card_id change_note? content created_at id number publish_on? published_at? state updated_at",
    "cards: builtin_digest? created_at id life_events online revision slug unit updated_at",
    "deletions: actor at class count id reason reports",
    "deliveries: attempts created_at dedup event_id? expires_at? id kind lang last_error? next_at? recipient state subject_id? template? updated_at variables",
    "district_outlines: coarse number outline updated_at",
    "districts: content number",
    "events: actor at id kind payload subject_id? subject_kind",
    "facts: key value",
    "followers: cursor name",
    "form_versions: approver? author change_note? content created_at form_id id number published_at? state updated_at",
    "forms: builtin_digest? created_at id revision slug unit updated_at",
    "knowledge_gap_topics: gap_id topic",
    "knowledge_gaps: answer? due_on? first_seen hits id last_seen note? revision state topic unit? updated_at verified_at? wordings",
    "logout_tokens: digest expires_at",
    "mail_subscriptions: asked_at confirmed_at? email? ended_at? event_id? forget_at? id lang report_id sealed who",
    "once_keys: at digest key subject_id",
    "parked_events: at error event_id follower",
    "person_keys: created_at id master wrapped",
    "profiles: account_id districts email? erase_at? erased_at? lang? letters name? phone? revision seen_at?",
    "proposals: answer_template? decided_at? decided_by? id proposed_at proposed_by reason? revision routing_rule? rule_id? state template_id? text unit",
    "report_assignments: answered_at? assignee? due_on escalates_at? escalation id internal_answer? outcome? public_answer? reason? report_id review_on? round sent_at stage suggested_unit? unit",
    "report_categories: builtin_digest? code content position revision",
    "report_claims: account at report_id",
    "report_contacts: email? lang name? phone? report_id sealed",
    "report_counters: last series",
    "report_external: answered_at? body expires_at id report_id sent_at taken_back_at? unit",
    "report_feedback: allows_contact at reasons report_id round satisfied text?",
    "report_photos: at bytes file height hidden position report_id thumbnail width",
    "report_relations: at kind other_id report_id",
    "report_supporters: account at follows report_id supports",
    "report_timeline: actor at note? outcome? position report_id stage step text? unit?",
    "reports: account? address? answers category category_group channel closed_at? description district? duplicate_of? expected_by external_id? id kind land_manager? latitude? longitude? number outcome? outcome_at? paused_at? public public_description? reason? received_at received_on reopened resolved_on? revision routing sensitive sent_back seq stage supports taken_by? unit? updated_at wakes_at?",
    "routing_rules: active builtin_digest? content deleted id position revision unit updated_at",
    "seaql_migrations: applied_at version",
    "search_log: at clicked_id? clicked_rank? hits id lang previous_id? session_kind topic words",
    "search_rules: builtin_digest? content deleted id in_force kind name revision updated_at valid_until? words",
    "sessions: account_id agent created_at digest ended_at? ended_why? expires_at id provider_sid? used_at",
    "sign_in_links: browser_digest created_at digest email return_to used_at?",
    "sign_ins: browser_digest digest expires_at nonce provider return_to verifier",
    "unfiled_photos: file thumbnail until",
    "units: builtin_digest? code content id position updated_at",
];

/// Every index that a step has named.
const INDEXES: &[&str] = &[
    "access_tokens_digest unique",
    "access_tokens_name unique",
    "access_tokens_owner",
    "accounts_handle unique",
    "accounts_subject unique",
    "address_changes_account_id",
    "address_changes_created_at",
    "address_changes_email",
    "articles_slug unique",
    "audit_actor",
    "audit_subject",
    "card_versions_number unique",
    "card_versions_state",
    "cards_slug unique",
    "deliveries_dedup unique",
    "deliveries_next",
    "deliveries_recipient",
    "deliveries_subject",
    "form_versions_number unique",
    "form_versions_state",
    "forms_slug unique",
    "knowledge_gap_topics_gap_id",
    "knowledge_gaps_hits",
    "logout_tokens_expires_at",
    "mail_subscriptions_forget",
    "mail_subscriptions_plain",
    "mail_subscriptions_report_who unique",
    "mail_subscriptions_who",
    "once_keys_at",
    "person_keys_master",
    "profiles_erase_at",
    "report_assignments_escalates",
    "report_assignments_report",
    "report_assignments_unit",
    "report_claims_account",
    "report_contacts_plain",
    "report_external_report",
    "report_photos_file",
    "report_photos_thumbnail",
    "report_supporters_account",
    "reports_account",
    "reports_category",
    "reports_changed",
    "reports_external_id unique",
    "reports_latitude",
    "reports_number unique",
    "reports_received",
    "reports_seq unique",
    "reports_stage",
    "reports_wakes",
    "routing_rules_position",
    "search_log_at",
    "search_log_previous",
    "search_log_topic",
    "search_rules_name unique",
    "sessions_account_id",
    "sessions_digest unique",
    "sessions_expires_at",
    "sign_in_links_created_at",
    "sign_in_links_email",
    "sign_ins_expires_at",
    "unfiled_photos_until",
    "units_code unique",
];

/// How many steps there are.
fn all() -> usize {
    Migrator::migrations().len()
}

async fn open(config: &Config, migrate: bool) -> Result<Db, MigrationError> {
    App::open_database(config, Clock::standing_at(now()), migrate).await
}

/// The texts that a query gives in its only column, in order.
async fn texts(db: &impl ConnectionTrait, sql: &str) -> Vec<String> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    let mut texts: Vec<String> =
        rows.unwrap().iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    texts.sort();
    texts
}

async fn steps(db: &Db) -> Vec<String> {
    texts(db.reader(), "SELECT version FROM seaql_migrations").await
}

fn on<'a>(db: &DatabaseConnection, sqlite: &'a str, postgres: &'a str) -> &'a str {
    if db.get_database_backend() == DbBackend::Postgres { postgres } else { sqlite }
}

#[tokio::test]
async fn an_empty_database_comes_to_date_in_one_go() {
    let start = fresh(Start::Nothing, &[]).await;
    assert!(
        matches!(open(&start.config, false).await, Err(MigrationError::Behind(n)) if n == all())
    );
    let db = open(&start.config, true).await.unwrap();
    assert_eq!(steps(&db).await.len(), all());
    db.write(async |tx| Ok(facts::set(tx, "a", "b").await?)).await.unwrap();
    let again = open(&start.config, false).await.unwrap();
    assert_eq!(facts::get(again.reader(), "a").await.unwrap().as_deref(), Some("b"));
}

// On SQLite only: a database of PostgreSQL is made by somebody else.
#[tokio::test]
async fn to_look_makes_no_file() {
    let start = fresh(Start::Nothing, &[]).await;
    if start.config.database_url.is_some() {
        return;
    }
    assert!(open(&start.config, false).await.is_err());
    assert_eq!(std::fs::read_dir(start.data.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn sqlite_and_postgresql_have_the_same_tables_columns_and_indexes() {
    let start = fresh(Start::Nothing, &[]).await;
    let db = open(&start.config, true).await.unwrap();
    let reader = db.reader();
    let columns = on(
        reader,
        "SELECT m.name || ' ' || c.name || CASE WHEN c.\"notnull\" THEN '' ELSE '?' END
         FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
        "SELECT table_name || ' ' || column_name || CASE is_nullable WHEN 'NO' THEN '' ELSE '?' END
         FROM information_schema.columns WHERE table_schema = current_schema()",
    );
    let mut tables: Vec<String> = Vec::new();
    for row in texts(reader, columns).await {
        let (table, column) = row.split_once(' ').unwrap();
        match tables.last_mut().filter(|line| line.starts_with(&format!("{table}: "))) {
            Some(line) => *line += &format!(" {column}"),
            None => tables.push(format!("{table}: {column}")),
        }
    }
    assert_eq!(tables, SCHEMA);
    let indexes = on(
        reader,
        "SELECT name || CASE WHEN sql LIKE 'CREATE UNIQUE%' THEN ' unique' ELSE '' END
         FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
        "SELECT c.relname || CASE WHEN i.indisunique THEN ' unique' ELSE '' END
         FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
         WHERE c.relnamespace = current_schema()::regnamespace AND NOT i.indisprimary",
    );
    assert_eq!(texts(reader, indexes).await, INDEXES);
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_open_the_same_empty_database_at_once_apply_the_steps_once() {
    for _ in 0..5 {
        let start = fresh(Start::Nothing, &[]).await;
        let node = || {
            let config = start.config.clone();
            tokio::spawn(async move { open(&config, true).await })
        };
        let (first, second, third) = tokio::join!(node(), node(), node());
        let first = first.unwrap().unwrap();
        second.unwrap().unwrap();
        third.unwrap().unwrap();
        let steps = steps(&first).await;
        assert_eq!(steps.len(), all(), "{steps:?}");
        first.write(async |tx| Ok(facts::set(tx, "a", "b").await?)).await.unwrap();
    }
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_and_left_as_it_is() {
    let start = fresh(Start::Empty, &[]).await;
    let db = open(&start.config, true).await.unwrap();
    // Newer, and behind as well: a branch that never was ours.
    let change = async |sql: &str| {
        db.write(async |tx| Ok(tx.execute_unprepared(sql).await?)).await.unwrap();
    };
    change("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)").await;
    change("DELETE FROM seaql_migrations WHERE version LIKE 'm0001%'").await;
    let before = steps(&db).await;
    for migrate in [true, false] {
        let refusal = open(&start.config, migrate).await.err().unwrap();
        assert_eq!(
            refusal.to_string(),
            "the database was written by a newer version of kontakt (it has the step m9999_future): \
             run that version, or restore a backup; nothing was changed"
        );
    }
    assert_eq!(steps(&db).await, before);
}

#[tokio::test]
async fn a_step_that_fails_leaves_nothing_of_the_others() {
    let start = fresh(Start::Nothing, &[]).await;
    let url = start.config.database_url.clone().unwrap_or_else(|| {
        format!("sqlite://{}?mode=rwc", start.config.data.join("kontakt.sqlite").display())
    });
    // A table of this name stands in the way of the fourth step.
    let stranger = Database::connect(url).await.unwrap();
    stranger.execute_unprepared("CREATE TABLE articles (id INTEGER)").await.unwrap();
    assert!(matches!(open(&start.config, true).await, Err(MigrationError::Db(_))));
    let tables = on(
        &stranger,
        "SELECT name FROM sqlite_master WHERE type = 'table'",
        "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()",
    );
    assert_eq!(texts(&stranger, tables).await, ["articles"]);
    stranger.execute_unprepared("DROP TABLE articles").await.unwrap();
    assert_eq!(steps(&open(&start.config, true).await.unwrap()).await.len(), all());
}
