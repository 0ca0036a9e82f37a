//! The numbers that reports are given: no one twice, none left out.

use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

use crate::{
    db::Tx,
    error::{Error, Result},
};

/// The series in which all reports are counted. Whoever draws from it and from another draws from it
/// first, so that two writers never wait for each other.
pub const SEQ: &str = "seq";

/// Draws the next place among all reports and in a series; nobody else has it, and none is left out.
pub async fn next(tx: &Tx, series: &str) -> Result<(i64, i64)> {
    let backend = tx.get_database_backend();
    let marks = if backend == DbBackend::Postgres { ["$1", "$2"] } else { ["?", "?"] };
    let sql = format!(
        "INSERT INTO report_counters (series, last) VALUES ({}, 1), ({}, 1)
         ON CONFLICT (series) DO UPDATE SET last = report_counters.last + 1 RETURNING series, last",
        marks[0], marks[1]
    );
    // Always in this order, so that two writers never wait for each other.
    let values = [SEQ.into(), series.into()];
    let rows = tx.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    let last = |wanted: &str| -> Result<i64> {
        for row in &rows {
            if row.try_get::<String>("", "series")? == wanted {
                return Ok(row.try_get("", "last")?);
            }
        }
        Err(Error::internal("a counter gave nothing"))
    };
    Ok((last(SEQ)?, last(series)?))
}

/// Draws so many places of a series that follow each other; gives the first.
pub async fn draw(tx: &Tx, series: &str, count: i64) -> Result<i64> {
    let then = "report_counters.last + excluded.last";
    Ok(count_on(tx, series, count, then).await? - count + 1)
}

/// Makes a series go on behind a place that was given elsewhere.
pub async fn raise(tx: &Tx, series: &str, place: i64) -> Result<()> {
    let then = "CASE WHEN excluded.last > report_counters.last THEN excluded.last
                ELSE report_counters.last END";
    count_on(tx, series, place, then).await?;
    Ok(())
}

/// The last place of a series after it was counted on.
async fn count_on(tx: &Tx, series: &str, last: i64, then: &str) -> Result<i64> {
    let backend = tx.get_database_backend();
    let marks = if backend == DbBackend::Postgres { "$1, $2" } else { "?, ?" };
    let sql = format!(
        "INSERT INTO report_counters (series, last) VALUES ({marks})
         ON CONFLICT (series) DO UPDATE SET last = {then} RETURNING last"
    );
    let values: [Value; 2] = [series.into(), last.into()];
    let row = tx.query_one_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    let row = row.ok_or_else(|| Error::internal("a counter gave nothing"))?;
    Ok(row.try_get("", "last")?)
}
