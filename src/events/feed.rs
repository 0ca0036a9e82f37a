//! Tells the followers of this node how far the spine has grown: one query for all of them.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{broadcast, watch},
    time::timeout,
};

use crate::{
    db::Db,
    error::Result,
    events::{Entry, HeadOf, Heads, Subject, entity},
};

/// How long a write of another node stays unnoticed at most.
const POLL_MS: u64 = 250;
/// Entries that a slow live client may lag behind before it is told to fetch anew.
const LIVE_ENTRIES_MAX: usize = 1_024;
/// Entries that are read from the table at once.
const BATCH: u64 = 500;

/// The id of the newest entry that this node knows of.
pub type Head = watch::Receiver<i64>;

/// The feed of one node.
#[derive(Clone)]
pub struct Feed {
    head: Head,
    heads: Arc<Heads>,
    live: broadcast::Sender<Arc<Entry>>,
}

impl Feed {
    /// Starts the task that watches the table; it ends when the last follower is gone.
    pub async fn start(db: Db) -> Result<Self> {
        let start = entity::head(db.reader()).await?;
        let (sender, head) = watch::channel(start);
        let heads = Arc::new(Heads::at(start));
        let live = broadcast::Sender::new(LIVE_ENTRIES_MAX);
        tokio::spawn(watch_table(db, sender, heads.clone(), live.clone()));
        Ok(Self { head, heads, live })
    }

    /// How far the spine has grown.
    pub fn head(&self) -> Head {
        self.head.clone()
    }

    /// How far the spine has grown with entries on some subjects.
    pub fn head_of(&self, subjects: &'static [Subject]) -> HeadOf {
        HeadOf::new(self.heads.clone(), subjects)
    }

    /// The entries from now on, for live clients. A client that lags is told so.
    pub fn live(&self) -> broadcast::Receiver<Arc<Entry>> {
        self.live.subscribe()
    }
}

async fn watch_table(
    db: Db,
    head: watch::Sender<i64>,
    heads: Arc<Heads>,
    live: broadcast::Sender<Arc<Entry>>,
) {
    let mut woken = db.woken();
    while !head.is_closed() {
        // Either a write on this node wakes us, or the poll notices those of others.
        let _ = timeout(Duration::from_millis(POLL_MS), woken.changed()).await;
        loop {
            let cursor = *head.borrow();
            match entity::read_after(db.reader(), cursor, BATCH).await {
                Ok(entries) => {
                    let Some(last) = entries.last().map(Entry::id) else { break };
                    for entry in entries {
                        heads.grow(entry.subject(), entry.id());
                        // Nobody listening is no failure.
                        let _ = live.send(Arc::new(entry));
                    }
                    head.send_replace(last);
                }
                Err(error) => {
                    tracing::warn!(%error, "the spine cannot be read");
                    break;
                }
            }
        }
    }
}
