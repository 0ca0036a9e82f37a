//! The page that a browser gets at `/graphql`: GraphiQL, or a plain editor where the host that
//! serves GraphiQL cannot be reached.

use axum::{
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};

use crate::ids;

const PAGE: &str = include_str!("explorer.html");

/// The page, with a nonce of its own in the policy and in every script and style.
pub fn page() -> Response {
    let nonce = ids::nonce();
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; \
         font-src data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; \
         frame-ancestors 'none'; form-action 'self'"
    );
    let mut response = Html(PAGE.replace("{{nonce}}", &nonce)).into_response();
    if let Ok(policy) = HeaderValue::try_from(policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
