//! Filing over Open311: a form of GeoReport becomes a report.

use axum::{http::HeaderMap, response::Response};
use chrono::{DateTime, Utc};
use url::Url;

use crate::{
    clock::local_day,
    error::{Error, Problem, ProblemCode},
    ids,
    open311::{
        call::{Call, Document},
        clients,
        document::Node,
        parameters::Parameters,
        refused::Refused,
    },
    questions::{Answer, Datatype},
    reports::{
        self, Category, Channel, ContactInput, FileReportInput, LocationInput, Report, ReportKind,
    },
    words::Message,
};

/// Characters of the address of a picture.
const URL_CHARS_MAX: usize = 2_000;

/// POST: files a report.
pub async fn file(call: Call) -> Response {
    call.answer(filed(&call)).await
}

async fn filed(call: &Call) -> Result<Document, Refused> {
    let app = &call.app;
    let actor = &clients::client(&app.config.open311_clients, &call.parameters)?;
    let register = app.desk.register(app.db.reader()).await?;
    let category = call.parameters.get("service_code").and_then(|code| register.category(code));
    let input = input(call, category)?;
    let (desk, lang) = (&app.desk, call.lang);
    let report = app.db.write(async |tx| reports::file(tx, desk, actor, lang, input).await).await?;
    Ok(("service_requests", Node::List("request", vec![receipt(call, &report, category)])))
}

/// What the application keeps. The token is no part of GeoReport: with it its holder sees the report
/// before everybody does.
fn receipt(call: &Call, report: &Report, category: Option<&Category>) -> Node {
    Node::Fields(vec![
        ("service_request_id", report.number.as_str().into()),
        ("service_notice", category.map(|category| category.promise.as_str()).into()),
        ("account_id", Node::Empty),
        ("tracking_token", call.app.desk.tracking_token(report.id).into()),
    ])
}

fn input(call: &Call, category: Option<&Category>) -> Result<FileReportInput, Error> {
    let given = &call.parameters;
    let text = |name: &str| given.get(name).map(str::to_owned);
    let mut problems = Vec::new();
    let mut number = |name: &str| {
        let read = given.get(name)?.trim().parse().ok().filter(|number: &f64| number.is_finite());
        if read.is_none() {
            problems.push(Problem::at(name, ProblemCode::Invalid, "not-a-number"));
        }
        read
    };
    let (latitude, longitude) = (number("lat"), number("long"));
    if given.get("service_code").is_none() {
        problems.push(Problem::at("service_code", ProblemCode::Required, "required"));
    }
    if given.get("address_id").is_some() {
        problems.push(Problem::at("address_id", ProblemCode::Invalid, "open311-address-id"));
    }
    let media = media(given, &mut problems);
    let idempotency_key = key(&call.headers, call.app.db.now(), &mut problems);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let address = text("address_string");
    let somewhere = latitude.is_some() || longitude.is_some() || address.is_some();
    Ok(FileReportInput {
        kind: category.map_or(ReportKind::Problem, |category| category.kind),
        category: text("service_code").unwrap_or_default(),
        // GeoReport does not demand a description: then the service tells what is the matter.
        description: text("description")
            .or_else(|| category.map(|category| category.name.clone()))
            .unwrap_or_default(),
        location: somewhere.then_some(LocationInput {
            latitude,
            longitude,
            address,
            land_manager: None,
        }),
        channel: Channel::Open311,
        idempotency_key,
        answers: answers(given, category),
        photos: Vec::new(),
        contact: contact(given),
        note: media.map(|url| format!("media_url: {url}")),
    })
}

/// The address of a picture is noted for staff. Nothing is fetched from it: whoever files could make the
/// service ask any address.
fn media(given: &Parameters, problems: &mut Vec<Problem>) -> Option<String> {
    let given = given.get("media_url")?;
    let sound = given.chars().count() <= URL_CHARS_MAX
        && Url::parse(given).is_ok_and(|url| url.scheme() == "https");
    if !sound {
        let message = Message::new("open311-media").with("max", URL_CHARS_MAX);
        problems.push(Problem::at("media_url", ProblemCode::Invalid, message));
    }
    sound.then(|| given.to_owned())
}

/// The key under which a resend makes nothing twice; without one, every request is a report.
fn key(headers: &HeaderMap, now: DateTime<Utc>, problems: &mut Vec<Problem>) -> String {
    let Some(given) = headers.get("idempotency-key") else { return ids::new(now).to_string() };
    let text = given.to_str().map(str::to_owned);
    text.unwrap_or_else(|_| {
        problems.push(Problem::at("idempotencyKey", ProblemCode::Invalid, "open311-not-ascii"));
        String::new()
    })
}

fn contact(given: &Parameters) -> Option<ContactInput> {
    let names: Vec<&str> =
        ["first_name", "last_name"].into_iter().filter_map(|name| given.get(name)).collect();
    let contact = ContactInput {
        name: Some(names.join(" ")).filter(|name| !name.is_empty()),
        email: given.get("email").map(str::to_owned),
        phone: given.get("phone").map(str::to_owned),
    };
    (contact != ContactInput::default()).then_some(contact)
}

/// Answers as `attribute[code]=value`, or `attribute[code][]=value` for each of several values.
fn answers(given: &Parameters, category: Option<&Category>) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    for (name, value) in given.all() {
        let Some(name) = name.strip_prefix("attribute[") else { continue };
        let name = name.strip_suffix("[]").unwrap_or(name);
        let code = name.strip_suffix(']').unwrap_or(name);
        let value = day_of(code, value, category).unwrap_or_else(|| value.to_owned());
        match answers.iter_mut().find(|answer| answer.question == code) {
            Some(answer) => answer.values.push(value),
            None => answers.push(Answer { question: code.to_owned(), values: vec![value] }),
        }
    }
    answers
}

/// GeoReport's datetime is an instant, our questions ask for a day.
fn day_of(code: &str, value: &str, category: Option<&Category>) -> Option<String> {
    let question = category?.questions.iter().find(|question| question.code == code)?;
    let instant = value.trim().replace(' ', "+").parse::<DateTime<Utc>>().ok()?;
    (question.datatype == Datatype::Datetime).then(|| local_day(instant).to_string())
}
