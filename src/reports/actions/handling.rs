//! What units do with what they were given.

use chrono::Days;

use crate::{
    actor::Actor,
    clock::local_day,
    db::Tx,
    error::{Problem, ProblemCode, Result, refuse},
    permissions::Permission,
    reports::{
        actions::{
            case::{self, Case},
            history::Said,
            triage::noted,
        },
        entity::{
            AnswerReportInput, AssignmentStage, HandOverReportInput, Outcome, Report,
            ReportMessageInput, ReportStepInput, SendBackReportInput, Stage, Step, TakeReportInput,
        },
        rules,
    },
    units,
};

/// Takes what the own unit was given. Errors: `NotFound`, `Forbidden`, `Invalid` per field (`Conflict`
/// when its stage does not allow it, or it has changed).
pub async fn take(tx: &Tx, actor: &Actor, input: TakeReportInput) -> Result<Report> {
    let mut case = Case::open(tx, actor, &input.id, input.expected_version).await?;
    case.may(actor, Step::Take)?;
    refuse(rules::optional("note", input.note.as_deref()))?;
    let outcome = input.outcome.unwrap_or(Outcome::UnderAnalysis);
    if !case.report.kind.outcomes_on_taking().contains(&outcome) {
        return Err(Problem::at("outcome", ProblemCode::Invalid, "outcome-on-taking").into());
    }
    let own = case.own(actor)?;
    if own.stage != AssignmentStage::Sent {
        return Err(Problem::at("id", ProblemCode::Taken, "taken-already").into());
    }
    own.stage = AssignmentStage::InHandling;
    own.assignee = Some(actor.handle().to_owned());
    own.outcome = Some(outcome);
    let said = Said { unit: Some(own.unit.clone()), ..noted(input.note) };
    case::keep(tx, own).await?;
    let stage = rules::stage_of(&case.assignments);
    case.settle(tx, actor, Step::Take, stage, said).await
}

/// Answers for the own unit; when it is the last to answer, the report is answered. Errors: as `take`.
pub async fn answer(tx: &Tx, actor: &Actor, input: AnswerReportInput) -> Result<Report> {
    let mut case = Case::open(tx, actor, &input.id, input.expected_version).await?;
    case.may(actor, Step::Answer)?;
    let today = local_day(tx.now());
    refuse(rules::answer_problems(&input, case.report.kind, today))?;
    let own = case.own(actor)?;
    if own.stage != AssignmentStage::InHandling {
        return Err(Problem::at("id", ProblemCode::Conflict, "take-first").into());
    }
    let review = || (!input.outcome.is_final()).then(|| today + Days::new(rules::REVIEW_DAYS));
    own.stage = AssignmentStage::Answered;
    own.outcome = Some(input.outcome);
    own.review_on = input.review_on.map(|day| day.0).or_else(review);
    own.public_answer = Some(input.public_answer.clone());
    own.internal_answer = input.internal_answer.clone();
    own.reason = input.reason;
    own.answered_at = Some(tx.now());
    own.escalates_at = None;
    let unit = Some(own.unit.clone());
    case::keep(tx, own).await?;
    let said = Said { text: Some(input.public_answer), note: input.internal_answer, unit };
    let stage = rules::stage_of(&case.assignments);
    case.settle(tx, actor, Step::Answer, stage, said).await
}

/// Says that it is not the own unit's matter. Errors: as `take`; `Unknown` for a unit that there is not.
pub async fn send_back(tx: &Tx, actor: &Actor, input: SendBackReportInput) -> Result<Report> {
    let mut case = Case::open(tx, actor, &input.id, input.expected_version).await?;
    case.may(actor, Step::SendBack)?;
    let mut problems = rules::needed("reason", &input.reason, rules::TEXT_CHARS_MAX);
    if let Some(unit) = &input.suggested_unit {
        problems.extend(rules::unit_problem("suggestedUnit", unit, &units::known_codes(tx).await?));
    }
    refuse(problems)?;
    let own = case.own(actor)?;
    own.stage = AssignmentStage::SentBack;
    own.reason = Some(input.reason.clone());
    own.suggested_unit = input.suggested_unit.clone();
    own.escalates_at = None;
    let said = Said { note: Some(input.reason), unit: Some(own.unit.clone()), text: None };
    case::keep(tx, own).await?;
    case.report.sent_back += 1;
    // The consultant who forwards it anew is offered what the unit has suggested.
    if let Some(unit) = input.suggested_unit {
        case.report.routing.units = vec![unit];
    }
    let stage = rules::stage_of(&case.assignments);
    case.settle(tx, actor, Step::SendBack, stage, said).await
}

