//! What the log tells: how well the search answers, and where it does not.

use chrono::{DateTime, Days, Utc};
use sea_orm::{
    ActiveEnum, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult,
    QuerySelect, Statement, Value,
};
use uuid::Uuid;

use crate::{
    actor::Actor,
    clock::{day_start, local_day},
    error::{Error, Result},
    page::PageRequest,
    permissions::{NO_UNIT, Permission},
    scalars::Date,
    search::log::entity::{InsightsRequest, SearchInsights, SearchTopic, entry},
    words::Message,
};

/// Days that are looked at when nothing is said.
const DAYS_DEFAULT: u64 = 30;
/// Days that can be looked at.
const DAYS_MAX: i64 = 400;
/// A wording is shown when it was asked this often: what was typed once or twice stays unseen.
pub const WORDING_TIMES_MIN: i64 = 3;

/// A search that was said again in other words, and whose hits were not opened.
const REFORMULATED: &str = "clicked_rank IS NULL AND EXISTS \
    (SELECT 1 FROM search_log later WHERE later.previous_id = log.id)";
/// A search with hits, of which none was opened, and which was not said again.
const ABANDONED: &str = "hits > 0 AND clicked_rank IS NULL AND NOT EXISTS \
    (SELECT 1 FROM search_log later WHERE later.previous_id = log.id)";
/// A search that helped nobody: without hits, or abandoned. For rows of `search_log log`.
pub const IN_VAIN: &str = "(hits = 0 OR (clicked_rank IS NULL AND NOT EXISTS \
    (SELECT 1 FROM search_log later WHERE later.previous_id = log.id)))";

/// What the log tells about some days. Errors: `Forbidden`; `BadRequest` for days that are none, or
/// too many.
pub async fn insights(
    db: &impl ConnectionTrait,
    actor: &Actor,
    now: DateTime<Utc>,
    request: &InsightsRequest,
) -> Result<SearchInsights> {
    actor.must(Permission::ReadSearchInsights, NO_UNIT)?;
    let limit = PageRequest { first: request.first, after: None }.size()?;
    let (since, until) = days(now, request)?;
    let look = Look { db, values: values(since, until, request)?, limit };
    let [searches, with_hits, clicked] = look.totals().await?;
    Ok(SearchInsights {
        since,
        until,
        searches,
        share_with_hits: (searches > 0).then(|| share(with_hits, searches)),
        share_clicked: (searches > 0).then(|| share(clicked, searches)),
        mean_reciprocal_rank: look.mean_reciprocal_rank().await?,
        most_frequent: look.topics("searches").await?,
        without_hits: look.topics("without_hits").await?,
        reformulated: look.topics("reformulated").await?,
        abandoned: look.topics("abandoned").await?,
    })
}

fn days(now: DateTime<Utc>, request: &InsightsRequest) -> Result<(Date, Date)> {
    let until = request.until.unwrap_or_else(|| Date(local_day(now)));
    let month_before = || until.0.checked_sub_days(Days::new(DAYS_DEFAULT - 1)).map(Date);
    let bad = || Error::BadRequest(Message::new("bad-days").with("max", DAYS_MAX));
    let since = request.since.or_else(month_before).ok_or_else(bad)?;
    let count = (until.0 - since.0).num_days() + 1;
    if (1..=DAYS_MAX).contains(&count) { Ok((since, until)) } else { Err(bad()) }
}

/// What the statements below are held against: the window, the kind of session, the language.
fn values(since: Date, until: Date, request: &InsightsRequest) -> Result<[Value; 4]> {
    let after = until.0.succ_opt().map(Date).ok_or(Error::NotFound)?;
    let kind = request.session_kind.map(|kind| kind.to_value()).unwrap_or_default();
    let lang = request.lang.clone().unwrap_or_default();
    Ok([midnight(since)?.into(), midnight(after)?.into(), kind.into(), lang.into()])
}

/// The instant at which a day begins in Krakow.
fn midnight(day: Date) -> Result<DateTime<Utc>> {
    let bad = || Error::BadRequest(Message::new("bad-days").with("max", DAYS_MAX));
    day_start(day.0).ok_or_else(bad)
}

