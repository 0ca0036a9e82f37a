//! What a row must be, and the report that it becomes. Pure.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Datelike, Days, TimeDelta, Utc};

use super::{
    Field, Raw,
    values::{Dates, coded, day, flag, instant, integer, not, sound, text},
};
use crate::{
    clock::local_day,
    geo::Point,
    ids, personal,
    questions::Answers,
    reports::{
        entity::{
            Assignment, AssignmentId, AssignmentStage, Category, Channel, Outcome, Report,
            ReportId, ReportKind, Routing, Stage, Step, TimelineEntry,
        },
        rules::{self, ADDRESS_CHARS_MAX, DESCRIPTION_CHARS_MAX, TEXT_CHARS_MAX, UNITS_MAX},
    },
    units::{DistrictPlace, Districts},
    words::Lang,
};

/// Characters of an id with the name of its source.
const ID_CHARS_MAX: usize = 200;
/// What is older was kept on paper.
const FIRST_YEAR: i32 = 1990;
/// A point whose district is told may be so far outside: half a kilometre, as when a report is filed,
/// and what rounding the degrees moves it.
const NEAR_METRES_MAX: f64 = 570.0;
/// Residents who support one report.
const SUPPORTS_MAX: i32 = 10_000_000;

/// What rows are checked against.
pub struct Known {
    /// The categories by their codes.
    pub categories: HashMap<String, Category>,
    /// The codes of all units.
    pub units: HashSet<String>,
    /// Where points are.
    pub districts: Districts,
    /// How many districts there are.
    pub districts_count: i32,
    /// The name of where the rows come from.
    pub source: String,
    /// How days and times are written.
    pub dates: Dates,
    /// What becomes of a point outside the city.
    pub outside: Outside,
    /// The instant of the import.
    pub now: DateTime<Utc>,
}

/// What becomes of a point outside the city.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outside {
    /// The row is refused.
    #[default]
    Reject,
    /// The point is kept, in no district.
    Keep,
}

/// A report that is ready to be written, whole.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The report; `seq` is drawn when it is written, and the number where it has none.
    pub report: Report,
    /// The place in its series that its own number says.
    pub place: Option<i64>,
    /// Its assignments.
    pub assignments: Vec<Assignment>,
    /// Its history.
    pub timeline: Vec<TimelineEntry>,
    /// The fields that its row tells.
    pub told: Vec<Field>,
}

/// The report that a row tells of. Errors: why it cannot be taken, the field first.
pub fn accept(raw: &Raw, known: &Known) -> Result<Incoming, String> {
    let code = raw.get(Field::Category).ok_or("category: it is missing")?;
    let category =
        known.categories.get(code).ok_or_else(|| format!("category: there is no \"{code}\""))?;
    if let Some(kind) = coded::<ReportKind>(raw, Field::Kind)?
        && kind != category.kind
    {
        return Err("kind: the category is of the other kind".to_owned());
    }
    let received_at = instant(raw, Field::ReceivedAt, &known.dates)?;
    let received_at = received_at.ok_or("received_at: it is missing")?;
    if received_at.year() < FIRST_YEAR || received_at > known.now + Days::new(1) {
        return Err(format!("received_at: it must be from {FIRST_YEAR} to now"));
    }
    let mut report = bare(raw, known, category, received_at)?;
    let place = number(raw, &mut report)?;
    report.external_id = Some(external_id(raw, &known.source)?);
    standing(raw, known, &mut report)?;
    let assignments = assignments(raw, known, category, &report)?;
    let timeline = timeline(raw, &report, &assignments)?;
    report.revision = timeline.len() as i32;
    let outcome = report.outcome;
    rules::settle(&mut report, &assignments, known.now);
    if report.outcome != outcome {
        return Err("outcome: it does not fit the stage".to_owned());
    }
    Ok(Incoming { report, place, assignments, timeline, told: raw.told() })
}

