//! The pages behind the links of letters. To look changes nothing, because mail programs look by
//! themselves; a button does (RFC 8058 has programs press it).

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};

use crate::{
    accounts,
    app::App,
    error::{Error, Result},
    graphql::language,
    notifications::{self, Confirmed},
    sign_in::page,
    words::{self, Lang},
};

/// GET: asks whether an address is to be confirmed.
pub async fn ask_confirm(headers: HeaderMap) -> Response {
    question(language(&headers), "confirm")
}

/// POST: confirms an address.
pub async fn confirm(
    State(app): State<App>,
    Path(link): Path<String>,
    headers: HeaderMap,
) -> Response {
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
pub async fn end(State(app): State<App>, Path(link): Path<String>, headers: HeaderMap) -> Response {
    let end = async |tx: &_| notifications::end(tx, &app.links, &link).await;
    answer(language(&headers), app.db.write(end).await.map(|()| "ended"))
}

/// GET: asks whether no letters about any report are wanted.
pub async fn ask_nothing(headers: HeaderMap) -> Response {
    question(language(&headers), "nothing")
}

/// POST: ends all letters about reports to the owner of an account.
pub async fn nothing(
    State(app): State<App>,
    Path(link): Path<String>,
    headers: HeaderMap,
) -> Response {
    let end = async |tx: &_| notifications::end_all(tx, &app.links, &link).await;
    answer(language(&headers), app.db.write(end).await.map(|()| "nothing"))
}

/// GET: asks whether a new address is to count.
pub async fn ask_address(headers: HeaderMap) -> Response {
    question(language(&headers), "address")
}

/// POST: lets a new address count.
pub async fn address(
    State(app): State<App>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Response {
    let confirm = async |tx: &_| accounts::confirm_address(tx, &secret).await;
    answer(language(&headers), app.db.write(confirm).await.map(|()| "address"))
}

fn question(lang: Lang, what: &str) -> Response {
    let button = words::label(lang, "mail-button", what);
    let form = format!("<form method=\"post\"><button>{button}</button></form>");
    page(StatusCode::OK, lang, &words::label(lang, "mail-question", what), &form)
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
    page(status, lang, &words::label(lang, "mail-page", key), "")
}
