//! What live clients see of the knowledge as it changes, over WebSocket and server-sent events.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use kontakt::{
    actor::Actor,
    events::{Event, Kind, Subject},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::timeout,
};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use crate::harness::{
    Service, Socket, Wire,
    cards::{approved, call, content, draft, step},
    service, service_with,
};

const CHANGES: &str = "subscription { knowledgeChanged {
    kind serviceCards { slug } articles { slug } withdrawn } }";

/// The next change that a subscription tells: its kind and the slugs of what is shown.
async fn change(socket: &mut Socket) -> (String, Vec<String>) {
    let change = &socket.next("changes").await["data"]["knowledgeChanged"];
    let slugs = |list: &str| {
        let shown = change[list].as_array().unwrap().clone();
        shown.into_iter().map(|thing| thing["slug"].as_str().unwrap().to_owned())
    };
    let shown = slugs("serviceCards").chain(slugs("articles")).collect();
    (change["kind"].as_str().unwrap().to_owned(), shown)
}

/// A socket of somebody who watches the knowledge.
async fn watching(wire: &Wire, role: Option<&str>) -> Socket {
    let mut socket = wire.greeted(role).await;
    socket.subscribe("changes", CHANGES).await;
    socket
}

fn shown(kind: &str, slugs: &[&str]) -> (String, Vec<String>) {
    (kind.to_owned(), slugs.iter().map(|slug| (*slug).to_owned()).collect())
}

/// Publishes what was approved.
async fn publish(service: &Service, (id, version): (Value, i64)) {
    step(&service.staff("publisher"), "publishServiceCard", &id, version).await;
}

async fn withdraw(service: &Service, slug: &str) {
    let query = format!("{{ serviceCard(slug: \"{slug}\") {{ id version }} }}");
    let card = service.staff("publisher").ask(&query).await.data("/serviceCard");
    let version = card["version"].as_i64().unwrap();
    step(&service.staff("publisher"), "withdrawServiceCard", &card["id"], version).await;
}

#[tokio::test]
async fn anyone_sees_what_goes_live_and_what_is_imported_but_no_draft() {
    let service = service().await;
    let wire = service.listen().await;
    let mut anyone = watching(&wire, None).await;
    let mut editor = watching(&wire, Some("editor")).await;
    publish(&service, approved(&service, "nowa").await).await;
    service.import_articles(&[("nowy-artykul", "Nowy", "PUBLIC")]).await;
    let live = [shown("PUBLISHED", &["nowa"]), shown("IMPORTED", &["nowy-artykul"])];
    assert_eq!([change(&mut anyone).await, change(&mut anyone).await], live);
    for _step in ["created", "submitted", "approved"] {
        assert_eq!(change(&mut editor).await, shown("DRAFTED", &["nowa"]));
    }
    assert_eq!([change(&mut editor).await, change(&mut editor).await], live);
}

#[tokio::test]
async fn drafts_of_another_unit_are_not_told_even_beside_a_live_card() {
    let service = service().await;
    let wire = service.listen().await;
    let mut own = watching(&wire, Some("coordinator:SA")).await;
    let mut other = watching(&wire, Some("coordinator:ZZM")).await;
    let query = "{ serviceCard(slug: \"mobywatel\") { id version unit { code } } }";
    let card = service.staff("editor").ask(query).await.data("/serviceCard");
    assert_eq!(card["unit"]["code"], "SA");
    let input = json!({ "id": card["id"], "expectedVersion": card["version"],
        "content": content("mObywatel po zmianach") });
    let edited = call(&service.staff("editor"), "editServiceCard", input).await;
    assert_eq!(edited.refusals("editServiceCard"), Vec::<String>::new());
    withdraw(&service, "profil-zaufany").await;
    assert_eq!(change(&mut own).await, shown("DRAFTED", &["mobywatel"]));
    assert_eq!(change(&mut own).await, shown("WITHDRAWN", &[]));
    assert_eq!(change(&mut other).await, shown("WITHDRAWN", &[]));
}

