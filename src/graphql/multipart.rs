//! GraphQL with files: POST of `multipart/form-data`, as the GraphQL multipart request
//! specification wants it.
//!
//! What comes is held in memory and not on a disk: few may come at once, who takes a file wants all
//! of it, and what a photo tells beside the picture is never written down.

use std::{collections::BTreeMap, time::Duration};

use async_graphql::{Request, Value, Variables};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use multer::{Constraints, Field, Multipart, SizeLimit};
use tokio::time::timeout;

use crate::{
    app::App,
    files::PHOTO_BYTES_MAX,
    graphql::{
        handler::{self, Refusal},
        respond::Media,
        upload::Uploads,
    },
    visitor::Visitor,
    words::Message,
};

/// The header without which no form is taken. A web page elsewhere may send a form to any address,
/// but this header only after a preflight, so a stranger's page cannot act for a signed-in reader.
pub const PREFLIGHT: &str = "graphql-preflight";

/// Bytes of a form in all.
const BODY_BYTES_MAX: usize = 60 * 1024 * 1024;
/// A form must have arrived within this time.
const BODY_SECONDS_MAX: u64 = 60;
/// Files of a form, and variables that they are for.
const FILES_MAX: usize = 10;
/// Bytes of `operations`, and of `map`.
const TEXT_BYTES_MAX: usize = 256 * 1024;

/// The boundary of a form's parts; `None` when the request is no form.
pub fn boundary(headers: &HeaderMap) -> Option<String> {
    multer::parse_boundary(headers.get(header::CONTENT_TYPE)?.to_str().ok()?).ok()
}

/// POST: a form with the parts `operations`, `map`, and files.
pub async fn post(
    app: App,
    visitor: Visitor,
    headers: &HeaderMap,
    media: Media,
    boundary: String,
    body: Body,
) -> Response {
    let lang = handler::language(headers);
    // Held until the answer is there: so long the files lie in memory.
    let Some(_permit) = app.permits.upload() else {
        let full = Refusal(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", "overloaded".into());
        return handler::refuse(full, lang, media);
    };
    // As with JSON, the body is read before anything is refused.
    let form = read(boundary, body).await;
    let checked = match headers.contains_key(PREFLIGHT) {
        true => form.and_then(assemble),
        false => Err(Refusal::bad("upload-preflight")),
    };
    match checked {
        Ok(request) => handler::run(app, visitor, headers, media, request, true).await,
        Err(refusal) => handler::refuse(refusal, lang, media),
    }
}

/// The parts of a form as they came.
#[derive(Default)]
struct Form {
    operations: Option<Bytes>,
    map: Option<Bytes>,
    files: Vec<(String, Bytes)>,
}

async fn read(boundary: String, body: Body) -> Result<Form, Refusal> {
    let late = |_| {
        let message = Message::new("timeout").with("seconds", BODY_SECONDS_MAX);
        Err(Refusal(StatusCode::REQUEST_TIMEOUT, "TIMEOUT", message))
    };
    let limit = Duration::from_secs(BODY_SECONDS_MAX);
    timeout(limit, read_parts(boundary, body)).await.unwrap_or_else(late)
}

async fn read_parts(boundary: String, body: Body) -> Result<Form, Refusal> {
    let limit = SizeLimit::new().whole_stream(BODY_BYTES_MAX as u64);
    let limits = Constraints::new().size_limit(limit);
    let mut parts = Multipart::with_constraints(body.into_data_stream(), boundary, limits);
    let mut form = Form::default();
    while let Some(part) = parts.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "operations" => form.operations = Some(text(part, &name).await?),
            "map" => form.map = Some(text(part, &name).await?),
            // One more than may come is enough to know.
            _ if form.files.len() > FILES_MAX => drop(beginning(part, 0).await?),
            // A byte more than a photo may have, so that who takes it can tell.
            _ => form.files.push((name, beginning(part, PHOTO_BYTES_MAX + 1).await?)),
        }
    }
    Ok(form)
}

/// A part that is JSON.
async fn text(part: Field<'_>, name: &str) -> Result<Bytes, Refusal> {
    let text = beginning(part, TEXT_BYTES_MAX + 1).await?;
    if text.len() > TEXT_BYTES_MAX {
        let message =
            Message::new("upload-text-too-large").with("part", name).with("max", TEXT_BYTES_MAX);
        return Err(Refusal(StatusCode::PAYLOAD_TOO_LARGE, "BAD_USER_INPUT", message));
    }
    Ok(text)
}

/// The beginning of a part; what follows is read and forgotten.
async fn beginning(mut part: Field<'_>, max: usize) -> Result<Bytes, Refusal> {
    let mut kept = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
        let room = max - kept.len();
        kept.extend_from_slice(&chunk[..room.min(chunk.len())]);
    }
    Ok(kept.into())
}

fn unreadable(error: multer::Error) -> Refusal {
    match error {
        multer::Error::StreamSizeExceeded { .. } => {
            let message = Message::new("body-too-large").with("max", BODY_BYTES_MAX);
            Refusal(StatusCode::PAYLOAD_TOO_LARGE, "BAD_USER_INPUT", message)
        }
        _ => Refusal::bad("upload-broken"),
    }
}

/// The request of a form, with its files in their variables.
fn assemble(form: Form) -> Result<Request, Refusal> {
    let missing = |part| Refusal::bad(Message::new("upload-missing").with("part", part));
    let operations = form.operations.ok_or_else(|| missing("operations"))?;
    let mut request = handler::read_json(&operations)?;
    let mut map = read_map(&form.map.ok_or_else(|| missing("map"))?)?;
    let variables: usize = map.values().map(Vec::len).sum();
    if form.files.len() > FILES_MAX || map.len() > FILES_MAX || variables > FILES_MAX {
        return Err(Refusal::bad(Message::new("upload-too-many").with("max", FILES_MAX)));
    }
    let mut uploads = Uploads::default();
    for (name, file) in form.files {
        let unknown = || Refusal::bad(Message::new("upload-unknown").with("part", &name));
        for path in map.remove(&name).ok_or_else(unknown)? {
            let taken = || Refusal::bad(Message::new("upload-variable").with("path", &path));
            let variable = variable(&mut request.variables, &path).ok_or_else(taken)?;
            *variable = uploads.take(file.clone()).ok_or_else(taken)?;
        }
    }
    match map.into_keys().next() {
        Some(name) => Err(missing(&name)),
        None => Ok(uploads.with(request)),
    }
}

/// Which file is for which variables.
fn read_map(json: &[u8]) -> Result<BTreeMap<String, Vec<String>>, Refusal> {
    serde_json::from_slice(json).map_err(|_| Refusal::bad("upload-map"))
}

/// The variable at a path such as `variables.input.photo`, when it is null and so waits for a file.
fn variable<'a>(variables: &'a mut Variables, path: &str) -> Option<&'a mut Value> {
    let mut parts = path.strip_prefix("variables.")?.split('.');
    let first = variables.get_mut(parts.next()?)?;
    let found = parts.try_fold(first, |value, part| match value {
        Value::List(list) => list.get_mut(part.parse::<usize>().ok()?),
        Value::Object(object) => object.get_mut(part),
        _ => None,
    })?;
    (*found == Value::Null).then_some(found)
}
