//! How a follower keeps up: batches, back-off, and parking of what cannot be taken.

use std::time::Duration;

use tokio::time::sleep;

use crate::{
    db::Db,
    error::Result,
    events::{Entry, Head, entity},
};

/// Entries that a follower is given at once.
const BATCH: u64 = 500;
/// Tries before a batch is taken entry by entry and the poisoned one is set aside.
const TRIES_MAX: u32 = 5;
/// The first wait after a failure; it doubles with each further one.
const BACK_OFF_MS: u64 = 100;

/// A consumer of the spine that keeps its own cursor.
pub trait Follower: Send {
    /// The name under which what it cannot take is parked.
    fn name(&self) -> &'static str;
    /// The id of the last entry that it has taken.
    fn cursor(&self) -> i64;
    /// Takes entries and moves the cursor behind the last of them, both or neither. It may be
    /// given an entry twice.
    fn take(&mut self, entries: &[Entry]) -> impl Future<Output = Result<()>> + Send;
    /// Moves the cursor behind an entry without taking it.
    fn skip(&mut self, entry: &Entry) -> impl Future<Output = Result<()>> + Send;
}

/// Runs a follower until the feed ends.
pub async fn follow(db: Db, mut head: Head, mut follower: impl Follower) {
    let mut failures = 0;
    loop {
        if *head.borrow_and_update() <= follower.cursor() {
            if head.changed().await.is_err() {
                return;
            }
            continue;
        }
        match step(&db, &mut follower, failures).await {
            Ok(()) => failures = 0,
            Err(error) => {
                failures += 1;
                tracing::warn!(follower = follower.name(), failures, %error, "will try again");
                let wait = BACK_OFF_MS << failures.min(8);
                sleep(Duration::from_millis(wait)).await;
            }
        }
    }
}

/// Takes one batch; after too many failures one entry, and parks it if it is the poisoned one.
async fn step(db: &Db, follower: &mut impl Follower, failures: u32) -> Result<()> {
    let limit = if failures < TRIES_MAX { BATCH } else { 1 };
    let entries = entity::read_after(db.reader(), follower.cursor(), limit).await?;
    let Err(error) = follower.take(&entries).await else { return Ok(()) };
    let [poisoned] = &entries[..] else { return Err(error) };
    if failures < 2 * TRIES_MAX {
        return Err(error);
    }
    let (name, reason) = (follower.name(), error.to_string());
    tracing::error!(follower = name, event = poisoned.id(), reason, "parked");
    let at = db.now();
    db.write(async |tx| Ok(entity::park(tx, name, poisoned, at, &reason).await?)).await?;
    follower.skip(poisoned).await
}