#[tokio::test]
async fn what_is_taken_down_is_told_by_its_id() {
    let service = service().await;
    let wire = service.listen().await;
    let mut anyone = watching(&wire, None).await;
    let query = "{ serviceCard(slug: \"mobywatel\") { id } }";
    let id = service.anyone().ask(query).await.data("/serviceCard/id");
    withdraw(&service, "mobywatel").await;
    let told = anyone.next("changes").await;
    assert_eq!(told["data"]["knowledgeChanged"]["withdrawn"], json!([id]));
}

#[tokio::test]
async fn an_import_for_staff_is_not_told_to_a_resident() {
    let service = service().await;
    let wire = service.listen().await;
    let mut resident = watching(&wire, Some("resident:anna")).await;
    let mut consultant = watching(&wire, Some("consultant")).await;
    service.import_articles(&[("tajny", "Tajny", "STAFF")]).await;
    service.import_articles(&[("jawny", "Jawny", "PUBLIC")]).await;
    assert_eq!(change(&mut resident).await, shown("IMPORTED", &["jawny"]));
    assert_eq!(change(&mut consultant).await, shown("IMPORTED", &["tajny"]));
    assert_eq!(change(&mut consultant).await, shown("IMPORTED", &["jawny"]));
}

#[tokio::test]
async fn an_import_too_large_to_be_shown_is_the_word_to_fetch_anew() {
    let service = service().await;
    let wire = service.listen().await;
    let mut anyone = watching(&wire, None).await;
    let slugs: Vec<String> = (0..51).map(|number| format!("a{number}")).collect();
    let article = |slug| (slug, "Jawny", "PUBLIC");
    let articles: Vec<_> = slugs.iter().map(String::as_str).map(article).collect();
    service.import_articles(&articles[..50]).await;
    service.import_articles(&articles[50..]).await;
    let (kind, mut told) = change(&mut anyone).await;
    told.sort();
    let mut first: Vec<String> = slugs[..50].to_vec();
    first.sort();
    assert_eq!((kind.as_str(), told), ("IMPORTED", first));
    assert_eq!(change(&mut anyone).await, shown("IMPORTED", &["a50"]));
    let mut consultant = watching(&wire, Some("consultant")).await;
    let secret: Vec<String> = (0..51).map(|number| format!("s{number}")).collect();
    let secret: Vec<_> = secret.iter().map(|slug| (slug.as_str(), "Tajny", "STAFF")).collect();
    service.import_articles(&secret).await;
    let again: Vec<_> = slugs.iter().map(|slug| (slug.as_str(), "Inny", "PUBLIC")).collect();
    service.import_articles(&again).await;
    // The import for staff was no news for anyone.
    assert_eq!(change(&mut anyone).await, shown("REFETCH", &[]));
    for _ in ["secret", "again"] {
        assert_eq!(change(&mut consultant).await, shown("REFETCH", &[]));
    }
    withdraw(&service, "mobywatel").await;
    assert_eq!(change(&mut anyone).await, shown("WITHDRAWN", &[]));
}

#[tokio::test]
async fn server_sent_events_tell_the_same_changes_and_end_with_the_service() {
    let service = service().await;
    let wire = service.listen().await;
    let mut anyone = wire.events(None, CHANGES).await;
    let mut editor = wire.events(Some("editor"), CHANGES).await;
    draft(&service, "nowa").await;
    withdraw(&service, "mobywatel").await;
    let (name, told) = editor.next().await.unwrap();
    assert_eq!(name, "next");
    assert_eq!(told["data"]["knowledgeChanged"]["serviceCards"], json!([{ "slug": "nowa" }]));
    let (_, told) = anyone.next().await.unwrap();
    assert_eq!(told["data"]["knowledgeChanged"]["kind"], "WITHDRAWN");
    service.app.stop();
    assert_eq!(anyone.next().await, Some(("complete".to_owned(), json!(null))));
    assert_eq!(anyone.next().await, None);
}

