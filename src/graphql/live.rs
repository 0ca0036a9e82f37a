//! Subscriptions: WebSocket (`graphql-transport-ws`) and server-sent events (`graphql-sse`,
//! distinct connections).

use std::{convert::Infallible, time::Duration};

use async_graphql::{Data, http::ALL_WEBSOCKET_PROTOCOLS, parser::types::OperationType};
use async_graphql_axum::{GraphQLProtocol, GraphQLWebSocket};
use axum::{
    body::Body,
    extract::{State, WebSocketUpgrade},
    http::{HeaderMap, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{StreamExt, stream};

use crate::{
    accounts,
    app::App,
    graphql::{
        Caller,
        gate::{Session, SocketGate},
        handler::{actor, language, read},
        respond::{Media, to_json},
    },
    words,
};

/// A client that does not answer a ping in this time is gone.
const KEEP_ALIVE_SECONDS: u64 = 30;
/// Bytes of one message over a WebSocket.
const MESSAGE_BYTES_MAX: usize = 256 * 1024;

/// Upgrades to a WebSocket. `Authorization` and `Accept-Language` come in the payload of
/// `connection_init`, since browsers cannot set headers here.
pub async fn websocket(
    State(app): State<App>,
    headers: HeaderMap,
    protocol: GraphQLProtocol,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !same_or_allowed_origin(&app, &headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let lang = language(&headers);
    upgrade.protocols(ALL_WEBSOCKET_PROTOCOLS).max_message_size(MESSAGE_BYTES_MAX).on_upgrade(
        move |socket| async move {
            let (sink, messages) = socket.split();
            let stop = app.clone();
            let messages = messages.take_until(async move { stop.stopping().await });
            let profile = app.config.profile;
            let greet = move |payload: serde_json::Value| async move {
                let text = |name: &str| {
                    let lower = name.to_ascii_lowercase();
                    payload.get(name).or_else(|| payload.get(lower))?.as_str()
                };
                let actor = accounts::authenticate(profile, text("Authorization"))?;
                let lang =
                    text("Accept-Language").map_or(lang, |text| words::negotiate(Some(text)));
                let mut data = Data::default();
                data.insert(Session { actor, lang });
                Ok::<_, async_graphql::Error>(data)
            };
            GraphQLWebSocket::new_with_pair(sink, messages, SocketGate(app), protocol)
                .on_connection_init(greet)
                .keepalive_timeout(Duration::from_secs(KEEP_ALIVE_SECONDS))
                .serve()
                .await;
        },
    )
}

/// A web page of another origin must be on the allow-list: browsers send no preflight here.
fn same_or_allowed_origin(app: &App, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return true };
    let host = origin.split_once("://").map(|(_, host)| host);
    host == text(header::HOST) || app.config.cors_origins.iter().any(|known| known == origin)
}

/// POST with JSON: answers as a stream of `next` events and a closing `complete`.
pub async fn stream(State(app): State<App>, headers: HeaderMap, body: Body) -> Response {
    let asked = async {
        let request = read(&headers, body, Media::Json).await?;
        Ok((request, actor(&app, &headers, Media::Json)?))
    };
    let (request, actor) = match asked.await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let (gate, lang) = (app.gate.clone(), language(&headers));
    let answers = match gate.admit(request, &actor, lang) {
        Err(response) => stream::once(async { response }).boxed(),
        Ok(admitted) => {
            let caller = Caller::new(app, actor, lang);
            if admitted.operation() == OperationType::Subscription {
                gate.subscribe(admitted, caller)
            } else {
                stream::once(async move { gate.execute(admitted, caller).await }).boxed()
            }
        }
    };
    let next = answers.map(|response| {
        let json = String::from_utf8_lossy(&to_json(response)).into_owned();
        Event::default().event("next").data(json)
    });
    // An event without data is not given to anybody by the browsers' `EventSource`.
    let complete = stream::once(async { Event::default().event("complete").data("null") });
    let events = next.chain(complete).map(Ok::<_, Infallible>);
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(15));
    Sse::new(events).keep_alive(keep_alive).into_response()
}
