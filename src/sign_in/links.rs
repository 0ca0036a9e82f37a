//! Sign-in by a link in a mail.

use axum::{
    Form,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use serde::Deserialize;

use crate::{
    accounts::{self, LinkRequest, Refused, own_path},
    actor::AccountKind,
    app::App,
    db::Tx,
    error::Error,
    graphql::language,
    ids,
    sign_in::{
        cookies::Cookie,
        credentials::{address, is_same_origin, profile},
        openid::{open, welcome},
        pages::{self, Return, escaped},
    },
    visitor::Visitor,
    words::{Lang, Message},
};

/// Where to send a link.
#[derive(Deserialize)]
pub struct Wish {
    email: String,
    #[serde(rename = "return")]
    to: Option<String>,
}

/// GET `/auth/e-mail`: asks for the address.
pub async fn ask(Query(Return { to }): Query<Return>, headers: HeaderMap) -> Response {
    form(language(&headers), StatusCode::OK, None, to.as_deref())
}

/// POST `/auth/e-mail`: sends the link, and marks the browser in which it will work.
pub async fn send(
    State(app): State<App>,
    headers: HeaderMap,
    Form(Wish { email, to }): Form<Wish>,
) -> Response {
    if !is_same_origin(&app.config, &headers) {
        return pages::failed(&headers, &Error::Forbidden);
    }
    let (lang, browser) = (language(&headers), ids::token());
    let return_to = own_path(to.as_deref());
    let request = LinkRequest { email: &email, browser: &browser, return_to, lang };
    let url = |secret: &str| address(&app, &headers, &format!("/auth/e-mail/{secret}"));
    let sent = app.db.write(async |tx: &Tx| accounts::send_link(tx, request, url).await).await;
    match sent {
        Ok(()) => {}
        Err(Error::Invalid(problems)) => {
            let said = problems.first().map(|problem| problem.message.say(lang));
            return form(lang, StatusCode::UNPROCESSABLE_ENTITY, said, to.as_deref());
        }
        Err(error) => return pages::failed(&headers, &error),
    }
    let say = |key| escaped(&Message::new(key).say(lang));
    let body = format!("<p>{}</p>", say("link-sent"));
    let mut response = pages::page(StatusCode::OK, lang, &say("sign-in-title"), &body);
    let cookie = Cookie::Browser.set(profile(&app, &headers), &browser);
    response.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// GET `/auth/e-mail/{secret}`: a button. Programs that look at mails open links, and would use it up.
pub async fn confirm(headers: HeaderMap) -> Response {
    let lang = language(&headers);
    let say = |key| escaped(&Message::new(key).say(lang));
    let body = format!("<form method=\"post\"><button>{}</button></form>", say("link-use"));
    pages::page(StatusCode::OK, lang, &say("sign-in-title"), &body)
}

/// POST `/auth/e-mail/{secret}`: uses the link.
pub async fn enter(
    State(app): State<App>,
    visitor: Visitor,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Response {
    if !is_same_origin(&app.config, &headers) {
        return pages::failed(&headers, &Error::Forbidden);
    }
    let browser = Cookie::Browser.of(&headers, profile(&app, &headers)).unwrap_or_default();
    let lang = language(&headers);
    let used =
        app.db.write(async |tx: &Tx| accounts::use_link(tx, &secret, browser, lang).await).await;
    let (person, return_to) = match used {
        Ok(Ok(used)) => used,
        Ok(Err(bad)) => {
            app.failures.note("e-mail", bad.code(), visitor.0);
            // Whoever holds a link of somebody else need not hear more of it.
            return pages::refused(&headers, &Refused::NotUnderWay);
        }
        Err(error) => return pages::failed(&headers, &error),
    };
    match open(&app, &headers, &person, AccountKind::Resident).await {
        Ok(opened) => welcome(&app, &headers, &opened, &return_to),
        Err(error) => pages::failed(&headers, &error),
    }
}

fn form(lang: Lang, status: StatusCode, problem: Option<String>, to: Option<&str>) -> Response {
    let say = |key| escaped(&Message::new(key).say(lang));
    let problem = problem
        .map_or_else(String::new, |said| format!("<p role=\"alert\">{}</p>\n", escaped(&said)));
    let body = format!(
        "{problem}<form method=\"post\"><input type=\"hidden\" name=\"return\" value=\"{}\">\n\
         <label>{} <input type=\"email\" name=\"email\" autocomplete=\"email\" required></label>\n\
         <button>{}</button></form>",
        escaped(&own_path(to)),
        say("link-email"),
        say("link-send"),
    );
    pages::page(status, lang, &say("sign-in-title"), &body)
}