#[tokio::test]
async fn a_query_over_server_sent_events_is_one_answer() {
    let service = service().await;
    let wire = service.listen().await;
    let mut events = wire.events(None, "{ unit(code: \"SA\") { code } }").await;
    let (name, answer) = events.next().await.unwrap();
    assert_eq!((name.as_str(), &answer["data"]), ("next", &json!({ "unit": { "code": "SA" } })));
    assert_eq!(events.next().await, Some(("complete".to_owned(), json!(null))));
    assert_eq!(events.next().await, None);
}

#[tokio::test]
async fn queries_and_mutations_work_over_the_socket_in_the_callers_language() {
    let service = service().await;
    let wire = service.listen().await;
    let mut socket = wire.socket().await;
    let payload = json!({ "Authorization": "Bearer dev:editor", "Accept-Language": "en" });
    socket.say(json!({ "type": "connection_init", "payload": payload })).await;
    assert_eq!(socket.hear().await["type"], "connection_ack");
    let unit = socket.ask("{ unit(code: \"SA\") { code } }").await;
    assert_eq!(unit["data"], json!({ "unit": { "code": "SA" } }));
    assert_eq!(unit["extensions"]["cost"], json!({ "requested": 1, "available": 5_000 }));
    let created = "mutation { createServiceCard(input: { slug: \"z-gniazda\",
        content: { title: \"Z gniazda\", unit: \"SA\" } }) {
        serviceCard { slug state stateLabel } errors { code } } }";
    let card = json!({ "slug": "z-gniazda", "state": "DRAFT", "stateLabel": "draft" });
    assert_eq!(
        socket.ask(created).await["data"],
        json!({ "createServiceCard": { "serviceCard": card, "errors": [] } })
    );
}

#[tokio::test]
async fn somebody_without_rights_changes_nothing_over_the_socket() {
    let service = service().await;
    let wire = service.listen().await;
    let mut socket = wire.greeted(None).await;
    let refused = socket
        .ask(
            "mutation { createServiceCard(input: { slug: \"obca\",
            content: { title: \"Obca\", unit: \"SA\" } }) { errors { code } } }",
        )
        .await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let query = "{ serviceCard(slug: \"obca\") { slug } }";
    assert_eq!(service.staff("editor").ask(query).await.data("/serviceCard"), json!(null));
}

#[tokio::test]
async fn the_limits_hold_over_the_socket() {
    let service = service().await;
    let wire = service.listen().await;
    let mut socket = wire.greeted(None).await;
    let deep = "{ serviceCard(slug: \"x\") ".to_owned()
        + &"{ unit { cards { nodes ".repeat(6)
        + "{ slug }"
        + &"} } }".repeat(6)
        + "}";
    let wide = "{ units(first: 100) { nodes { cards(first: 20) { nodes { slug } } } } }";
    let long = format!("{{ __typename }} # {}", "a".repeat(16 * 1024));
    for query in [&deep, wide, &long] {
        let refused = socket.ask(query).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "TOO_COMPLEX", "{refused}");
    }
    let mut staff = wire.greeted(Some("consultant")).await;
    assert_eq!(staff.ask(wide).await["errors"], json!(null));
    assert_eq!(socket.ask("{ __typename }").await["data"], json!({ "__typename": "Query" }));
}

#[tokio::test]
async fn a_socket_has_room_for_fifty_operations_at_once() {
    let service = service().await;
    let wire = service.listen().await;
    let mut socket = wire.greeted(None).await;
    for number in 0..50 {
        socket.subscribe(&format!("s{number}"), CHANGES).await;
    }
    let refused = socket.ask("{ __typename }").await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAVAILABLE");
    socket.say(json!({ "id": "s7", "type": "complete" })).await;
    assert_eq!(socket.hear().await, json!({ "id": "s7", "type": "complete" }));
    assert_eq!(socket.ask("{ __typename }").await["errors"], json!(null));
}

#[tokio::test]
async fn one_subscription_too_many_is_refused_until_another_ends() {
    let service = service_with(&[("subscriptions-max", "1")]).await;
    let wire = service.listen().await;
    let mut first = watching(&wire, None).await;
    let (_, refused) = wire.events(None, CHANGES).await.next().await.unwrap();
    assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAVAILABLE");
    first.say(json!({ "id": "changes", "type": "complete" })).await;
    assert_eq!(first.hear().await, json!({ "id": "changes", "type": "complete" }));
    let mut second = watching(&wire, None).await;
    withdraw(&service, "mobywatel").await;
    assert_eq!(change(&mut second).await, shown("WITHDRAWN", &[]));
}

