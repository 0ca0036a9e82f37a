//! Calls of other services, over HTTP on loopback.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use chrono::Duration;
use hmac::{Hmac, Mac};
use kontakt::jobs;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::net::TcpListener;

use crate::harness::{
    Service,
    reports::{Filed, filed, seen},
    service_with,
};

const SECRET: &str = "a-secret-of-20-letters";

/// What a service was sent: signature and body.
type Calls = Arc<Mutex<Vec<(String, String)>>>;

/// A service that answers with these codes, then with 204; gives its address.
async fn listening(codes: &[u16]) -> (String, Calls) {
    let calls = Calls::default();
    let codes = Arc::new(Mutex::new(codes.iter().rev().copied().collect::<Vec<_>>()));
    let kept = calls.clone();
    let answer = async move |headers: HeaderMap, body: Bytes| -> Response {
        let signature = headers["kontakt-signature"].to_str().unwrap().to_owned();
        let body = String::from_utf8(body.to_vec()).unwrap();
        kept.lock().unwrap().push((signature, body));
        let code = codes.lock().unwrap().pop().unwrap_or(204);
        (StatusCode::from_u16(code).unwrap(), [(header::LOCATION, "/elsewhere")]).into_response()
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (format!("http://{address}/hook"), calls)
}

async fn service_calling(url: &str, more: &[(&str, &str)]) -> Service {
    let hook = format!("crm:{SECRET}={url}");
    service_with(&[&[("webhooks", hook.as_str())], more].concat()).await
}

async fn call_due(service: &Service) {
    jobs::caller(&service.app).await.unwrap().catch_up().await.unwrap();
    jobs::sender(&service.app).unwrap().send_due().await.unwrap();
}

/// The deliveries of a report: state, tries and error.
async fn deliveries(service: &Service, filed: &Filed) -> Value {
    let fields = "deliveries { state attempts lastError }";
    seen(&service.staff("consultant"), &filed.number, fields).await["deliveries"].clone()
}

#[tokio::test]
async fn a_service_is_told_what_happened_signed_and_without_anybodys_words() {
    let (url, calls) = listening(&[]).await;
    let service = service_calling(&url, &[]).await;
    let filed = filed(&service, json!({ "contact": { "email": "anna@example.org" } })).await;
    call_due(&service).await;
    call_due(&service).await;
    let calls = calls.lock().unwrap().clone();
    let [(signature, body)] = &calls[..] else { panic!("one call: {calls:?}") };
    let told: Value = serde_json::from_str(body).unwrap();
    assert_eq!((&told["kind"], &told["subject"]), (&json!("filed"), &json!("report")));
    assert_eq!(told["at"], "2026-11-20T09:00:00.000Z");
    assert_eq!(told.as_object().unwrap().len(), 5);
    let at = signature.strip_prefix("t=").unwrap().split(',').next().unwrap();
    assert_eq!(at, "1795165200");
    let mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    let bytes = mac.chain_update(format!("{at}.{body}")).finalize().into_bytes();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(*signature, format!("t={at},v1={hex}"));
    let sent = json!([{ "state": "SENT", "attempts": 1, "lastError": null }]);
    assert_eq!(deliveries(&service, &filed).await, sent);
}

#[tokio::test]
async fn a_service_that_fails_is_called_again() {
    let (url, calls) = listening(&[500]).await;
    let service = service_calling(&url, &[]).await;
    let filed = filed(&service, json!({})).await;
    call_due(&service).await;
    let failed = json!([{ "state": "FAILED", "attempts": 1, "lastError": "http-500" }]);
    assert_eq!(deliveries(&service, &filed).await, failed);
    service.clock.advance(Duration::seconds(60));
    call_due(&service).await;
    let sent = json!([{ "state": "SENT", "attempts": 2, "lastError": null }]);
    assert_eq!(deliveries(&service, &filed).await, sent);
    assert_eq!(calls.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let (url, calls) = listening(&[302]).await;
    let service = service_calling(&url, &[]).await;
    let filed = filed(&service, json!({})).await;
    call_due(&service).await;
    let dead = json!([{ "state": "DEAD", "attempts": 1, "lastError": "http-302" }]);
    assert_eq!(deliveries(&service, &filed).await, dead);
    assert_eq!(calls.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_host_in_a_private_network_is_not_called_unless_it_is_named() {
    let private = json!([{ "state": "FAILED", "attempts": 1, "lastError": "webhook-private" }]);
    let production = ("profile", "production");
    // By address, and by a name that leads there.
    for url in ["https://127.0.0.1:1/hook", "https://localhost:1/hook", "https://[::1]:1/hook"] {
        let service = service_calling(url, &[production]).await;
        assert_eq!(written(&service).await, private, "{url}");
    }
    // A named one is called; here nobody listens.
    let named = [production, ("webhook-hosts", "localhost")];
    let service = service_calling("https://localhost:1/hook", &named).await;
    let away = json!([{ "state": "FAILED", "attempts": 1, "lastError": "unreachable" }]);
    assert_eq!(written(&service).await, away);
}

/// The deliveries of a report that was filed where no development token works.
async fn written(service: &Service) -> Value {
    filed(service, json!({})).await;
    call_due(service).await;
    let rows = kontakt::outbox::of_subject(service.db().reader(), report_id(service).await).await;
    let row = |one: &kontakt::outbox::Delivery| json!({ "state": one.state, "attempts": one.attempts, "lastError": one.last_error });
    rows.unwrap().iter().map(row).collect()
}

async fn report_id(service: &Service) -> uuid::Uuid {
    let entries = kontakt::events::read_after(service.db().reader(), 0, 10_000).await.unwrap();
    entries.last().unwrap().ids()[0]
}
