//! What is sealed, with which keys, and what happens without them.

use kontakt::{app::App, clock::Clock, jobs, search::Indexes};
use sea_orm::ConnectionTrait;
use serde_json::json;
use tempfile::TempDir;

use super::{execute, own_contact, reachable, stored};
use crate::harness::{
    Service, config, now,
    reports::{filed, verified},
    service, service_with,
};

const FIRST: &str = "the first master key of this city";
const SECOND: &str = "the second master key of this city";

/// Starts another node on the database of a service, with a master key.
async fn restart(service: &Service, masters: &str) -> Result<(App, TempDir), String> {
    let folder = TempDir::new().unwrap();
    let of = &service.app.config;
    let data = of.data.to_str().unwrap();
    let mut settings = vec![("data", data), ("master-key", masters)];
    settings.extend(of.database_url.as_deref().map(|url| ("database-url", url)));
    let config = config(&settings);
    let db = App::open_database(&config, Clock::standing_at(now()), true).await.unwrap();
    let indexes = Indexes::open(folder.path()).unwrap();
    let app = App::start(config, db, indexes).await.map_err(|error| error.to_string())?;
    Ok((app, folder))
}

#[tokio::test]
async fn the_database_holds_no_contact_that_can_be_read() {
    let service = service().await;
    let filed = filed(&service, reachable()).await;
    let rows = stored(&service).await;
    let told = format!("{rows:?}");
    for known in ["Anna", "Nowak", "example.org", "600"] {
        assert!(!told.contains(known), "{told}");
    }
    assert_eq!(own_contact(&service, &filed).await, reachable()["contact"]);
    let follow = "mutation($input: FollowReportByEmailInput!) {
        followReportByEmail(input: $input) { accepted errors { code } } }";
    let public = verified(&service, json!({})).await;
    let input = json!({ "input": { "number": public.number, "email": "ewa@example.org" } });
    service.anyone().ask_with(follow, input).await;
    let db = service.db().reader();
    let sql = "SELECT email FROM mail_subscriptions";
    let row = sea_orm::Statement::from_string(db.get_database_backend(), sql);
    let email: String = db.query_one_raw(row).await.unwrap().unwrap().try_get("", "email").unwrap();
    assert!(!email.contains("ewa"), "{email}");
}

#[tokio::test]
async fn what_was_kept_before_there_were_keys_is_sealed_by_the_sweep() {
    let service = service().await;
    let filed = filed(&service, reachable()).await;
    let plain = "UPDATE report_contacts SET name = 'Anna Nowak', email = 'anna@example.org',
        phone = '600 100 200', sealed = FALSE";
    execute(&service, plain).await;
    execute(&service, "DELETE FROM person_keys").await;
    assert_eq!(own_contact(&service, &filed).await, reachable()["contact"], "read while it waits");
    for _ in 0..2 {
        jobs::sweep(&service.app).await.unwrap();
        let rows = stored(&service).await;
        assert!(rows[0].sealed && !format!("{rows:?}").contains("Anna"), "{rows:?}");
        assert_eq!(own_contact(&service, &filed).await, reachable()["contact"]);
    }
}

#[tokio::test]
async fn the_contact_of_one_report_is_never_shown_as_that_of_another() {
    let service = service().await;
    let (one, other) = (filed(&service, reachable()).await, filed(&service, reachable()).await);
    execute(
        &service,
        "UPDATE report_contacts SET phone = (SELECT MAX(phone) FROM report_contacts)",
    )
    .await;
    let query = "query($number: String!, $token: String) {
        report(number: $number, trackingToken: $token) { contact { phone } } }";
    let mut refused = 0;
    for filed in [&one, &other] {
        let variables = json!({ "number": filed.number, "token": filed.token });
        let answer = service.anyone().ask_with(query, variables).await;
        let shown = answer.json()["data"]["report"]["contact"].clone();
        refused += usize::from(shown.is_null());
    }
    assert_eq!(refused, 1, "the cell that was copied opens nowhere else");
}

#[tokio::test]
async fn without_the_master_key_the_service_does_not_start_and_nothing_is_changed() {
    let service = service_with(&[("master-key", FIRST)]).await;
    let filed = filed(&service, reachable()).await;
    for wrong in ["", SECOND] {
        let refused = restart(&service, wrong).await.err().expect("it started");
        assert!(refused.contains("master-key"), "{refused}");
    }
    assert_eq!(own_contact(&service, &filed).await, reachable()["contact"]);
    restart(&service, FIRST).await.map(|_| ()).unwrap();
}

#[tokio::test]
async fn a_master_key_is_changed_by_putting_the_new_one_in_front() {
    let service = service().await;
    let filed = filed(&service, reachable()).await;
    // From the secret of the installation to a key, and from that to another.
    for masters in [FIRST.to_owned(), format!("{SECOND},{FIRST}")] {
        let (node, _folder) = restart(&service, &masters).await.unwrap();
        jobs::sweep(&node).await.unwrap();
        assert_eq!(node.desk.vault.count_older(service.db().reader()).await.unwrap(), 0);
    }
    let (node, _folder) = restart(&service, SECOND).await.unwrap();
    assert!(restart(&service, FIRST).await.is_err(), "what is out of use opens nothing");
    let mut service = service;
    (service.router, service.app) = (kontakt::app::router(node.clone()), node);
    assert_eq!(own_contact(&service, &filed).await, reachable()["contact"]);
}
