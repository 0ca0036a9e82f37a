//! A resident is forgotten: the account, the contacts, the letters. The cases stay.

use kontakt::{
    accounts::AccountId,
    actor::Actor,
    ids::{self, NodeKind},
    outbox::delivery,
    privacy::{self, Erasure, ErasureReason},
};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use serde_json::{Value, json};

use super::{reachable, stored};
use crate::harness::{Browser, Service, reports::filed_by, service};

/// A browser in which Anna has signed in by a link, and her account.
async fn anna(service: &Service) -> (Browser<'_>, AccountId) {
    let mut browser = Browser::new(service);
    browser.post("/auth/e-mail", "email=anna@example.org").await;
    let newest_first = delivery::Entity::find().order_by_desc(delivery::Column::Id);
    let letter = newest_first.one(service.db().reader()).await.unwrap().unwrap();
    let url = letter.variables.0["link"].clone();
    browser.post(url.strip_prefix("http://127.0.0.1:8000").unwrap(), "").await;
    let id = browser.me("id").await["id"].as_str().unwrap().to_owned();
    (browser, AccountId(ids::parse_global_as(NodeKind::Account, &id).unwrap()))
}

async fn erase(service: &Service, account: AccountId, mask_texts: bool) -> Vec<String> {
    let how = Erasure { reason: ErasureReason::Request, mask_texts, everywhere: false };
    let erase = async |tx: &_| privacy::erase_account(tx, &Actor::System, account, how).await;
    service.db().write(erase).await.unwrap()
}

#[tokio::test]
async fn who_is_erased_is_nowhere_any_more_and_the_reports_are_there() {
    let service = service().await;
    let (browser, account) = anna(&service).await;
    let client = browser.client().header("sec-fetch-site", "same-origin");
    let fields = json!({ "contact": reachable()["contact"],
        "description": "Dziura. Proszę dzwonić: 600 100 200." });
    let report = filed_by(&client, fields).await;
    assert_eq!(erase(&service, account, true).await, std::slice::from_ref(&report.number));
    assert_eq!(erase(&service, account, true).await, Vec::<String>::new(), "once");

    assert_eq!(browser.me("id").await, Value::Null, "signed out");
    assert!(stored(&service).await.is_empty());
    let db = service.db().reader();
    assert_eq!(delivery::Entity::find().count(db).await.unwrap(), 0, "the letter with the link");
    let read = format!("{{ report(number: \"{}\") {{ description stage }} }}", report.number);
    let seen = service.staff("consultant").ask(&read).await.data("/report");
    let wanted = json!({ "description": "Dziura. Proszę dzwonić: [usunięto: telefon].",
        "stage": "RECEIVED" });
    assert_eq!(seen, wanted);
    let accounts = service.staff("admin").ask("{ accounts { nodes { provider kind } } }").await;
    assert_eq!(
        accounts.data("/accounts/nodes"),
        json!([{ "provider": "erased", "kind": "RESIDENT" }])
    );
    let log = "{ auditLog(filter: { act: PERSON_ERASED }) { nodes { subject detail } } }";
    let entry = service.staff("dpo").ask(log).await.data("/auditLog/nodes");
    let subject = ids::global(NodeKind::Account, account.0);
    assert_eq!(entry, json!([{ "subject": subject, "detail": "request" }]));
    // Whoever signs in again is somebody new.
    let (again, other) = anna(&service).await;
    assert_ne!(other, account);
    let own = again.ask("{ myReports { nodes { number } } }").await;
    assert_eq!(own.data("/myReports/nodes"), json!([]));
}

#[tokio::test]
async fn staff_stays_in_the_history_of_cases() {
    let service = service().await;
    let browser = Browser::of(&service, "consultant").await;
    let id = browser.me("id").await["id"].as_str().unwrap().to_owned();
    let account = AccountId(ids::parse_global_as(NodeKind::Account, &id).unwrap());
    let how = Erasure { reason: ErasureReason::Request, mask_texts: false, everywhere: false };
    let erase = async |tx: &_| privacy::erase_account(tx, &Actor::System, account, how).await;
    assert!(service.db().write(erase).await.is_err());
    assert!(!browser.me("id").await.is_null());
}
