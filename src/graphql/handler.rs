//! GraphQL over HTTP: POST with JSON for everything (and as a form with files, see `multipart`), GET
//! for queries. All 61 audits of the npm
//! package `graphql-http` pass (`scripts/test audits`).

use std::time::Duration;

use async_graphql::{Request, Variables, parser::types::OperationType};
use axum::{
    body::{Body, to_bytes},
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value};
use tokio::time::timeout;

use crate::{
    accounts::Identity,
    actor::Actor,
    app::App,
    error::Error,
    graphql::{
        Caller, errors, explorer,
        gate::PERSISTED,
        multipart,
        respond::{self, Media},
    },
    rates::FAILED_SIGN_IN_POINTS,
    sign_in,
    visitor::Visitor,
    words::{self, Lang, Message},
};

/// Bytes of a request body.
const BODY_BYTES_MAX: usize = 256 * 1024;
/// A body must have arrived within this time.
const BODY_SECONDS_MAX: u64 = 30;

/// A refusal before the document was read.
pub(super) struct Refusal(pub(super) StatusCode, pub(super) &'static str, pub(super) Message);

impl Refusal {
    pub(super) fn bad(message: impl Into<Message>) -> Self {
        Self(StatusCode::BAD_REQUEST, "BAD_USER_INPUT", message.into())
    }
}

/// POST: a JSON object with `query`, `variables`, `operationName`, `extensions`.
///
/// Beside forms with files only `application/json` is taken: a web page elsewhere can send that
/// only after a preflight, so a stranger's page cannot act for a signed-in reader.
pub async fn post(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Some(media) = Media::negotiate(&headers) else {
        return not_acceptable(language(&headers));
    };
    if let Some(boundary) = multipart::boundary(&headers) {
        return multipart::post(app, visitor, &headers, media, boundary, body).await;
    }
    match read(&headers, body, media).await {
        Ok(request) => run(app, visitor, &headers, media, request, true).await,
        Err(response) => response,
    }
}

/// Reads the request of a POST, or gives the answer that refuses it.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Body,
    media: Media,
) -> Result<Request, Response> {
    // The body is read before anything is refused, or clients lose the answer to a broken pipe.
    let request = read_body(body).await.and_then(|bytes| {
        if is_json(headers) {
            read_json(&bytes)
        } else {
            Err(Refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "BAD_USER_INPUT", "media-type".into()))
        }
    });
    request.map_err(|refusal| refuse(refusal, language(headers), media))
}

/// Who sent a request, by its `Authorization` header or its cookie. A browser adds a cookie whoever has
/// written the page, so what comes by POST with one must come from a page of our own.
pub(super) async fn identity(
    app: &App,
    visitor: Visitor,
    headers: &HeaderMap,
    media: Media,
    by_post: bool,
) -> Result<Identity, Response> {
    match sign_in::identify(app, headers).await {
        Ok(identity) if by_post && identity.session().is_some() => {
            match sign_in::is_same_origin(&app.config, headers) {
                true => Ok(identity),
                false => {
                    let refusal = Refusal(StatusCode::FORBIDDEN, "FORBIDDEN", "cross-site".into());
                    Err(refuse(refusal, language(headers), media))
                }
            }
        }
        Ok(identity) => Ok(identity),
        Err(Error::Unauthenticated) => {
            app.failures.note("token", "not-valid", visitor.0);
            // Whoever guesses pays for it.
            match app.rates.take(&Actor::Anyone, visitor.0, FAILED_SIGN_IN_POINTS) {
                Ok(()) => Err(unidentified(&Error::Unauthenticated, headers, media)),
                Err(wait) => {
                    let lang = language(headers);
                    Err(respond::answer(errors::rate_limited(wait, lang), media))
                }
            }
        }
        Err(error) => Err(unidentified(&error, headers, media)),
    }
}

