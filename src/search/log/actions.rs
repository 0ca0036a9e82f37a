//! What can be done with the log: writing, and forgetting.

use std::time::Duration;

use chrono::{DateTime, Utc};
use kontakt_index::Index;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Set,
    sea_query::OnConflict,
};
use tokio::time::sleep;
use uuid::Uuid;

use crate::{
    db::Tx,
    error::{Problem, ProblemCode, Result},
    ids::{self, NodeKind},
    search::log::{
        entity::{Asked, Click, RecordSearchClickInput, entry},
        queue::{BATCH_MS, Log},
        rules,
    },
    words,
    words::Message,
};

/// The last place of a hit that can be named.
const RANK_MAX: i32 = 10_000;
/// Rows that are forgotten in one write.
const FORGOTTEN_MAX: u64 = 5_000;

/// Notes which hit was opened; of one search the first counts. Errors: `Invalid` (`Unknown` for a
/// search that is not in the log).
pub async fn record_click(
    log: &Log,
    now: DateTime<Utc>,
    input: RecordSearchClickInput,
) -> Result<()> {
    if !(1..=RANK_MAX).contains(&input.rank) {
        let message = Message::new("bad-rank").with("max", RANK_MAX);
        return Err(Problem::at("rank", ProblemCode::Invalid, message).into());
    }
    let unknown = |field| Problem::at(field, ProblemCode::Unknown, "not-found");
    let subject = match &input.id {
        None => None,
        Some(id) => match ids::parse_global(id) {
            Some((NodeKind::ServiceCard | NodeKind::Article, key)) => Some(key),
            _ => return Err(unknown("id").into()),
        },
    };
    let search = Uuid::parse_str(&input.search_id).map_err(|_| unknown("searchId"))?;
    let click = Click { search, rank: input.rank, subject };
    if log.click(click.clone()).await? {
        return Ok(());
    }
    // Another node may be about to write the search.
    if is_fresh(search, now) {
        sleep(Duration::from_millis(BATCH_MS)).await;
        if log.click(click).await? {
            return Ok(());
        }
    }
    Err(unknown("searchId").into())
}

/// Whether a search is so young that it may wait to be written.
fn is_fresh(search: Uuid, now: DateTime<Utc>) -> bool {
    let Some((seconds, nanos)) = search.get_timestamp().map(|made| made.to_unix()) else {
        return false;
    };
    let made = i64::try_from(seconds).ok().and_then(|s| DateTime::from_timestamp(s, nanos));
    made.is_some_and(|made| (now - made).num_milliseconds().unsigned_abs() <= 2 * BATCH_MS)
}

/// Writes searches, then clicks in their order; whether the search of each click is known.
pub async fn write(
    tx: &Tx,
    index: &Index,
    searches: &[Asked],
    clicks: &[Click],
) -> Result<Vec<bool>> {
    if !searches.is_empty() {
        let rows = searches.iter().map(|asked| row(index, asked));
        // A batch whose outcome was not known is written again.
        let once = OnConflict::column(entry::Column::Id).do_nothing().to_owned();
        entry::Entity::insert_many(rows).on_conflict(once).exec_without_returning(tx).await?;
    }
    let mut known = Vec::with_capacity(clicks.len());
    for click in clicks {
        known.push(write_click(tx, click).await?);
    }
    Ok(known)
}

async fn write_click(tx: &Tx, click: &Click) -> Result<bool> {
    let clicked = entry::ActiveModel {
        clicked_rank: Set(Some(click.rank)),
        clicked_id: Set(click.subject),
        ..Default::default()
    };
    let first = entry::Entity::update_many()
        .set(clicked)
        .filter(entry::Column::Id.eq(click.search))
        .filter(entry::Column::ClickedRank.is_null())
        .exec(tx)
        .await?;
    Ok(first.rows_affected > 0 || entry::Entity::find_by_id(click.search).one(tx).await?.is_some())
}

fn row(index: &Index, asked: &Asked) -> entry::ActiveModel {
    let words = rules::normalised(&asked.words);
    entry::ActiveModel {
        id: Set(asked.id),
        at: Set(asked.at),
        session_kind: Set(asked.session_kind),
        lang: Set(words::tag(asked.lang).to_owned()),
        topic: Set(index.topic(&words)),
        words: Set(words),
        hits: Set(asked.hits),
        clicked_rank: Set(None),
        clicked_id: Set(None),
        previous_id: Set(asked.previous),
    }
}

/// Whether the log reaches further back than an instant.
pub async fn anything_before(db: &impl ConnectionTrait, end: DateTime<Utc>) -> Result<bool> {
    Ok(entry::Entity::find().filter(entry::Column::At.lt(end)).one(db).await?.is_some())
}

/// Forgets searches before an instant, some in one write. Run by the sweep until there are none.
pub async fn forget_before(tx: &Tx, end: DateTime<Utc>) -> Result<u64> {
    let some = entry::Entity::find()
        .select_only()
        .column(entry::Column::Id)
        .filter(entry::Column::At.lt(end))
        .limit(FORGOTTEN_MAX)
        .into_query();
    let forgotten = entry::Entity::delete_many().filter(entry::Column::Id.in_subquery(some));
    Ok(forgotten.exec(tx).await?.rows_affected)
}
