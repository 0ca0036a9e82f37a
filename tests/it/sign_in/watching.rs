//! Connections that stay open see no more than a request would.

use serde_json::json;

use crate::harness::{
    Browser, Service, Socket, Wire,
    reports::{filed_by, take_step},
    service,
};

/// A socket of a page of our own, in a browser.
async fn greeted(wire: &Wire, browser: &Browser<'_>) -> Socket {
    let cookie = format!("kontakt={}", browser.cookies["kontakt"]);
    let origin = format!("http://{}", wire.address);
    let mut socket = wire
        .socket_with(&[
            ("sec-websocket-protocol", "graphql-transport-ws"),
            ("cookie", &cookie),
            ("origin", &origin),
        ])
        .await
        .unwrap();
    socket.say(json!({ "type": "connection_init", "payload": {} })).await;
    assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
    socket
}

async fn end(service: &Service, browser: &Browser<'_>) {
    let id = browser.me("id").await["id"].clone();
    let mutation =
        format!("mutation {{ endSessionsOf(input: {{ account: {id} }}) {{ errors {{ code }} }} }}");
    let ended = service.staff("admin").ask(&mutation).await;
    assert_eq!(ended.data("/endSessionsOf/errors"), json!([]));
}

#[tokio::test]
async fn a_subscription_ends_with_the_session_that_opened_it() {
    let service = service().await;
    let wire = service.listen().await;
    let browser = Browser::of(&service, "resident:anna").await;
    let client = browser.client().header("sec-fetch-site", "same-origin");
    let filed = filed_by(&client, json!({})).await;
    service.settle().await;
    let mut socket = greeted(&wire, &browser).await;
    let query =
        format!("subscription {{ reportChanged(number: \"{}\") {{ stage }} }}", filed.number);
    let subscribe =
        |id: &str| json!({ "type": "subscribe", "id": id, "payload": { "query": query } });
    socket.say(subscribe("1")).await;
    // An answer to a later operation tells that the subscription listens.
    let me = json!({ "type": "subscribe", "id": "2", "payload": { "query": "{ me { name } }" } });
    socket.say(me.clone()).await;
    let heard = socket.hear().await;
    assert_eq!(heard["payload"]["data"]["me"]["name"], "anna", "{heard}");
    assert_eq!(socket.hear().await, json!({ "type": "complete", "id": "2" }));

    take_step(&service, "consultant", "verifyReport", &filed, json!({})).await;
    let heard = socket.hear().await;
    assert_eq!(heard["payload"]["data"]["reportChanged"]["stage"], "VERIFIED", "{heard}");

    end(&service, &browser).await;
    assert_eq!(socket.hear().await, json!({ "type": "complete", "id": "1" }));
    socket.say(me).await;
    let heard = socket.hear().await;
    assert_eq!(heard["payload"]["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{heard}");
}

#[tokio::test]
async fn a_page_of_a_stranger_opens_no_socket_with_the_cookie_of_a_reader() {
    let service = service().await;
    let wire = service.listen().await;
    let browser = Browser::of(&service, "resident:anna").await;
    let cookie = format!("kontakt={}", browser.cookies["kontakt"]);
    let refused = wire
        .socket_with(&[
            ("sec-websocket-protocol", "graphql-transport-ws"),
            ("cookie", &cookie),
            ("origin", "https://evil.example"),
        ])
        .await;
    assert_eq!(refused.err(), Some(403));
}
