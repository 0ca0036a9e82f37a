//! Reports that a body outside the city has: it sees one by a secret token, and may answer once.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::{
    actor::Actor,
    db::Tx,
    error::{Error, Problem, ProblemCode, Result, refuse},
    ids,
    reports::{
        actions::{
            case::Case,
            handling::message,
            history::{Said, grouped},
            read,
        },
        desk::Desk,
        entity::{
            AnswerExternalInput, External, ExternalId, Report, ReportId, ReportMessageInput,
            SendReportOutsideInput, Step, external,
        },
        rules,
    },
    texts,
};

/// Passes a report to a body outside the city, which gets a token. Errors: `NotFound`, `Forbidden`,
/// `Invalid` per field (`Conflict` when its stage does not allow it, or it has changed).
pub async fn send_outside(
    tx: &Tx,
    actor: &Actor,
    input: SendReportOutsideInput,
) -> Result<(Report, External)> {
    let mut case = Case::open(tx, actor, &input.id, input.expected_version).await?;
    let stage = case.may(actor, Step::SendOutside)?;
    refuse(rules::external_problems(&input))?;
    let unit = case.own(actor)?.unit.clone();
    let external = External {
        id: ExternalId(ids::new(tx.now())),
        report_id: case.report.id,
        unit: unit.clone(),
        body: texts::tidied(&input.body),
        sent_at: tx.now(),
        expires_at: tx.now() + Duration::days(rules::EXTERNAL_DAYS),
        answered_at: None,
        taken_back_at: None,
    };
    let row = external::ActiveModel::from(external.clone());
    external::Entity::insert(row).exec_without_returning(tx).await?;
    let said = Said { text: Some(input.message), note: input.note, unit: Some(unit) };
    let report = case.settle(tx, actor, Step::SendOutside, stage, said).await?;
    Ok((report, external))
}

/// Notes what the body has answered on another way, or takes the report back: its token opens nothing
/// any more. Errors: as `send_outside`.
pub async fn return_from_outside(
    tx: &Tx,
    actor: &Actor,
    input: ReportMessageInput,
) -> Result<Report> {
    let mut case = Case::open(tx, actor, &input.id, input.expected_version).await?;
    let stage = case.may(actor, Step::ReturnFromOutside)?;
    let said = message(&mut case, actor, input)?;
    let taken_back =
        external::ActiveModel { taken_back_at: Set(Some(tx.now())), ..Default::default() };
    external::Entity::update_many()
        .set(taken_back)
        .filter(external::Column::ReportId.eq(case.report.id))
        .filter(external::Column::AnsweredAt.is_null())
        .filter(external::Column::TakenBackAt.is_null())
        .exec(tx)
        .await?;
    case.settle(tx, actor, Step::ReturnFromOutside, stage, said).await
}

/// Answers for the body that holds a token. Staff reads the answer as a note and tells the resident:
/// nobody has looked at these words yet. Errors: `NotFound` for a token that opens nothing, `Invalid`
/// for the text, `Conflict` the second time.
pub async fn answer_external(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    input: AnswerExternalInput,
) -> Result<(Report, External)> {
    let found = given_out(tx, desk, &input.token).await?;
    if found.answered_at.is_some() {
        return Err(Problem::at("token", ProblemCode::Conflict, "external-answered").into());
    }
    if !rules::is_open(&found, tx.now()) {
        return Err(Error::NotFound);
    }
    refuse(rules::needed("text", &input.text, rules::TEXT_CHARS_MAX))?;
    let case = Case::of(tx, read::by_key(tx, found.report_id).await?).await?;
    let step = rules::step(case.report.stage, Step::ReturnFromOutside);
    let (stage, _) = step.ok_or(Error::NotFound)?;
    let answered = external::ActiveModel {
        id: Set(found.id),
        answered_at: Set(Some(tx.now())),
        ..Default::default()
    };
    external::Entity::update(answered).exec(tx).await?;
    let note = format!("{}: {}", found.body, input.text);
    let said = Said { text: None, note: Some(note), unit: Some(found.unit.clone()) };
    let report = case.settle(tx, actor, Step::ReturnFromOutside, stage, said).await?;
    Ok((report, External { answered_at: Some(tx.now()), ..found }))
}

/// What a token opens, with its report, whoever asks. Errors: `NotFound`.
pub async fn by_token(
    db: &impl ConnectionTrait,
    desk: &Desk,
    token: &str,
    now: DateTime<Utc>,
) -> Result<(Report, External)> {
    let found = given_out(db, desk, token).await?;
    if !rules::is_open(&found, now) {
        return Err(Error::NotFound);
    }
    Ok((read::by_key(db, found.report_id).await?, found))
}

async fn given_out(db: &impl ConnectionTrait, desk: &Desk, token: &str) -> Result<External> {
    let id = desk.external(token).ok_or(Error::NotFound)?;
    external::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// To which bodies reports were sent, each from the first on.
pub async fn external_assignments(
    db: &impl ConnectionTrait,
    reports: &[ReportId],
) -> Result<HashMap<ReportId, Vec<External>>> {
    let rows = external::Entity::find()
        .filter(external::Column::ReportId.is_in(reports.iter().copied()))
        .order_by_asc(external::Column::Id)
        .all(db)
        .await?;
    Ok(grouped(rows, |row| row.report_id))
}