#[tokio::test]
async fn a_message_that_is_too_large_ends_the_socket() {
    let service = service().await;
    let wire = service.listen().await;
    let mut socket = wire.greeted(None).await;
    let large = json!({ "type": "ping", "payload": { "text": "a".repeat(256 * 1024) } });
    // The server may hang up while this is still being sent.
    let _ = socket.0.send(Message::text(large.to_string())).await;
    let answer = timeout(Duration::from_secs(20), socket.0.next()).await.unwrap();
    assert!(!matches!(answer, Some(Ok(Message::Text(_)))), "{answer:?}");
}

#[tokio::test]
async fn only_pages_of_our_own_and_of_listed_origins_open_a_socket() {
    let service = service_with(&[("cors-origins", "https://app.example.org")]).await;
    let wire = service.listen().await;
    let own = format!("http://{}", wire.address);
    let open = async |origin: &str| {
        let headers = [("sec-websocket-protocol", "graphql-transport-ws"), ("origin", origin)];
        wire.socket_with(&headers).await.err()
    };
    for origin in [own.as_str(), "https://app.example.org"] {
        assert_eq!(open(origin).await, None, "{origin}");
    }
    for origin in ["https://example.org", "null", "https://app.example.org.evil.example", ""] {
        assert_eq!(open(origin).await, Some(403), "{origin}");
    }
}

#[tokio::test]
async fn a_socket_without_a_protocol_that_we_speak_is_refused() {
    let service = service().await;
    let wire = service.listen().await;
    assert_eq!(wire.socket_with(&[]).await.err(), Some(400));
    let other = [("sec-websocket-protocol", "mqtt")];
    assert_eq!(wire.socket_with(&other).await.err(), Some(400));
}

#[tokio::test]
async fn who_breaks_the_protocol_is_told_how_by_the_closing_code() {
    let service = service().await;
    let wire = service.listen().await;
    let start = json!({ "id": "1", "type": "subscribe", "payload": { "query": "{ __typename }" } });
    let greeting =
        |token: &str| json!({ "type": "connection_init", "payload": { "Authorization": token } });
    for (message, code, reason) in [
        (greeting("Bearer dev:king"), 4403, "Forbidden"),
        (greeting("Basic ZGV2OmVkaXRvcg=="), 4403, "Forbidden"),
        (start, 4401, "Unauthorized"),
        (json!({ "type": "nonsense" }), 4400, "Invalid message"),
        (json!("a".repeat(1_000)), 4400, "Invalid message"),
    ] {
        let mut socket = wire.socket().await;
        socket.say(message.clone()).await;
        assert_eq!(socket.closed().await, (code, reason.to_owned()), "{message}");
    }
    let mut socket = wire.greeted(None).await;
    socket.say(json!({ "type": "connection_init" })).await;
    assert_eq!(socket.closed().await.0, 4429);
}

#[tokio::test]
async fn development_tokens_open_no_socket_in_production() {
    let service = service_with(&[("profile", "production")]).await;
    let wire = service.listen().await;
    let mut socket = wire.socket().await;
    let payload = json!({ "Authorization": "Bearer dev:editor" });
    socket.say(json!({ "type": "connection_init", "payload": payload })).await;
    assert_eq!(socket.closed().await, (4403, "Forbidden".to_owned()));
}

#[tokio::test]
async fn sockets_come_to_an_end_with_the_service() {
    let service = service().await;
    let wire = service.listen().await;
    let mut watching = watching(&wire, None).await;
    let mut idle = wire.greeted(None).await;
    service.app.stop();
    assert_eq!(watching.hear().await, json!({ "id": "changes", "type": "complete" }));
    assert_eq!(watching.closed().await, (1001, "Going away".to_owned()));
    assert_eq!(idle.closed().await, (1001, "Going away".to_owned()));
    drop((watching, idle));
    timeout(Duration::from_secs(5), wire.server).await.expect("still serving").unwrap();
}

