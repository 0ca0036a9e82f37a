//! The history of a report, to which is only ever added, and its photos.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, Set};

use crate::{
    actor::Actor,
    db::Tx,
    error::Result,
    files::StoredPhoto,
    reports::entity::{
        Assignment, Photo, Report, ReportId, Step, TimelineEntry, assignment, photo, timeline,
    },
};

/// What was said with a step.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// What those may read that the rules name for the step.
    pub text: Option<String>,
    /// What only staff reads.
    pub note: Option<String>,
    /// The unit that the step is about.
    pub unit: Option<String>,
}

/// Adds a step to the history. A report has one entry for each of its revisions.
pub async fn add(tx: &Tx, actor: &Actor, report: &Report, step: Step, said: Said) -> Result<()> {
    let row = timeline::ActiveModel {
        report_id: Set(report.id),
        position: Set(report.revision),
        at: Set(tx.now()),
        step: Set(step),
        stage: Set(report.stage),
        outcome: Set(report.outcome),
        unit: Set(said.unit),
        actor: Set(actor.handle().to_owned()),
        text: Set(said.text),
        note: Set(said.note),
    };
    timeline::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Adds photos behind the `count` that are there.
pub async fn add_photos(
    tx: &Tx,
    report: ReportId,
    count: usize,
    photos: Vec<StoredPhoto>,
) -> Result<()> {
    if photos.is_empty() {
        return Ok(());
    }
    let rows = (1 + count as i32..).zip(photos).map(|(position, stored)| photo::ActiveModel {
        report_id: Set(report),
        position: Set(position),
        file: Set(stored.file),
        thumbnail: Set(stored.thumbnail),
        width: Set(stored.width),
        height: Set(stored.height),
        bytes: Set(stored.bytes),
        hidden: Set(false),
        at: Set(tx.now()),
    });
    photo::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// The histories of reports, each from the beginning.
pub async fn timelines(
    db: &impl ConnectionTrait,
    reports: &[ReportId],
) -> Result<HashMap<ReportId, Vec<TimelineEntry>>> {
    let rows = timeline::Entity::find()
        .filter(timeline::Column::ReportId.is_in(reports.iter().copied()))
        .order_by_asc(timeline::Column::ReportId)
        .order_by_asc(timeline::Column::Position)
        .all(db)
        .await?;
    Ok(grouped(rows, |row| row.report_id))
}

/// The entries of the histories of reports in which something was said or noted.
pub(super) async fn said(
    db: &impl ConnectionTrait,
    reports: &[ReportId],
) -> Result<HashMap<ReportId, Vec<TimelineEntry>>> {
    let words = timeline::Column::Text.is_not_null().or(timeline::Column::Note.is_not_null());
    let rows = timeline::Entity::find()
        .filter(timeline::Column::ReportId.is_in(reports.iter().copied()))
        .filter(words)
        .order_by_asc(timeline::Column::ReportId)
        .order_by_asc(timeline::Column::Position)
        .all(db)
        .await?;
    Ok(grouped(rows, |row| row.report_id))
}

/// The assignments of reports, each from the first on; those of earlier rounds too.
pub async fn assignments(
    db: &impl ConnectionTrait,
    reports: &[ReportId],
) -> Result<HashMap<ReportId, Vec<Assignment>>> {
    let rows = assignment::Entity::find()
        .filter(assignment::Column::ReportId.is_in(reports.iter().copied()))
        .order_by_asc(assignment::Column::Id)
        .all(db)
        .await?;
    Ok(grouped(rows, |row| row.report_id))
}

/// The photos of reports in their order, hidden ones too.
pub async fn photos(
    db: &impl ConnectionTrait,
    reports: &[ReportId],
) -> Result<HashMap<ReportId, Vec<Photo>>> {
    let rows = photo::Entity::find()
        .filter(photo::Column::ReportId.is_in(reports.iter().copied()))
        .order_by_asc(photo::Column::ReportId)
        .order_by_asc(photo::Column::Position)
        .all(db)
        .await?;
    Ok(grouped(rows, |row| row.report_id))
}

/// Rows by the reports that they belong to.
pub(super) fn grouped<R>(rows: Vec<R>, key: impl Fn(&R) -> ReportId) -> HashMap<ReportId, Vec<R>> {
    let mut groups: HashMap<ReportId, Vec<R>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}
