//! What every answer tells browsers, unless its handler has said something else.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::{app::App, config::Profile};

/// Nothing here is a page but the explorer, which brings a policy of its own.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::CACHE_CONTROL, "no-store"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // For browsers that know no `frame-ancestors`.
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// For a year the browser comes back by TLS only (ASVS 3.4.1). Not in development, where there is none.
const STRICT: &str = "max-age=31536000; includeSubDomains";

/// Adds what a handler has left open.
pub async fn complete(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        add(headers, name, value);
    }
    if app.config.profile == Profile::Production {
        add(headers, header::STRICT_TRANSPORT_SECURITY, STRICT);
    }
    response
}

fn add(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
