//! The way out: by the person, and by the word of a provider.

use axum::{
    Form, Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    accounts::{self, Refused},
    app::App,
    error::Error,
    sign_in::{
        cookies::Cookie,
        credentials::{identify, is_same_origin, profile},
        pages,
    },
};

/// POST `/auth/sign-out`: ends the session, and sends the browser to the provider to end its own.
pub async fn leave(State(app): State<App>, headers: HeaderMap) -> Response {
    if !is_same_origin(&app.config, &headers) {
        return pages::failed(&headers, &Error::Forbidden);
    }
    let ended = async {
        let identity = identify(&app, &headers).await?;
        app.db.write(async |tx| accounts::sign_out(tx, &identity).await).await
    };
    let account = match ended.await {
        Ok(account) => account,
        Err(error) => return pages::failed(&headers, &error),
    };
    let provider = match account {
        Some(account) => app.leave(&account.provider).await,
        None => None,
    };
    let location = [(header::LOCATION, provider.unwrap_or_else(|| "/".to_owned()))];
    let mut response = (StatusCode::SEE_OTHER, location).into_response();
    let cookie = Cookie::Session.clear(profile(&app, &headers));
    response.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    let clear = HeaderName::from_static("clear-site-data");
    response.headers_mut().insert(clear, HeaderValue::from_static("\"cache\""));
    response
}

/// What a provider sends.
#[derive(Deserialize)]
pub struct Word {
    logout_token: String,
}

/// POST `/auth/back-channel/{provider}`: the word of a provider that a session has ended.
pub async fn back_channel(
    State(app): State<App>,
    Path(provider): Path<String>,
    Form(Word { logout_token }): Form<Word>,
) -> Response {
    let Some(_permit) = app.permits.operation() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let Some(openid) = app.providers.find(&provider) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let word = match openid.logout_word(&logout_token, app.db.now()).await {
        Ok(word) => word,
        Err(refused) => {
            tracing::warn!(provider, reason = %refused, "the word of a logout was refused");
            return match refused {
                Refused::Away(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
                _ => bad_word(),
            };
        }
    };
    match app.db.write(async |tx| accounts::heed(tx, &provider, &word).await).await {
        Ok(true) => StatusCode::OK.into_response(),
        // It was heard before; whoever sends it again may have found it.
        Ok(false) => bad_word(),
        Err(error) => {
            tracing::error!(%error, "the word of a logout was not heeded");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

fn bad_word() -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_request" }))).into_response()
}
