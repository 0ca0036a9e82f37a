//! All data of a resident over HTTP, for the own session only: as JSON, and as a page to read.

mod page;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    app::App,
    cases::export::{self, PersonalData},
    error::{Error, Result},
    graphql::language,
    sign_in,
    visitor::{Visitor, too_many},
    words::Message,
};

/// What all data of a person cost, since much is read for them.
const DATA_POINTS: u32 = 500;

/// GET `/my-data.json`: for programs.
pub async fn json(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Response {
    let named = [(header::CONTENT_DISPOSITION, "attachment; filename=\"kontakt-my-data.json\"")];
    match gathered(&app, visitor, &headers).await {
        Ok(Ok(data)) => (named, Json(data)).into_response(),
        Ok(Err(later)) => later,
        Err(error) => refused(&headers, &error),
    }
}

/// GET `/my-data.html`: for people, in their language.
pub async fn html(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Response {
    let lang = language(&headers);
    let read = match gathered(&app, visitor, &headers).await {
        Ok(Ok(data)) => page::body(&data, lang),
        Ok(Err(later)) => return later,
        Err(error) => Err(error),
    };
    let title = Message::new("my-data-title").say(lang);
    match read {
        Ok(body) => sign_in::page(StatusCode::OK, lang, &title, &body),
        Err(error) => refused(&headers, &error),
    }
}

/// The data of whoever has the session open, for their price.
async fn gathered(
    app: &App,
    visitor: Visitor,
    headers: &HeaderMap,
) -> Result<Result<PersonalData, Response>> {
    let Some(_permit) = app.permits.operation() else { return Err(Error::Unavailable) };
    let identity = sign_in::identify(app, headers).await?;
    if let Err(wait) = app.rates.take(&identity.actor, visitor.0, DATA_POINTS) {
        return Ok(Err(too_many(wait, language(headers))));
    }
    let (db, vault) = (app.db.reader(), &app.desk.vault);
    export::own(db, vault, &identity, app.db.now()).await.map(Ok)
}

fn refused(headers: &HeaderMap, error: &Error) -> Response {
    let lang = language(headers);
    let (status, key) = match error {
        Error::Unauthenticated => (StatusCode::UNAUTHORIZED, "unauthenticated"),
        Error::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
        other => {
            tracing::error!(error = %other, "the data of a person could not be gathered");
            (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
        }
    };
    let title = Message::new("my-data-title").say(lang);
    let said = sign_in::escaped(&Message::new(key).say(lang));
    sign_in::page(status, lang, &title, &format!("<p>{said}</p>"))
}
