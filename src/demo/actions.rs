//! Loads the made-up reports.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::{
    actor::Actor,
    db::{Db, Tx},
    demo::{
        plan::{Planned, plan},
        rows::{EXTERNAL, Rows, rows},
    },
    error::{Error, Result},
    events::{Event, Kind, Subject},
    progress::Progress,
    reports::{self, Category, assignment, importing::insert, report, timeline},
};

/// Reports of one write.
const BATCH: usize = 500;

/// What became of loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demo {
    /// So many reports were added.
    Added(usize),
    /// All of them were there.
    There,
    /// Nothing was done, because other reports are there.
    Refused,
}

/// Loads the reports behind the figures of 2025 into a database with the built-in content. What was
/// interrupted goes on where it ended; a database with other reports is left as it is.
pub async fn load(db: &Db) -> Result<Demo> {
    let plan = plan();
    let total = report::Entity::find().count(db.reader()).await? as usize;
    let made_up = report::Column::ExternalId.starts_with(EXTERNAL);
    let known = report::Entity::find().filter(made_up).count(db.reader()).await? as usize;
    if known < total || known > plan.len() {
        return Ok(Demo::Refused);
    }
    if known == plan.len() {
        return Ok(Demo::There);
    }
    let categories = reports::categories(db.reader()).await?.into_iter();
    let categories: HashMap<String, Category> =
        categories.map(|known| (known.code.clone(), known)).collect();
    let mut progress = Progress::start("loading made-up reports", (plan.len() - known) as u64);
    for (batch, some) in plan[known..].chunks(BATCH).enumerate() {
        let first = known + batch * BATCH + 1;
        let rows = rows_of(some, first, &categories)?;
        db.write(async |tx| add(tx, rows).await).await?;
        progress.add(some.len() as u64);
    }
    Ok(Demo::Added(plan.len() - known))
}

fn rows_of(
    some: &[Planned],
    first: usize,
    categories: &HashMap<String, Category>,
) -> Result<Vec<Rows>> {
    let rows = |(place, planned): (usize, &Planned)| {
        let category = categories.get(planned.category);
        let missing = || Error::internal(format!("there is no category {}", planned.category));
        rows(planned, place, category.ok_or_else(missing)?)
    };
    (first..).zip(some).map(rows).collect()
}

/// Adds a batch, with numbers as every other report has them, and tells of it without naming each.
async fn add(tx: &Tx, mut batch: Vec<Rows>) -> Result<()> {
    let mut series: BTreeMap<String, Vec<&mut reports::Report>> = BTreeMap::new();
    let mut seq = reports::draw(tx, reports::SEQ, batch.len() as i64).await?;
    for rows in &mut batch {
        rows.report.seq = seq;
        seq += 1;
        let own = reports::series(rows.report.kind, rows.report.received_at);
        series.entry(own).or_default().push(&mut rows.report);
    }
    for (name, of_series) in series {
        let first = reports::draw(tx, &name, of_series.len() as i64).await?;
        for (place, report) in (first..).zip(of_series) {
            report.number = reports::number(&name, place);
        }
    }
    let mut timelines = Vec::new();
    let (mut all, mut assignments) = (Vec::new(), Vec::new());
    for Rows { report, assignment, timeline } in batch {
        all.push(report);
        assignments.push(assignment);
        timelines.extend(timeline);
    }
    insert::<report::Entity>(tx, all).await?;
    insert::<assignment::Entity>(tx, assignments).await?;
    insert::<timeline::Entity>(tx, timelines).await?;
    tx.emit(&Actor::System, Event { kind: Kind::Imported, subject: Subject::Report, ids: vec![] });
    Ok(())
}
