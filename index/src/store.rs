//! The handle of an index: open, apply, rebuild. What stands in it, its kind says.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::indexer::UserOperation;
use tantivy::schema::Schema;
use tantivy::{Searcher, Term};
use tracing::warn;
use uuid::Uuid;

use crate::analyzer::{Analyzer, Memo, Morphology};
use crate::dictionary::Dictionary;
use crate::folder::{Folder, remove};
use crate::generation::Generation;
use crate::rebuild::Rebuild;
use crate::{Change, Error, Mark};

/// What an index is of: its documents, and how they become terms.
pub trait Kind: Send + Sync + Sized + 'static {
    /// What is fed and found.
    type Document: Send + 'static;

    /// Its name and version: an index of another one is rebuilt.
    const VERSION: &'static str;

    /// The schema, and what is needed to fill and to ask it.
    fn new() -> (Schema, Self);

    /// Which document it is: the same id replaces it.
    fn id(document: &Self::Document) -> Uuid;

    /// What all that stands of a document in the index has.
    fn key(&self, id: Uuid) -> Term;

    /// A document for an index that does not have it yet. One batch lands in one segment as a whole.
    fn additions(&self, document: &Self::Document, analyzer: &dyn Analyzer) -> Vec<UserOperation>;

    /// What has to be done for a change.
    fn operations(
        &self,
        change: Change<Self::Document>,
        analyzer: &dyn Analyzer,
    ) -> Vec<UserOperation> {
        match change {
            Change::Remove(id) => vec![UserOperation::Delete(self.key(id))],
            Change::Put(document) => {
                let mut operations = vec![UserOperation::Delete(self.key(Self::id(&document)))];
                operations.extend(self.additions(&document, analyzer));
                operations
            }
        }
    }
}

/// A search index in a folder of its own. Cheap to clone; all clones are one index.
///
/// One task feeds it: the one that calls [`Store::apply`] also rebuilds, and reads
/// [`Store::mark`] to know where to go on. Any number of others search meanwhile.
pub struct Store<K> {
    shared: Arc<Shared<K>>,
}

impl<K> Clone for Store<K> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone() }
    }
}

struct Shared<K> {
    serving: RwLock<Arc<Generation>>,
    rebuilding: AtomicBool,
    analyzer: Box<dyn Analyzer>,
    schema: Schema,
    kind: K,
    /// Last, so that the lock is given back after everything else is closed.
    folder: Folder,
}

impl<K: Kind> Store<K> {
    /// Opens the index, and makes the folder when there is none. When there is no index, or a stale
    /// or damaged one, an empty index without a mark serves until it is rebuilt.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        // Unpacked while the folder is looked through; the first question needs it.
        Dictionary::warm_up();
        Self::open_with(folder, Box::new(Morphology::new()))
    }

    pub(crate) fn open_with(folder: &Path, analyzer: Box<dyn Analyzer>) -> Result<Self, Error> {
        let folder = Folder::open(folder, K::VERSION, &*analyzer)?;
        let (schema, kind) = K::new();
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
        let shared = Shared { serving, rebuilding, analyzer, schema, kind, folder };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// How far the index has followed the database. None: it has to be rebuilt.
    pub fn mark(&self) -> Option<Mark> {
        self.serving().mark()
    }

    /// Takes the changes in, in their order, and moves the mark: all of it or nothing, with what was
    /// [written](Store::write) before. Searches see it when this returns. After a failure nothing was
    /// taken in and the call can be repeated.
    pub fn apply(&self, changes: Vec<Change<K::Document>>, mark: Mark) -> Result<(), Error> {
        self.serving().commit(self.operations(changes), mark)
    }

    /// Moves the mark when nothing has changed. It is not written down before the next
    /// [`Store::apply`]: an index that is opened anew goes on from where it was then.
    pub fn pass(&self, mark: Mark) {
        self.serving().pass(mark);
    }

    /// Takes changes in that nobody sees before the next [`Store::apply`]: much can be taken in so
    /// without holding it in memory. After a failure all since the last apply has to come again.
    pub fn write(&self, changes: Vec<Change<K::Document>>) -> Result<(), Error> {
        self.serving().write(self.operations(changes))
    }

    /// Begins a new index beside the serving one. What is applied before it is finished stays in
    /// the old one: afterwards, go on from the new mark. One at a time.
    pub fn rebuild(&self) -> Result<Rebuild<K>, Error> {
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

    /// How much there is to search: of passages, one for every section and language of a document.
    pub fn documents(&self) -> usize {
        usize::try_from(self.searcher().num_docs()).unwrap_or(usize::MAX)
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

    pub(crate) fn kind(&self) -> &K {
        &self.shared.kind
    }

    pub(crate) fn analyzer(&self) -> &dyn Analyzer {
        &*self.shared.analyzer
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.serving().searcher()
    }

    fn operations(&self, changes: Vec<Change<K::Document>>) -> Vec<Vec<UserOperation>> {
        let memo = Memo::new(self.analyzer());
        changes.into_iter().map(|one| self.kind().operations(one, &memo)).collect()
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
