//! A backup outlives a person, and yet holds nothing of somebody who was erased.

use std::{fs, path::Path};

use kontakt::{
    app::{self, App},
    clock::Clock,
    db::{DbConfig, back_up, restore_part},
    search::Indexes,
    vault,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{own_contact, reachable};
use crate::harness::{
    Service, config, now,
    reports::{Filed, filed, seen},
    service,
};

const COUNTS: &str = "{ reportStatistics(receivedFrom: \"2026-01-01\", receivedTo: \"2026-12-31\") { total byCategory { count } } }";

/// Copies the database of a service, and gives the folder; nothing on PostgreSQL.
async fn copy(service: &Service) -> Option<TempDir> {
    let DbConfig::Sqlite(file) = DbConfig::of(&service.app.config) else { return None };
    let folder = TempDir::new().unwrap();
    back_up(&file, folder.path(), vault::TABLE).await.unwrap();
    Some(folder)
}

/// A service on the database of one backup, with the keys of another or none.
async fn restored(database: &Path, keys: Option<&Path>) -> Service {
    let data = TempDir::new().unwrap();
    let file = data.path().join("kontakt.sqlite");
    fs::copy(database.join("kontakt.sqlite"), &file).unwrap();
    if let Some(keys) = keys {
        restore_part(&file, &keys.join("kontakt-keys.sqlite"), vault::TABLE).await.unwrap();
    }
    let config = config(&[("data", data.path().to_str().unwrap())]);
    let clock = Clock::standing_at(now());
    let db = App::open_database(&config, clock.clone(), true).await.unwrap();
    let indexes = Indexes::open(&config.data).unwrap();
    let app = App::start(config, db, indexes).await.unwrap();
    let service = Service { router: app::router(app.clone()), app, clock, data };
    service.settle().await;
    service
}

async fn erase(service: &Service, filed: &Filed) {
    let query =
        "mutation($input: ErasePersonInput!) { erasePerson(input: $input) { reportNumbers } }";
    let input = json!({ "input": { "number": filed.number, "reason": "REQUEST" } });
    let done = service.staff("dpo").ask_with(query, input).await;
    assert_eq!(done.data("/erasePerson/reportNumbers"), json!([filed.number]));
}

async fn counts(service: &Service) -> Value {
    service.anyone().ask(COUNTS).await.data("/reportStatistics")
}

#[tokio::test]
async fn who_was_erased_is_erased_in_a_backup_that_was_made_before() {
    let service = service().await;
    let (anna, other) = (filed(&service, reachable()).await, filed(&service, reachable()).await);
    let Some(before) = copy(&service).await else { return };
    let case = seen(&service.staff("consultant"), &anna.number, "number stage description").await;
    erase(&service, &anna).await;
    let today = copy(&service).await.unwrap();

    let without = restored(before.path(), None).await;
    assert_eq!(own_contact(&without, &other).await, Value::Null, "without keys there is nothing");
    let back = restored(before.path(), Some(today.path())).await;
    assert_eq!(own_contact(&back, &anna).await, Value::Null);
    assert_eq!(own_contact(&back, &other).await, reachable()["contact"]);
    let consultant = back.staff("consultant");
    assert_eq!(seen(&consultant, &anna.number, "number stage description").await, case);
    assert_eq!(counts(&back).await, counts(&service).await);
    // What is to be feared of copies of the keys, and why they are kept for so short a time.
    let whole = restored(before.path(), Some(before.path())).await;
    assert_eq!(own_contact(&whole, &anna).await, reachable()["contact"]);
}

#[tokio::test]
async fn a_backup_holds_neither_keys_nor_contacts_and_takes_the_place_of_nothing() {
    let service = service().await;
    // An address that stands in no example of a form.
    let address = "nowhere.else@example.org";
    filed(&service, json!({ "contact": { "email": address } })).await;
    let Some(folder) = copy(&service).await else { return };
    let bytes = fs::read(folder.path().join("kontakt.sqlite")).unwrap();
    let holds =
        |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|some| some == text.as_bytes());
    assert!(!holds(&bytes, address));
    let keys = fs::read(folder.path().join("kontakt-keys.sqlite")).unwrap();
    let wrapped = wrapped(&service).await;
    assert!(holds(&keys, &wrapped) && !holds(&bytes, &wrapped), "no page is left over");
    let DbConfig::Sqlite(file) = DbConfig::of(&service.app.config) else { return };
    let refused = back_up(&file, folder.path(), vault::TABLE).await.err().unwrap().to_string();
    assert!(refused.contains("is there already"), "{refused}");
    let nowhere = file.with_extension("gone");
    assert!(back_up(&nowhere, folder.path(), vault::TABLE).await.is_err());
}

async fn wrapped(service: &Service) -> String {
    use sea_orm::{ConnectionTrait, Statement};
    let db = service.db().reader();
    let sql = Statement::from_string(db.get_database_backend(), "SELECT wrapped FROM person_keys");
    db.query_one_raw(sql).await.unwrap().unwrap().try_get("", "wrapped").unwrap()
}
