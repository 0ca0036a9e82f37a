//! How gaps are gathered from the search log: topics that were asked in vain often enough, near ones
//! together. Everything is counted anew from the log, so gathering twice does no harm.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, EntityTrait, QueryOrder, QueryResult, QuerySelect, Set,
    Statement, Value,
};

use crate::{
    actor::Actor,
    db::{Tx, facts},
    error::Result,
    ids,
    search::{
        gaps::{
            actions::{happened, step},
            entity::{Gap, GapId, GapState, Wording, Wordings, gap, gap_topic},
            rules::{self, TIMES_MIN},
        },
        log::{IN_VAIN, WORDING_TIMES_MIN},
    },
};

/// The fact that holds up to which instant the log was looked at.
const GATHERED: &str = "gaps-gathered";
/// The log is looked at this often.
const EVERY_MINUTES: i64 = 60;
/// A search is looked at after this time: until then its reader may open a hit or ask again.
const SETTLED_MINUTES: i64 = 30;
/// Topics in one write.
const TOPICS_MAX: usize = 50;
/// Wordings of a gap that are kept.
const WORDINGS_MAX: usize = 5;
/// Gaps that a new topic is held against.
const GAPS_MAX: u64 = 10_000;
/// Nodes that gather at once take turns.
const GATHERING: i64 = 0x4b4f_4e54_0005;

/// The searches that are looked at.
#[derive(Clone, Copy, Debug)]
pub struct GapWindow {
    since: DateTime<Utc>,
    until: DateTime<Utc>,
}

/// What is to be looked at; nothing before its hour has come.
pub async fn gaps_due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Option<GapWindow>> {
    let since = gathered(db).await?;
    let until = now - TimeDelta::minutes(SETTLED_MINUTES);
    let is_due = until - since >= TimeDelta::minutes(EVERY_MINUTES);
    Ok(is_due.then_some(GapWindow { since, until }))
}

async fn gathered(db: &impl ConnectionTrait) -> Result<DateTime<Utc>> {
    let known = facts::get(db, GATHERED).await?;
    Ok(known.and_then(|text| text.parse().ok()).unwrap_or(DateTime::UNIX_EPOCH))
}

/// Says that everything of a window was gathered.
pub async fn gaps_gathered(tx: &Tx, window: GapWindow) -> Result<()> {
    Ok(facts::set(tx, GATHERED, &window.until.to_rfc3339()).await?)
}

/// Gathers some topics of a window, those behind `after`; gives the last of them, and nothing when
/// there were none left. Run by the sweep.
pub async fn gather_gaps(
    tx: &Tx,
    actor: &Actor,
    window: GapWindow,
    after: &str,
) -> Result<Option<String>> {
    tx.exclusive(GATHERING).await?;
    // Another node may have been faster.
    if gathered(tx).await? >= window.until {
        return Ok(None);
    }
    let topics = topics(tx, window, after).await?;
    let mut touched: Vec<GapId> = Vec::new();
    for (topic, times) in &topics {
        let gap = match gap_topic::Entity::find_by_id(topic.clone()).one(tx).await? {
            Some(known) => Some(known.gap_id),
            None if *times >= TIMES_MIN => Some(place(tx, actor, topic, window).await?),
            None => None,
        };
        touched.extend(gap.filter(|gap| !touched.contains(gap)));
    }
    for gap in touched {
        count(tx, actor, gap, window).await?;
    }
    Ok(topics.into_iter().last().map(|(topic, _)| topic))
}

/// Topics that were asked in vain in a window, each with how often that was in all.
async fn topics(tx: &Tx, window: GapWindow, after: &str) -> Result<Vec<(String, i64)>> {
    let sql = format!(
        "SELECT topic, COUNT(*) AS times FROM search_log log
         WHERE at < $2 AND {IN_VAIN} AND topic IN (
            SELECT topic FROM search_log log
            WHERE at >= $1 AND at < $2 AND topic > $3 AND {IN_VAIN}
            GROUP BY topic ORDER BY topic LIMIT {TOPICS_MAX})
         GROUP BY topic ORDER BY topic"
    );
    // No topic stands before the empty one, which asks for nothing.
    let rows = ask(tx, sql, vec![window.since.into(), window.until.into(), after.into()]).await?;
    rows.iter().map(|row| Ok((row.try_get("", "topic")?, row.try_get("", "times")?))).collect()
}

