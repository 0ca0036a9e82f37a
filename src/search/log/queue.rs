//! The queue of a node: searches leave their lines in it, and one task writes them in batches.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use kontakt_index::Index;
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, sleep, timeout, timeout_at},
};

use crate::{
    db::Db,
    error::{Error, Result},
    search::log::{
        actions,
        entity::{Asked, Click},
    },
};

/// Lines that wait at most; further searches are counted and forgotten.
const QUEUE_MAX: usize = 4_096;
/// Searches in one write.
const BATCH_MAX: usize = 200;
/// A search waits this long at most to be written.
pub(super) const BATCH_MS: u64 = 1_000;
/// A database that is away is asked again after this time.
const AWAY_MS: u64 = 1_000;
/// What waits when the service stops gets this long to be written.
const FLUSH_MS_MAX: u64 = 5_000;

enum Line {
    Search(Box<Asked>),
    Click(Click, oneshot::Sender<Result<bool>>),
    Flush(oneshot::Sender<()>),
}

/// The handle to the log of a node.
#[derive(Clone)]
pub struct Log {
    queue: mpsc::Sender<Line>,
    dropped: Arc<AtomicU64>,
}

impl Log {
    /// Starts the task that writes; it ends when the last handle is dropped.
    pub fn start(db: Db, index: Index) -> Self {
        let (queue, lines) = mpsc::channel(QUEUE_MAX);
        let dropped = Arc::new(AtomicU64::new(0));
        tokio::spawn(Writer { db, index, dropped: Arc::clone(&dropped) }.run(lines));
        Self { queue, dropped }
    }

    /// Leaves a search; whether there was room for it.
    pub(super) fn search(&self, asked: Asked) -> bool {
        let kept = self.queue.try_send(Line::Search(Box::new(asked))).is_ok();
        if !kept {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
        kept
    }

    /// Writes a click behind the searches that wait; whether its search is known.
    pub(super) async fn click(&self, click: Click) -> Result<bool> {
        let (answer, known) = oneshot::channel();
        self.queue.try_send(Line::Click(click, answer)).map_err(|_| Error::Unavailable)?;
        known.await.map_err(|_| Error::Unavailable)?
    }

    /// Returns when everything that waits now is written, or cannot be.
    pub async fn flush(&self) {
        let (done, written) = oneshot::channel();
        let flushed = async {
            if self.queue.send(Line::Flush(done)).await.is_ok() {
                // An answer that is not given means that the task has ended.
                let _ = written.await;
            }
        };
        if timeout(Duration::from_millis(FLUSH_MS_MAX), flushed).await.is_err() {
            tracing::warn!("the search log could not be written in time");
        }
    }
}

/// What goes into one write.
#[derive(Default)]
struct Batch {
    searches: Vec<Asked>,
    clicks: Vec<(Click, oneshot::Sender<Result<bool>>)>,
    flushes: Vec<oneshot::Sender<()>>,
}

impl Batch {
    fn add(&mut self, line: Line) {
        match line {
            Line::Search(asked) => self.searches.push(*asked),
            Line::Click(click, answer) => self.clicks.push((click, answer)),
            Line::Flush(done) => self.flushes.push(done),
        }
    }

    fn is_full(&self) -> bool {
        self.searches.len() + self.clicks.len() >= BATCH_MAX
    }

    /// Whether somebody waits for it to be written.
    fn is_urgent(&self) -> bool {
        !self.clicks.is_empty() || !self.flushes.is_empty()
    }
}

struct Writer {
    db: Db,
    index: Index,
    dropped: Arc<AtomicU64>,
}

impl Writer {
    async fn run(self, mut lines: mpsc::Receiver<Line>) {
        let mut batch = Batch::default();
        while let Some(first) = lines.recv().await {
            batch.add(first);
            gather(&mut batch, &mut lines).await;
            self.write(&mut batch).await;
        }
    }

    /// Writes a batch. Searches stay in it while the database is away.
    async fn write(&self, batch: &mut Batch) {
        let clicks: Vec<Click> = batch.clicks.iter().map(|(click, _)| click.clone()).collect();
        let (searches, index) = (&batch.searches, &self.index);
        let write = async |tx: &_| actions::write(tx, index, searches, &clicks).await;
        let outcome = self.db.write(write).await;
        for (place, (_, answer)) in batch.clicks.drain(..).enumerate() {
            // A client that went away needs no answer.
            let _ = answer.send(outcome.as_ref().map(|known| known[place]).map_err(Error::clone));
        }
        for done in batch.flushes.drain(..) {
            let _ = done.send(());
        }
        match outcome {
            Err(Error::Unavailable) if !batch.is_full() => {
                return sleep(Duration::from_millis(AWAY_MS)).await;
            }
            Err(error) => {
                self.dropped.fetch_add(batch.searches.len() as u64, Ordering::Relaxed);
                tracing::warn!(%error, "the search log cannot be written");
            }
            Ok(_) => {}
        }
        batch.searches.clear();
        let dropped = self.dropped.swap(0, Ordering::Relaxed);
        if dropped > 0 {
            tracing::warn!(dropped, "searches were not logged");
        }
    }
}

/// Takes what comes within the time of a batch; when somebody waits, only what is there.
async fn gather(batch: &mut Batch, lines: &mut mpsc::Receiver<Line>) {
    let end = Instant::now() + Duration::from_millis(BATCH_MS);
    while !batch.is_full() {
        let next = match batch.is_urgent() {
            true => lines.try_recv().ok(),
            false => timeout_at(end, lines.recv()).await.ok().flatten(),
        };
        let Some(line) = next else { return };
        batch.add(line);
    }
}