fn unidentified(error: &Error, headers: &HeaderMap, media: Media) -> Response {
    let status = match error {
        Error::Unauthenticated => StatusCode::UNAUTHORIZED,
        Error::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let response = errors::stopped(error, language(headers));
    let mut response = respond::with_status(response, media, status);
    if status == StatusCode::UNAUTHORIZED {
        let scheme = HeaderValue::from_static("Bearer");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
    }
    response
}

/// GET: a query in the address, or the explorer for a browser.
pub async fn get(
    State(app): State<App>,
    visitor: Visitor,
    RawQuery(parameters): RawQuery,
    headers: HeaderMap,
) -> Response {
    let lang = language(&headers);
    let parameters = parameters.unwrap_or_default();
    let has_query = parameters.split('&').any(|pair| pair.starts_with("query="));
    if !has_query && accepts_html(&headers) {
        return explorer::page();
    }
    let Some(media) = Media::negotiate(&headers) else { return not_acceptable(lang) };
    match read_parameters(&parameters) {
        Ok(request) => run(app, visitor, &headers, media, request, false).await,
        Err(refusal) => refuse(refusal, lang, media),
    }
}

/// Runs an operation that was read.
pub(super) async fn run(
    app: App,
    visitor: Visitor,
    headers: &HeaderMap,
    media: Media,
    request: Request,
    may_write: bool,
) -> Response {
    let lang = language(headers);
    let identity = match identity(&app, visitor, headers, media, may_write).await {
        Ok(identity) => identity,
        Err(response) => return response,
    };
    let gate = app.gate.clone();
    let admitted = match gate.admit(request, &identity.actor, lang) {
        Ok(admitted) => admitted,
        Err(response) => return respond::answer(response, media),
    };
    let refusal = match admitted.operation() {
        OperationType::Mutation if !may_write => {
            Refusal(StatusCode::METHOD_NOT_ALLOWED, "BAD_USER_INPUT", "mutation-by-get".into())
        }
        OperationType::Subscription => Refusal::bad("subscription-by-http"),
        _ => {
            let caller = Caller::new(app, identity, visitor, lang);
            let response = gate.execute(admitted, caller).await;
            return respond::answer(response, media);
        }
    };
    refuse(refusal, lang, media)
}

/// The answer to a request that was not understood.
pub(super) fn refuse(
    Refusal(status, code, message): Refusal,
    lang: Lang,
    media: Media,
) -> Response {
    let mut response =
        respond::with_status(errors::request_error(code, &message, lang), media, status);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    response
}

fn not_acceptable(lang: Lang) -> Response {
    (StatusCode::NOT_ACCEPTABLE, Message::new("not-acceptable").say(lang)).into_response()
}

/// The language of the answer, from the request's headers.
pub fn language(headers: &HeaderMap) -> Lang {
    words::negotiate(headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()))
}

fn accepts_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}

async fn read_body(body: Body) -> Result<Vec<u8>, Refusal> {
    let limit = Duration::from_secs(BODY_SECONDS_MAX);
    let late = || {
        let message = Message::new("timeout").with("seconds", BODY_SECONDS_MAX);
        Refusal(StatusCode::REQUEST_TIMEOUT, "TIMEOUT", message)
    };
    let too_large = || {
        let message = Message::new("body-too-large").with("max", BODY_BYTES_MAX);
        Refusal(StatusCode::PAYLOAD_TOO_LARGE, "BAD_USER_INPUT", message)
    };
    let bytes = timeout(limit, to_bytes(body, BODY_BYTES_MAX)).await.map_err(|_| late())?;
    bytes.map(|bytes| bytes.to_vec()).map_err(|_| too_large())
}

/// The request of a JSON text.
pub(super) fn read_json(bytes: &[u8]) -> Result<Request, Refusal> {
    let body: Value = serde_json::from_slice(bytes).map_err(|_| Refusal::bad("not-json"))?;
    let Value::Object(body) = body else { return Err(Refusal::bad("not-an-object")) };
    read_request(body)
}

/// The parameters of a GET, decoded; `variables` and `extensions` are JSON.
fn read_parameters(parameters: &str) -> Result<Request, Refusal> {
    let mut body = Map::new();
    for pair in parameters.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = decode(value);
        let value = match name {
            "variables" | "extensions" => serde_json::from_str(&value)
                .map_err(|_| Refusal::bad(bad_parameter(name, "JSON object")))?,
            _ => Value::String(value),
        };
        body.insert(name.to_owned(), value);
    }
    read_request(body)
}

fn decode(value: &str) -> String {
    let spaced = value.replace('+', " ");
    let decoded = percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy();
    decoded.into_owned()
}

fn read_request(mut body: Map<String, Value>) -> Result<Request, Refusal> {
    let mut extensions = match body.remove("extensions") {
        Some(Value::Object(extensions)) => extensions,
        Some(Value::Null) | None => Map::new(),
        Some(_) => return Err(Refusal::bad(bad_parameter("extensions", "JSON object"))),
    };
    let persisted = extensions.remove(PERSISTED);
    let query = match body.remove("query") {
        Some(Value::String(query)) => query,
        Some(Value::Null) | None if persisted.is_some() => String::new(),
        Some(Value::Null) | None => return Err(Refusal::bad("no-query")),
        Some(_) => return Err(Refusal::bad(bad_parameter("query", "String"))),
    };
    let mut request = Request::new(query);
    match body.remove("operationName") {
        Some(Value::String(name)) => request.operation_name = Some(name),
        Some(Value::Null) | None => {}
        Some(_) => return Err(Refusal::bad(bad_parameter("operationName", "String"))),
    }
    match body.remove("variables") {
        Some(variables @ Value::Object(_)) => request.variables = Variables::from_json(variables),
        Some(Value::Null) | None => {}
        Some(_) => return Err(Refusal::bad(bad_parameter("variables", "JSON object"))),
    }
    if let Some(persisted) = persisted {
        let persisted = async_graphql::Value::from_json(persisted).unwrap_or_default();
        request.extensions.insert(PERSISTED.to_owned(), persisted);
    }
    Ok(request)
}

fn bad_parameter(name: &str, wanted: &str) -> Message {
    Message::new("bad-parameter").with("name", name).with("wanted", wanted)
}
