//! How Kontakt connects to SQLite or PostgreSQL and brings the schema to date.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use kontakt_migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use tokio::{sync::watch, time::sleep};

use crate::{clock::Clock, config::Config, db::sqlite::Writer};

/// Statements of PostgreSQL may take this long.
const STATEMENT_MS_MAX: u64 = 5_000;
/// Waiting for a lock of PostgreSQL may take this long.
const LOCK_MS_MAX: u64 = 2_000;
/// Waiting for a connection of the pool may take this long.
const ACQUIRE_MS_MAX: u64 = 2_000;
/// A file of SQLite that is locked is tried again after this time.
const LOCKED_MS: u64 = 10;
/// A statement that takes this long is logged.
const SLOW_MS: u64 = 500;
/// The advisory lock under which one node migrates and the others wait.
const MIGRATION_LOCK: i64 = 0x4b4f_4e54_0001;
/// The write-ahead log of SQLite is cut back to this size after a checkpoint.
const WAL_BYTES_MAX: u64 = 64 << 20;
/// Pages that the writer keeps, so that large imports find the pages of their indexes.
const WRITER_CACHE_KIB_MAX: u32 = 64 << 10;
/// Pages that each reader keeps; the system keeps the others.
const READER_CACHE_KIB_MAX: u32 = 4 << 10;

/// Where the database is.
#[derive(Clone, Debug)]
pub enum DbConfig {
    /// A file of SQLite.
    Sqlite(PathBuf),
    /// A PostgreSQL server.
    Postgres(String),
}

impl DbConfig {
    /// The database that the settings name.
    pub fn of(config: &Config) -> Self {
        match &config.database_url {
            Some(url) => Self::Postgres(url.clone()),
            None => Self::Sqlite(config.data.join("kontakt.sqlite")),
        }
    }
}

/// Why the schema cannot be brought to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// A later version of Kontakt has been at work here.
    #[error(
        "the database was written by a newer version of kontakt (it has the step {0}): run that version, or restore a backup; nothing was changed"
    )]
    Newer(String),
    /// The steps that are missing were not applied because only a look was asked for.
    #[error("the database lacks {0} step(s): run `kontakt migrate`")]
    Behind(usize),
    /// The database refused.
    #[error("the database cannot be used: {0}")]
    Db(#[from] DbErr),
}

/// The handle to the database: `reader()` to read, [`Db::write`] to write.
#[derive(Clone)]
pub struct Db {
    pub(super) reader: DatabaseConnection,
    /// SQLite's single writer; PostgreSQL needs none.
    pub(super) writer: Option<Writer>,
    pub(super) clock: Clock,
    pub(super) wake: watch::Sender<()>,
    statements: Arc<AtomicU64>,
}

impl Db {
    /// Connects, and applies the steps that are missing when `migrate` is set.
    pub async fn open(
        config: &DbConfig,
        connections: u32,
        clock: Clock,
        migrate: bool,
    ) -> Result<Self, MigrationError> {
        let (reader, writer) = match config {
            // To look must not make a file.
            DbConfig::Sqlite(path) if !migrate && !path.exists() => {
                return Err(MigrationError::Behind(steps().len()));
            }
            DbConfig::Sqlite(path) => {
                let options = sqlite(path, 1, false);
                bring_to_date(&connect_sqlite(&options).await?, migrate).await?;
                let reader = connect_sqlite(&sqlite(path, connections, true)).await?;
                (reader, Some(Writer::start(options)))
            }
            DbConfig::Postgres(url) => {
                let reader = Database::connect(postgres(url, connections)).await?;
                bring_to_date(&reader, migrate).await?;
                (reader, None)
            }
        };
        let statements = Arc::new(AtomicU64::new(0));
        let reader = watched(reader, Arc::clone(&statements));
        Ok(Self { reader, writer, clock, wake: watch::Sender::new(()), statements })
    }

    /// Statements that were run by the readers so far: how many an answer takes is held by tests.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// The connections to read with. On SQLite they refuse to write.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Tells that something was written on this node.
    pub fn woken(&self) -> watch::Receiver<()> {
        self.wake.subscribe()
    }

    /// The clock by which everything here is dated.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The present instant.
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.clock.now()
    }
}

/// Counts statements, and logs slow ones: the text alone, never the values, which may be personal.
fn watched(mut reader: DatabaseConnection, statements: Arc<AtomicU64>) -> DatabaseConnection {
    reader.set_metric_callback(move |info| {
        statements.fetch_add(1, Ordering::Relaxed);
        if info.elapsed >= Duration::from_millis(SLOW_MS) {
            let milliseconds = info.elapsed.as_millis() as u64;
            tracing::warn!(milliseconds, sql = info.statement.sql, "a slow statement");
        }
    });
    reader
}