/// The report without number, id, and what became of it.
fn bare(
    raw: &Raw,
    known: &Known,
    category: &Category,
    received_at: DateTime<Utc>,
) -> Result<Report, String> {
    let (latitude, longitude, district) = location(raw, known)?;
    let description = text(raw, Field::Description, DESCRIPTION_CHARS_MAX)?.unwrap_or_default();
    // Nobody reads a million texts before they are public.
    let masked = personal::masked(&description, Lang::Pl);
    let expected_by = day(raw, Field::ExpectedBy, &known.dates)?;
    Ok(Report {
        // Rows come mostly in the order of time, and so do the ids: what is written side by side is
        // then side by side in the indexes too.
        id: ReportId(ids::new(received_at)),
        seq: 0,
        number: String::new(),
        external_id: None,
        kind: category.kind,
        category: category.code.clone(),
        category_group: category.group().to_owned(),
        channel: coded(raw, Field::Channel)?.unwrap_or(Channel::Phone),
        public_description: Some(masked).filter(|masked| *masked != description),
        description,
        answers: Answers::default(),
        latitude,
        longitude,
        address: text(raw, Field::Address, ADDRESS_CHARS_MAX)?,
        district,
        land_manager: None,
        stage: Stage::Received,
        outcome: None,
        outcome_at: None,
        reason: None,
        received_at,
        received_on: local_day(received_at),
        resolved_on: None,
        expected_by: expected_by.unwrap_or_else(|| rules::due_on(received_at, Some(category))),
        closed_at: None,
        paused_at: None,
        wakes_at: None,
        unit: None,
        duplicate_of: None,
        sensitive: flag(raw, Field::Sensitive)?,
        public: false,
        supports: integer(raw, Field::Supports, 0, SUPPORTS_MAX)?.unwrap_or(0),
        sent_back: 0,
        reopened: 0,
        account: None,
        taken_by: None,
        routing: Routing::default(),
        revision: 1,
        updated_at: known.now,
    })
}

/// Sets stage, outcome and their days.
fn standing(raw: &Raw, known: &Known, report: &mut Report) -> Result<(), String> {
    report.outcome = coded::<Outcome>(raw, Field::Outcome)?;
    if report.outcome.is_some_and(|outcome| !report.kind.outcomes().contains(&outcome)) {
        return Err("outcome: it is of the other kind of reports".to_owned());
    }
    let later = |field| -> Result<Option<DateTime<Utc>>, String> {
        let Some(at) = instant(raw, field, &known.dates)? else { return Ok(None) };
        if local_day(at) < report.received_on {
            return Err(format!("{}: it is before the day of receipt", field.name()));
        }
        // A day begins before what came in on it.
        Ok(Some(at.max(report.received_at)))
    };
    let (answered, resolved) = (later(Field::AnsweredOn)?, later(Field::ResolvedOn)?);
    let closed = later(Field::ClosedOn)?;
    let told = match (report.outcome, closed) {
        (Some(outcome), Some(_)) if outcome.is_final() => Stage::Closed,
        (Some(_), _) => Stage::Answered,
        (None, Some(_)) => Stage::Closed,
        (None, None) => Stage::Received,
    };
    report.stage = coded(raw, Field::Stage)?.unwrap_or(told);
    let has_outcome = report.outcome.is_some();
    let fits = match report.stage {
        Stage::Merged => return Err("stage: what was merged cannot be imported".to_owned()),
        Stage::Answered => has_outcome,
        Stage::InHandling | Stage::NeedsInfo | Stage::External | Stage::Closed => true,
        _ => !has_outcome,
    };
    if !fits {
        return Err("outcome: it does not fit the stage".to_owned());
    }
    // Times are counted from these days: none is made up.
    if report.stage == Stage::Closed && closed.is_none() {
        return Err("closed_on: it is missing".to_owned());
    }
    if report.stage == Stage::Answered && answered.or(resolved).is_none() {
        return Err("answered_on: it is missing".to_owned());
    }
    let end = closed.or(answered).or(resolved).unwrap_or(report.received_at);
    report.closed_at = (report.stage == Stage::Closed).then_some(end);
    report.reopened = i32::from(report.stage == Stage::Reopened);
    report.outcome_at = report.outcome.map(|_| answered.unwrap_or(end));
    report.paused_at = (report.stage == Stage::NeedsInfo).then_some(known.now);
    let is_resolution = report.outcome.is_some_and(Outcome::is_resolution);
    report.resolved_on = is_resolution.then(|| local_day(resolved.or(answered).unwrap_or(end)));
    Ok(())
}

