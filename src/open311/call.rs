//! What every request brings, and how every answer goes out.

use std::{io, time::Duration};

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use tokio::time::timeout;

use crate::{
    actor::Actor,
    app::App,
    open311::{
        document::{Format, Node},
        parameters::Parameters,
        refused::Refused,
    },
    visitor::Visitor,
    words::{self, Lang, Message},
};

/// What a request costs the address that it comes from.
const POINTS: u32 = 10;

/// A name and what stands under it.
pub type Document = (&'static str, Node);

/// A request that was understood.
pub struct Call {
    /// The service.
    pub app: App,
    /// The language of the answer.
    pub lang: Lang,
    /// The last part of the address, without its end.
    pub name: String,
    /// What was given.
    pub parameters: Parameters,
    /// The headers.
    pub headers: HeaderMap,
    format: Format,
}

impl FromRequest<App> for Call {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, app).await;
        let lang = language(&parts.headers);
        let Some((name, format)) = file(&parts.uri) else {
            return Err(no_such_path(parts.uri, parts.headers).await);
        };
        let Visitor(address) = visitor;
        let read = async {
            app.rates.take(&Actor::Anyone, address, POINTS).map_err(Refused::later)?;
            let parameters = if parts.method == Method::POST {
                Parameters::of_form(&parts.headers, body).await?
            } else {
                Parameters::parse(parts.uri.query().unwrap_or_default())?
            };
            let jurisdiction = parameters.get("jurisdiction_id");
            if jurisdiction.is_some_and(|given| given != app.config.open311_jurisdiction) {
                let known = &app.config.open311_jurisdiction;
                let message = Message::new("open311-jurisdiction").with("known", known);
                return Err(Refused::not_found(message));
            }
            Ok(parameters)
        };
        match read.await {
            Ok(parameters) => Ok(Self {
                app: app.clone(),
                lang,
                name,
                parameters,
                headers: parts.headers,
                format,
            }),
            Err(refused) => Err(refusal(&refused, format, lang)),
        }
    }
}

impl Call {
    /// Answers with what the work gives, under the limits of the settings.
    pub async fn answer(&self, work: impl Future<Output = Result<Document, Refused>>) -> Response {
        let unavailable = |message| Err(Refused::whole(StatusCode::SERVICE_UNAVAILABLE, message));
        let seconds = self.app.config.request_seconds;
        let done = match self.app.permits.operation() {
            None => unavailable(Message::new("unavailable")),
            Some(_permit) => timeout(Duration::from_secs(seconds), work)
                .await
                .unwrap_or_else(|_| unavailable(Message::new("timeout").with("seconds", seconds))),
        };
        match done {
            Ok((name, node)) => respond(StatusCode::OK, name, &node, self.format, self.lang),
            Err(refused) => refusal(&refused, self.format, self.lang),
        }
    }

    /// The address of a path, as the outside sees it.
    pub fn url(&self, path: &str) -> String {
        let host = self.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        self.app.config.address(host, path)
    }
}

/// Any method that an address does not know.
pub async fn no_such_method(uri: Uri, headers: HeaderMap) -> Response {
    let format = file(&uri).map_or(Format::Xml, |(_, format)| format);
    let refused = Refused::whole(StatusCode::METHOD_NOT_ALLOWED, "open311-method");
    refusal(&refused, format, language(&headers))
}

/// Any address that there is not.
pub async fn no_such_path(uri: Uri, headers: HeaderMap) -> Response {
    let format = file(&uri).map_or(Format::Xml, |(_, format)| format);
    refusal(&Refused::not_found("open311-path"), format, language(&headers))
}

fn refusal(refused: &Refused, format: Format, lang: Lang) -> Response {
    let mut response = respond(refused.status(), "errors", &refused.node(lang), format, lang);
    if let Some(seconds) = refused.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

fn respond(status: StatusCode, name: &str, node: &Node, format: Format, lang: Lang) -> Response {
    let written: io::Result<Vec<u8>> = format.write(name, node);
    let Ok(body) = written else {
        tracing::error!(name, "a document cannot be written");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, format!("{}; charset=utf-8", format.media_type())),
        (header::CONTENT_LANGUAGE, words::tag(lang).to_owned()),
    ];
    let mut response = (status, headers, body).into_response();
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language"));
    response
}

/// Name and format that the last part of an address gives.
fn file(uri: &Uri) -> Option<(String, Format)> {
    let last = uri.path().rsplit('/').next()?;
    let (name, extension) = last.rsplit_once('.')?;
    let format = Format::ALL.into_iter().find(|format| format.extension() == extension)?;
    let name = percent_encoding::percent_decode_str(name).decode_utf8().ok()?;
    Some((name.into_owned(), format))
}

fn language(headers: &HeaderMap) -> Lang {
    words::negotiate(headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()))
}
