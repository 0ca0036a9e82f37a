//! Public reports as GeoReport's requests.

use axum::response::Response;
use chrono::{DateTime, Days, TimeDelta, Utc};

use crate::{
    actor::Actor,
    clock::day_start,
    open311::{
        call::{Call, Document},
        document::Node,
        parameters::problem,
        refused::Refused,
    },
    reports::{self, PUBLISHED_MAX, Published, PublishedFilter, Register, Span, TimelineEntry},
    words::{self, Lang, Message},
};

/// Days that one list spans, and those that it spans when nothing is said.
const SPAN_DAYS_MAX: i64 = 90;
/// Entries of a list of numbers or codes.
const ENTRIES_MAX: usize = 1_000;
/// The last page of a list.
const PAGE_MAX: u64 = 1_000;

/// GET: a list of requests.
pub async fn list(call: Call) -> Response {
    call.answer(read(&call)).await
}

/// GET: one request.
pub async fn one(call: Call) -> Response {
    call.answer(read_one(&call)).await
}

/// GET: the request of a token. We give the number at once, so there never was one.
pub async fn token(call: Call) -> Response {
    call.answer(async { Err(Refused::not_found("open311-token")) }).await
}

async fn read(call: &Call) -> Result<Document, Refused> {
    let filter = filter(call)?;
    let found = reports::published(call.app.db.reader(), &filter, extensions(call)?).await?;
    write(call, found).await
}

async fn read_one(call: &Call) -> Result<Document, Refused> {
    let (db, desk) = (call.app.db.reader(), &call.app.desk);
    let token = call.parameters.get("tracking_token");
    let (report, _) = reports::by_number(db, desk, &Actor::Anyone, &call.name, token).await?;
    write(call, reports::described(db, vec![report], extensions(call)?).await?).await
}

async fn write(call: &Call, found: Vec<Published>) -> Result<Document, Refused> {
    let register = call.app.desk.register(call.app.db.reader()).await?;
    let extended = extensions(call)?;
    let requests = found.iter().map(|one| request(call, one, &register, extended)).collect();
    Ok(("service_requests", Node::List("request", requests)))
}

fn extensions(call: &Call) -> Result<bool, Refused> {
    match call.parameters.get("extensions") {
        Some("true") => Ok(true),
        Some("false") | None => Ok(false),
        Some(_) => Err(problem("extensions", "open311-not-a-flag")),
    }
}

/// Which reports are asked for. Numbers stand over everything else.
fn filter(call: &Call) -> Result<PublishedFilter, Refused> {
    let given = &call.parameters;
    let numbers = given.entries("service_request_id", ENTRIES_MAX)?;
    if !numbers.is_empty() {
        return Ok(PublishedFilter { numbers, limit: PUBLISHED_MAX, ..Default::default() });
    }
    let now = call.app.db.now();
    let changed = span(call, "updated_after", "updated_before", now)?;
    let received = span(call, "start_date", "end_date", now)?;
    let limit = given.count("page_size", PUBLISHED_MAX)?.unwrap_or(PUBLISHED_MAX);
    let page = given.count("page", PAGE_MAX)?.unwrap_or(1);
    Ok(PublishedFilter {
        numbers,
        categories: given.entries("service_code", ENTRIES_MAX)?,
        // Who asks what has changed may be told of old reports.
        received: received.or(changed.is_none().then(|| since(now))).unwrap_or_default(),
        changed: changed.unwrap_or_default(),
        settled: settled(call)?,
        skip: (page - 1) * limit,
        limit,
    })
}

fn settled(call: &Call) -> Result<Option<bool>, Refused> {
    let statuses = call.parameters.entries("status", ENTRIES_MAX)?;
    let names = |status: &str| statuses.iter().any(|given| given == status);
    if statuses.iter().any(|given| given != "open" && given != "closed") {
        return Err(problem("status", "open311-status"));
    }
    Ok((names("open") != names("closed")).then(|| names("closed")))
}

fn since(now: DateTime<Utc>) -> Span {
    Span { from: Some(now - TimeDelta::days(SPAN_DAYS_MAX)), to: None }
}

/// The time between two parameters, at most `SPAN_DAYS_MAX`; where one end is missing, that long.
fn span(call: &Call, from: &str, to: &str, now: DateTime<Utc>) -> Result<Option<Span>, Refused> {
    let longest = TimeDelta::days(SPAN_DAYS_MAX);
    let wrong = |key| problem(from, Message::new(key).with("max", SPAN_DAYS_MAX));
    let (start, end) = (call.parameters.instant(from)?, call.parameters.instant(to)?);
    let (start, end) = match (start, end) {
        (None, None) => return Ok(None),
        (Some(start), Some(end)) => (start, end),
        (Some(start), None) => (start, far(start, longest).min(now.max(start))),
        (None, Some(end)) => (far(end, -longest), end),
    };
    if end < start || end - start > longest {
        return Err(wrong("open311-span"));
    }
    Ok(Some(Span { from: Some(start), to: Some(end) }))
}

/// An instant at a distance; the same where no calendar reaches.
fn far(instant: DateTime<Utc>, distance: TimeDelta) -> DateTime<Utc> {
    instant.checked_add_signed(distance).unwrap_or(instant)
}

/// A report as GeoReport writes it.
fn request(call: &Call, one: &Published, register: &Register, extended: bool) -> Node {
    let (report, lang) = (&one.report, call.lang);
    let category = register.category(&report.category);
    let units: Vec<&str> = one.units.iter().map(|unit| unit.content.name_in(lang)).collect();
    let photo = one.photo.as_ref().map(|photo| call.url(&format!("/files/{}.jpg", photo.file)));
    let status = if one.is_settled() { "closed" } else { "open" };
    let mut fields = vec![
        ("service_request_id", report.number.as_str().into()),
        ("status", status.into()),
        ("status_notes", one.answer.as_deref().into()),
        ("service_name", category.map(|known| known.name_in(lang)).into()),
        ("service_code", report.category.as_str().into()),
        ("description", one.description().into()),
        ("agency_responsible", Some(units.join(", ")).filter(|names| !names.is_empty()).into()),
        ("service_notice", category.map(|known| known.promise.as_str()).into()),
        ("requested_datetime", report.received_at.into()),
        ("updated_datetime", one.changed_at().into()),
        ("expected_datetime", end_of(report.expected_by).into()),
        ("address", report.address.as_deref().into()),
        ("address_id", Node::Empty),
        ("zipcode", Node::Empty),
        ("lat", report.latitude.into()),
        ("long", report.longitude.into()),
        ("media_url", photo.into()),
    ];
    if extended {
        let notes = one.history.iter().map(|entry| note(entry, lang)).collect();
        fields.extend([
            ("stage", words::code(&report.stage).into()),
            ("outcome", report.outcome.map(|outcome| words::code(&outcome)).into()),
            ("supports", report.supports.into()),
            ("notes", Node::List("note", notes)),
        ]);
    }
    Node::Fields(fields)
}

fn note(entry: &TimelineEntry, lang: Lang) -> Node {
    let step = words::label_of(lang, "report-step", &entry.step);
    let description = match &entry.text {
        Some(text) => format!("{step}: {text}"),
        None => step,
    };
    Node::Fields(vec![
        ("datetime", entry.at.into()),
        ("description", description.into()),
        ("type", words::code(&entry.step).into()),
    ])
}

/// The last second of a day.
fn end_of(day: chrono::NaiveDate) -> Option<DateTime<Utc>> {
    Some(day_start(day.checked_add_days(Days::new(1))?)? - TimeDelta::seconds(1))
}
