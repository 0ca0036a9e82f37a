//! The one door to write. Faces and jobs open it, actions never do, so that actions compose in
//! one commit.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
    TransactionTrait,
};
use tokio::{sync::oneshot, time::timeout};

use crate::{
    actor::Actor,
    audit::{self, Record},
    db::Db,
    error::{Error, Result},
    events::{self, Event, NewEntry},
};

/// A write takes at most this long, waiting for its turn included.
const WRITE_MS_MAX: u64 = 5_000;

tokio::task_local! {
    /// Set while an action writes: a write inside a write would wait for itself.
    static WRITING: ();
}

/// The transaction that an action writes in. What it emits is appended to the spine as the last
/// statements before the commit.
pub struct Tx {
    conn: DatabaseTransaction,
    now: DateTime<Utc>,
    emitted: Mutex<Vec<NewEntry>>,
    recorded: Mutex<Vec<Record>>,
}

impl Tx {
    pub(super) fn new(conn: DatabaseTransaction, now: DateTime<Utc>) -> Self {
        Self { conn, now, emitted: Mutex::default(), recorded: Mutex::default() }
    }

    /// The instant of this write.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Tells the spine what happened. Events carry ids and codes, never a person's words. What is
    /// imported in one write is one event.
    pub fn emit(&self, actor: &Actor, event: Event) {
        let entry = NewEntry::of(actor, event);
        let mut emitted = self.emitted.lock().unwrap_or_else(PoisonError::into_inner);
        match emitted.last_mut() {
            Some(last) if last.is_import_with(&entry) => last.join(entry),
            _ => emitted.push(entry),
        }
    }

    /// Writes an act into the audit.
    pub fn record(&self, act: Record) {
        self.recorded.lock().unwrap_or_else(PoisonError::into_inner).push(act);
    }

    /// Waits until no other node holds the lock of this name, and holds it until the commit.
    /// SQLite has one writer, so there is nothing to wait for.
    pub async fn exclusive(&self, lock: i64) -> Result<()> {
        if self.get_database_backend() == DbBackend::Postgres {
            // Another node may hold it for as long as a write may take.
            let sql = format!(
                "SET LOCAL lock_timeout = {WRITE_MS_MAX}; SELECT pg_advisory_xact_lock({lock})"
            );
            self.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    /// Appends the emitted events and the recorded acts, and commits. Always in this order, so that no
    /// two nodes wait for each other's lock.
    async fn commit(self) -> Result<()> {
        let emitted = self.emitted.into_inner().unwrap_or_else(PoisonError::into_inner);
        events::append(&self.conn, self.now, &emitted).await?;
        let recorded = self.recorded.into_inner().unwrap_or_else(PoisonError::into_inner);
        audit::append(&self.conn, self.now, recorded).await?;
        Ok(self.conn.commit().await?)
    }
}

/// A caller's turn to write.
enum Turn {
    /// A savepoint in the group that SQLite's writer has open.
    Lent(Lent),
    /// A transaction of PostgreSQL.
    Own(Tx),
}

/// A savepoint on loan from SQLite's writer.
pub(super) struct Lent {
    // The order matters: the savepoint must be gone before the writer hears of it, or the writer
    // meets a locked connection.
    pub(super) tx: Tx,
    /// Dropped without a word: the savepoint was rolled back.
    pub(super) kept: oneshot::Sender<()>,
    /// Whether the group with this savepoint was committed.
    pub(super) committed: oneshot::Receiver<bool>,
}

impl Turn {
    fn tx(&self) -> &Tx {
        match self {
            Self::Lent(lent) => &lent.tx,
            Self::Own(tx) => tx,
        }
    }

    /// Returns when the write is on the disk.
    async fn keep(self) -> Result<()> {
        match self {
            Self::Own(tx) => tx.commit().await,
            Self::Lent(Lent { tx, kept, committed }) => {
                tx.commit().await?;
                kept.send(()).map_err(|()| Error::Unavailable)?;
                if committed.await == Ok(true) { Ok(()) } else { Err(Error::Unavailable) }
            }
        }
    }
}

impl Db {
    /// Runs an action in a transaction. When this returns `Ok`, the write survives `kill -9` and
    /// a power cut; on any error nothing was written, but for `Unavailable` after a time-out,
    /// where the outcome is unknown and the caller reads before it repeats.
    ///
    /// On SQLite the commits of callers that wait at the same time are one commit.
    pub async fn write<T>(&self, action: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        if WRITING.try_with(|()| ()).is_ok() {
            return Err(Error::internal("a write inside a write"));
        }
        // On the heap: the futures of all mutations stand beside each other in one stack frame, which
        // with what they do in them would not fit on the stack of a thread.
        let work = Box::pin(async {
            let turn = self.turn().await?;
            let answer = action(turn.tx()).await?;
            turn.keep().await?;
            self.wake.send_replace(());
            Ok(answer)
        });
        let limit = Duration::from_millis(WRITE_MS_MAX);
        timeout(limit, WRITING.scope((), work)).await.map_err(|_| {
            tracing::error!("a write did not end within {WRITE_MS_MAX} ms");
            Error::Unavailable
        })?
    }

    async fn turn(&self) -> Result<Turn> {
        let now = self.now();
        match &self.writer {
            Some(writer) => Ok(Turn::Lent(writer.lend(now).await?)),
            None => Ok(Turn::Own(Tx::new(self.reader.begin().await?, now))),
        }
    }
}

/// Actions and finders take `&impl ConnectionTrait`; a `Tx` is one, so that they see what the
/// same write has done before.
#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.conn.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.conn.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.conn.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.conn.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.conn.query_all_raw(statement).await
    }
}
