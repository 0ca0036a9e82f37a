//! Keeps the columns level with the spine: reads all reports at start, then those that events name.

use std::time::Duration;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use tokio::time::sleep;

use crate::{
    db::Db,
    error::{Error, Result},
    events::{self, Entry, Follower, Head, Kind, Subject},
    reports::{ReportId, report},
    statistics::{
        actions::Statistics,
        columns::{Columns, Stored},
    },
};

/// Reports that are read at once.
const PAGE: u64 = 1_000;
/// Ids that one statement names.
const IDS: usize = 500;
const RETRY: Duration = Duration::from_secs(1);

/// Reads and follows until the feed ends; what goes wrong is read anew.
pub async fn keep(statistics: Statistics, db: Db, head: Head) {
    loop {
        match follow(&statistics, &db, head.clone()).await {
            Ok(()) => return,
            Err(error) => {
                tracing::warn!(%error, "the statistics cannot be fed; it will be tried again");
                sleep(RETRY).await;
            }
        }
    }
}

async fn follow(statistics: &Statistics, db: &Db, head: Head) -> Result<()> {
    // The head is read first: what changes meanwhile is taken again.
    let cursor = events::head(db.reader()).await?;
    statistics.replace(load(db.reader()).await?, cursor);
    let mut follower = Reader { statistics, db, cursor };
    events::follow(db.clone(), head, &mut follower).await
}

/// All reports of the database.
async fn load(db: &impl ConnectionTrait) -> Result<Columns> {
    let mut columns = Columns::default();
    loop {
        let page = page_after(db, columns.last()).await?;
        if page.is_empty() {
            tracing::debug!(reports = columns.last(), "the statistics have read all reports");
            return Ok(columns);
        }
        columns.put(page)?;
    }
}

struct Reader<'a> {
    statistics: &'a Statistics,
    db: &'a Db,
    cursor: i64,
}

impl Follower for Reader<'_> {
    fn name(&self) -> &'static str {
        "statistics"
    }

    fn cursor(&self) -> i64 {
        self.cursor
    }

    async fn take(&mut self, entries: &[Entry]) -> Result<()> {
        let Some(last) = entries.last() else { return Ok(()) };
        let reports = || entries.iter().filter(|entry| entry.subject() == Some(Subject::Report));
        let mut ids: Vec<ReportId> = reports().flat_map(Entry::ids).map(ReportId).collect();
        ids.sort_unstable();
        ids.dedup();
        for some in ids.chunks(IDS) {
            self.statistics.put(by_ids(self.db.reader(), some).await?)?;
        }
        // A large import of new reports names none of them.
        if reports().any(|entry| entry.kind() == Some(Kind::Imported) && entry.ids().is_empty()) {
            self.take_new().await?;
        }
        self.cursor = last.id();
        self.statistics.has_taken(self.cursor);
        Ok(())
    }

    async fn skip(&mut self, entry: &Entry) -> Result<()> {
        self.cursor = entry.id();
        Ok(())
    }

    /// Nothing is ever set aside, or the figures would be wrong: the keeper reads all anew.
    async fn probe(&mut self) -> Result<()> {
        Err(Error::internal("the statistics could not take an event"))
    }
}

impl Reader<'_> {
    /// Takes the reports behind the last that is known.
    async fn take_new(&self) -> Result<()> {
        loop {
            let page = page_after(self.db.reader(), self.statistics.last()).await?;
            if page.is_empty() {
                return Ok(());
            }
            self.statistics.put(page)?;
        }
    }
}

async fn page_after(db: &impl ConnectionTrait, seq: i64) -> Result<Vec<Stored>> {
    let page = report::Entity::find().filter(report::Column::Seq.gt(seq));
    read(db, page.order_by_asc(report::Column::Seq).limit(PAGE)).await
}

async fn by_ids(db: &impl ConnectionTrait, ids: &[ReportId]) -> Result<Vec<Stored>> {
    read(db, report::Entity::find().filter(report::Column::Id.is_in(ids.iter().copied()))).await
}

async fn read(db: &impl ConnectionTrait, which: Select<report::Entity>) -> Result<Vec<Stored>> {
    let rows = which
        .select_only()
        .column(report::Column::Seq)
        .column(report::Column::Kind)
        .column(report::Column::Category)
        .column(report::Column::CategoryGroup)
        .column(report::Column::Channel)
        .column(report::Column::District)
        .column(report::Column::Stage)
        .column(report::Column::Outcome)
        .column(report::Column::ReceivedOn)
        .column(report::Column::ResolvedOn)
        .column(report::Column::Unit)
        .into_tuple()
        .all(db)
        .await?;
    let stored = |(
        seq,
        kind,
        category,
        group,
        channel,
        district,
        stage,
        outcome,
        received_on,
        resolved_on,
        unit,
    )| Stored {
        seq,
        kind,
        category,
        group,
        channel,
        district,
        stage,
        outcome,
        received_on,
        resolved_on,
        unit,
    };
    Ok(rows.into_iter().map(stored).collect())
}