/// Options for SQLite; the pragmas go into the options so that every connection has them.
fn sqlite(path: &std::path::Path, connections: u32, read_only: bool) -> ConnectOptions {
    // The URL is only a carrier: the real file name is set below, so that no character of the
    // path is taken for a part of an address.
    let mut options = ConnectOptions::new("sqlite://kontakt.sqlite");
    let path = path.to_owned();
    let cache = if read_only { READER_CACHE_KIB_MAX } else { WRITER_CACHE_KIB_MAX };
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_millis(ACQUIRE_MS_MAX))
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlx| {
            sqlx.filename(&path)
                .create_if_missing(!read_only)
                .busy_timeout(Duration::from_millis(ACQUIRE_MS_MAX))
                .pragma("journal_mode", "WAL")
                // FULL, not NORMAL: NORMAL lost 200 of 200 acknowledged rows in a power cut.
                .pragma("synchronous", "FULL")
                .pragma("foreign_keys", "ON")
                .pragma("journal_size_limit", WAL_BYTES_MAX.to_string())
                // SQLite takes what is below zero as KiB.
                .pragma("cache_size", format!("-{cache}"))
                .pragma("query_only", if read_only { "ON" } else { "OFF" })
        });
    options
}

/// Connects to SQLite. While another process turns a new file to its write-ahead log, SQLite
/// refuses at once instead of waiting.
async fn connect_sqlite(options: &ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    let since = Instant::now();
    loop {
        match Database::connect(options.clone()).await {
            Err(error)
                if error.to_string().contains("database is locked")
                    && since.elapsed() < Duration::from_millis(ACQUIRE_MS_MAX) =>
            {
                sleep(Duration::from_millis(LOCKED_MS)).await;
            }
            connected => return connected,
        }
    }
}

fn postgres(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_millis(ACQUIRE_MS_MAX))
        .max_lifetime(Some(Duration::from_secs(900)))
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_postgres_opts(|sqlx| {
            sqlx.application_name("kontakt").options([
                ("statement_timeout", STATEMENT_MS_MAX.to_string()),
                ("lock_timeout", LOCK_MS_MAX.to_string()),
                ("idle_in_transaction_session_timeout", "15000".to_owned()),
            ])
        });
    options
}

/// Applies all missing steps in one transaction, so that an interrupted start changes nothing.
async fn bring_to_date(db: &DatabaseConnection, migrate: bool) -> Result<(), MigrationError> {
    // A look first, so that a start without news waits for nobody.
    match missing_steps(db).await? {
        0 => return Ok(()),
        missing if !migrate => return Err(MigrationError::Behind(missing)),
        _ => {}
    }
    let tx = begin_alone(db).await?;
    // Another node may have been faster.
    let missing = missing_steps(&tx).await?;
    if missing == 0 {
        return Ok(tx.rollback().await?);
    }
    Migrator::up(&tx, None).await?;
    tx.commit().await?;
    tracing::info!(steps = missing, "the database schema was brought to date");
    Ok(())
}

/// A transaction beside which nobody else migrates.
async fn begin_alone(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let alone = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..Default::default()
    };
    let tx = db.begin_with_options(alone).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        // Waiting for another node that migrates may take longer than a usual lock.
        tx.execute_unprepared("SET LOCAL lock_timeout = '120s'; SET LOCAL statement_timeout = 0")
            .await?;
        let lock = format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})");
        tx.execute_unprepared(&lock).await?;
    }
    Ok(tx)
}

/// How many of our steps were not applied yet; refuses a database with steps that are not ours.
async fn missing_steps(db: &impl ConnectionTrait) -> Result<usize, MigrationError> {
    let ours = steps();
    let applied = applied_steps(db).await?;
    match applied.iter().find(|step| !ours.contains(step)) {
        Some(newer) => Err(MigrationError::Newer(newer.clone())),
        None => Ok(ours.len() - applied.len()),
    }
}

/// The names of all our steps.
fn steps() -> Vec<String> {
    Migrator::migrations().iter().map(|step| step.name().to_owned()).collect()
}

/// The names of the applied steps; none when nothing was ever applied.
async fn applied_steps(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let backend = db.get_database_backend();
    let known = match backend {
        DbBackend::Postgres => {
            "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'seaql_migrations'"
        }
        _ => "SELECT 1 FROM sqlite_master WHERE name = 'seaql_migrations'",
    };
    if db.query_one_raw(Statement::from_string(backend, known)).await?.is_none() {
        return Ok(Vec::new());
    }
    let all = Statement::from_string(backend, "SELECT version FROM seaql_migrations");
    db.query_all_raw(all).await?.iter().map(|row| row.try_get("", "version")).collect()
}
