//! Writes a batch of reports: few statements with many rows each, one event.

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::{
    ActiveModelTrait, ActiveValue, ConnectionTrait, DbBackend, EntityTrait, IdenStatic,
    IntoActiveModel, Iterable, Statement,
};

use super::{Field, Incoming, there::There};
use crate::{
    actor::Actor,
    db::Tx,
    error::Result,
    events::{Event, Kind, Subject},
    reports::{
        actions,
        entity::{assignment, report, timeline},
        rules,
    },
};

/// Values of one statement: below the limits of SQLite (32,766) and PostgreSQL (65,535).
const VALUES_MAX: usize = 16_000;
/// An event lists the reports of a smaller batch; a larger one is to be read anew by its followers.
const EVENT_IDS_MAX: usize = 500;

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The report is new.
    Created,
    /// It was there already, and nothing was touched.
    Unchanged,
    /// It was there already, nothing was touched, and these fields of the row say something else.
    Differing(Vec<Field>),
    /// It was not written.
    Rejected(String),
}

/// Writes the reports of a batch that are not there yet; gives the fate of each, in their order.
/// Whoever opens the write holds the lock of imports.
pub async fn import(tx: &Tx, actor: &Actor, batch: Vec<Incoming>) -> Result<Vec<Fate>> {
    let mut there = There::look(tx, &batch).await?;
    let fates: Vec<Fate> = batch.iter().map(|incoming| there.fate(incoming)).collect();
    let is_new = |(incoming, fate)| (fate == &Fate::Created).then_some(incoming);
    let mut fresh: Vec<Incoming> = batch.into_iter().zip(&fates).filter_map(is_new).collect();
    if fresh.is_empty() {
        return Ok(fates);
    }
    give_numbers(tx, &mut fresh).await?;
    let ids: Vec<_> = fresh.iter().map(|incoming| incoming.report.id.0).collect();
    let (mut reports, mut assignments, mut timelines) = (Vec::new(), Vec::new(), Vec::new());
    for incoming in fresh {
        reports.push(incoming.report);
        assignments.extend(incoming.assignments);
        timelines.extend(incoming.timeline);
    }
    insert::<report::Entity>(tx, reports).await?;
    insert::<assignment::Entity>(tx, assignments).await?;
    insert::<timeline::Entity>(tx, timelines).await?;
    let ids = if ids.len() <= EVENT_IDS_MAX { ids } else { Vec::new() };
    tx.emit(actor, Event { kind: Kind::Imported, subject: Subject::Report, ids });
    Ok(fates)
}

/// Gives every report its place among all, and those without a number the next of their series.
async fn give_numbers(tx: &Tx, fresh: &mut [Incoming]) -> Result<()> {
    // In the order of their names, so that two writers never wait for each other; the series of all
    // comes first, as when a report is filed.
    let mut drawn: BTreeMap<String, i64> = BTreeMap::new();
    let mut given: BTreeMap<String, i64> = BTreeMap::new();
    for incoming in fresh.iter() {
        let series = rules::series(incoming.report.kind, incoming.report.received_at);
        match incoming.place {
            Some(place) => {
                let last = given.entry(series).or_default();
                *last = place.max(*last);
            }
            None => *drawn.entry(series).or_default() += 1,
        }
    }
    let mut seq = actions::draw(tx, actions::SEQ, fresh.len() as i64).await?;
    let series: HashSet<&String> = drawn.keys().chain(given.keys()).collect();
    let mut series: Vec<String> = series.into_iter().cloned().collect();
    series.sort();
    let mut next: HashMap<String, i64> = HashMap::new();
    for name in series {
        if let Some(last) = given.get(&name) {
            actions::raise(tx, &name, *last).await?;
        }
        if let Some(count) = drawn.get(&name) {
            next.insert(name.clone(), actions::draw(tx, &name, *count).await?);
        }
    }
    for incoming in fresh {
        incoming.report.seq = seq;
        seq += 1;
        if incoming.place.is_none() {
            let series = rules::series(incoming.report.kind, incoming.report.received_at);
            let place = next.entry(series.clone()).or_insert(1);
            incoming.report.number = rules::number(&series, *place);
            *place += 1;
        }
    }
    Ok(())
}

/// Inserts rows, many with one statement: five times as fast as the statements that are built of
/// expressions.
pub async fn insert<E: EntityTrait>(tx: &Tx, rows: Vec<E::Model>) -> Result<()>
where
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let columns: Vec<E::Column> = E::Column::iter().collect();
    let rows_max = VALUES_MAX / columns.len();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut values = Vec::with_capacity(VALUES_MAX);
        let mut count = 0;
        for row in rows.by_ref().take(rows_max) {
            let mut row = row.into_active_model();
            count += 1;
            for column in &columns {
                if let ActiveValue::Set(value) | ActiveValue::Unchanged(value) = row.take(*column) {
                    values.push(value);
                }
            }
        }
        let backend = tx.get_database_backend();
        let sql = insert_sql::<E>(backend, &columns, count);
        tx.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}

fn insert_sql<E: EntityTrait>(backend: DbBackend, columns: &[E::Column], rows: usize) -> String {
    let names: Vec<&str> = columns.iter().map(IdenStatic::as_str).collect();
    let table = E::default();
    let mut sql = format!("INSERT INTO {} ({}) VALUES ", table.table_name(), names.join(", "));
    for row in 0..rows {
        let marks = (0..names.len()).map(|column| match backend {
            DbBackend::Postgres => format!("${}", row * names.len() + column + 1),
            _ => "?".to_owned(),
        });
        sql += if row == 0 { "(" } else { ", (" };
        sql += &marks.collect::<Vec<_>>().join(", ");
        sql.push(')');
    }
    sql
}