/// Asks the person who filed it; until the answer all clocks stand. Errors: as `take`.
pub async fn ask(tx: &Tx, actor: &Actor, input: ReportMessageInput) -> Result<Report> {
    let mut case = Case::open(tx, actor, &input.id, input.expected_version).await?;
    let stage = case.may(actor, Step::Ask)?;
    let said = message(&mut case, actor, input)?;
    case.pause(tx).await?;
    case.settle(tx, actor, Step::Ask, stage, said).await
}

/// Goes on with what waits for its author, or was answered without an end. Errors: as `take`.
pub async fn resume(tx: &Tx, actor: &Actor, input: ReportStepInput) -> Result<Report> {
    let mut case = Case::open(tx, actor, &input.id, input.expected_version).await?;
    let stage = case.may(actor, Step::Resume)?;
    refuse(rules::optional("note", input.note.as_deref()))?;
    case.unpause(tx).await?;
    let own = case.own(actor)?;
    own.stage = AssignmentStage::InHandling;
    own.review_on = None;
    let said = Said { unit: Some(own.unit.clone()), ..noted(input.note) };
    case::keep(tx, own).await?;
    case.settle(tx, actor, Step::Resume, stage, said).await
}

/// Gives it to somebody else of the unit; coordinators also to another unit. Errors: as `take`.
pub async fn hand_over(tx: &Tx, actor: &Actor, input: HandOverReportInput) -> Result<Report> {
    let mut case = Case::open(tx, actor, &input.id, input.expected_version).await?;
    let stage = case.report.stage;
    let own = case.own(actor)?;
    if matches!(own.stage, AssignmentStage::Answered | AssignmentStage::SentBack) {
        return Err(rules::wrong_stage(stage).into());
    }
    actor.must(Permission::ReassignReports, &own.unit)?;
    let mut problems = rules::optional("note", input.note.as_deref());
    problems.extend(rules::handle_problems("assignee", input.assignee.as_deref()));
    if let Some(unit) = &input.unit {
        problems.extend(rules::unit_problem("unit", unit, &units::known_codes(tx).await?));
    }
    refuse(problems)?;
    if let Some(unit) = input.unit {
        own.unit = unit;
        own.stage = AssignmentStage::Sent;
        own.outcome = None;
    }
    own.assignee = input.assignee;
    let said = Said { unit: Some(own.unit.clone()), ..noted(input.note) };
    case::keep(tx, own).await?;
    let stage = match stage {
        Stage::Forwarded | Stage::InHandling => rules::stage_of(&case.assignments),
        other => other,
    };
    case.settle(tx, actor, Step::HandOver, stage, said).await
}

/// Writes a note for staff. Errors: as `take`.
pub async fn note(tx: &Tx, actor: &Actor, input: ReportMessageInput) -> Result<Report> {
    let case = Case::open(tx, actor, &input.id, input.expected_version).await?;
    case.must_work(actor)?;
    refuse(rules::needed("message", &input.message, rules::TEXT_CHARS_MAX))?;
    case.write(tx, actor, Step::Note, noted(Some(input.message))).await
}

/// What is said with a message for everybody or the person who filed it, and the own unit.
pub(super) fn message(case: &mut Case, actor: &Actor, input: ReportMessageInput) -> Result<Said> {
    let mut problems = rules::needed("message", &input.message, rules::TEXT_CHARS_MAX);
    problems.extend(rules::optional("note", input.note.as_deref()));
    refuse(problems)?;
    let unit = Some(case.own(actor)?.unit.clone());
    Ok(Said { text: Some(input.message), note: input.note, unit })
}
