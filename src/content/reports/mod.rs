//! `kontakt import reports`: files of any size, a batch at a time. What cannot be taken is written to
//! a file beside, with the line and the reason; the rest is imported.

mod mapping;
mod read;
mod rejected;
mod rows;

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use tokio::{sync::mpsc, task};

pub use self::mapping::Mapping;
use self::{
    read::{Batch, read},
    rejected::Rejected,
    rows::Rows,
};
use crate::{
    actor::Actor,
    content::{ContentError, Fault, files, import::IMPORTING},
    db::Db,
    error::Error,
    progress::Progress,
    reports::{
        self,
        importing::{self, Fate, Field, Known},
    },
    units::{self, Districts},
};

/// Rows of one commit, so that a file costs few of them and a batch little memory.
pub const BATCH_ROWS: usize = 5_000;
/// Batches that are read while another is written.
const BATCHES_AHEAD: usize = 1;

/// What is imported, and how.
pub struct ReportImport {
    /// The files: `.csv` or `.jsonl`.
    pub files: Vec<PathBuf>,
    /// How their columns are to be understood.
    pub mapping: Mapping,
    /// Where the rows come from: the first part of their ids.
    pub source: Option<String>,
    /// Where the rows go that cannot be taken; only for one file.
    pub rejected: Option<PathBuf>,
    /// Rows of one commit.
    pub batch_rows: usize,
}

/// What became of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows that were read.
    pub read: u64,
    /// Reports that are new.
    pub created: u64,
    /// Reports that were there, differing ones included.
    pub unchanged: u64,
    /// Of those, the reports of which a row says something else.
    pub differing: u64,
    /// The first of them: the line of its file, and what it tells otherwise.
    pub first_differing: Option<(u64, Vec<Field>)>,
    /// Rows that were not taken.
    pub rejected: u64,
    /// The files that hold them.
    pub rejected_files: Vec<PathBuf>,
    /// How long it took.
    pub took: Duration,
}

/// Imports reports. Errors: a file or a mapping that makes no sense; what was imported before stays,
/// and is skipped when the import is run again.
pub async fn import_reports(db: &Db, import: ReportImport) -> Result<Summary, Fault> {
    let files = files::expand(&import.files, &["csv", "jsonl"])?;
    if import.rejected.is_some() && files.len() > 1 {
        let reason = "rejected rows of several files do not go into one: leave out --rejected";
        return Err(Fault::Content(vec![ContentError::new("--rejected", 1, reason)]));
    }
    let since = Instant::now();
    let mut summary = Summary::default();
    for file in &files {
        let known = known(db, &import).await?;
        let rejected = import.rejected.clone().unwrap_or_else(|| rejected::beside(file));
        import_file(db, file, &import, known, &rejected, &mut summary).await?;
    }
    summary.took = since.elapsed();
    Ok(summary)
}

/// What rows are checked against.
async fn known(db: &Db, import: &ReportImport) -> Result<Known, Fault> {
    let reader = db.reader();
    let categories = reports::categories(reader).await?;
    if categories.is_empty() {
        let reason = "there are no categories yet: import them first (kontakt import categories)";
        return Err(Fault::Content(vec![ContentError::new("categories", 1, reason)]));
    }
    let source = import.source.clone().or(import.mapping.source.clone());
    Ok(Known {
        categories: categories.into_iter().map(|known| (known.code.clone(), known)).collect(),
        units: units::known_codes(reader).await?.into_iter().collect(),
        districts: Districts::read(db).await?,
        districts_count: units::districts(reader).await?.len() as i32,
        source: source.unwrap_or_else(|| "kontakt".to_owned()),
        dates: import.mapping.dates.clone(),
        outside: import.mapping.outside,
        now: db.now(),
    })
}

async fn import_file(
    db: &Db,
    file: &Path,
    import: &ReportImport,
    known: Known,
    rejected: &Path,
    summary: &mut Summary,
) -> Result<(), Fault> {
    let rows = Rows::open(file, &import.mapping)?;
    let mut rejected = Rejected::new(rejected, file, rows.columns())?;
    let mut progress = Progress::start("importing reports", rows.count_about()?);
    let (sender, mut batches) = mpsc::channel(BATCHES_AHEAD);
    let (mapping, size) = (import.mapping.clone(), import.batch_rows);
    let reading = task::spawn_blocking(move || read(rows, &mapping, &known, size, &sender));
    while let Some(batch) = batches.recv().await {
        let count = batch.len();
        write(db, batch, &mut rejected, summary).await?;
        summary.read += count;
        progress.add(count);
    }
    let whole = reading.await.map_err(Error::internal)?;
    let is_used = rejected.finish()?;
    summary.rejected_files.extend(is_used);
    whole
}

/// Writes a batch in one commit, then what it could not take.
async fn write(
    db: &Db,
    batch: Batch,
    rejected: &mut Rejected,
    summary: &mut Summary,
) -> Result<(), Fault> {
    let Batch { accepted, lines, mut refused } = batch;
    if !accepted.is_empty() {
        let fates = db
            .write(async |tx| {
                tx.exclusive(IMPORTING).await?;
                importing::import(tx, &Actor::System, accepted).await
            })
            .await?;
        for (fate, line) in fates.into_iter().zip(lines) {
            match fate {
                Fate::Created => summary.created += 1,
                Fate::Unchanged => summary.unchanged += 1,
                Fate::Differing(fields) => {
                    summary.unchanged += 1;
                    summary.differing += 1;
                    summary.first_differing.get_or_insert((line.number, fields));
                }
                Fate::Rejected(reason) => refused.push((line, reason)),
            }
        }
    }
    refused.sort_by_key(|(line, _)| line.number);
    summary.rejected += refused.len() as u64;
    rejected.add(&refused)
}