/// What the units do with it. A report that nobody has forwarded has none.
fn assignments(
    raw: &Raw,
    known: &Known,
    category: &Category,
    report: &Report,
) -> Result<Vec<Assignment>, String> {
    let reason = text(raw, Field::Reason, TEXT_CHARS_MAX)?;
    let public_answer = text(raw, Field::PublicAnswer, TEXT_CHARS_MAX)?;
    let review_on = day(raw, Field::ReviewOn, &known.dates)?;
    let units = units(raw, known)?;
    let is_final = report.outcome.is_some_and(Outcome::is_final);
    let is_at_work = matches!(report.stage, Stage::InHandling | Stage::NeedsInfo | Stage::External);
    // One unit has answered, another still owes its answer.
    let is_half = is_at_work && is_final && units.len() > 1;
    let stage = match report.stage {
        _ if is_half => AssignmentStage::Answered,
        _ if is_at_work && is_final => {
            return Err("outcome: it does not fit the stage".to_owned());
        }
        Stage::Forwarded => AssignmentStage::Sent,
        Stage::Answered => AssignmentStage::Answered,
        Stage::Closed if is_final => AssignmentStage::Answered,
        Stage::InHandling | Stage::NeedsInfo | Stage::External => AssignmentStage::InHandling,
        Stage::Closed if report.outcome.is_some() || !units.is_empty() => {
            AssignmentStage::InHandling
        }
        _ => return Ok(Vec::new()),
    };
    let units = if units.is_empty() { vec![category.unit.clone()] } else { units };
    let one = |(place, unit)| {
        let owes = is_half && place > 0;
        let stage = if owes { AssignmentStage::Sent } else { stage };
        let mut assignment = Assignment {
            id: AssignmentId(ids::new(report.received_at)),
            report_id: report.id,
            round: report.reopened,
            unit,
            assignee: None,
            stage,
            outcome: report.outcome.filter(|_| !owes),
            public_answer: public_answer.clone().filter(|_| stage == AssignmentStage::Answered),
            internal_answer: None,
            reason: reason.clone().filter(|_| !owes),
            review_on: review_on.filter(|_| !is_final),
            suggested_unit: None,
            // In the order in which they are told.
            sent_at: report.received_at + TimeDelta::milliseconds(place),
            due_on: report.expected_by,
            answered_at: report.outcome_at.filter(|_| stage == AssignmentStage::Answered),
            escalation: 0,
            escalates_at: None,
        };
        let is_open = stage != AssignmentStage::Answered;
        if is_open && matches!(report.stage, Stage::Forwarded | Stage::InHandling) {
            (assignment.escalation, assignment.escalates_at) =
                rules::escalation(&assignment, known.now);
        }
        assignment
    };
    Ok((0..).zip(units).map(one).collect())
}

