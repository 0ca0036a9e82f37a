//! The way to a provider, and the way back.

use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    accounts::{self, Browser, OpenId, Opened, Person, Refused, SignIn, own_path},
    actor::AccountKind,
    app::App,
    db::Tx,
    error::{Error, Result},
    ids,
    sign_in::{
        cookies::Cookie,
        credentials::{address, profile},
        pages::{self, Return},
    },
    visitor::Visitor,
};

/// What a provider answers.
#[derive(Deserialize)]
pub struct Answer {
    state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// GET `/auth/sign-in/{provider}`: sends the browser to the provider.
pub async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Path(provider): Path<String>,
    Query(Return { to }): Query<Return>,
    headers: HeaderMap,
) -> Response {
    let Some(_permit) = app.permits.operation() else {
        return pages::failed(&headers, &Error::Unavailable);
    };
    let Some(openid) = app.providers.find(&provider) else {
        return pages::failed(&headers, &Error::NotFound);
    };
    let redirect = callback_address(&app, &headers, &provider);
    let begun = match openid.begin(&redirect, app.db.now()).await {
        Ok(begun) => begun,
        Err(refused) => return told(&app, visitor, &headers, &provider, &refused),
    };
    let browser = ids::token();
    let row = SignIn {
        digest: String::new(),
        provider,
        nonce: begun.nonce,
        verifier: begun.verifier,
        browser_digest: ids::digest(&browser),
        return_to: own_path(to.as_deref()),
        expires_at: app.db.now(),
    };
    let kept = async |tx: &Tx| accounts::begin_sign_in(tx, &begun.state, row).await;
    if let Err(error) = app.db.write(kept).await {
        return pages::failed(&headers, &error);
    }
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, begun.url)]).into_response();
    let cookie = Cookie::Browser.set(profile(&app, &headers), &browser);
    response.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// GET `/auth/callback/{provider}`: signs in whom the provider vouches for.
pub async fn callback(
    State(app): State<App>,
    visitor: Visitor,
    Path(provider): Path<String>,
    Query(answer): Query<Answer>,
    headers: HeaderMap,
) -> Response {
    let Some(_permit) = app.permits.operation() else {
        return pages::failed(&headers, &Error::Unavailable);
    };
    let Some(openid) = app.providers.find(&provider) else {
        return pages::failed(&headers, &Error::NotFound);
    };
    let (person, return_to) = match vouched(&app, openid, answer, &headers).await {
        Ok(Ok(vouched)) => vouched,
        Ok(Err(refused)) => return told(&app, visitor, &headers, &provider, &refused),
        Err(error) => return pages::failed(&headers, &error),
    };
    let kind = openid.settings.kind;
    if kind == AccountKind::Staff && person.role.is_none() {
        return match app.db.write(async |tx| accounts::refuse(tx, &person).await).await {
            Ok(()) => told(&app, visitor, &headers, &provider, &Refused::NoRole),
            Err(error) => pages::failed(&headers, &error),
        };
    }
    match open(&app, &headers, &person, kind).await {
        Ok(opened) => welcome(&app, &headers, &opened, &return_to),
        Err(error) => pages::failed(&headers, &error),
    }
}

/// Who the provider says that it is, and where the person wanted to go.
async fn vouched(
    app: &App,
    openid: &OpenId,
    answer: Answer,
    headers: &HeaderMap,
) -> Result<Result<(Person, String), Refused>> {
    let state = answer.state.unwrap_or_default();
    // Used up whatever follows: an answer is heard once.
    let begun = app.db.write(async |tx| accounts::take_sign_in(tx, &state).await).await?;
    let browser = Cookie::Browser.of(headers, profile(app, headers)).unwrap_or_default();
    let checked = match begun {
        Some(begun) if begun.browser_digest != ids::digest(browser) => Err(Refused::OtherBrowser),
        Some(begun) if begun.provider != openid.settings.name => Err(Refused::OtherIssuer),
        Some(begun) => Ok(begun),
        None => Err(Refused::NotUnderWay),
    };
    let asked = async {
        let begun = checked?;
        let now = app.db.now();
        if !openid.is_issuer(answer.iss.as_deref(), now).await? {
            return Err(Refused::OtherIssuer);
        }
        let Some(code) = answer.code.filter(|_| answer.error.is_none()) else {
            return Err(Refused::by_provider(&answer.error.unwrap_or_default()));
        };
        let redirect = callback_address(app, headers, &begun.provider);
        let person = openid.finish(code, begun.verifier, begun.nonce, &redirect, now).await?;
        Ok((person, begun.return_to))
    };
    Ok(asked.await)
}

/// Begins the session of a person in a browser.
pub async fn open(
    app: &App,
    headers: &HeaderMap,
    person: &Person,
    kind: AccountKind,
) -> Result<Opened> {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let session = Cookie::Session.of(headers, profile(app, headers));
    let browser = Browser { agent: agent.map(str::to_owned), session: session.map(str::to_owned) };
    app.db.write(async |tx| accounts::open(tx, person, kind, &browser).await).await
}

/// Sends a browser back, with its new session.
pub fn welcome(app: &App, headers: &HeaderMap, opened: &Opened, return_to: &str) -> Response {
    let (profile, account) = (profile(app, headers), opened.account.id.0);
    tracing::info!(%account, provider = opened.account.provider, "signed in");
    let location = [(header::LOCATION, return_to.to_owned())];
    let mut response = (StatusCode::SEE_OTHER, location).into_response();
    let cookies = [Cookie::Session.set(profile, &opened.secret), Cookie::Browser.clear(profile)];
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn callback_address(app: &App, headers: &HeaderMap, provider: &str) -> String {
    address(app, headers, &format!("/auth/callback/{provider}"))
}

/// Tells the person, the log and the audit why there is no session.
fn told(
    app: &App,
    visitor: Visitor,
    headers: &HeaderMap,
    provider: &str,
    refused: &Refused,
) -> Response {
    tracing::warn!(provider, reason = %refused, "a sign-in was refused");
    app.failures.note(provider, refused.code(), visitor.0);
    pages::refused(headers, refused)
}
