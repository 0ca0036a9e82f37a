//! Sign-ins that failed are in the audit: which way and why, how often in a minute, and nothing of whom.

use chrono::Duration;
use kontakt::outbox::delivery;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};

use crate::harness::{
    Browser, Service, empty_service, empty_service_with,
    provider::{Provider, sign_in},
};

/// What the audit holds of failed sign-ins when the minute is over, without what stands for the address.
async fn written(service: &Service) -> Vec<String> {
    service.app.failures.write(service.db()).await.unwrap();
    let query = "{ auditLog(filter: { act: SIGN_IN_FAILED }) { nodes { actor actLabel detail } } }";
    let nodes = service.staff("dpo").ask(query).await.data("/auditLog/nodes");
    let detail = |node: &Value| {
        assert_eq!(
            (&node["actor"], &node["actLabel"]),
            (&json!("anyone"), &json!("nie udało się zalogować"))
        );
        let (what, from) = node["detail"].as_str().unwrap().split_once(" from ").unwrap();
        assert_eq!(from.len(), 8, "{from}");
        what.to_owned()
    };
    nodes.as_array().unwrap().iter().map(detail).collect()
}

#[tokio::test]
async fn whoever_guesses_tokens_makes_one_entry_a_minute() {
    let service = empty_service().await;
    for guess in 0..20 {
        let client = service.anyone().header("authorization", &format!("Bearer kontakt_{guess}"));
        assert_eq!(client.ask("{ units { nodes { code } } }").await.status, 401);
    }
    assert_eq!(written(&service).await, ["token not-valid 20"]);
    assert_eq!(written(&service).await, ["token not-valid 20"], "nothing new is written");
}

#[tokio::test]
async fn a_link_that_is_late_forged_or_of_another_browser_is_written_down() {
    let service = empty_service().await;
    let mut browser = Browser::new(&service);
    browser.post("/auth/e-mail", "email=anna@example.org&return=/").await;
    let newest_first = delivery::Entity::find().order_by_desc(delivery::Column::Id);
    let letter = newest_first.one(service.db().reader()).await.unwrap().unwrap();
    let link = letter.variables.0["link"].strip_prefix("http://127.0.0.1:8000").unwrap().to_owned();
    Browser::new(&service).post(&link, "").await;
    service.clock.advance(Duration::minutes(15));
    browser.post(&link, "").await;
    browser.post("/auth/e-mail/forged", "").await;
    let wanted = ["e-mail other-browser 1", "e-mail not-valid 1", "e-mail expired 1"];
    assert_eq!(written(&service).await, wanted);
}

#[tokio::test]
async fn what_a_provider_refused_or_nobody_believes_is_written_down_without_its_words() {
    let provider = Provider::start().await;
    let roles = "roles_claim = 'groups'\nroles = { boss = 'admin' }";
    let settings = provider.settings("desk", "staff", roles);
    let service = empty_service_with(&[("provider", &settings)]).await;
    let now = service.clock.now();
    let mut browser = Browser::new(&service);
    let answer = sign_in(&mut browser, &provider, "desk", json!({ "groups": ["none"] }), now).await;
    assert_eq!(answer.status, 403);
    let answer = sign_in(&mut browser, &provider, "desk", json!({ "nonce": "other" }), now).await;
    assert_eq!(answer.status, 400);
    browser.get("/auth/callback/desk?state=x&code=y").await;
    let under = crate::harness::provider::Under::begin(&mut browser, "desk", "/").await;
    let refused = format!(
        "/auth/callback/desk?state={}&iss={}&error=anna@example.org%20600%20100%20200",
        under.query["state"], provider.issuer
    );
    assert_eq!(browser.get(&refused).await.status, 400);
    let wanted =
        ["desk provider-refused 1", "desk not-under-way 1", "desk no-role 1", "desk bad-token 1"];
    assert_eq!(written(&service).await, wanted);
}

#[tokio::test]
async fn whoever_is_refused_at_a_socket_is_written_down() {
    let service = empty_service().await;
    let wire = service.listen().await;
    let protocol = ("sec-websocket-protocol", "graphql-transport-ws");
    let stranger = wire.socket_with(&[protocol, ("origin", "https://evil.example")]).await;
    assert_eq!(stranger.err(), Some(403));
    let mut socket = wire.socket().await;
    let payload = json!({ "Authorization": "Bearer kontakt_forged" });
    socket.say(json!({ "type": "connection_init", "payload": payload })).await;
    assert_eq!(socket.closed().await.0, 4403);
    assert_eq!(written(&service).await, ["token not-valid 1", "socket other-origin 1"]);
}

#[tokio::test]
async fn who_is_refused_a_subscription_is_in_the_audit_once() {
    let service = empty_service().await;
    let wire = service.listen().await;
    let query = "subscription { queueChanged { refetch } }";
    let mut events = wire.events(Some("editor"), query).await;
    let (_, first) = events.next().await.unwrap();
    assert_eq!(first["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let mut socket = wire.greeted(Some("admin")).await;
    socket.start("1", query).await;
    let heard = socket.next("1").await;
    assert_eq!(heard["errors"][0]["extensions"]["code"], "FORBIDDEN");
    // Nobody knows who this is; signing in would help.
    wire.events(None, query).await.next().await.unwrap();
    let log = "{ auditLog(filter: { act: DENIED }) { nodes { actor detail } } }";
    let wanted = json!([{ "actor": "dev:admin", "detail": "queueChanged" },
        { "actor": "dev:editor", "detail": "queueChanged" }]);
    assert_eq!(service.staff("dpo").ask(log).await.data("/auditLog/nodes"), wanted);
}
