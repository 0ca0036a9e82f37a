//! Open data over HTTP: streamed a page at a time.

use std::{io, time::Duration};

use axum::{
    Json,
    body::{Body, Bytes},
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use serde::Deserialize;
use tokio::sync::mpsc::{self, Sender};
use tokio_stream::wrappers::ReceiverStream;

use crate::{
    app::App,
    downloads::is_known,
    error::{Error, Result},
    events::Subject,
    graphql::language,
    open_data::{Encoder, Format, dictionary},
    permits::Permit,
    reports::open_data::{Pages, Period},
    visitor::Visitor,
};

/// A reader that takes nothing for so long is given up, so that it makes room for others.
const STALL_SECONDS_MAX: u64 = 30;
/// What a file costs, since it reads the whole register.
const FILE_POINTS: u32 = 500;
/// Pages that are made before the reader takes them.
const PAGES_AHEAD: usize = 1;
/// So long may others keep a file before they ask whether it has changed.
const CACHE: &str = "public, max-age=300";

/// The days that a reader asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

/// GET and HEAD: the public reports as `reports.csv`, `reports.jsonl` or `reports.geojson`.
pub async fn reports(
    State(app): State<App>,
    visitor: Visitor,
    Path(name): Path<String>,
    days: Result<Query<Days>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let format = name.strip_prefix("reports.").and_then(Format::of_extension);
    let Some(format) = format else { return StatusCode::NOT_FOUND.into_response() };
    let Ok(Query(Days { from, to })) = days else {
        return refusal(StatusCode::BAD_REQUEST, "The days are from=YYYY-MM-DD and to=YYYY-MM-DD.");
    };
    let tag = tag(&app, &name);
    let named = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, CACHE.to_owned()),
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    if is_known(&headers, tag.trim_start_matches("W/")) {
        return (StatusCode::NOT_MODIFIED, named).into_response();
    }
    if let Err(later) = visitor.pay(&app, FILE_POINTS, language(&headers)) {
        return later;
    }
    let Some(permit) = app.permits.export() else {
        let busy = "Too many files of open data are being made. Try again in a minute.";
        let later = [(header::RETRY_AFTER, "60")];
        return (later, refusal(StatusCode::SERVICE_UNAVAILABLE, busy)).into_response();
    };
    let (sender, pages) = mpsc::channel(PAGES_AHEAD);
    tokio::spawn(send(app, format, Period { from, to }, sender, permit));
    (named, Body::from_stream(ReceiverStream::new(pages))).into_response()
}

/// GET: what the columns mean.
pub async fn show_dictionary(State(app): State<App>) -> impl IntoResponse {
    Json(dictionary(&app.config.open_data_licence))
}

/// Differs when a report or a category has changed since, as far as this node knows.
fn tag(app: &App, name: &str) -> String {
    let head = app.feed.head_of(&[Subject::Report, Subject::ReportCategory]).now();
    format!("W/\"{}-{head}-{name}\"", env!("CARGO_PKG_VERSION"))
}

fn refusal(status: StatusCode, why: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], why).into_response()
}

/// Makes a file, and hands its pages over while somebody takes them.
async fn send(
    app: App,
    format: Format,
    period: Period,
    to: Sender<io::Result<Bytes>>,
    permit: Permit,
) {
    if let Err(error) = send_pages(&app, format, period, &to).await {
        // A reader that has gone away, or wanted only the head, is no failure.
        if !to.is_closed() {
            tracing::warn!(%error, "a file of open data was broken off");
        }
        // An error ends the connection, so that nobody takes the half for the whole.
        let _ = to.try_send(Err(io::Error::other("broken off")));
    }
    drop(permit);
}

async fn send_pages(
    app: &App,
    format: Format,
    period: Period,
    to: &Sender<io::Result<Bytes>>,
) -> Result<()> {
    let db = app.db.reader();
    let mut pages = Pages::start(db, period).await?;
    let (mut encoder, before) = Encoder::begin(format);
    give(to, before).await?;
    loop {
        let rows = pages.next(db).await?;
        if rows.is_empty() {
            return give(to, encoder.end().to_vec()).await;
        }
        give(to, encoder.page(&rows)).await?;
    }
}

async fn give(to: &Sender<io::Result<Bytes>>, bytes: Vec<u8>) -> Result<()> {
    let patience = Duration::from_secs(STALL_SECONDS_MAX);
    to.send_timeout(Ok(bytes.into()), patience).await.map_err(|_| Error::Unavailable)
}
