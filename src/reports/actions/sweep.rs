//! What time alone does to reports: closes, looks again, brings up what is late.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    actor::Actor,
    db::Tx,
    error::Result,
    reports::{
        actions::{
            case::{self, Case},
            history::Said,
            read,
        },
        entity::{AssignmentStage, Report, Stage, Step, assignment, report},
        rules,
    },
};

/// Reports that are moved in one write.
const BATCH: u64 = 100;

/// Whether time has something to do.
pub async fn anything_waits(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool> {
    let report = report::Entity::find().filter(report::Column::WakesAt.lte(now)).one(db).await?;
    let late = assignment::Column::EscalatesAt.lte(now);
    Ok(report.is_some() || assignment::Entity::find().filter(late).one(db).await?.is_some())
}

/// Moves what waits, a batch of each; gives how many reports it were.
pub async fn wake(tx: &Tx) -> Result<usize> {
    let (actor, now) = (&Actor::System, tx.now());
    let reports = report::Entity::find()
        .filter(report::Column::WakesAt.lte(now))
        .order_by_asc(report::Column::WakesAt)
        .limit(BATCH)
        .all(tx)
        .await?;
    let assignments = assignment::Entity::find()
        .filter(assignment::Column::EscalatesAt.lte(now))
        .order_by_asc(assignment::Column::EscalatesAt)
        .limit(BATCH)
        .all(tx)
        .await?;
    let count = reports.len() + assignments.len();
    for report in reports {
        wake_report(tx, actor, report).await?;
    }
    for late in assignments {
        let mut case = Case::of(tx, read::by_key(tx, late.report_id).await?).await?;
        let Some(own) = case.assignments.iter_mut().find(|known| known.id == late.id) else {
            continue;
        };
        (own.escalation, own.escalates_at) = rules::escalation(own, now);
        case::keep(tx, own).await?;
        let said = Said { unit: Some(own.unit.clone()), ..Said::default() };
        case.write(tx, actor, Step::Escalate, said).await?;
    }
    Ok(count)
}

/// A report that waited for its author for too long ends; a final answer is closed; any other is looked
/// at again by the units whose day has come.
async fn wake_report(tx: &Tx, actor: &Actor, report: Report) -> Result<()> {
    let mut case = Case::of(tx, report).await?;
    let is_final = case.report.outcome.is_some_and(|outcome| outcome.is_final());
    let step = match case.report.stage {
        Stage::NeedsInfo => Step::Close,
        Stage::Answered if is_final => Step::Close,
        _ => Step::Resume,
    };
    let stage = case.may(actor, step)?;
    if step == Step::Close {
        case.report.closed_at = Some(tx.now());
        case.report.paused_at = None;
    } else {
        for open in case.assignments.iter_mut().filter(|a| a.outcome.is_some_and(|o| !o.is_final()))
        {
            open.stage = AssignmentStage::InHandling;
            open.review_on = None;
            case::keep(tx, open).await?;
        }
    }
    case.settle(tx, actor, step, stage, Said::default()).await?;
    Ok(())
}
