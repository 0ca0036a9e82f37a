//! What can be asked.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio::{sync::watch, time::timeout};

use crate::{
    db::Db,
    error::{Error, Result},
    events::{self, Feed},
    reports::{Desk, Register},
    statistics::{
        columns::{Columns, Stored},
        follow,
        rules::{self, Figures, Question},
    },
};

/// A question waits so long until the columns hold every report that was there when it came.
const WAIT_MS_MAX: u64 = 2_000;
/// What has been taken while the columns are read for the first time.
const NOTHING_YET: i64 = -1;

/// The statistics of a node. Cheap to clone.
#[derive(Clone)]
pub struct Statistics {
    columns: Arc<RwLock<Columns>>,
    /// The last entry of the spine that the columns have taken.
    taken: watch::Sender<i64>,
}

/// Figures with the instant for which they are exact.
pub struct Answer {
    /// Every report that was acknowledged before is counted.
    pub as_of: DateTime<Utc>,
    /// The figures.
    pub figures: Figures,
    /// What their codes are called.
    pub register: Arc<Register>,
}

impl Default for Statistics {
    /// They hold nothing until somebody keeps them.
    fn default() -> Self {
        Self { columns: Arc::default(), taken: watch::Sender::new(NOTHING_YET) }
    }
}

impl Statistics {
    /// Reads all reports and follows the spine until the feed ends.
    pub async fn keep(self, db: Db, feed: &Feed) {
        follow::keep(self, db, feed.head()).await;
    }

    /// The figures of a period, exact to the last report. Errors: `NotReady` while the node has not
    /// read all reports yet, `Unavailable` when it lags behind.
    pub async fn answer(&self, db: &Db, desk: &Desk, question: Question) -> Result<Answer> {
        let as_of = db.now();
        self.wait_until_taken(events::head(db.reader()).await?).await?;
        let register = desk.register(db.reader()).await?;
        let categories = register.categories().iter();
        let groups: Vec<String> = categories.map(|known| known.code.clone()).collect();
        let columns = self.columns.clone();
        // Some milliseconds, with a filter and millions of reports.
        let figures = tokio::task::spawn_blocking(move || {
            let columns = columns.read().unwrap_or_else(PoisonError::into_inner);
            let earlier = Question { period: question.period.year_earlier(), ..question.clone() };
            let before = columns.count(&earlier).total.all;
            rules::figures(&question, columns.count(&question), before, &groups)
        });
        Ok(Answer { as_of, figures: figures.await.map_err(Error::internal)?, register })
    }

    async fn wait_until_taken(&self, entry: i64) -> Result<()> {
        let mut taken = self.taken.subscribe();
        let level = taken.wait_for(|taken| *taken >= entry);
        if timeout(Duration::from_millis(WAIT_MS_MAX), level).await.is_ok() {
            return Ok(());
        }
        match *self.taken.borrow() {
            NOTHING_YET => Err(Error::NotReady("statistics-not-ready".into())),
            _ => Err(Error::Unavailable),
        }
    }

    /// Puts other columns in the place of these, which have taken the spine as far as `cursor`.
    pub(super) fn replace(&self, columns: Columns, cursor: i64) {
        *self.columns.write().unwrap_or_else(PoisonError::into_inner) = columns;
        self.has_taken(cursor);
    }

    /// Takes reports as they are now.
    pub(super) fn put(&self, reports: Vec<Stored>) -> Result<()> {
        self.columns.write().unwrap_or_else(PoisonError::into_inner).put(reports)
    }

    /// The greatest `seq` that is known.
    pub(super) fn last(&self) -> i64 {
        self.columns.read().unwrap_or_else(PoisonError::into_inner).last()
    }

    /// Tells those who wait how far the columns are.
    pub(super) fn has_taken(&self, cursor: i64) {
        self.taken.send_replace(cursor);
    }
}
