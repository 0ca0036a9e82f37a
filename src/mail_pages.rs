//! The pages behind the links of letters. To look changes nothing, because mail programs look by
//! themselves; a button does (RFC 8058 has programs press it).

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    app::App,
    error::{Error, Result},
    graphql::language,
    notifications::{self, Confirmed},
    visitor::Visitor,
    words::{self, Lang},
};

/// A button may send its form here, and nowhere else.
const HEADERS: [(HeaderName, &str); 2] = [
    (header::CONTENT_TYPE, "text/html; charset=utf-8"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
];

/// What a press of a button costs.
const PRESS_POINTS: u32 = 10;

/// GET: asks whether an address is to be confirmed.
pub async fn ask_confirm(headers: HeaderMap) -> Response {
    question(language(&headers), "confirm")
}

/// POST: confirms an address.
pub async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(link): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(later) = visitor.pay(&app, PRESS_POINTS, language(&headers)) {
        return later;
    }
    let confirm = async |tx: &_| notifications::confirm(tx, &app.links, &link).await;
    let said = app.db.write(confirm).await.map(|confirmed| match confirmed {
        Confirmed::Now | Confirmed::Before => "confirmed",
        Confirmed::TooLate => "too-late",
    });
    answer(language(&headers), said)
}

/// GET: asks whether letters are to end.
pub async fn ask_end(headers: HeaderMap) -> Response {
    question(language(&headers), "end")
}

/// POST: ends letters.
pub async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path(link): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(later) = visitor.pay(&app, PRESS_POINTS, language(&headers)) {
        return later;
    }
    let end = async |tx: &_| notifications::end(tx, &app.links, &link).await;
    answer(language(&headers), app.db.write(end).await.map(|()| "ended"))
}

fn question(lang: Lang, what: &str) -> Response {
    let button = words::label(lang, "mail-button", what);
    let form = format!("<form method=\"post\"><button>{button}</button></form>");
    page(lang, StatusCode::OK, &words::label(lang, "mail-question", what), &form)
}

fn answer(lang: Lang, said: Result<&str>) -> Response {
    let (status, key) = match said {
        Ok(key) => (StatusCode::OK, key),
        Err(Error::NotFound) => (StatusCode::NOT_FOUND, "unknown"),
        Err(error) => {
            tracing::error!(%error, "a link of a letter could not be followed");
            (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
        }
    };
    page(lang, status, &words::label(lang, "mail-page", key), "")
}

fn page(lang: Lang, status: StatusCode, text: &str, form: &str) -> Response {
    let tag = words::tag(lang);
    let html = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Kontakt</title></head>\n\
         <body>\n<main>\n<h1>{text}</h1>\n{form}\n</main>\n</body>\n</html>\n"
    );
    (status, HEADERS, html).into_response()
}
