//! One index on disk: opened with suspicion, written in whole commits.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use tantivy::directory::META_LOCK;
use tantivy::indexer::UserOperation;
use tantivy::schema::Schema;
use tantivy::{Directory, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyError};
use uuid::Uuid;

use crate::terms::{TOKENIZER, Terms};
use crate::{Error, Mark};

/// One thread is enough for the feed, leaves the other cores to searches, and keeps the passages of
/// a document in their order.
const WRITER_THREADS: usize = 1;
/// How much is gathered before a segment is written.
const WRITER_BYTES: usize = 30_000_000;

/// An index that can be searched and written.
pub(crate) struct Generation {
    path: PathBuf,
    index: tantivy::Index,
    reader: IndexReader,
    /// None until something is written, and again after a failure.
    writer: Mutex<Option<IndexWriter>>,
    mark: RwLock<Option<Mark>>,
}

impl Generation {
    /// An empty one, without a mark.
    pub(crate) fn create(path: PathBuf, schema: &Schema) -> Result<Generation, Error> {
        fs::create_dir(&path).map_err(Error::at(&path))?;
        let index = tantivy::Index::create_in_dir(&path, schema.clone())?;
        Generation::over(path, index)
    }

    /// The one that is there, if it is whole.
    pub(crate) fn open(path: PathBuf, schema: &Schema) -> Result<Generation, Error> {
        let index = checked(&path)?;
        if index.schema() != *schema {
            return Err(Error::Damaged("it has other fields".to_owned()));
        }
        Generation::over(path, index)
    }

    fn over(path: PathBuf, index: tantivy::Index) -> Result<Generation, Error> {
        index.tokenizers().register(TOKENIZER, Terms::default());
        let mark = index.load_metas()?.payload.as_deref().and_then(parse);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let (writer, mark) = (Mutex::new(None), RwLock::new(mark));
        Ok(Generation { path, index, reader, writer, mark })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn mark(&self) -> Option<Mark> {
        *self.mark.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Takes batches in; nobody sees them before the commit.
    pub(crate) fn write(&self, batches: Vec<Vec<UserOperation>>) -> Result<(), Error> {
        let mut slot = self.writer();
        let writer = self.take(&mut slot)?;
        run(&writer, batches)?;
        *slot = Some(writer);
        Ok(())
    }

    /// Takes batches in together with all that was written before, and the mark, as one commit.
    pub(crate) fn commit(&self, batches: Vec<Vec<UserOperation>>, mark: Mark) -> Result<(), Error> {
        let mut slot = self.writer();
        let mut writer = self.take(&mut slot)?;
        run(&writer, batches)?;
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&payload(mark));
        commit.commit()?;
        self.reader.reload()?;
        self.pass(mark);
        *slot = Some(writer);
        Ok(())
    }

    /// Moves the mark in memory alone.
    pub(crate) fn pass(&self, mark: Mark) {
        *self.mark.write().unwrap_or_else(PoisonError::into_inner) = Some(mark);
    }

    /// Reads everything as it is on disk now.
    pub(crate) fn verify(&self) -> Result<(), Error> {
        checked(&self.path).map(drop)
    }

    /// Stops writing, and waits for what goes on in the background.
    pub(crate) fn close(&self) {
        if let Some(writer) = self.writer().take()
            && let Err(error) = writer.wait_merging_threads()
        {
            tracing::warn!("the old index did not end well: {error}");
        }
    }

    fn writer(&self) -> MutexGuard<'_, Option<IndexWriter>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The writer, out of its slot: whoever fails drops it, and with it all that was not committed;
    /// the next call makes a new one.
    fn take(&self, slot: &mut Option<IndexWriter>) -> Result<IndexWriter, TantivyError> {
        match slot.take() {
            Some(writer) => Ok(writer),
            None => self.index.writer_with_num_threads(WRITER_THREADS, WRITER_BYTES),
        }
    }
}

fn run(writer: &IndexWriter, batches: Vec<Vec<UserOperation>>) -> Result<(), TantivyError> {
    for batch in batches {
        writer.run(batch)?;
    }
    Ok(())
}

/// Opens the files anew and compares each with its checksum. Anew, because a file that was cut
/// short under an open map ends the process; under the lock, so that nothing is cleaned up meanwhile.
fn checked(path: &Path) -> Result<tantivy::Index, Error> {
    let damaged = |error: TantivyError| Error::Damaged(error.to_string());
    let index = tantivy::Index::open_in_dir(path).map_err(damaged)?;
    let directory = index.directory();
    let _lock = directory.acquire_lock(&META_LOCK).map_err(|error| damaged(error.into()))?;
    let written = directory.list_managed_files();
    for file in index.load_metas().map_err(damaged)?.list_segment_files() {
        // Not every kind of file exists; one that was written has to.
        let exists = written.contains(&file) || path.join(&file).exists();
        if exists && !directory.validate_checksum(&file).map_err(|error| damaged(error.into()))? {
            return Err(Error::Damaged(format!("{} has changed", file.display())));
        }
    }
    Ok(index)
}

fn payload(mark: Mark) -> String {
    format!("{} {} {}", mark.epoch, mark.cursor, mark.through)
}

fn parse(payload: &str) -> Option<Mark> {
    let mut parts = payload.split(' ');
    let epoch = Uuid::parse_str(parts.next()?).ok()?;
    let cursor = parts.next()?.parse().ok()?;
    // Marks of earlier versions do not have it.
    let through = parts.next().unwrap_or("0").parse().ok()?;
    Some(Mark { epoch, cursor, through })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_that_is_no_mark_is_none() {
        let mark = Mark { epoch: Uuid::from_u128(7), cursor: -3, through: 5 };
        assert_eq!(parse(&payload(mark)), Some(mark));
        for payload in ["", "x", "7 x", "00000000-0000-0000-0000-000000000007"] {
            assert_eq!(parse(payload), None, "{payload}");
        }
    }
}
