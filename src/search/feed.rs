//! Feeds the indexes: follows the spine, and rebuilds from the database when an index says that it has
//! no mark.

use std::{
    collections::{HashMap, HashSet},
    time::{Duration, Instant},
};

use kontakt_index::{Change, Kind, Mark, Rebuild, Store};
use uuid::Uuid;

use crate::{
    db::Db,
    error::{Error, Result},
    events::{self, Entry, Follower, Subject},
};

/// Entries and documents that are read at once.
pub(super) const BATCH: usize = 500;

/// After this many entries an index writes down how far it is, though nothing in it has changed: so many
/// are taken once more at the next start.
const UNWRITTEN_ENTRIES_MAX: i64 = 5_000;
/// An index rests so many times as long as its last commit took, and gathers what is written meanwhile:
/// one commit for each report that is filed would take a core to itself.
const RESTS: u32 = 4;
/// But no longer than this.
const REST_MS_MAX: u64 = 250;

/// What an index is fed with.
pub trait Source: Send + Sync + 'static {
    /// The index.
    type Kind: Kind;

    /// The name under which the index is a follower of the spine.
    const FOLLOWER: &'static str;

    /// Hands over what holds beside documents: before anything is found, and again after a rebuild,
    /// because a change of it that came before the mark is not told again.
    fn prepare(db: &Db, index: &Store<Self::Kind>) -> impl Future<Output = Result<()>> + Send;

    /// Fills a new index with everything; gives it back, and up to which document, counted, it has all.
    fn fill(
        db: &Db,
        filling: Rebuild<Self::Kind>,
    ) -> impl Future<Output = Result<(Rebuild<Self::Kind>, i64)>> + Send;

    /// Takes in what the entries tell of, read as it is now: entries on the same thing are one change,
    /// and a replay is harmless.
    fn take(
        db: &Db,
        entries: &[Entry],
        changes: &mut Changes<Self::Kind>,
    ) -> impl Future<Output = Result<()>> + Send;
}

/// What gathers for an index until the cursor moves.
pub struct Changes<K: Kind> {
    index: Store<K>,
    gathered: Vec<Change<K::Document>>,
    /// Whether the index was given some that no commit has taken yet.
    handed_on: bool,
    /// Up to which document, counted, the index has all.
    pub through: i64,
}

impl<K: Kind> Changes<K> {
    /// The index that takes them.
    pub fn index(&self) -> &Store<K> {
        &self.index
    }

    /// What these things are now; those of the ids that are not found are gone. Much is handed on at
    /// once: large imports must not be held in memory whole.
    pub async fn add(&mut self, ids: &[Uuid], found: Vec<K::Document>) -> Result<()> {
        let mut found: HashMap<Uuid, K::Document> =
            found.into_iter().map(|document| (K::id(&document), document)).collect();
        self.gathered.extend(ids.iter().map(|id| match found.remove(id) {
            Some(document) => Change::Put(document),
            None => Change::Remove(*id),
        }));
        if self.gathered.len() < BATCH {
            return Ok(());
        }
        self.handed_on = true;
        let (index, gathered) = (self.index.clone(), std::mem::take(&mut self.gathered));
        blocking(move || index.write(gathered)).await
    }
}

/// The things of a subject that entries tell of, each once, in batches.
pub(super) fn batches(entries: &[Entry], subject: Subject) -> Vec<Vec<Uuid>> {
    let of = entries.iter().filter(|entry| entry.subject() == Some(subject));
    let ids: Vec<Uuid> = of.flat_map(Entry::ids).collect::<HashSet<_>>().into_iter().collect();
    ids.chunks(BATCH).map(<[Uuid]>::to_vec).collect()
}

/// Keeps an index of this node level with the spine.
pub struct IndexFollower<S: Source> {
    db: Db,
    index: Store<S::Kind>,
    mark: Mark,
    /// The last entry whose place the index has written down.
    written: i64,
    rest: Duration,
}

impl<S: Source> IndexFollower<S> {
    /// The follower of an index that belongs to this database; rebuilds it first if need be.
    pub async fn start(db: Db, index: Store<S::Kind>, epoch: Uuid) -> Result<Self> {
        // The rules first: as soon as the index has a mark, it answers.
        S::prepare(&db, &index).await?;
        let head = events::head(db.reader()).await?;
        let mark = match index.mark() {
            // A mark of another database, or ahead of this one, is of no use.
            Some(mark) if mark.epoch == epoch && mark.cursor <= head => mark,
            _ => built::<S>(&db, &index, epoch).await?,
        };
        Ok(Self::at(db, index, mark))
    }

