//! What of a report is searched and shown of a hit.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::{
    actor::Actor,
    error::Result,
    permissions::Permission,
    reports::{
        actions::{history, read},
        entity::{Assignment, Report, ReportId, TimelineEntry, report},
        rules::{self, Texts},
    },
};

/// A report with what its units do, and all that was written of it.
#[derive(Clone, Debug)]
pub struct Searched {
    /// The report.
    pub report: Report,
    /// Its assignments, first to last.
    pub assignments: Vec<Assignment>,
    /// Its texts, by who may read them.
    pub texts: Texts,
}

impl Searched {
    /// The texts that an actor who sees the report may read.
    pub fn readable(self, actor: &Actor) -> Vec<String> {
        let mut texts = self.texts.seen;
        if rules::reaches(actor, Permission::ReadReportContacts, &self.assignments) {
            texts.extend(self.texts.staff);
        }
        texts
    }
}

/// How many reports there are, whoever asks.
pub async fn count_all(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(report::Entity::find().count(db).await?)
}

/// The reports behind a place among all, in their order, whoever asks.
pub async fn searched_after(
    db: &impl ConnectionTrait,
    seq: i64,
    limit: u64,
) -> Result<Vec<Searched>> {
    let reports = report::Entity::find()
        .filter(report::Column::Seq.gt(seq))
        .order_by_asc(report::Column::Seq)
        .limit(limit)
        .all(db)
        .await?;
    with_texts(db, reports).await
}

/// The reports with these ids, in no order, whoever asks.
pub async fn searched_by_ids(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Searched>> {
    let reports = read::by_ids(db, &Actor::System, ids).await?;
    with_texts(db, reports).await
}

/// Reports with what stands around them.
pub async fn with_texts(db: &impl ConnectionTrait, reports: Vec<Report>) -> Result<Vec<Searched>> {
    let ids: Vec<ReportId> = reports.iter().map(|report| report.id).collect();
    let mut assignments = history::assignments(db, &ids).await?;
    let mut said = history::said(db, &ids).await?;
    let whole = reports.into_iter().map(|report| {
        let assignments = assignments.remove(&report.id).unwrap_or_default();
        let said: Vec<TimelineEntry> = said.remove(&report.id).unwrap_or_default();
        let texts = rules::texts(&report, &assignments, &said);
        Searched { report, assignments, texts }
    });
    Ok(whole.collect())
}
