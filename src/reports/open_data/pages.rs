//! Reads all open data, a page at a time and in the order in which reports were taken in, so that the
//! memory for it does not grow with them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::{
    clock::local_day,
    error::Result,
    reports::{
        actions,
        entity::{
            AssignmentStage, Category, Channel, Outcome, ReportId, ReportKind, Stage, assignment,
            report,
        },
        open_data::Published,
    },
};

/// Reports of one page.
const PAGE_ROWS: u64 = 2_000;

/// Local days of receipt, both included.
#[derive(Clone, Copy, Debug, Default)]
pub struct Period {
    /// The first day; none: from the beginning.
    pub from: Option<NaiveDate>,
    /// The last day; none: to the end.
    pub to: Option<NaiveDate>,
}

/// How far the reading has come.
pub struct Pages {
    period: Period,
    categories: HashMap<String, Category>,
    after: i64,
}

impl Pages {
    /// Begins to read.
    pub async fn start(db: &impl ConnectionTrait, period: Period) -> Result<Self> {
        let categories = actions::categories(db).await?;
        let categories = categories.into_iter().map(|known| (known.code.clone(), known)).collect();
        Ok(Self { period, categories, after: 0 })
    }

    /// The next page; an empty one is the end.
    pub async fn next(&mut self, db: &impl ConnectionTrait) -> Result<Vec<Published>> {
        let mut query = report::Entity::find()
            .filter(report::Column::Public.eq(true))
            .filter(report::Column::Seq.gt(self.after));
        if let Some(from) = self.period.from {
            query = query.filter(report::Column::ReceivedOn.gte(from));
        }
        if let Some(to) = self.period.to {
            query = query.filter(report::Column::ReceivedOn.lte(to));
        }
        let query = query.order_by_asc(report::Column::Seq).limit(PAGE_ROWS);
        let rows = query.into_partial_model::<Row>().all(db).await?;
        let Some(last) = rows.last() else { return Ok(Vec::new()) };
        self.after = last.seq;
        let mut given = given_to(db, &rows).await?;
        let published = rows.into_iter().map(|row| {
            let given = given.remove(&row.id).unwrap_or_default();
            self.published(row, given)
        });
        Ok(published.collect())
    }

    fn published(&self, row: Row, given: Vec<Given>) -> Published {
        let this_round = || given.iter().filter(|one| one.round == row.reopened);
        let name = |category: &Category| category.name.clone();
        let answered_at = this_round().map(|one| one.answered_at).collect::<Option<Vec<_>>>();
        Published {
            category_name: self.categories.get(&row.category).map(name).unwrap_or_default(),
            units: this_round().map(|one| one.unit.clone()).collect(),
            answered_on: answered_at.and_then(|all| all.into_iter().max()).map(local_day),
            closed_on: row.closed_at.map(local_day),
            number: row.number,
            kind: row.kind,
            category: row.category,
            group: row.category_group,
            channel: row.channel,
            district: row.district,
            latitude: row.latitude,
            longitude: row.longitude,
            received_at: row.received_at,
            expected_by: row.expected_by,
            stage: row.stage,
            outcome: row.outcome,
            resolved_on: row.resolved_on,
            supports: row.supports,
        }
    }
}

/// The columns of a report that are looked at.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "report::Entity")]
struct Row {
    id: ReportId,
    seq: i64,
    number: String,
    kind: ReportKind,
    category: String,
    category_group: String,
    channel: Channel,
    district: Option<i32>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    received_at: DateTime<Utc>,
    expected_by: NaiveDate,
    stage: Stage,
    outcome: Option<Outcome>,
    resolved_on: Option<NaiveDate>,
    closed_at: Option<DateTime<Utc>>,
    supports: i32,
    reopened: i32,
}

/// The columns of an assignment that are looked at.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "assignment::Entity")]
struct Given {
    report_id: ReportId,
    round: i32,
    unit: String,
    answered_at: Option<DateTime<Utc>>,
}

async fn given_to(
    db: &impl ConnectionTrait,
    rows: &[Row],
) -> Result<HashMap<ReportId, Vec<Given>>> {
    let all = assignment::Entity::find()
        .filter(assignment::Column::ReportId.is_in(rows.iter().map(|row| row.id)))
        .filter(assignment::Column::Stage.ne(AssignmentStage::SentBack))
        .order_by_asc(assignment::Column::SentAt)
        .order_by_asc(assignment::Column::Unit)
        .into_partial_model::<Given>()
        .all(db)
        .await?;
    let mut given: HashMap<ReportId, Vec<Given>> = HashMap::new();
    for one in all {
        given.entry(one.report_id).or_default().push(one);
    }
    Ok(given)
}