/// The shortest history that tells how it came to stand where it does.
fn timeline(
    raw: &Raw,
    report: &Report,
    assignments: &[Assignment],
) -> Result<Vec<TimelineEntry>, String> {
    let entry = |position, at, step, stage| TimelineEntry {
        report_id: report.id,
        position,
        at,
        step,
        stage,
        outcome: None,
        unit: None,
        actor: crate::actor::Actor::System.handle().to_owned(),
        text: None,
        note: None,
    };
    let mut entries = vec![entry(1, report.received_at, Step::File, Stage::Received)];
    let step = match report.stage {
        Stage::Received | Stage::Merged => return Ok(entries),
        Stage::Verified => Step::Verify,
        Stage::Forwarded => Step::Forward,
        Stage::InHandling => Step::Take,
        Stage::NeedsInfo => Step::Ask,
        Stage::External => Step::SendOutside,
        Stage::Answered => Step::Answer,
        Stage::Closed => Step::Close,
        Stage::Reopened => Step::Reopen,
        Stage::Withdrawn => Step::Withdraw,
        Stage::Rejected => Step::Reject,
    };
    let at = report.closed_at.or(report.outcome_at).unwrap_or(report.received_at);
    let said = text(raw, Field::PublicAnswer, TEXT_CHARS_MAX)?;
    entries.push(TimelineEntry {
        outcome: report.outcome,
        unit: assignments.first().map(|first| first.unit.clone()),
        text: said,
        ..entry(2, at, step, report.stage)
    });
    Ok(entries)
}

/// Gives the report the number that the row tells; gives the place in its series.
fn number(raw: &Raw, report: &mut Report) -> Result<Option<i64>, String> {
    let Some(number) = raw.get(Field::Number) else { return Ok(None) };
    let series = rules::series(report.kind, report.received_at);
    let place = number.strip_prefix(&series).and_then(|rest| rest.strip_prefix('-'));
    let place = place.and_then(|digits| digits.parse().ok()).filter(|place| *place > 0);
    match place.filter(|place| rules::number(&series, *place) == number) {
        Some(place) => {
            report.number = number.to_owned();
            Ok(Some(place))
        }
        None => Err(format!("number: it must be like {series}-000001")),
    }
}

fn external_id(raw: &Raw, source: &str) -> Result<String, String> {
    let id = raw.get(Field::Id).or(raw.get(Field::Number)).ok_or("id: it is missing")?;
    let whole = format!("{source}:{id}");
    sound(Field::Id, &whole, ID_CHARS_MAX)?;
    Ok(whole)
}

/// Latitude, longitude and district, each where it is known.
type Location = (Option<f64>, Option<f64>, Option<i32>);

/// Latitude, longitude and district.
fn location(raw: &Raw, known: &Known) -> Result<Location, String> {
    let degrees = |field: Field| {
        let number = |text: &str| text.parse::<f64>().map_err(|_| not(field, "a number", text));
        raw.get(field).map(number).transpose()
    };
    let district = integer(raw, Field::District, 1, known.districts_count)?;
    let (north, east) = match (degrees(Field::Latitude)?, degrees(Field::Longitude)?) {
        (Some(north), Some(east)) => (north, east),
        (None, None) => return Ok((None, None, district)),
        _ => return Err("latitude: a point has a latitude and a longitude".to_owned()),
    };
    let point = Point::new(north, east).ok_or("latitude: there is no such point on the earth")?;
    let found = match known.districts.find(point) {
        DistrictPlace::Inside(number) | DistrictPlace::Near { number, .. } => Some(number),
        DistrictPlace::Outside { metres }
            if known.outside == Outside::Reject
                && (district.is_none() || metres > NEAR_METRES_MAX) =>
        {
            return Err(format!("latitude: the point is {metres:.0} m outside the city"));
        }
        DistrictPlace::Outside { .. } | DistrictPlace::Unknown => None,
    };
    Ok((Some(north), Some(east), district.or(found)))
}

fn units(raw: &Raw, known: &Known) -> Result<Vec<String>, String> {
    let given = raw.get(Field::Units).unwrap_or_default();
    let mut units: Vec<String> = Vec::new();
    for code in given.split(';').map(str::trim).filter(|code| !code.is_empty()) {
        if !known.units.contains(code) {
            return Err(format!("units: there is no \"{code}\""));
        }
        if !units.iter().any(|known| known == code) {
            units.push(code.to_owned());
        }
    }
    match units.len() {
        0..=UNITS_MAX => Ok(units),
        _ => Err(format!("units: at most {UNITS_MAX}")),
    }
}
