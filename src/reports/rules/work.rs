//! What follows from a step: stage, outcome, visibility, and what time will do next.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use crate::{
    calendar,
    clock::{day_start, local_day},
    error::{Problem, ProblemCode},
    reports::{
        entity::{
            AnswerReportInput, Assignment, AssignmentStage, Category, GiveReportFeedbackInput,
            Outcome, Report, ReportKind, Stage, Step,
        },
        rules::{Demand, aggregate, needed},
    },
    texts,
    words::Message,
};

/// Characters of a reason, an answer, a note.
pub const TEXT_CHARS_MAX: usize = 4_000;
/// Corrections of one report that its holder may ask for.
pub const CORRECTIONS_MAX: usize = 10;
/// Units that one report is given to at once.
pub const UNITS_MAX: usize = 5;
/// A report that waits for its author ends after so many days.
pub const WAITS_DAYS: u64 = 14;
/// Its author may open a closed report again for so many days.
pub const REOPENS_DAYS: u64 = 14;
/// A final answer is closed by Kontakt after so many days, if no consultant was quicker.
pub const CLOSES_DAYS: u64 = 3;
/// An outcome that is not final is looked at again after so many days, if the unit names no day.
pub const REVIEW_DAYS: u64 = 30;
/// A review is at most so many days away.
const REVIEW_DAYS_MAX: u64 = 3 * 366;
/// Days for an answer where no category tells.
const DAYS: i32 = 14;
/// Characters of the handle of a member of staff.
const HANDLE_CHARS_MAX: usize = 100;
/// The parts of the time of a unit, in percent, at which the report is brought up.
pub const ESCALATIONS: [i32; 3] = [50, 80, 100];

/// The stage that the assignments of a report come to.
pub fn stage_of(assignments: &[Assignment]) -> Stage {
    use AssignmentStage::{Answered, Sent, SentBack};
    let stages =
        || assignments.iter().map(|assignment| assignment.stage).filter(|s| *s != SentBack);
    if stages().count() == 0 {
        Stage::Verified
    } else if stages().all(|stage| stage == Answered) {
        Stage::Answered
    } else if stages().all(|stage| stage == Sent) {
        Stage::Forwarded
    } else {
        Stage::InHandling
    }
}

/// Brings everything that follows from stage and assignments up to date: outcome, resolution,
/// visibility, and when time does the next thing.
pub fn settle(report: &mut Report, assignments: &[Assignment], now: DateTime<Utc>) {
    let answers = assignments.iter().map(|assignment| (assignment.stage, assignment.outcome));
    let outcome = aggregate(answers);
    if outcome != report.outcome {
        report.outcome = outcome;
        report.outcome_at = outcome.map(|_| now);
    }
    let said = |assignment: &&Assignment| assignment.outcome == outcome && outcome.is_some();
    report.reason = assignments.iter().find(said).and_then(|said| said.reason.clone());
    let resolved = outcome.is_some_and(Outcome::is_resolution)
        && matches!(report.stage, Stage::Answered | Stage::Closed);
    report.resolved_on = resolved.then(|| report.resolved_on.unwrap_or_else(|| local_day(now)));
    report.unit = assignments.first().map(|first| first.unit.clone()).or(report.unit.take());
    report.public = report.stage.is_public() && !report.sensitive;
    report.wakes_at = wakes_at(report, assignments, now);
}

/// When time alone does the next thing.
fn wakes_at(
    report: &Report,
    assignments: &[Assignment],
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let is_final = report.outcome.is_some_and(Outcome::is_final);
    match report.stage {
        Stage::NeedsInfo => day_start(local_day(now) + Days::new(WAITS_DAYS + 1)),
        Stage::Answered if is_final => day_start(local_day(now) + Days::new(CLOSES_DAYS + 1)),
        Stage::Answered => {
            let review = assignments.iter().filter_map(|assignment| assignment.review_on).min();
            day_start(review.unwrap_or(local_day(now) + Days::new(REVIEW_DAYS)))
        }
        _ => None,
    }
}

/// The part of its time that has passed, as far as it was brought up, and when the next part has.
pub fn escalation(assignment: &Assignment, now: DateTime<Utc>) -> (i32, Option<DateTime<Utc>>) {
    let end = day_start(assignment.due_on + Days::new(1)).unwrap_or(assignment.sent_at);
    let whole = (end - assignment.sent_at).max(TimeDelta::seconds(1));
    let at = |percent: i32| assignment.sent_at + whole * percent / 100;
    let passed = ESCALATIONS.into_iter().filter(|percent| at(*percent) <= now).max().unwrap_or(0);
    (passed, ESCALATIONS.into_iter().map(at).find(|at| *at > now))
}

/// Days by which a pause moves a deadline.
pub fn paused_days(paused_at: DateTime<Utc>, now: DateTime<Utc>) -> Days {
    let days = (local_day(now) - local_day(paused_at)).num_days();
    Days::new(u64::try_from(days).unwrap_or_default())
}

/// The day by which an answer is due that is asked for now. A category that is gone, as only an import
/// could do it, has the time of most.
pub fn due_on(now: DateTime<Utc>, category: Option<&Category>) -> NaiveDate {
    let (days, kind) = category
        .map_or((DAYS, calendar::Days::Calendar), |category| (category.days, category.days_kind));
    calendar::add_days(local_day(now), u32::try_from(days).unwrap_or_default(), kind)
}

