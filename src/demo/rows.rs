//! From a planned report to its rows: the report, its assignment, its history. Pure.

use chrono::{DateTime, Duration, Utc};

use crate::{
    clock::day_start,
    demo::{
        plan::{Draw, Planned},
        texts,
    },
    error::{Error, Result},
    ids,
    questions::Answers,
    reports::{
        self, Assignment, AssignmentId, AssignmentStage, Category, Outcome, Report, ReportId,
        Routing, RoutingQuestion, Stage, Step, TimelineEntry,
    },
};

/// How ids from elsewhere begin.
pub const EXTERNAL: &str = "demo:press-2025:";

/// Whoever did what nobody did.
const NOBODY: &str = "demo";
/// Days after which a matter that waits for funds is looked at again.
const REVIEW_DAYS: i64 = 730;

/// A report as it is stored, with what belongs to it.
pub struct Rows {
    /// The report, without its numbers.
    pub report: Report,
    /// What it was given to a unit as.
    pub assignment: Assignment,
    /// What happened to it.
    pub timeline: Vec<TimelineEntry>,
}

/// The instants of its life.
struct Life {
    received: DateTime<Utc>,
    forwarded: DateTime<Utc>,
    answered: DateTime<Utc>,
    closed: DateTime<Utc>,
}

/// The rows of the planned report at a place from 1.
pub fn rows(planned: &Planned, place: usize, category: &Category) -> Result<Rows> {
    let mut draw = Draw::at(place);
    let life = life(planned, &mut draw)?;
    let stage = stage(planned.outcome, &mut draw);
    let mut report = report(planned, place, category, &life, stage, &mut draw);
    let assignment = assignment(&report, place, &life);
    let timeline = timeline(&report, &life);
    report.revision = timeline.len() as i32;
    Ok(Rows { report, assignment, timeline })
}

fn life(planned: &Planned, draw: &mut Draw) -> Result<Life> {
    let start = |day| day_start(day).ok_or_else(|| Error::internal("a day without a start"));
    let minutes = Duration::minutes(draw.below(12 * 60) as i64);
    let received = start(planned.received_on)? + Duration::hours(7) + minutes;
    let on = planned.received_on + Duration::days(planned.days.into());
    // What is settled on the day of its receipt is settled after it.
    let answered = start(on)? + Duration::hours(7) + minutes + Duration::hours(1);
    let forwarded = received + Duration::minutes(20);
    Ok(Life { received, forwarded, answered, closed: answered + Duration::hours(1) })
}

/// What is final is closed; what is not is answered or still at work.
fn stage(outcome: Outcome, draw: &mut Draw) -> Stage {
    let at_work =
        matches!(outcome, Outcome::InProgress | Outcome::InImplementation | Outcome::UnderAnalysis);
    match outcome.is_final() {
        true => Stage::Closed,
        false if at_work && draw.below(2) == 0 => Stage::InHandling,
        false => Stage::Answered,
    }
}

fn report(
    planned: &Planned,
    place: usize,
    category: &Category,
    life: &Life,
    stage: Stage,
    draw: &mut Draw,
) -> Report {
    let (district, point, address) = texts::place(draw);
    let closed = stage == Stage::Closed;
    let settled = planned.outcome.is_resolution();
    Report {
        id: ReportId(ids::foretold(life.received, place as u64)),
        seq: 0,
        number: String::new(),
        external_id: Some(format!("{EXTERNAL}{place}")),
        kind: planned.kind,
        category: category.code.clone(),
        category_group: category.group().to_owned(),
        channel: texts::channel(draw),
        description: texts::description(planned.category, draw),
        public_description: None,
        answers: Answers::default(),
        latitude: point.map(|point| point.latitude()),
        longitude: point.map(|point| point.longitude()),
        address: Some(address),
        district: Some(district),
        land_manager: None,
        stage,
        outcome: Some(planned.outcome),
        outcome_at: Some(life.answered),
        reason: texts::reason(planned.outcome),
        received_at: life.received,
        received_on: planned.received_on,
        resolved_on: settled.then(|| planned.received_on + Duration::days(planned.days.into())),
        expected_by: reports::due_on(life.received, Some(category)),
        closed_at: closed.then_some(life.closed),
        paused_at: None,
        // Nothing happens to it by itself, or the figures would change.
        wakes_at: None,
        unit: Some(category.unit.clone()),
        duplicate_of: None,
        sensitive: false,
        public: true,
        supports: 0,
        sent_back: 0,
        reopened: 0,
        account: None,
        taken_by: None,
        routing: Routing {
            rule: None,
            version: None,
            units: vec![category.unit.clone()],
            asked: RoutingQuestion {
                category: category.code.clone(),
                district: Some(district),
                land_manager: None,
            },
            at: Some(life.forwarded),
        },
        revision: 1,
        updated_at: if closed { life.closed } else { life.answered },
    }
}

fn assignment(report: &Report, place: usize, life: &Life) -> Assignment {
    let answered = report.stage != Stage::InHandling;
    let answer = report.outcome.map(texts::answer).filter(|_| answered);
    let waits = report.outcome == Some(Outcome::AwaitingFunds);
    Assignment {
        id: AssignmentId(ids::foretold(life.forwarded, place as u64)),
        report_id: report.id,
        round: 0,
        unit: report.unit.clone().unwrap_or_default(),
        assignee: None,
        stage: if answered { AssignmentStage::Answered } else { AssignmentStage::InHandling },
        outcome: report.outcome,
        public_answer: answer.map(str::to_owned),
        internal_answer: None,
        reason: report.reason.clone(),
        review_on: waits.then(|| report.received_on + Duration::days(REVIEW_DAYS)),
        suggested_unit: None,
        sent_at: life.forwarded,
        due_on: report.expected_by,
        answered_at: answered.then_some(life.answered),
        escalation: 0,
        escalates_at: None,
    }
}

fn timeline(report: &Report, life: &Life) -> Vec<TimelineEntry> {
    let minutes = |after: i64| life.received + Duration::minutes(after);
    let mut steps = vec![
        (life.received, Step::File, Stage::Received, None),
        (minutes(10), Step::Verify, Stage::Verified, None),
        (life.forwarded, Step::Forward, Stage::Forwarded, None),
    ];
    let answered = report.stage != Stage::InHandling;
    // Whoever is at work on it has said so when taking it.
    let taken = (!answered).then_some(report.outcome).flatten();
    let at = if answered { minutes(40) } else { life.answered };
    steps.push((at, Step::Take, Stage::InHandling, taken));
    if answered {
        steps.push((life.answered, Step::Answer, Stage::Answered, report.outcome));
    }
    if report.stage == Stage::Closed {
        steps.push((life.closed, Step::Close, Stage::Closed, report.outcome));
    }
    let of_unit = |step| matches!(step, Step::Forward | Step::Take | Step::Answer);
    let entry = |(position, (at, step, stage, outcome))| TimelineEntry {
        report_id: report.id,
        position,
        at,
        step,
        stage,
        outcome,
        unit: report.unit.clone().filter(|_| of_unit(step)),
        actor: NOBODY.to_owned(),
        text: report.outcome.map(texts::answer).filter(|_| step == Step::Answer).map(str::to_owned),
        note: None,
    };
    (1..).zip(steps).map(entry).collect()
}
