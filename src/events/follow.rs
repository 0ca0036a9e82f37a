//! How a follower keeps up: batches, back-off, and parking of what cannot be taken.

use std::time::Duration;

use tokio::time::sleep;

use crate::{
    db::Db,
    error::{Error, Result},
    events::{Entry, Head, entity},
};

/// Entries that a follower is given at once.
const BATCH: u64 = 500;
/// Tries before a batch is taken entry by entry.
const TRIES_MAX: u32 = 4;
/// Further tries of one entry before it is set aside.
const SINGLE_TRIES_MAX: u32 = 2;
/// The first wait after a failure; it doubles with each further one.
const BACK_OFF_MS: u64 = 50;

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
    /// How long to gather entries before it is given the next ones; who lags behind does not rest.
    fn rest(&self) -> Duration {
        Duration::ZERO
    }
    /// Fails when the follower could take nothing now, whatever the entry.
    fn probe(&mut self) -> impl Future<Output = Result<()>> + Send;
}

/// Runs a follower until the feed ends. Gives the error when the follower itself is broken, so
/// that its keeper mends it; a poisoned entry is set aside, and a database that is away waited for.
pub async fn follow(db: Db, mut head: Head, follower: &mut impl Follower) -> Result<()> {
    let mut failures = 0;
    loop {
        if *head.borrow_and_update() <= follower.cursor() {
            if head.changed().await.is_err() {
                return Ok(());
            }
            continue;
        }
        let limit = if failures < TRIES_MAX { BATCH } else { 1 };
        let taken = match entity::read_after(db.reader(), follower.cursor(), limit).await {
            Ok(entries) => match follower.take(&entries).await {
                Ok(()) => Ok(entries.len() as u64),
                Err(error) => Err((error, entries)),
            },
            Err(error) => Err((error.into(), Vec::new())),
        };
        let (error, entries) = match taken {
            Ok(count) => {
                failures = 0;
                let rest = follower.rest();
                if count < limit && !rest.is_zero() {
                    sleep(rest).await;
                }
                continue;
            }
            Err(failed) => failed,
        };
        tracing::warn!(follower = follower.name(), failures, %error, "will try again");
        // A database that is away says nothing about the entries.
        if !entries.is_empty() && !matches!(error, Error::Unavailable) {
            failures += 1;
        }
        if failures >= TRIES_MAX {
            follower.probe().await?;
        }
        match &entries[..] {
            [poisoned] if failures >= TRIES_MAX + SINGLE_TRIES_MAX => {
                park(&db, follower, poisoned, &error).await?;
                failures = 0;
            }
            _ => sleep(Duration::from_millis(BACK_OFF_MS << failures.min(8))).await,
        }
    }
}

/// Sets an entry aside where `kontakt doctor` shows it, and goes on behind it.
async fn park(
    db: &Db,
    follower: &mut impl Follower,
    poisoned: &Entry,
    error: &Error,
) -> Result<()> {
    let (name, reason, at) = (follower.name(), error.to_string(), db.now());
    tracing::error!(follower = name, event = poisoned.id(), reason, "parked");
    db.write(async |tx| Ok(entity::park(tx, name, poisoned, at, &reason).await?)).await?;
    follower.skip(poisoned).await
}
