//! What a request shows of who sent it, and from where.

use axum::http::{HeaderMap, HeaderName, header};
use url::Url;

use crate::{
    accounts::{self, Identity, Shown},
    app::App,
    config::{Config, Profile, is_this_machine},
    error::Result,
    sign_in::cookies::Cookie,
};

/// Headers that proxies add.
const FORWARDED: &[&str] =
    &["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"];

/// What a request showed, kept for the time of a connection.
#[derive(Clone)]
pub struct Given {
    /// The `Authorization` header.
    pub authorization: Option<String>,
    session: Option<String>,
    profile: Profile,
}

impl Given {
    /// What the headers of a request show.
    pub fn of(app: &App, headers: &HeaderMap) -> Self {
        let profile = profile(app, headers);
        let authorization = headers.get(header::AUTHORIZATION);
        // A header that is no text is no valid token either.
        let authorization =
            authorization.map(|value| value.to_str().unwrap_or_default().to_owned());
        let session = Cookie::Session.of(headers, profile).map(str::to_owned);
        Self { authorization, session, profile }
    }

    /// Who it shows; writes that a session or a token is in use, once a minute at most.
    pub async fn identify(&self, app: &App) -> Result<Identity> {
        let (db, now) = (&app.db, app.db.now());
        let (authorization, session) = (self.authorization.as_deref(), self.session.as_deref());
        let shown = Shown { authorization, session };
        let identity =
            accounts::identify(db.reader(), &app.config, self.profile, shown, now).await?;
        if identity.is_stale(now) {
            let touched = db.write(async |tx| accounts::touch(tx, &identity).await).await;
            if let Err(error) = touched {
                // Who only reads is to be answered while nothing can be written.
                tracing::warn!(%error, "the use of a session or a token was not written");
            }
        }
        Ok(identity)
    }
}

/// Who sent a request.
pub async fn identify(app: &App, headers: &HeaderMap) -> Result<Identity> {
    Given::of(app, headers).identify(app).await
}

/// The profile in which a request is answered. What is for development is for this machine only: not
/// for what a proxy on it forwards, and not for a web page that has made its own name point here.
pub fn profile(app: &App, headers: &HeaderMap) -> Profile {
    let forwarded = FORWARDED.iter().any(|name| headers.contains_key(*name));
    let host = headers.get(header::HOST).map(|host| host.to_str().unwrap_or_default());
    let local = host.is_none_or(is_this_machine);
    if local && !forwarded { app.config.profile } else { Profile::Production }
}

/// Which kind of page has sent a request, as browsers tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// No page: a program, or a browser that does not tell.
    Untold,
    /// A page of our own.
    OurPage,
    /// A page of another origin that the settings list.
    ListedPage,
    /// A page of a stranger.
    StrangePage,
}

/// Which kind of page has sent a request.
pub fn sender(config: &Config, headers: &HeaderMap) -> Sender {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let (site, origin) = (text(HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN));
    let is_ours = |origin: &str| match &config.public_url {
        Some(public) => {
            Url::parse(public).is_ok_and(|url| url.origin().ascii_serialization() == origin)
        }
        None => origin.split_once("://").is_some_and(|(_, host)| Some(host) == text(header::HOST)),
    };
    match (site, origin) {
        (None, None) => Sender::Untold,
        (Some("same-origin"), _) => Sender::OurPage,
        (None, Some(origin)) if is_ours(origin) => Sender::OurPage,
        (_, Some(origin)) if config.allows_origin(origin) => Sender::ListedPage,
        _ => Sender::StrangePage,
    }
}

/// Whether a request was sent by a page of our own; one that does not tell is not.
pub fn is_same_origin(config: &Config, headers: &HeaderMap) -> bool {
    sender(config, headers) == Sender::OurPage
}

/// The address of a path of this service, for the one who sent a request.
pub fn address(app: &App, headers: &HeaderMap, path: &str) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    app.config.address(host, path)
}
