//! Feeds the index: follows the spine, and rebuilds from the database when the index says that it
//! has no mark.

use std::collections::{HashMap, HashSet};

use kontakt_index::{Change, Document, Index, Mark};
use uuid::Uuid;

use crate::{
    actor::Actor,
    articles::{self, Article, Visibility},
    cards::{self, Listed},
    db::Db,
    error::{Error, Result},
    events::{self, Entry, Follower, Subject},
    progress::Progress,
    search::{
        actions::{ANYONE, STAFF, SearchKind, tag},
        teach::{teach, teach_news},
    },
};

/// Articles that are read at once while rebuilding.
const BATCH: u64 = 500;

/// The name under which the index is a follower of the spine.
pub const FOLLOWER: &str = "index";

/// Keeps the index of this node level with the spine.
pub struct IndexFollower {
    db: Db,
    index: Index,
    mark: Mark,
}

impl IndexFollower {
    /// The follower of an index that belongs to this database; rebuilds it first if need be.
    pub async fn start(db: Db, index: Index, epoch: Uuid) -> Result<Self> {
        // The rules first: as soon as the index has a mark, it answers.
        teach(&db, &index).await?;
        let head = events::head(db.reader()).await?;
        let mark = match index.mark() {
            // A mark of another database, or ahead of this one, is of no use.
            Some(mark) if mark.epoch == epoch && mark.cursor <= head => mark,
            _ => built(&db, &index, epoch).await?,
        };
        Ok(Self { db, index, mark })
    }

    /// The follower of an index that is built anew, whatever it says of itself.
    pub async fn start_anew(db: Db, index: Index, epoch: Uuid) -> Result<Self> {
        teach(&db, &index).await?;
        let mark = built(&db, &index, epoch).await?;
        Ok(Self { db, index, mark })
    }

    /// Takes everything that the spine holds now.
    pub async fn catch_up(&mut self) -> Result<()> {
        loop {
            let entries = events::read_after(self.db.reader(), self.mark.cursor, BATCH).await?;
            if entries.is_empty() {
                return Ok(());
            }
            self.take(&entries).await?;
        }
    }

    /// Applies what has gathered when it is much, without moving the cursor: large imports must
    /// not be held in memory whole, and taking them again is harmless.
    async fn make_room(&mut self, changes: &mut Vec<Change>) -> Result<()> {
        if changes.len() < BATCH as usize {
            return Ok(());
        }
        self.apply(std::mem::take(changes), self.mark.cursor).await
    }

    async fn apply(&mut self, changes: Vec<Change>, cursor: i64) -> Result<()> {
        let mark = Mark { cursor, ..self.mark };
        let index = self.index.clone();
        blocking(move || index.apply(changes, mark)).await?;
        self.mark = mark;
        Ok(())
    }
}

impl Follower for IndexFollower {
    fn name(&self) -> &'static str {
        FOLLOWER
    }

    fn cursor(&self) -> i64 {
        self.mark.cursor
    }

    async fn take(&mut self, entries: &[Entry]) -> Result<()> {
        let Some(last) = entries.last() else { return Ok(()) };
        let ids = |subject| -> Vec<Uuid> {
            let of = entries.iter().filter(|entry| entry.subject() == Some(subject));
            of.flat_map(Entry::ids).collect::<HashSet<_>>().into_iter().collect()
        };
        teach_news(&self.db, &self.index, entries).await?;
        let mut changes = Vec::new();
        // Read as they are now: entries of the same card are one change, and a replay is harmless.
        for some in ids(Subject::Card).chunks(BATCH as usize) {
            let found = cards::live_by_ids(self.db.reader(), some).await?;
            let found = found.iter().map(|listed| (listed.card.id.0, card_document(listed)));
            changes.extend(put_or_remove(some, found.collect()));
            self.make_room(&mut changes).await?;
        }
        for some in ids(Subject::Article).chunks(BATCH as usize) {
            let found = articles::by_ids(self.db.reader(), &Actor::System, some).await?;
            let found = found.iter().map(|article| (article.id.0, article_document(article)));
            changes.extend(put_or_remove(some, found.collect()));
            self.make_room(&mut changes).await?;
        }
        self.apply(changes, last.id()).await
    }

    async fn probe(&mut self) -> Result<()> {
        self.apply(Vec::new(), self.mark.cursor).await
    }

    async fn skip(&mut self, entry: &Entry) -> Result<()> {
        self.apply(Vec::new(), entry.id()).await
    }
}

fn put_or_remove(ids: &[Uuid], mut found: HashMap<Uuid, Document>) -> Vec<Change> {
    let change = |id| match found.remove(id) {
        Some(document) => Change::Put(document),
        None => Change::Remove(*id),
    };
    ids.iter().map(change).collect()
}

/// Brings an index level with the database once, for a command that runs and ends.
pub async fn catch_up(db: &Db, index: &Index, epoch: Uuid) -> Result<()> {
    IndexFollower::start(db.clone(), index.clone(), epoch).await?.catch_up().await
}

/// Builds the index anew, and hands the rules over once more: a change of them that came before the
/// mark is not told again.
async fn built(db: &Db, index: &Index, epoch: Uuid) -> Result<Mark> {
    let mark = rebuild(db, index, epoch).await?;
    teach(db, index).await?;
    Ok(mark)
}

/// Builds the index anew beside the one that serves, and puts it in its place. Gives its mark.
pub async fn rebuild(db: &Db, index: &Index, epoch: Uuid) -> Result<Mark> {
    // The head is read first: what changes meanwhile is taken again by the follower.
    let mark = Mark { epoch, cursor: events::head(db.reader()).await? };
    let cards = cards::all_live(db.reader()).await?;
    let mut progress = Progress::start("rebuilding the search index", cards.len() as u64);
    let handle = index.clone();
    let mut rebuild = blocking(move || handle.rebuild()).await?;
    let mut batch: Vec<Document> = cards.iter().map(card_document).collect();
    let mut after = String::new();
    loop {
        let count = batch.len() as u64;
        rebuild = blocking(move || {
            rebuild.add(batch)?;
            Ok(rebuild)
        })
        .await?;
        progress.add(count);
        let articles = articles::all(db.reader(), &after, BATCH).await?;
        let Some(last) = articles.last() else { break };
        after.clone_from(&last.slug);
        batch = articles.iter().map(article_document).collect();
    }
    blocking(move || rebuild.finish(mark)).await?;
    tracing::info!(passages = index.documents(), "the search index was built");
    Ok(mark)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, kontakt_index::Error> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}

fn card_document(Listed { card, version }: &Listed) -> Document {
    let content = &version.content;
    let mut tags = vec![
        SearchKind::ServiceCard.tag(),
        tag("unit", &content.unit),
        tag("online", if card.online { "yes" } else { "no" }),
    ];
    tags.extend(content.area.map(|area| tag("area", &area.code())));
    tags.extend(content.life_events.iter().map(|event| tag("life-event", event)));
    Document {
        id: card.id.0,
        codes: content.symbol.iter().cloned().collect(),
        readers: vec![ANYONE.to_owned()],
        tags,
        passages: cards::passages(content),
    }
}

fn article_document(article: &Article) -> Document {
    let content = &article.content;
    let mut tags = vec![SearchKind::Article.tag()];
    tags.extend(content.unit.iter().map(|unit| tag("unit", unit)));
    let reader = match article.visibility {
        Visibility::Public => ANYONE,
        Visibility::Staff => STAFF,
    };
    Document {
        id: article.id.0,
        codes: Vec::new(),
        readers: vec![reader.to_owned()],
        tags,
        passages: articles::passages(content),
    }
}
