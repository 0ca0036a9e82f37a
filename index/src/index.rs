//! The handle: open, search, apply, rebuild.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::schema::Schema;
use tracing::warn;

use crate::analyzer::{Analyzer, Memo, Morphology};
use crate::dictionary::Dictionary;
use crate::folder::{Folder, remove};
use crate::generation::Generation;
use crate::question::Question;
use crate::rebuild::Rebuild;
use crate::schema::Fields;
use crate::search::search;
use crate::synonyms::Thesaurus;
use crate::{Change, Error, Mark, Page, Query, Rules};

/// A search index in a folder of its own. Cheap to clone; all clones are one index.
///
/// One task feeds it: the one that calls [`Index::apply`] also rebuilds, and reads
/// [`Index::mark`] to know where to go on. Any number of others search meanwhile.
#[derive(Clone)]
pub struct Index {
    shared: Arc<Shared>,
}

struct Shared {
    serving: RwLock<Arc<Generation>>,
    rebuilding: AtomicBool,
    thesaurus: RwLock<Arc<Thesaurus>>,
    analyzer: Box<dyn Analyzer>,
    schema: Schema,
    fields: Fields,
    /// Last, so that the lock is given back after everything else is closed.
    folder: Folder,
}

impl Index {
    /// Opens the index, and makes the folder when there is none. When there is no index, or a stale
    /// or damaged one, an empty index without a mark serves until it is rebuilt.
    pub fn open(folder: &Path) -> Result<Index, Error> {
        // Unpacked while the folder is looked through; the first question needs it.
        Dictionary::warm_up();
        Index::open_with(folder, Box::new(Morphology::new()))
    }

    pub(crate) fn open_with(folder: &Path, analyzer: Box<dyn Analyzer>) -> Result<Index, Error> {
        let folder = Folder::open(folder, &*analyzer)?;
        let (schema, fields) = Fields::new();
        let serving = match folder.current().map(|path| Generation::open(path, &schema)) {
            Some(Ok(generation)) => generation,
            Some(Err(error)) => {
                warn!("the index has to be rebuilt: {error}");
                empty(&folder, &schema)?
            }
            None => empty(&folder, &schema)?,
        };
        folder.keep_only(serving.path())?;
        let serving = RwLock::new(Arc::new(serving));
        let rebuilding = AtomicBool::new(false);
        let thesaurus = RwLock::default();
        let shared = Shared { serving, rebuilding, thesaurus, analyzer, schema, fields, folder };
        Ok(Index { shared: Arc::new(shared) })
    }

    /// How far the index has followed the database. None: it has to be rebuilt.
    pub fn mark(&self) -> Option<Mark> {
        self.serving().mark()
    }

    /// What answers the query, of what its readers may see.
    pub fn search(&self, query: &Query) -> Result<Page, Error> {
        let thesaurus =
            self.shared.thesaurus.read().unwrap_or_else(PoisonError::into_inner).clone();
        let searcher = self.serving().searcher();
        search(&searcher, &self.shared.fields, self.analyzer(), &thesaurus, query)
    }

    /// Takes the changes in, in their order, and moves the mark: all of it or nothing. Searches see
    /// it when this returns. After a failure nothing was taken in and the call can be repeated.
    pub fn apply(&self, changes: Vec<Change>, mark: Mark) -> Result<(), Error> {
        let fields = &self.shared.fields;
        let memo = Memo::new(self.analyzer());
        let batches = changes.into_iter().map(|one| fields.operations(one, &memo));
        self.serving().commit(batches.collect(), mark)
    }

    /// From now on these rules hold, for every question.
    pub fn set_rules(&self, rules: &Rules) {
        let thesaurus = Arc::new(Thesaurus::new(rules, self.analyzer()));
        *self.shared.thesaurus.write().unwrap_or_else(PoisonError::into_inner) = thesaurus;
    }

    /// What a question is about: its words without those that only ask, in their dictionary form
    /// and in order. Questions that differ in form alone have the same topic; empty when nothing is
    /// asked.
    pub fn topic(&self, text: &str) -> String {
        Question::new(text, false, self.analyzer()).topic()
    }

    /// Begins a new index beside the serving one. What is applied before it is finished stays in
    /// the old one: afterwards, go on from the new mark. One at a time.
    pub fn rebuild(&self) -> Result<Rebuild, Error> {
        if self.shared.rebuilding.swap(true, Ordering::AcqRel) {
            return Err(Error::RebuildRunning);
        }
        let created = Generation::create(self.shared.folder.next(), &self.shared.schema);
        match created {
            Ok(generation) => Ok(Rebuild::new(self.clone(), generation)),
            Err(error) => {
                self.rebuild_ended();
                Err(error)
            }
        }
    }

    /// How much there is to search, counted in passages: a document has one for every section and
    /// language.
    pub fn documents(&self) -> usize {
        usize::try_from(self.serving().searcher().num_docs()).unwrap_or(usize::MAX)
    }

    /// Compares every file with its checksum, for `kontakt doctor`.
    pub fn verify(&self) -> Result<(), Error> {
        self.serving().verify()
    }

    /// Lets a finished generation serve, and removes the one before. A search that has begun ends
    /// on the old one, whose files the system keeps until then.
    pub(crate) fn swap(&self, generation: Arc<Generation>) -> Result<(), Error> {
        self.shared.folder.point_to(generation.path())?;
        let mut serving = self.shared.serving.write().unwrap_or_else(PoisonError::into_inner);
        let old = std::mem::replace(&mut *serving, generation);
        drop(serving);
        old.close();
        remove(old.path());
        Ok(())
    }

    pub(crate) fn rebuild_ended(&self) {
        self.shared.rebuilding.store(false, Ordering::Release);
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.shared.fields
    }

    pub(crate) fn analyzer(&self) -> &dyn Analyzer {
        &*self.shared.analyzer
    }

    fn serving(&self) -> Arc<Generation> {
        self.shared.serving.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn empty(folder: &Folder, schema: &Schema) -> Result<Generation, Error> {
    let generation = Generation::create(folder.next(), schema)?;
    folder.point_to(generation.path())?;
    Ok(generation)
}
