//! The sign-in of development: anybody may be anyone, on this machine and without any provider.

use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Deserialize;

use crate::{
    accounts::{Person, development, own_path},
    actor::{AccountKind, Actor},
    app::App,
    config::Profile,
    error::Error,
    graphql::language,
    sign_in::{
        credentials::{is_same_origin, profile},
        openid::{open, welcome},
        pages::{self, Return, escaped},
    },
};

/// Those who are offered; any other development token may be typed.
const OFFERED: &[&str] = &[
    "dev:resident:anna",
    "dev:resident:jan",
    "dev:consultant",
    "dev:officer:ZDMK",
    "dev:coordinator:ZZM",
    "dev:editor",
    "dev:publisher",
    "dev:analyst",
    "dev:dpo",
    "dev:admin",
];

/// Who somebody wants to be.
#[derive(Deserialize)]
pub struct Wish {
    token: String,
    #[serde(rename = "return")]
    to: Option<String>,
}

fn is_offered(app: &App, headers: &HeaderMap) -> bool {
    profile(app, headers) == Profile::Dev && app.config.providers.is_empty()
}

/// GET `/auth/dev`: who do you want to be?
pub async fn choose(
    State(app): State<App>,
    Query(Return { to }): Query<Return>,
    headers: HeaderMap,
) -> Response {
    if !is_offered(&app, &headers) {
        return pages::failed(&headers, &Error::NotFound);
    }
    let offers: String =
        OFFERED.iter().map(|token| format!("<option value=\"{token}\">")).collect();
    let body = format!(
        "<p><strong>DEVELOPMENT: no password is asked, anybody may be anyone. This page is there on \
         this machine only, in the dev profile, as long as no provider is set.</strong></p>\n\
         <form method=\"post\"><input type=\"hidden\" name=\"return\" value=\"{}\">\n\
         <label>Be <input name=\"token\" list=\"offers\" value=\"dev:resident:anna\" required></label>\n\
         <datalist id=\"offers\">{offers}</datalist>\n<button>Sign in</button></form>",
        escaped(&own_path(to.as_deref())),
    );
    pages::page(StatusCode::OK, language(&headers), "Kontakt: DEVELOPMENT sign-in", &body)
}

/// POST `/auth/dev`: be it.
pub async fn develop(
    State(app): State<App>,
    headers: HeaderMap,
    Form(Wish { token, to }): Form<Wish>,
) -> Response {
    if !is_offered(&app, &headers) {
        return pages::failed(&headers, &Error::NotFound);
    }
    if !is_same_origin(&app.config, &headers) {
        return pages::failed(&headers, &Error::Forbidden);
    }
    let Some(actor) = development(&token) else {
        return pages::failed(&headers, &Error::NotFound);
    };
    let (kind, name, role) = match actor {
        Actor::Staff(staff) => (AccountKind::Staff, staff.name, Some((staff.role, staff.unit))),
        Actor::Resident(name) => (AccountKind::Resident, name, None),
        Actor::Anyone | Actor::Client(_) | Actor::System => {
            return pages::failed(&headers, &Error::NotFound);
        }
    };
    let person = Person {
        provider: "dev".to_owned(),
        subject: token,
        name,
        username: None,
        email: None,
        acr: None,
        lang: language(&headers),
        sid: None,
        role,
    };
    match open(&app, &headers, &person, kind).await {
        Ok(opened) => welcome(&app, &headers, &opened, &own_path(to.as_deref())),
        Err(error) => pages::failed(&headers, &error),
    }
}
