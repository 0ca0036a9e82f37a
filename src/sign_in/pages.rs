//! The few pages that people see, on their way in and from letters: plain, without scripts.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use serde::Deserialize;

use crate::{
    accounts::Refused,
    error::Error,
    graphql::language,
    words::{self, Lang, Message},
};

/// Nothing is loaded, nothing runs, forms go to this service only.
const POLICY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Where to go afterwards.
#[derive(Deserialize)]
pub struct Return {
    /// A path of this service.
    #[serde(rename = "return")]
    pub to: Option<String>,
}

/// A page with a headline and what stands below it, which is HTML.
pub fn page(status: StatusCode, lang: Lang, title: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <h1>{title}</h1>\n{body}\n</html>\n",
        words::tag(lang),
        title = escaped(title),
    );
    let mut response = (status, Html(html)).into_response();
    let policy = HeaderValue::from_static(POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// The page for somebody who was not signed in.
pub fn refused(headers: &HeaderMap, refused: &Refused) -> Response {
    let (status, key) = match refused {
        Refused::NotUnderWay => (StatusCode::BAD_REQUEST, "sign-in-not-under-way"),
        Refused::OtherBrowser => (StatusCode::BAD_REQUEST, "sign-in-other-browser"),
        Refused::OtherIssuer => (StatusCode::BAD_REQUEST, "sign-in-not-believed"),
        Refused::Token(_) => (StatusCode::BAD_REQUEST, "sign-in-not-believed"),
        Refused::Provider(_) => (StatusCode::BAD_REQUEST, "sign-in-provider-refused"),
        Refused::NoRole => (StatusCode::FORBIDDEN, "sign-in-no-role"),
        Refused::Away(_) => (StatusCode::SERVICE_UNAVAILABLE, "sign-in-away"),
    };
    said(headers, status, key.into())
}

/// The page for an error of this service.
pub fn failed(headers: &HeaderMap, error: &Error) -> Response {
    match error {
        Error::Unavailable | Error::NotReady(_) => {
            said(headers, StatusCode::SERVICE_UNAVAILABLE, "unavailable".into())
        }
        Error::NotFound => said(headers, StatusCode::NOT_FOUND, "not-found".into()),
        Error::Forbidden => said(headers, StatusCode::FORBIDDEN, "cross-site".into()),
        other => {
            tracing::error!(error = %other, "a sign-in failed");
            said(headers, StatusCode::INTERNAL_SERVER_ERROR, "sign-in-failed".into())
        }
    }
}

fn said(headers: &HeaderMap, status: StatusCode, message: Message) -> Response {
    let lang = language(headers);
    let title = Message::new("sign-in-title").say(lang);
    let again = Message::new("sign-in-again").say(lang);
    let body = format!(
        "<p>{}</p>\n<p><a href=\"/\">{}</a></p>",
        escaped(&message.say(lang)),
        escaped(&again)
    );
    page(status, lang, &title, &body)
}

/// A text as HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
