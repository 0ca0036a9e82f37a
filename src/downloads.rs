//! Photos over HTTP. Their names cannot be guessed, and are told only to those who may see what a
//! photo belongs to.

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{app::App, graphql::language, visitor::Visitor};

/// What a photo costs.
const PHOTO_POINTS: u32 = 1;

/// How a photo goes out. A browser that would take it for a page could do nothing with it. It never
/// changes, but may have to be taken away: so only its reader's own browser keeps it, for a day.
const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_TYPE, "image/jpeg"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
    (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    (header::CACHE_CONTROL, "private, max-age=86400, immutable"),
];

/// GET and HEAD: the photo or thumbnail of a name such as `<hash>.jpg`.
pub async fn photo(
    State(app): State<App>,
    visitor: Visitor,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(later) = visitor.pay(&app, PHOTO_POINTS, language(&headers)) {
        return later;
    }
    let Some(hash) = name.strip_suffix(".jpg") else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let blob = match app.files.open(hash).await {
        Ok(Some(blob)) => blob,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(_) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    let tag = format!("\"{hash}\"");
    let named = [
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
        (header::ETAG, tag.clone()),
    ];
    if is_known(&headers, &tag) {
        return (StatusCode::NOT_MODIFIED, HEADERS, named).into_response();
    }
    let length = [(header::CONTENT_LENGTH, blob.bytes.to_string())];
    (HEADERS, named, length, Body::from_stream(blob.content)).into_response()
}

/// Whether the reader has already what has this tag.
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let bare = |known: &str| known.trim().trim_start_matches("W/") == tag;
    known.is_some_and(|known| known.split(',').any(|known| known.trim() == "*" || bare(known)))
}
