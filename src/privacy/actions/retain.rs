//! What is kept too long is found and deleted, a batch in each write.

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, Query},
};

use crate::{
    actor::Actor,
    config::Config,
    db::{Tx, facts},
    error::Result,
    notifications,
    privacy::{
        actions::log,
        entity::ErasureReason,
        rules::{self, Class, Lies},
    },
    reports::{self, Outdated, ReportId},
};

/// The fact that names the day for which was deleted last.
const DONE: &str = "retention-day";
/// Reports whose data is deleted in one write.
const BATCH: u64 = 100;
/// Under this lock of PostgreSQL one node deletes, so that the log tells of nothing twice.
const DELETING: i64 = 0x4b4f_4e54_0013;

/// The day for which is to be deleted now; `None` when it was done, or is not night yet.
pub async fn night(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Option<String>> {
    Ok(rules::night(now, facts::get(db, DONE).await?.as_deref()))
}

/// Notes that it was done for a day.
pub async fn night_is_over(tx: &Tx, day: &str) -> Result<()> {
    Ok(facts::set(tx, DONE, day).await?)
}

/// Deletes some of what is over of a class, and writes that down; gives of how many reports. What other
/// jobs delete is left to them.
pub async fn delete_some(tx: &Tx, config: &Config, class: &Class) -> Result<u64> {
    tx.exclusive(DELETING).await?;
    let end = class.end(config, tx.now());
    let over: Vec<(ReportId, String)> = match class.lies {
        Lies::Contacts => reports::outdated(tx, Outdated::Contacts, end, BATCH).await?,
        Lies::Texts => reports::outdated(tx, Outdated::Texts, end, BATCH).await?,
        Lies::Followers => {
            let ids = notifications::outdated_followers(tx, end, BATCH).await?;
            reports::numbers_of(tx, &ids).await?
        }
        Lies::Rows(..) | Lies::Kept(..) => Vec::new(),
    };
    if over.is_empty() {
        return Ok(0);
    }
    let (ids, numbers): (Vec<ReportId>, Vec<String>) = over.into_iter().unzip();
    let count = match class.lies {
        Lies::Texts => {
            reports::erase_texts(tx, &ids).await?;
            reports::tell_erased(tx, &Actor::System, &ids);
            ids.len() as u64
        }
        Lies::Contacts => {
            notifications::forget_followers(tx, &ids).await?;
            reports::forget_contacts(tx, &ids).await?
        }
        _ => notifications::forget_followers(tx, &ids).await?,
    };
    log::note(tx, &Actor::System, class.code, count, ErasureReason::Retention, numbers).await?;
    Ok(ids.len() as u64)
}

/// How much of a class is over, and since when there is anything of it.
pub async fn count_over(
    db: &impl ConnectionTrait,
    config: &Config,
    class: &Class,
    now: DateTime<Utc>,
) -> Result<(u64, Option<DateTime<Utc>>)> {
    let end = class.end(config, now);
    match class.lies {
        Lies::Contacts => reports::count_outdated(db, Outdated::Contacts, end).await,
        Lies::Texts => reports::count_outdated(db, Outdated::Texts, end).await,
        Lies::Followers => {
            let all = notifications::outdated_followers(db, end, u32::MAX.into()).await?;
            Ok((all.len() as u64, None))
        }
        Lies::Rows(table, column) | Lies::Kept(table, column) => {
            count_rows(db, table, column, end).await
        }
    }
}

#[derive(FromQueryResult)]
struct Counted {
    count: i64,
    oldest: Option<DateTime<Utc>>,
}

async fn count_rows(
    db: &impl ConnectionTrait,
    table: &'static str,
    column: &'static str,
    end: DateTime<Utc>,
) -> Result<(u64, Option<DateTime<Utc>>)> {
    let select = Query::select()
        .expr_as(Expr::col(column).count(), "count")
        .expr_as(Expr::col(column).min(), "oldest")
        .from(table)
        .and_where(Expr::col(column).lt(end))
        .to_owned();
    let found =
        Counted::find_by_statement(db.get_database_backend().build(&select)).one(db).await?;
    Ok(found
        .map_or((0, None), |found| (u64::try_from(found.count).unwrap_or_default(), found.oldest)))
}
