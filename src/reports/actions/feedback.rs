//! What residents say of answers.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::{
    db::Tx,
    error::{Problem, ProblemCode, Result},
    reports::{
        actions::history::grouped,
        entity::{Feedback, FeedbackReasons, GiveReportFeedbackInput, Report, ReportId, feedback},
    },
};

/// Keeps one; a second one for the same closing is refused as `Taken`.
pub async fn add(tx: &Tx, report: &Report, input: &GiveReportFeedbackInput) -> Result<()> {
    let row = feedback::ActiveModel {
        report_id: Set(report.id),
        round: Set(report.reopened),
        satisfied: Set(input.satisfied),
        reasons: Set(FeedbackReasons(input.reasons.clone())),
        text: Set(input.text.clone()),
        allows_contact: Set(input.allows_contact),
        at: Set(tx.now()),
    };
    let known = feedback::Entity::find_by_id((report.id, report.reopened)).one(tx).await?;
    if known.is_some() {
        return Err(Problem::at("report", ProblemCode::Taken, "rated-already").into());
    }
    feedback::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// What was said of reports, each first to last.
pub async fn of_all(
    db: &impl ConnectionTrait,
    reports: &[ReportId],
) -> Result<HashMap<ReportId, Vec<Feedback>>> {
    let rows = feedback::Entity::find()
        .filter(feedback::Column::ReportId.is_in(reports.iter().copied()))
        .order_by_asc(feedback::Column::Round)
        .all(db)
        .await?;
    Ok(grouped(rows, |row| row.report_id))
}

/// What was said of a report, first to last.
pub async fn all(db: &impl ConnectionTrait, report: ReportId) -> Result<Vec<Feedback>> {
    Ok(feedback::Entity::find()
        .filter(feedback::Column::ReportId.eq(report))
        .order_by_asc(feedback::Column::Round)
        .all(db)
        .await?)
}