#[tokio::test]
async fn an_open_socket_keeps_its_place_among_the_connections() {
    let service = service_with(&[("connections-max", "1")]).await;
    let wire = service.listen().await;
    let socket = wire.greeted(None).await;
    let (mut second, mut byte) = (wire.connect().await, [0]);
    let request = b"GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n";
    second.write_all(request).await.unwrap();
    let early = timeout(Duration::from_millis(100), second.read(&mut byte)).await;
    assert!(early.is_err(), "served beyond the limit");
    drop(socket);
    timeout(Duration::from_secs(20), second.read(&mut byte)).await.unwrap().unwrap();
    assert_eq!(&byte, b"H");
}

/// Keeps the clock of the test from running ahead by itself, which it does not do while there is
/// work outside the runtime.
fn hold_the_clock() -> std::sync::mpsc::Sender<()> {
    let (held, release) = std::sync::mpsc::channel();
    tokio::task::spawn_blocking(move || release.recv());
    tokio::time::pause();
    held
}

#[tokio::test]
async fn a_client_that_only_listens_is_kept_as_long_as_it_answers_pings() {
    let service = service().await;
    let wire = service.listen().await;
    let mut socket = watching(&wire, None).await;
    let clock = hold_the_clock();
    for _quarter in 0..8 {
        tokio::time::advance(Duration::from_secs(15)).await;
        assert!(matches!(socket.0.next().await, Some(Ok(Message::Ping(_)))));
        // Sends the answer, which the library has prepared.
        socket.0.flush().await.unwrap();
    }
    tokio::time::resume();
    drop(clock);
    withdraw(&service, "mobywatel").await;
    assert_eq!(change(&mut socket).await, shown("WITHDRAWN", &[]));
}

#[tokio::test]
async fn a_client_that_answers_no_ping_is_cut_off() {
    let service = service().await;
    let wire = service.listen().await;
    let mut stream = wire.connect().await;
    let handshake = "GET /graphql/ws HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\n\
        connection: upgrade\r\nsec-websocket-version: 13\r\n\
        sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
        sec-websocket-protocol: graphql-transport-ws\r\n\r\n";
    stream.write_all(handshake.as_bytes()).await.unwrap();
    let mut head = [0; 12];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 101");
    // The clock runs ahead by itself from here on: nobody does anything.
    tokio::time::pause();
    let mut rest = Vec::new();
    let end = timeout(Duration::from_secs(120), stream.read_to_end(&mut rest)).await;
    end.expect("still open").unwrap();
}

/// A change that nobody sees, to make others wait in line.
fn noise(number: u128) -> Event {
    Event { kind: Kind::Published, subject: Subject::Unit, ids: vec![Uuid::from_u128(number)] }
}

#[tokio::test]
async fn a_client_that_lags_behind_is_told_to_fetch_anew() {
    let service = service().await;
    let body = json!({ "query": CHANGES }).to_string();
    let request = axum::http::Request::post("/graphql/stream")
        .header("content-type", "application/json")
        .body(axum::body::Body::from(body))
        .unwrap();
    let answer = tower::ServiceExt::oneshot(service.router.clone(), request).await.unwrap();
    // More changes than are kept for anybody, while the answer is not read.
    let noise = service.db().write(async |tx| {
        for number in 0..1_100 {
            tx.emit(&Actor::System, noise(number));
        }
        Ok(())
    });
    noise.await.unwrap();
    let head = kontakt::events::head(service.db().reader()).await.unwrap();
    let mut told = service.app.feed.head();
    timeout(Duration::from_secs(20), told.wait_for(|known| *known >= head)).await.unwrap().unwrap();
    let mut body = answer.into_body().into_data_stream();
    let first = timeout(Duration::from_secs(20), body.next()).await.unwrap().unwrap().unwrap();
    let event = String::from_utf8(first.to_vec()).unwrap();
    assert!(event.contains(r#""kind":"REFETCH""#), "{event}");
}
