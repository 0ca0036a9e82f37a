//! Everything over a WebSocket, by the protocol `graphql-transport-ws`.

use std::{any::TypeId, pin::pin, sync::Arc, time::Duration};

use async_graphql::{
    Data, Executor, Request, Response,
    http::{ALL_WEBSOCKET_PROTOCOLS, WebSocketProtocols, WsMessage},
};
use axum::{
    Extension,
    body::Bytes,
    extract::{
        State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
};
use futures_util::{
    SinkExt, Stream,
    stream::{self, BoxStream},
};
use serde_json::Value;
use tokio::{
    sync::Semaphore,
    time::{Instant, interval_at, timeout},
};
use tokio_stream::StreamExt;

use crate::{
    accounts::{Identity, is_still},
    actor::Actor,
    app::App,
    error::Error,
    graphql::{errors, handler::language},
    rates::FAILED_SIGN_IN_POINTS,
    server::Place,
    sign_in::{self, Given, Sender},
    visitor::Visitor,
    words::{self, Lang},
};

/// A client is pinged this often.
const PING_SECONDS: u64 = 15;
/// A client that sends nothing in this time, not even the answer to a ping, is gone.
const SILENCE_SECONDS_MAX: u64 = 40;
/// A client must take a message, and answer the closing one, within this time.
const SEND_SECONDS_MAX: u64 = 10;
/// Bytes of one message.
const MESSAGE_BYTES_MAX: usize = 256 * 1024;
/// Operations under way at once on one socket.
const OPERATIONS_MAX: u32 = 50;
/// What is written where a token is refused.
const FORBIDDEN: &str = "Forbidden";

/// Upgrades to a WebSocket. `Authorization` and `Accept-Language` come in the payload of
/// `connection_init`, since browsers cannot set headers here.
pub async fn websocket(
    State(app): State<App>,
    visitor: Visitor,
    place: Option<Extension<Place>>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> axum::response::Response {
    // Browsers send no preflight here: pages of strangers are refused, programs are not.
    if sign_in::sender(&app.config, &headers) == Sender::StrangePage {
        app.failures.note("socket", "other-origin", visitor.0);
        return StatusCode::FORBIDDEN.into_response();
    }
    let upgrade = upgrade
        .protocols(ALL_WEBSOCKET_PROTOCOLS)
        .max_frame_size(MESSAGE_BYTES_MAX)
        .max_message_size(MESSAGE_BYTES_MAX);
    let protocol = upgrade.selected_protocol().and_then(|name| name.to_str().ok()?.parse().ok());
    let Some(protocol) = protocol else { return StatusCode::BAD_REQUEST.into_response() };
    let (lang, given) = (language(&headers), Given::of(&app, &headers));
    upgrade.on_upgrade(move |socket| async move {
        converse(app, socket, protocol, visitor, lang, given).await;
        drop(place);
    })
}

/// Answers until the client goes, is silent for too long, or the service stops.
async fn converse(
    app: App,
    socket: WebSocket,
    protocol: WebSocketProtocols,
    visitor: Visitor,
    lang: Lang,
    given: Given,
) {
    let operations = Arc::new(Semaphore::new(OPERATIONS_MAX as usize));
    let gate = SocketGate { app: app.clone(), visitor, operations: Arc::clone(&operations) };
    let node = app.clone();
    let (mut sink, frames) = futures_util::StreamExt::split(socket);
    let mut requests = pin!(requests(frames));
    let mut answers = async_graphql::http::WebSocket::new(gate, requests.as_mut(), protocol)
        .on_connection_init(move |payload| async move {
            let greeted = greet(&node, given, lang, &payload).await;
            if greeted.is_err() {
                node.failures.note("token", "not-valid", visitor.0);
                // A guess costs the same here as over HTTP, and this connection ends with it.
                let _ = node.rates.take(&Actor::Anyone, visitor.0, FAILED_SIGN_IN_POINTS);
            }
            greeted
        });
    // Operations under way come to an end first; the stop leaves no room for others.
    let mut stopped = pin!(async {
        app.stopping().await;
        let _ = operations.acquire_many(OPERATIONS_MAX).await;
    });
    let ping = Duration::from_secs(PING_SECONDS);
    let mut pings = interval_at(Instant::now() + ping, ping);
    let patience = Duration::from_secs(SEND_SECONDS_MAX);
    loop {
        let message = tokio::select! {
            biased;
            answer = answers.next() => match answer {
                Some(WsMessage::Text(text)) => Message::Text(text.into()),
                Some(WsMessage::Close(code, reason)) => close(code, &reason),
                None => break,
            },
            () = &mut stopped => close(1001, "Going away"),
            _ = pings.tick() => Message::Ping(Bytes::new()),
        };
        let is_last = matches!(message, Message::Close(_));
        let sent = timeout(patience, sink.send(message)).await;
        if is_last || !matches!(sent, Ok(Ok(()))) {
            break;
        }
    }
    drop(answers);
    // Hanging up with something unread would take the closing message away from the client.
    let rest = async { while requests.next().await.is_some() {} };
    let _ = timeout(patience, rest).await;
}

/// The messages of a client, until it goes or is silent for too long.
fn requests(frames: impl Stream<Item = Result<Message, axum::Error>>) -> impl Stream<Item = Bytes> {
    let heard = frames.timeout(Duration::from_secs(SILENCE_SECONDS_MAX));
    heard.map_while(|frame| frame.ok()?.ok()).filter_map(|frame| match frame {
        Message::Text(_) | Message::Binary(_) => Some(frame.into_data()),
        Message::Ping(_) | Message::Pong(_) | Message::Close(_) => None,
    })
}

/// A closing message, with the codes of the protocol where the library has those of WebSockets.
fn close(code: u16, reason: &str) -> Message {
    let (code, reason) = match code {
        1002 if reason == FORBIDDEN => (4403, FORBIDDEN),
        1002 => (4400, "Invalid message"),
        1011 => (4401, "Unauthorized"),
        _ => (code, reason),
    };
    Message::Close(Some(CloseFrame { code, reason: reason.into() }))
}

/// Who opened a WebSocket, as its `connection_init` told.
struct Session {
    identity: Identity,
    lang: Lang,
}

async fn greet(
    app: &App,
    mut given: Given,
    lang: Lang,
    payload: &Value,
) -> async_graphql::Result<Data> {
    let text =
        |name: &str| payload.get(name).or_else(|| payload.get(name.to_ascii_lowercase()))?.as_str();
    if let Some(authorization) = text("Authorization") {
        given.authorization = Some(authorization.to_owned());
    }
    let identity = given.identify(app).await.map_err(|_| FORBIDDEN)?;
    let lang = text("Accept-Language").map_or(lang, |text| words::negotiate(Some(text)));
    let mut data = Data::default();
    data.insert(Session { identity, lang });
    Ok(data)
}

/// The gate as the protocol drives it: who asks is known from the connection.
#[derive(Clone)]
struct SocketGate {
    app: App,
    visitor: Visitor,
    operations: Arc<Semaphore>,
}

impl Executor for SocketGate {
    async fn execute(&self, request: Request) -> Response {
        // The protocol runs everything as a stream.
        self.execute_stream(request, None).next().await.unwrap_or_default()
    }

    fn execute_stream(
        &self,
        request: Request,
        session: Option<Arc<Data>>,
    ) -> BoxStream<'static, Response> {
        let session = session.as_ref().and_then(|data| data.get(&TypeId::of::<Session>()));
        let session = session.and_then(|session| session.downcast_ref::<Session>());
        let (identity, lang) = session.map_or((Identity::anyone(), Lang::Pl), |session| {
            (session.identity.clone(), session.lang)
        });
        let Ok(operation) = Arc::clone(&self.operations).try_acquire_owned() else {
            return refused(errors::request_error("UNAVAILABLE", &"overloaded".into(), lang));
        };
        let (app, visitor) = (self.app.clone(), self.visitor);
        let answers = async move {
            // A socket may have been open for hours.
            match is_still(app.db.reader(), &app.config, &identity, app.db.now()).await {
                Ok(true) => app.gate.clone().answers(app, request, identity, visitor, lang),
                Ok(false) => {
                    app.failures.note("socket", "no-longer-valid", visitor.0);
                    refused(errors::stopped(&Error::Unauthenticated, lang))
                }
                Err(error) => refused(errors::stopped(&error, lang)),
            }
        };
        Box::pin(futures_util::StreamExt::flatten(stream::once(answers)).map(move |answer| {
            let _under_way = &operation;
            answer
        }))
    }
}

fn refused(response: Response) -> BoxStream<'static, Response> {
    Box::pin(stream::once(async { response }))
}
