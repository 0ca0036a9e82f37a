//! Sign-in by a link in a mail.

use chrono::Duration;
use kontakt::outbox::delivery;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;

use crate::harness::{Browser, Service, empty_service};

/// The path of the newest link.
async fn link(service: &Service) -> String {
    let newest_first = delivery::Entity::find().order_by_desc(delivery::Column::Id);
    let letter = newest_first.one(service.db().reader()).await.unwrap().unwrap();
    assert_eq!(letter.recipient, "address:anna@example.org");
    let url = letter.variables.0["link"].clone();
    url.strip_prefix("http://127.0.0.1:8000").unwrap().to_owned()
}

async fn ask_for(browser: &mut Browser<'_>, email: &str) -> u16 {
    browser.post("/auth/e-mail", &format!("email={email}&return=/there")).await.status.as_u16()
}

#[tokio::test]
async fn a_link_signs_in_once_and_only_by_the_button() {
    let service = empty_service().await;
    let mut browser = Browser::new(&service);
    assert_eq!(ask_for(&mut browser, "Anna@Example.org").await, 200);
    let link = link(&service).await;
    // Programs that look at mails open what stands in them.
    assert_eq!(browser.get(&link).await.status, 200);
    assert_eq!(browser.me("kind").await, json!(null));
    let cookies = browser.cookies.clone();
    let answer = browser.post(&link, "").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/there"));
    let me = json!({ "kind": "RESIDENT", "email": "anna@example.org" });
    assert_eq!(browser.me("kind email").await, me);
    let mut again = Browser::new(&service);
    again.cookies = cookies;
    assert_eq!(again.post(&link, "").await.status, 400);
    assert_eq!(again.me("kind").await, json!(null));
}

#[tokio::test]
async fn a_link_is_good_for_fifteen_minutes_in_the_browser_that_asked_for_it() {
    let service = empty_service().await;
    let mut browser = Browser::new(&service);
    ask_for(&mut browser, "anna@example.org").await;
    let path = link(&service).await;
    let mut foreign = Browser::new(&service);
    assert_eq!(foreign.post(&path, "").await.status, 400);
    ask_for(&mut foreign, "jan@example.org").await;
    assert_eq!(foreign.post(&path, "").await.status, 400);
    assert_eq!(foreign.me("kind").await, json!(null));
    service.clock.advance(Duration::minutes(15));
    assert_eq!(browser.post(&path, "").await.status, 400);
    assert_eq!(browser.post("/auth/e-mail/forged", "").await.status, 400);
    ask_for(&mut browser, "anna@example.org").await;
    service.clock.advance(Duration::minutes(14));
    assert_eq!(browser.post(&link(&service).await, "").await.status, 303);
}

#[tokio::test]
async fn an_address_gets_five_links_an_hour() {
    let service = empty_service().await;
    let mut browser = Browser::new(&service);
    for _ in 0..5 {
        assert_eq!(ask_for(&mut browser, "anna@example.org").await, 200);
    }
    assert_eq!(ask_for(&mut browser, "ANNA@example.org").await, 422);
    assert_eq!(ask_for(&mut browser, "jan@example.org").await, 200);
    for wrong in ["", "anna", "a@b@c", "a@example.org%0d%0aBcc:%20b@example.org"] {
        assert_eq!(ask_for(&mut browser, wrong).await, 422, "{wrong}");
    }
    let letters = delivery::Entity::find().all(service.db().reader()).await.unwrap();
    assert_eq!(letters.len(), 6);
    service.clock.advance(Duration::minutes(60));
    assert_eq!(ask_for(&mut browser, "anna@example.org").await, 200);
}