/// Everything that is wrong with the units that a report is to be given to.
pub fn units_problems(
    units: &[String],
    known: &[String],
    assignments: &[Assignment],
) -> Vec<Problem> {
    if units.is_empty() || units.len() > UNITS_MAX {
        let message = Message::new("units-count").with("max", UNITS_MAX);
        return vec![Problem::at("units", ProblemCode::Invalid, message)];
    }
    let mut problems = Vec::new();
    for (place, unit) in units.iter().enumerate() {
        let path = format!("units.{place}");
        problems.extend(unit_problem(&path, unit, known));
        let has_it = assignments.iter().any(|assignment| {
            assignment.unit == *unit && assignment.stage != AssignmentStage::SentBack
        });
        if has_it || units[..place].contains(unit) {
            let message = Message::new("unit-has-it").with("code", unit);
            problems.push(Problem::at(&path, ProblemCode::Taken, message));
        }
    }
    problems
}

/// A unit that there is not.
pub fn unit_problem(path: &str, unit: &str, known: &[String]) -> Option<Problem> {
    let message = || Message::new("unknown-unit").with("code", unit);
    let unknown = !known.iter().any(|known| known == unit);
    unknown.then(|| Problem::at(path, ProblemCode::Unknown, message()))
}

/// Everything that is wrong with the handle of a person.
pub fn handle_problems(path: &str, handle: Option<&str>) -> Vec<Problem> {
    texts::problems(path, handle.unwrap_or_default(), HANDLE_CHARS_MAX)
}

/// Everything that is wrong with a unit's answer.
pub fn answer_problems(
    input: &AnswerReportInput,
    kind: ReportKind,
    today: NaiveDate,
) -> Vec<Problem> {
    let mut problems = needed("publicAnswer", &input.public_answer, TEXT_CHARS_MAX);
    let optional = [("internalAnswer", &input.internal_answer), ("reason", &input.reason)];
    for (path, text) in optional {
        problems.extend(texts::problems(path, text.as_deref().unwrap_or_default(), TEXT_CHARS_MAX));
    }
    if !kind.outcomes().contains(&input.outcome) {
        let message = Message::new("outcome-of-other-kind").with_label(
            "outcome",
            "report-outcome",
            &input.outcome,
        );
        problems.push(Problem::at("outcome", ProblemCode::Invalid, message));
    }
    let no_reason = input.reason.as_deref().unwrap_or_default().trim().is_empty();
    let missing = |path, key: &'static str| Problem::at(path, ProblemCode::Required, key);
    match input.outcome.demand() {
        Demand::Reason if no_reason => problems.push(missing("reason", "reason-missing")),
        Demand::Pointer if no_reason => problems.push(missing("reason", "pointer-missing")),
        Demand::ReviewDate if input.review_on.is_none() => {
            problems.push(missing("reviewOn", "review-missing"));
        }
        _ => {}
    }
    let last = today + Days::new(REVIEW_DAYS_MAX);
    if input.review_on.is_some_and(|day| day.0 <= today || day.0 > last) {
        let message = Message::new("bad-review").with("days", REVIEW_DAYS_MAX);
        problems.push(Problem::at("reviewOn", ProblemCode::Invalid, message));
    }
    problems
}

/// The last day on which its author may open a closed report again.
pub fn reopens_until(closed_at: Option<DateTime<Utc>>) -> Option<NaiveDate> {
    closed_at.map(|closed| local_day(closed) + Days::new(REOPENS_DAYS))
}

/// Whether its author may still open it again.
pub fn may_reopen(closed_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    reopens_until(closed_at).is_some_and(|last| local_day(now) <= last)
}

/// Whether everybody reads that a step was taken.
pub fn is_public_step(step: Step) -> bool {
    !matches!(step, Step::Note | Step::Escalate | Step::HandOver)
}

/// Who reads what was said with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Everybody who sees the report.
    Everybody,
    /// Staff and the person who filed it.
    Both,
}

/// Who reads what was said with a step.
pub fn readers(step: Step) -> Readers {
    match step {
        Step::Answer | Step::SendOutside | Step::ReturnFromOutside => Readers::Everybody,
        _ => Readers::Both,
    }
}

/// Everything that is wrong with what somebody says of an answer.
pub fn feedback_problems(input: &GiveReportFeedbackInput) -> Vec<Problem> {
    let mut problems = optional("text", input.text.as_deref());
    let no_text = input.text.as_deref().unwrap_or_default().trim().is_empty();
    if input.satisfied && (input.reopen || !input.reasons.is_empty()) {
        problems.push(Problem::at("satisfied", ProblemCode::Invalid, "content-but-not"));
    }
    if input.reopen && no_text {
        problems.push(Problem::at("text", ProblemCode::Required, "required"));
    }
    problems
}

/// A note or another text that may be missing.
pub fn optional(path: &str, text: Option<&str>) -> Vec<Problem> {
    texts::problems(path, text.unwrap_or_default(), TEXT_CHARS_MAX)
}

/// Everything that is wrong with what everybody is to read. What is blank is no decision: neither to
/// show nothing, nor to show what was written.
pub fn shown_problems(path: &str, text: Option<&str>) -> Vec<Problem> {
    let mut problems = optional(path, text);
    if text.is_some_and(|text| text.trim().is_empty()) {
        problems.push(Problem::at(path, ProblemCode::Required, "blank-public-description"));
    }
    problems
}

/// What is said of a step that there is not.
pub fn wrong_stage(stage: Stage) -> Problem {
    let message = Message::new("wrong-report-stage").with_label("stage", "report-stage", &stage);
    Problem::at("id", ProblemCode::Conflict, message)
}
