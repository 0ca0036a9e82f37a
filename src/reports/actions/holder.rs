//! What the person who filed a report can do with it: by the secret token, or signed in.

use crate::{
    actor::Actor,
    db::Tx,
    error::{Problem, ProblemCode, Result, refuse},
    events::{Event, Kind, Subject},
    permissions::{NO_UNIT, Permission},
    reports::{
        actions::{
            case::Case,
            feedback,
            history::{self, Said},
            read,
        },
        desk::Desk,
        entity::{
            AssignmentStage, GiveReportFeedbackInput, HolderInput, ReopenReportInput, Report,
            Stage, Step, SupplementReportInput, WithdrawReportInput,
        },
        rules,
    },
    words::Message,
};

/// Takes a report back. Errors: `NotFound` for whom it is not, `Conflict` when it is too late.
pub async fn withdraw(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    input: WithdrawReportInput,
) -> Result<Report> {
    let (case, stage) = held(tx, desk, actor, &input.report, Step::Withdraw).await?;
    refuse(rules::optional("reason", input.reason.as_deref()))?;
    let said = Said { text: input.reason, ..Said::default() };
    case.settle(tx, actor, Step::Withdraw, stage, said).await
}

/// Answers what a unit has asked; the clocks go on. Errors: `NotFound`, `Invalid` per field, `Conflict`
/// when nothing was asked.
pub async fn supplement(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    input: SupplementReportInput,
) -> Result<Report> {
    let (mut case, stage) = held(tx, desk, actor, &input.report, Step::Supplement).await?;
    refuse(rules::needed("text", &input.text, rules::TEXT_CHARS_MAX))?;
    add_photos(tx, desk, &case.report, &input.photos).await?;
    case.unpause(tx).await?;
    let said = Said { text: Some(input.text), ..Said::default() };
    case.settle(tx, actor, Step::Supplement, stage, said).await
}

/// Opens a closed report again: its author for 14 days, a consultant at any time. Errors: `NotFound`,
/// `Invalid` per field, `Conflict` when it is not closed or closed for too long.
pub async fn reopen(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    input: ReopenReportInput,
) -> Result<Report> {
    refuse(rules::needed("reason", &input.reason, rules::TEXT_CHARS_MAX))?;
    if actor.may(Permission::TriageReports, NO_UNIT) {
        let number = &input.report.number;
        let (report, _) = read::by_number(tx, desk, actor, number, None).await?;
        let case = Case::of(tx, report).await?;
        case.may(actor, Step::Reopen)?;
        return open_again(tx, desk, actor, case, input).await;
    }
    let (case, _) = held(tx, desk, actor, &input.report, Step::Reopen).await?;
    if !rules::may_reopen(case.report.closed_at, tx.now()) {
        let message = Message::new("too-late-to-reopen").with("days", rules::REOPENS_DAYS);
        return Err(Problem::at("report", ProblemCode::Conflict, message).into());
    }
    open_again(tx, desk, actor, case, input).await
}

async fn open_again(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    mut case: Case,
    input: ReopenReportInput,
) -> Result<Report> {
    add_photos(tx, desk, &case.report, &input.photos).await?;
    let had = |assignment: &crate::reports::entity::Assignment| {
        (assignment.stage != AssignmentStage::SentBack).then(|| assignment.unit.clone())
    };
    case.report.routing.units = case.assignments.iter().filter_map(had).collect();
    // What the units answered is history: it counts no longer.
    case.assignments.clear();
    case.report.reopened += 1;
    case.report.closed_at = None;
    let register = desk.register(tx).await?;
    case.report.expected_by = rules::due_on(tx.now(), register.category(&case.report.category));
    let said = Said { text: Some(input.reason), ..Said::default() };
    case.settle(tx, actor, Step::Reopen, Stage::Reopened, said).await
}

/// Says what the answer was worth, once for every time that it was closed. Errors: as `reopen`.
pub async fn rate(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    input: GiveReportFeedbackInput,
) -> Result<Report> {
    let (report, _) = read::held(tx, desk, actor, &input.report).await.map(|found| (found, ()))?;
    let closed = report.stage == Stage::Closed && rules::may_reopen(report.closed_at, tx.now());
    if !closed {
        return Err(Problem::at("report", ProblemCode::Conflict, "nothing-to-rate").into());
    }
    refuse(rules::feedback_problems(&input))?;
    feedback::add(tx, &report, &input).await?;
    tx.emit(actor, Event { kind: Kind::Rated, subject: Subject::Report, ids: vec![report.id.0] });
    if !input.reopen {
        return Ok(report);
    }
    let reason = input.text.unwrap_or_default();
    let again = ReopenReportInput { report: input.report, reason, photos: Vec::new() };
    reopen(tx, desk, actor, again).await
}

/// The report of its holder, if this step may be taken with it now.
async fn held(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    holder: &HolderInput,
    step: Step,
) -> Result<(Case, Stage)> {
    let report = read::held(tx, desk, actor, holder).await?;
    let stage = report.stage;
    match rules::step(stage, step) {
        Some((to, _)) => Ok((Case::of(tx, report).await?, to)),
        None => {
            Err(Problem { field: vec!["report".to_owned()], ..rules::wrong_stage(stage) }.into())
        }
    }
}

async fn add_photos(tx: &Tx, desk: &Desk, report: &Report, keys: &[String]) -> Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    let there = history::photos(tx, &[report.id]).await?.remove(&report.id).unwrap_or_default();
    if there.len() + keys.len() > rules::PHOTOS_MAX {
        let message = Message::new("too-many").with("max", rules::PHOTOS_MAX);
        return Err(Problem::at("photos", ProblemCode::TooLong, message).into());
    }
    let photos = desk.photos(keys, "photos", tx.now())?;
    history::add_photos(tx, report.id, there.len(), photos).await
}