/// Puts a new topic into the nearest gap, or makes one for it.
async fn place(tx: &Tx, actor: &Actor, topic: &str, window: GapWindow) -> Result<GapId> {
    let known: Vec<(GapId, String)> = gap::Entity::find()
        .select_only()
        .columns([gap::Column::Id, gap::Column::Topic])
        .order_by_asc(gap::Column::Id)
        .limit(GAPS_MAX)
        .into_tuple()
        .all(tx)
        .await?;
    let near = rules::nearest(topic, known.iter().map(|(gap, topic)| (topic.as_str(), *gap)));
    let gap = match near {
        Some(gap) => gap,
        None => open(tx, actor, topic, window).await?,
    };
    let row = gap_topic::ActiveModel { topic: Set(topic.to_owned()), gap_id: Set(gap) };
    row.insert(tx).await?;
    Ok(gap)
}

async fn open(tx: &Tx, actor: &Actor, topic: &str, window: GapWindow) -> Result<GapId> {
    let row = gap::ActiveModel {
        id: Set(GapId(ids::new(tx.now()))),
        state: Set(GapState::New),
        topic: Set(topic.to_owned()),
        wordings: Set(Wordings::default()),
        hits: Set(0),
        first_seen: Set(window.until),
        last_seen: Set(window.since),
        unit: Set(None),
        due_on: Set(None),
        answer: Set(None),
        note: Set(None),
        verified_at: Set(None),
        revision: Set(1),
        updated_at: Set(tx.now()),
    };
    let gap = row.insert(tx).await?;
    tx.emit(actor, happened(GapState::New, gap.id));
    Ok(gap.id)
}

/// The searches in vain of a gap.
const OF_GAP: &str = "search_log log JOIN knowledge_gap_topics known ON known.topic = log.topic \
    WHERE known.gap_id = $1 AND at < $2";

/// Counts a gap anew, and opens it again when it was closed and is asked in vain all the same.
async fn count(tx: &Tx, actor: &Actor, id: GapId, window: GapWindow) -> Result<()> {
    let Some(gap) = gap::Entity::find_by_id(id).one(tx).await? else { return Ok(()) };
    let sql = format!(
        "SELECT COUNT(*) AS hits, MIN(at) AS first_seen, MAX(at) AS last_seen,
            COUNT(CASE WHEN at > $3 THEN 1 END) AS since_verified
         FROM {OF_GAP} AND {IN_VAIN}"
    );
    let verified = gap.verified_at.unwrap_or(window.until);
    let values = vec![id.0.into(), window.until.into(), verified.into()];
    let rows = ask(tx, sql, values).await?;
    let Some(row) = rows.first() else { return Ok(()) };
    let first: Option<DateTime<Utc>> = row.try_get("", "first_seen")?;
    let last: Option<DateTime<Utc>> = row.try_get("", "last_seen")?;
    let hits: i64 = row.try_get("", "hits")?;
    let counted = gap::ActiveModel {
        id: Set(id),
        wordings: Set(wordings(tx, id, window).await?),
        hits: Set(i32::try_from(hits).unwrap_or(i32::MAX)),
        // What the log has forgotten is still known here.
        first_seen: Set(first.map_or(gap.first_seen, |first| first.min(gap.first_seen))),
        last_seen: Set(last.map_or(gap.last_seen, |last| last.max(gap.last_seen))),
        ..Default::default()
    };
    counted.update(tx).await?;
    let again: i64 = row.try_get("", "since_verified")?;
    if gap.state == GapState::Verified && again >= TIMES_MIN {
        reopen(tx, actor, &gap).await?;
    }
    Ok(())
}

async fn reopen(tx: &Tx, actor: &Actor, gap: &Gap) -> Result<()> {
    let row = gap::ActiveModel { due_on: Set(None), verified_at: Set(None), ..Default::default() };
    step(tx, actor, gap, gap.revision, GapState::New, row).await?;
    Ok(())
}

/// The wordings of a gap that were asked often enough to be shown.
async fn wordings(tx: &Tx, id: GapId, window: GapWindow) -> Result<Wordings> {
    let sql = format!(
        "SELECT words, COUNT(*) AS searches FROM {OF_GAP} AND {IN_VAIN}
         GROUP BY words HAVING COUNT(*) >= {WORDING_TIMES_MIN}
         ORDER BY searches DESC, words LIMIT {WORDINGS_MAX}"
    );
    let rows = ask(tx, sql, vec![id.0.into(), window.until.into()]).await?;
    let wording = |row: &QueryResult| {
        Ok(Wording { words: row.try_get("", "words")?, searches: row.try_get("", "searches")? })
    };
    Ok(Wordings(rows.iter().map(wording).collect::<Result<_>>()?))
}

async fn ask(tx: &Tx, sql: String, values: Vec<Value>) -> Result<Vec<QueryResult>> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(tx.query_all_raw(statement).await?)
}
