//! Copies of a SQLite database, of which one table lies apart.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement, Value};

/// Why no copy was made.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is something already; it is left as it is.
    #[error("{0} is there already: name a folder that is not, or an empty one")]
    Taken(PathBuf),
    /// What is to be copied is not there.
    #[error("{0} is not there")]
    Missing(PathBuf),
    /// The copy is not whole.
    #[error("the copy {0} is damaged: {1}")]
    Damaged(PathBuf, String),
    /// The file system refused.
    #[error("the backup cannot be written: {0}")]
    Io(#[from] io::Error),
    /// The database refused.
    #[error("the backup cannot be written: {0}")]
    Db(#[from] DbErr),
}

/// The two files of a backup.
pub struct Parts {
    /// Everything but the table that lies apart.
    pub database: PathBuf,
    /// That table.
    pub keys: PathBuf,
}

/// Copies a database into a folder while it is in use, as it is at one instant: everything but one
/// table, and that table apart. Both are looked through before this returns.
pub async fn back_up(file: &Path, folder: &Path, apart: &str) -> Result<Parts, BackupError> {
    if !file.exists() {
        return Err(BackupError::Missing(file.to_owned()));
    }
    if fs::read_dir(folder).is_ok_and(|mut found| found.next().is_some()) {
        return Err(BackupError::Taken(folder.to_owned()));
    }
    fs::create_dir_all(folder)?;
    let parts =
        Parts { database: folder.join("kontakt.sqlite"), keys: folder.join("kontakt-keys.sqlite") };
    // Until it holds no keys it has another name.
    let whole = folder.join("unfinished.sqlite");
    let source = connect(file, "ro").await?;
    run(&source, "VACUUM INTO ?", &whole).await?;
    source.close().await?;
    // What is attached is made where there is none.
    let copy = connect(&whole, "rwc").await?;
    copy.execute_unprepared("PRAGMA secure_delete = ON").await?;
    run(&copy, "ATTACH ? AS apart", &parts.keys).await?;
    for sql in [
        format!("CREATE TABLE apart.{apart} AS SELECT * FROM main.{apart}"),
        format!("DELETE FROM main.{apart}"),
        "DETACH apart".to_owned(),
        // Nothing of the keys is left in pages that are free.
        "VACUUM".to_owned(),
    ] {
        copy.execute_unprepared(&sql).await?;
    }
    copy.close().await?;
    fs::rename(&whole, &parts.database)?;
    for part in [&parts.database, &parts.keys] {
        check(part).await?;
    }
    Ok(parts)
}

/// Takes the rows of the table that lay apart into a database; what is there stays. Gives how many.
pub async fn restore_part(file: &Path, part: &Path, apart: &str) -> Result<u64, BackupError> {
    for needed in [file, part] {
        if !needed.exists() {
            return Err(BackupError::Missing(needed.to_owned()));
        }
    }
    check(part).await?;
    let db = connect(file, "rw").await?;
    run(&db, "ATTACH ? AS apart", part).await?;
    let take = format!("INSERT OR IGNORE INTO main.{apart} SELECT * FROM apart.{apart}");
    let taken = db.execute_unprepared(&take).await?.rows_affected();
    db.close().await?;
    Ok(taken)
}

async fn check(file: &Path) -> Result<(), BackupError> {
    let db = connect(file, "ro").await?;
    let sql = "SELECT integrity_check AS verdict FROM pragma_integrity_check";
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    let verdict: String = row.map_or(Ok(String::new()), |row| row.try_get("", "verdict"))?;
    db.close().await?;
    match verdict.as_str() {
        "ok" => Ok(()),
        _ => Err(BackupError::Damaged(file.to_owned(), verdict)),
    }
}

async fn run(db: &DatabaseConnection, sql: &str, path: &Path) -> Result<(), DbErr> {
    let path = Value::from(path.display().to_string());
    db.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, sql, [path])).await?;
    Ok(())
}

/// One connection, so that what is attached stays.
async fn connect(file: &Path, mode: &str) -> Result<DatabaseConnection, DbErr> {
    let file = file.to_owned();
    let mut options = sea_orm::ConnectOptions::new(format!("sqlite://backup.sqlite?mode={mode}"));
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlx| sqlx.filename(&file));
    Database::connect(options).await
}
