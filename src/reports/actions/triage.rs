//! What consultants do: read, set right, join, refuse, forward, close.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{
    actor::Actor,
    db::Tx,
    error::{Error, Problem, ProblemCode, Result, refuse},
    ids, personal,
    reports::{
        actions::{
            case::{self, Case},
            history::Said,
            places, read, residents,
        },
        desk::Desk,
        entity::{
            Assignment, AssignmentId, AssignmentStage, Category, ForwardReportInput,
            MergeReportInput, Report, ReportReasonInput, ReportStepInput, RoutingQuestion, Step,
            VerifyReportInput, photo,
        },
        routing, rules,
    },
    texts, units,
    words::{Lang, Message},
};

/// Says that a report was read, and sets right what was wrong. Errors: `NotFound`, `Forbidden`,
/// `Invalid` per field (`Conflict` when its stage does not allow it, or it has changed).
pub async fn verify(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    input: VerifyReportInput,
) -> Result<Report> {
    let mut case = Case::open(tx, actor, &input.id, input.expected_version).await?;
    let stage = case.may(actor, Step::Verify)?;
    let register = desk.register(tx).await?;
    let category = input.category.as_deref().unwrap_or(&case.report.category);
    let category = register.category(category).filter(|known| known.kind == case.report.kind);
    let mut problems = rules::optional("note", input.note.as_deref());
    problems
        .extend(rules::shown_problems("publicDescription", input.public_description.as_deref()));
    if input.location.is_some() {
        let place = input.location.as_ref();
        problems.extend(rules::location_problems("location", place, case.report.kind));
    }
    let Some(category) = category else {
        let message =
            Message::new("unknown-category").with("code", input.category.unwrap_or_default());
        return Err(Problem::at("category", ProblemCode::Unknown, message).into());
    };
    refuse(problems)?;
    set_right(&mut case.report, desk, category, &input)?;
    let report = &case.report;
    let asked = RoutingQuestion {
        category: category.code.clone(),
        district: report.district,
        land_manager: report.land_manager.clone(),
    };
    case.report.routing = routing::decide(tx, &desk.routing, category, asked, tx.now()).await?;
    hide_photos(tx, &case.report, &input.hidden_photos).await?;
    case.settle(tx, actor, Step::Verify, stage, noted(input.note)).await
}

fn set_right(
    report: &mut Report,
    desk: &Desk,
    category: &Category,
    input: &VerifyReportInput,
) -> Result<()> {
    if report.category != category.code {
        report.expected_by = rules::due_on(report.received_at, Some(category));
        report.category = category.code.clone();
        report.category_group = category.group().to_owned();
    }
    if input.location.is_some() {
        let place = places::find(desk, "location", input.location.as_ref())?;
        report.latitude = place.latitude;
        report.longitude = place.longitude;
        report.address = place.address;
        report.district = place.district;
        report.land_manager = place.land_manager;
    }
    report.sensitive = input.sensitive;
    let masked = || Some(personal::masked(&report.description, Lang::Pl));
    let shown = input.public_description.as_deref().map(texts::tidied).or_else(masked);
    report.public_description = shown.filter(|shown| *shown != report.description);
    Ok(())
}

async fn hide_photos(tx: &Tx, report: &Report, places: &[i32]) -> Result<()> {
    if !places.is_empty() {
        photo::Entity::update_many()
            .col_expr(photo::Column::Hidden, Expr::value(true))
            .filter(photo::Column::ReportId.eq(report.id))
            .filter(photo::Column::Position.is_in(places.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Joins a report to another, which its author follows from now on. Errors: as `verify`; `Unknown`
/// for another that cannot go on for it.
pub async fn merge(tx: &Tx, actor: &Actor, input: MergeReportInput) -> Result<Report> {
    let mut case = Case::open(tx, actor, &input.id, input.expected_version).await?;
    let stage = case.may(actor, Step::Merge)?;
    refuse(rules::optional("note", input.note.as_deref()))?;
    let unknown = || Problem::at("duplicateOf", ProblemCode::Unknown, "no-such-original");
    let original = match read::by_global(tx, actor, &input.duplicate_of).await {
        Ok(original) => original,
        Err(Error::NotFound) => return Err(unknown().into()),
        Err(error) => return Err(error),
    };
    let fits = original.id != case.report.id
        && original.kind == case.report.kind
        && original.stage.counts();
    if !fits {
        return Err(unknown().into());
    }
    case.report.duplicate_of = Some(original.id);
    if let Some(account) = case.report.account.clone() {
        residents::follow(tx, &original, &account).await?;
    }
    case.settle(tx, actor, Step::Merge, stage, noted(input.note)).await
}

/// Refuses spam or abuse. Errors: as `verify`.
pub async fn reject(tx: &Tx, actor: &Actor, input: ReportReasonInput) -> Result<Report> {
    let case = Case::open(tx, actor, &input.id, input.expected_version).await?;
    let stage = case.may(actor, Step::Reject)?;
    refuse(rules::needed("reason", &input.reason, rules::TEXT_CHARS_MAX))?;
    let said = Said { text: Some(input.reason), ..Said::default() };
    case.settle(tx, actor, Step::Reject, stage, said).await
}

/// Gives a report to units, or to further ones. Errors: as `verify`; `Unknown` for a unit that there is
/// not, `Taken` for one that has it.
pub async fn forward(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    input: ForwardReportInput,
) -> Result<Report> {
    let mut case = Case::open(tx, actor, &input.id, input.expected_version).await?;
    let stage = case.may(actor, Step::Forward)?;
    let units = input.units.unwrap_or_else(|| case.report.routing.units.clone());
    let mut problems = rules::optional("note", input.note.as_deref());
    problems.extend(rules::units_problems(
        &units,
        &units::known_codes(tx).await?,
        &case.assignments,
    ));
    refuse(problems)?;
    let register = desk.register(tx).await?;
    let category = register.category(&case.report.category);
    for unit in &units {
        let mut assignment = Assignment {
            id: AssignmentId(ids::new(tx.now())),
            report_id: case.report.id,
            round: case.report.reopened,
            unit: unit.clone(),
            assignee: None,
            stage: AssignmentStage::Sent,
            outcome: None,
            public_answer: None,
            internal_answer: None,
            reason: None,
            review_on: None,
            suggested_unit: None,
            sent_at: tx.now(),
            due_on: rules::due_on(tx.now(), category),
            answered_at: None,
            escalation: 0,
            escalates_at: None,
        };
        assignment.escalates_at = rules::escalation(&assignment, tx.now()).1;
        case::add(tx, &assignment).await?;
        case.assignments.push(assignment);
    }
    let said = Said { note: input.note, unit: Some(units.join(", ")), text: None };
    case.settle(tx, actor, Step::Forward, stage, said).await
}

/// Says that the person who filed it was told of the answer. Errors: as `verify`.
pub async fn close(tx: &Tx, actor: &Actor, input: ReportStepInput) -> Result<Report> {
    let mut case = Case::open(tx, actor, &input.id, input.expected_version).await?;
    let stage = case.may(actor, Step::Close)?;
    refuse(rules::optional("note", input.note.as_deref()))?;
    case.report.closed_at = Some(tx.now());
    case.settle(tx, actor, Step::Close, stage, noted(input.note)).await
}

pub(super) fn noted(note: Option<String>) -> Said {
    Said { note, ..Said::default() }
}
