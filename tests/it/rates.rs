//! How much one caller may ask for in a while.

use chrono::TimeDelta;
use serde_json::json;

use crate::harness::{Client, Service, service, service_with};

/// A service where 100 points may be spent at once, 10 come back in a second, and one proxy is trusted.
async fn strict() -> Service {
    let settings = [("rate-burst", "100"), ("rate-second", "10"), ("trusted-proxies", "127.0.0.1")];
    service_with(&settings).await
}

/// Somebody behind the proxy, at an address.
fn at<'a>(service: &'a Service, address: &str) -> Client<'a> {
    service.anyone().header("x-forwarded-for", address).header("accept-language", "en")
}

/// An operation that costs as many points as pages it asks for.
fn pages(size: u32) -> String {
    format!("{{ serviceCards(first: {size}) {{ nodes {{ slug }} }} }}")
}

/// What an operation costs.
async fn cost(client: &Client<'_>, query: &str) -> u64 {
    client.ask(query).await.json()["extensions"]["cost"]["requested"].as_u64().unwrap()
}

#[tokio::test]
async fn who_asks_for_too_much_is_told_when_to_come_again() {
    let service = strict().await;
    let client = at(&service, "203.0.113.9");
    let paid = cost(&client, &pages(30)).await;
    let refused = client.ask(&pages(30)).await;
    assert_eq!((refused.status.as_u16(), refused.error_code().as_str()), (429, "RATE_LIMITED"));
    let seconds = (2 * paid - 100) / 10 + 1;
    assert_eq!(refused.header("retry-after"), seconds.to_string());
    let error = &refused.json()["errors"][0];
    assert_eq!(error["extensions"]["retryAfter"], seconds);
    assert_eq!(error["message"], format!("Too many requests: try again in {seconds} s."));
    assert_eq!(refused.json().get("data"), None);
    service.clock.advance(TimeDelta::seconds(i64::try_from(seconds).unwrap()));
    assert_eq!(client.ask(&pages(30)).await.status, 200);
}

#[tokio::test]
async fn one_address_does_not_pay_for_another_and_an_account_pays_for_itself() {
    let service = strict().await;
    let first = at(&service, "203.0.113.9");
    assert_eq!(first.ask(&pages(90)).await.status, 200);
    assert_eq!(first.ask(&pages(90)).await.status, 429);
    assert_eq!(at(&service, "203.0.113.10").ask(&pages(90)).await.status, 200);
    // Nobody who writes another address before that of the proxy gets another purse.
    assert_eq!(at(&service, "1.1.1.1, 203.0.113.9").ask(&pages(90)).await.status, 429);
    // Development tokens are not for what a proxy forwards, so this is the machine itself.
    assert_eq!(service.staff("editor").ask(&pages(90)).await.status, 200);
    assert_eq!(service.staff("editor").ask(&pages(90)).await.status, 429);
    assert_eq!(service.staff("publisher").ask(&pages(90)).await.status, 200);
}

#[tokio::test]
async fn guessing_tokens_soon_comes_to_an_end() {
    let service = strict().await;
    let client = at(&service, "203.0.113.9").header("authorization", "Bearer guess");
    assert_eq!(client.ask("{ __typename }").await.error_code(), "UNAUTHENTICATED");
    assert_eq!(client.ask("{ __typename }").await.error_code(), "RATE_LIMITED");
}

#[tokio::test]
async fn the_other_faces_are_counted_too() {
    let service = strict().await;
    let services = "/open311/v2/services.json";
    let client = at(&service, "203.0.113.9");
    for _ in 0..10 {
        assert_eq!(client.send("GET", services, "").await.status, 200);
    }
    let refused = client.send("GET", services, "").await;
    let told = json!([{ "code": 429, "description": "Too many requests: try again in 2 s." }]);
    assert_eq!((refused.status.as_u16(), refused.json()), (429, told));
    assert_eq!(refused.header("retry-after"), "2");
    for path in ["/files/abc.jpg", "/open-data/reports.csv"] {
        let refused = client.send("GET", path, "").await;
        assert_eq!(refused.status, 429, "{path}");
        assert!(refused.text.starts_with("Too many requests"), "{}", refused.text);
    }
    assert_eq!(client.send("GET", "/health/live", "").await.status, 200);
}

#[tokio::test]
async fn pages_of_sign_in_are_counted_but_not_what_providers_say() {
    let service = strict().await;
    let client = at(&service, "203.0.113.9");
    for _ in 0..5 {
        assert_eq!(client.send("GET", "/auth/e-mail", "").await.status, 200);
    }
    for path in ["/auth/e-mail", "/auth/sign-in/city", "/auth/callback/city"] {
        assert_eq!(client.send("GET", path, "").await.status, 429, "{path}");
    }
    assert_eq!(client.send("POST", "/auth/e-mail", "").await.status, 429);
    assert_ne!(client.send("POST", "/auth/back-channel/city", "").await.status, 429);
}

#[tokio::test]
async fn a_subscription_is_paid_for_when_it_begins() {
    let service = strict().await;
    let wire = service.listen().await;
    let mut socket = wire.greeted(None).await;
    // Counted for the connection's own address, which no header changes.
    assert_eq!(service.anyone().ask(&pages(99)).await.status, 200);
    socket
        .start("changes", "subscription { knowledgeChanged { kind serviceCards { slug } } }")
        .await;
    let answer = socket.hear().await;
    assert_eq!(answer["payload"]["errors"][0]["extensions"]["code"], "RATE_LIMITED", "{answer}");
}

#[tokio::test]
async fn nobody_is_limited_in_development_unless_it_is_set() {
    let service = service().await;
    for _ in 0..10 {
        assert_eq!(service.anyone().ask(&pages(100)).await.status, 200);
    }
}