    /// The follower of an index that is built anew, whatever it says of itself.
    pub async fn start_anew(db: Db, index: Store<S::Kind>, epoch: Uuid) -> Result<Self> {
        S::prepare(&db, &index).await?;
        let mark = built::<S>(&db, &index, epoch).await?;
        Ok(Self::at(db, index, mark))
    }

    fn at(db: Db, index: Store<S::Kind>, mark: Mark) -> Self {
        Self { db, index, mark, written: mark.cursor, rest: Duration::ZERO }
    }

    /// Takes everything that the spine holds now.
    pub async fn catch_up(&mut self) -> Result<()> {
        loop {
            let entries =
                events::read_after(self.db.reader(), self.mark.cursor, BATCH as u64).await?;
            if entries.is_empty() {
                return Ok(());
            }
            self.take(&entries).await?;
        }
    }

    async fn apply(&mut self, changes: Vec<Change<Document<S>>>, mark: Mark) -> Result<()> {
        let (index, begun) = (self.index.clone(), Instant::now());
        blocking(move || index.apply(changes, mark)).await?;
        self.rest = (begun.elapsed() * RESTS).min(Duration::from_millis(REST_MS_MAX));
        (self.mark, self.written) = (mark, mark.cursor);
        Ok(())
    }
}

type Document<S> = <<S as Source>::Kind as Kind>::Document;

impl<S: Source> Follower for IndexFollower<S> {
    fn name(&self) -> &'static str {
        S::FOLLOWER
    }

    fn cursor(&self) -> i64 {
        self.mark.cursor
    }

    async fn take(&mut self, entries: &[Entry]) -> Result<()> {
        let Some(last) = entries.last() else { return Ok(()) };
        let index = self.index.clone();
        let through = self.mark.through;
        let mut changes = Changes { index, gathered: Vec::new(), handed_on: false, through };
        S::take(&self.db, entries, &mut changes).await?;
        let mark = Mark { cursor: last.id(), through: changes.through, ..self.mark };
        let nothing = changes.gathered.is_empty() && !changes.handed_on;
        if nothing && mark.cursor - self.written < UNWRITTEN_ENTRIES_MAX {
            self.index.pass(mark);
            (self.mark, self.rest) = (mark, Duration::ZERO);
            return Ok(());
        }
        self.apply(changes.gathered, mark).await
    }

    fn rest(&self) -> Duration {
        self.rest
    }

    async fn probe(&mut self) -> Result<()> {
        self.apply(Vec::new(), self.mark).await
    }

    async fn skip(&mut self, entry: &Entry) -> Result<()> {
        self.apply(Vec::new(), Mark { cursor: entry.id(), ..self.mark }).await
    }
}

/// Brings an index level with the database once, for a command that runs and ends.
pub async fn catch_up<S: Source>(db: &Db, index: &Store<S::Kind>, epoch: Uuid) -> Result<()> {
    IndexFollower::<S>::start(db.clone(), index.clone(), epoch).await?.catch_up().await
}

/// Builds the index anew and hands over once more what holds beside documents.
async fn built<S: Source>(db: &Db, index: &Store<S::Kind>, epoch: Uuid) -> Result<Mark> {
    let mark = rebuild::<S>(db, index, epoch).await?;
    S::prepare(db, index).await?;
    Ok(mark)
}

/// Builds the index anew beside the one that serves, and puts it in its place. Gives its mark.
pub async fn rebuild<S: Source>(db: &Db, index: &Store<S::Kind>, epoch: Uuid) -> Result<Mark> {
    // The head is read first: what changes meanwhile is taken again by the follower.
    let cursor = events::head(db.reader()).await?;
    let handle = index.clone();
    let filling = blocking(move || handle.rebuild()).await?;
    let (filled, through) = S::fill(db, filling).await?;
    let mark = Mark { epoch, cursor, through };
    blocking(move || filled.finish(mark)).await?;
    tracing::info!(
        index = S::FOLLOWER,
        documents = index.documents(),
        "the search index was built"
    );
    Ok(mark)
}

/// Adds documents to an index in the making.
pub(super) async fn add<K: Kind>(
    mut filling: Rebuild<K>,
    documents: Vec<K::Document>,
) -> Result<Rebuild<K>> {
    blocking(move || {
        filling.add(documents)?;
        Ok(filling)
    })
    .await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, kontakt_index::Error> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}