fn share(part: i64, whole: i64) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// The rows that are looked at.
const LOOKED_AT: &str = "search_log log WHERE at >= $1 AND at < $2 \
    AND ($3 = '' OR session_kind = $3) AND ($4 = '' OR lang = $4)";

/// The cards and articles that are opened most, by their keys.
pub async fn most_opened(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Uuid>> {
    let times = || entry::Column::Id.count();
    Ok(entry::Entity::find()
        .select_only()
        .column(entry::Column::ClickedId)
        .filter(entry::Column::ClickedId.is_not_null())
        .group_by(entry::Column::ClickedId)
        .order_by_desc(times())
        .order_by_asc(entry::Column::ClickedId)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

struct Look<'a, C> {
    db: &'a C,
    values: [Value; 4],
    limit: usize,
}

impl<C: ConnectionTrait> Look<'_, C> {
    async fn ask(&self, sql: String) -> Result<Vec<QueryResult>> {
        let backend = self.db.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, self.values.clone());
        Ok(self.db.query_all_raw(statement).await?)
    }

    /// Searches, those with hits, those with a hit opened.
    async fn totals(&self) -> Result<[i64; 3]> {
        let sql = format!(
            "SELECT COUNT(*) AS searches, COUNT(CASE WHEN hits > 0 THEN 1 END) AS with_hits, \
             COUNT(clicked_rank) AS clicked FROM {LOOKED_AT}"
        );
        let rows = self.ask(sql).await?;
        let Some(row) = rows.first() else { return Ok([0; 3]) };
        let count = |name| row.try_get::<i64>("", name);
        Ok([count("searches")?, count("with_hits")?, count("clicked")?])
    }

    async fn mean_reciprocal_rank(&self) -> Result<Option<f64>> {
        let sql = format!(
            "SELECT AVG(CAST(1 AS DOUBLE PRECISION) / clicked_rank) AS mean FROM {LOOKED_AT} \
             AND clicked_rank IS NOT NULL"
        );
        let rows = self.ask(sql).await?;
        Ok(rows.first().map(|row| row.try_get("", "mean")).transpose()?.flatten())
    }

    /// The topics with the most of a measure, each with its most frequent wording.
    async fn topics(&self, measure: &str) -> Result<Vec<SearchTopic>> {
        let limit = self.limit;
        let sql = format!(
            "WITH seen AS (
                SELECT topic, words, clicked_rank, hits,
                    CASE WHEN {REFORMULATED} THEN 1 END AS is_reformulated,
                    CASE WHEN {ABANDONED} THEN 1 END AS is_abandoned
                FROM {LOOKED_AT} AND topic <> ''
            ), topics AS (
                SELECT topic, COUNT(*) AS searches,
                    COUNT(CASE WHEN hits = 0 THEN 1 END) AS without_hits,
                    COUNT(clicked_rank) AS clicked, COUNT(is_reformulated) AS reformulated,
                    COUNT(is_abandoned) AS abandoned
                FROM seen GROUP BY topic
            ), wordings AS (
                SELECT topic, words,
                    ROW_NUMBER() OVER (PARTITION BY topic ORDER BY COUNT(*) DESC, words) AS place
                FROM seen GROUP BY topic, words HAVING COUNT(*) >= {WORDING_TIMES_MIN}
            )
            SELECT words, searches, without_hits, clicked, reformulated, abandoned
            FROM topics JOIN wordings ON wordings.topic = topics.topic AND place = 1
            WHERE {measure} > 0 ORDER BY {measure} DESC, topics.topic LIMIT {limit}"
        );
        self.ask(sql).await?.iter().map(topic).collect()
    }
}

fn topic(row: &QueryResult) -> Result<SearchTopic> {
    let searches = row.try_get("", "searches")?;
    let share_of = |name| Ok::<_, Error>(share(row.try_get("", name)?, searches));
    Ok(SearchTopic {
        wording: row.try_get("", "words")?,
        searches,
        share_without_hits: share_of("without_hits")?,
        share_clicked: share_of("clicked")?,
        share_reformulated: share_of("reformulated")?,
        share_abandoned: share_of("abandoned")?,
    })
}
