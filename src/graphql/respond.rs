//! Responses over HTTP, as GraphQL over HTTP wants them.

use std::collections::BTreeMap;

use async_graphql::{Response, ServerError, Value};
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use serde::Serialize;

/// The media type that an answer is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// `application/graphql-response+json`: the status tells whether the request was understood.
    GraphQl,
    /// `application/json`: the status is 200 for every well-formed request.
    Json,
}

impl Media {
    /// The type that an `Accept` header prefers; `None` when it takes neither.
    pub fn negotiate(headers: &HeaderMap) -> Option<Self> {
        let Some(accept) = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()) else {
            return Some(Self::Json);
        };
        let mut best: Option<(Self, f32)> = None;
        for range in accept.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let media = match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
                "application/graphql-response+json" => Self::GraphQl,
                "application/json" | "application/*" | "*/*" => Self::Json,
                _ => continue,
            };
            let quality = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok());
            let quality: f32 = quality.unwrap_or(1.0);
            if quality > 0.0 && best.is_none_or(|(_, known)| quality > known) {
                best = Some((media, quality));
            }
        }
        best.map(|(media, _)| media)
    }

    fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        })
    }
}

/// The answer to a request that was well formed: executed, or refused with GraphQL errors.
pub fn answer(response: Response, media: Media) -> axum::response::Response {
    let status = match (refused_as(&response), media) {
        // Nothing was executed because the service could not, and not because of the request.
        (Some("UNAVAILABLE" | "TIMEOUT"), _) => StatusCode::SERVICE_UNAVAILABLE,
        (Some("RATE_LIMITED"), _) => StatusCode::TOO_MANY_REQUESTS,
        // An answer as any other to clients that send the hash of a document first.
        (Some("PERSISTED_QUERY_NOT_FOUND") | None, _) | (_, Media::Json) => StatusCode::OK,
        (Some(_), Media::GraphQl) => StatusCode::BAD_REQUEST,
    };
    with_status(response, media, status)
}

/// The code under which a request was refused before anything was executed.
fn refused_as(response: &Response) -> Option<&str> {
    if !is_request_error(response) {
        return None;
    }
    match response.errors.first()?.extensions.as_ref()?.get("code") {
        Some(Value::String(code)) => Some(code),
        _ => Some(""),
    }
}

/// An answer with the status of the case, such as that of a request that was not well formed.
pub fn with_status(
    response: Response,
    media: Media,
    status: StatusCode,
) -> axum::response::Response {
    let own = response.http_headers.clone();
    let body = to_json(response);
    let headers = [
        (header::CONTENT_TYPE, media.content_type()),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::VARY, HeaderValue::from_static("accept, accept-language, authorization")),
    ];
    let mut answer = (status, headers, body).into_response();
    answer.headers_mut().extend(own);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    answer
}

/// Nothing was executed: all roots are nullable, so an executed operation always has data.
fn is_request_error(response: &Response) -> bool {
    !response.errors.is_empty() && response.data == Value::Null
}

/// The body; a request error has no `data` entry at all.
pub fn to_json(response: Response) -> Vec<u8> {
    let data = (!is_request_error(&response)).then_some(&response.data);
    let body = Body { errors: &response.errors, data, extensions: &response.extensions };
    // Values of GraphQL are always JSON; an empty body would be a defect that a client sees.
    serde_json::to_vec(&body).unwrap_or_default()
}

/// A response in the order that the specification recommends; the data keeps the order of the
/// selection.
#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn negotiate(accept: &'static str) -> Option<Media> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        Media::negotiate(&headers)
    }

    #[test]
    fn the_answer_comes_in_the_type_that_is_preferred() {
        assert_eq!(Media::negotiate(&HeaderMap::new()), Some(Media::Json));
        assert_eq!(negotiate("*/*"), Some(Media::Json));
        let both = "application/graphql-response+json, application/json;q=0.9";
        assert_eq!(negotiate(both), Some(Media::GraphQl));
        assert_eq!(negotiate("text/html"), None);
    }

    #[test]
    fn a_body_keeps_the_order_of_the_selection() {
        let data = async_graphql::value!({ "b": 1, "a": 2 });
        let body = String::from_utf8(to_json(Response::new(data))).unwrap();
        assert_eq!(body, r#"{"data":{"b":1,"a":2}}"#);
    }
}
