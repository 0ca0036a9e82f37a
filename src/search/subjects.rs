//! What hits are, kept in memory: to read a card out of its JSON costs more than to find it.
//!
//! While nothing has happened to cards, live ones are taken from memory as they are: everybody may read
//! them.
//! For the rest the database is asked what the actor may read, and in which revision; only the text of
//! a revision is remembered, so nothing is shown that became secret.

use std::{collections::HashMap, sync::Arc};

use moka::sync::Cache;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    actor::Actor,
    articles::{self, Article},
    cards::{self, Listed},
    error::Result,
    events::HeadOf,
    forms,
    remembered::Remembered,
};

/// Things that are remembered; a card takes some 20 kB.
const REMEMBERED_MAX: u64 = 1_000;

/// What a hit is.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A card with its live version.
    Card(Arc<Listed>),
    /// An article.
    Article(Arc<Article>),
    /// A form with its live version.
    Form(Arc<forms::Listed>),
}

/// The things that were found before. Cheap to clone.
#[derive(Clone)]
pub struct Subjects {
    current: Remembered<Uuid, Subject>,
    revisions: Cache<(Uuid, i32), Subject>,
}

impl Subjects {
    /// Remembers while the head of the cards stays where it is; without a spine, only texts.
    pub fn new(head: Option<HeadOf>) -> Self {
        Self {
            current: Remembered::new(head, REMEMBERED_MAX),
            revisions: Cache::new(REMEMBERED_MAX),
        }
    }

    /// What these are, by id, of what the actor may read.
    pub async fn read(
        &self,
        db: &impl ConnectionTrait,
        actor: &Actor,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, Subject>> {
        let now = self.current.now();
        let known = ids.iter().filter_map(|id| Some((*id, self.current.get(id)?)));
        let mut read: HashMap<Uuid, Subject> = known.collect();
        let ids: Vec<Uuid> = ids.iter().filter(|id| !read.contains_key(id)).copied().collect();
        if !ids.is_empty() {
            self.look_up(db, actor, &ids, &mut read).await?;
        }
        for id in ids {
            if let Some(subject) =
                read.get(&id).filter(|subject| matches!(subject, Subject::Card(_)))
            {
                self.current.keep(now, id, subject.clone());
            }
        }
        Ok(read)
    }

    /// Asks the database in which revision they are, and reads what is not remembered.
    async fn look_up(
        &self,
        db: &impl ConnectionTrait,
        actor: &Actor,
        ids: &[Uuid],
        read: &mut HashMap<Uuid, Subject>,
    ) -> Result<()> {
        let cards = cards::live_revisions(db, ids).await?;
        let unknown = self.recall(&cards, read);
        if !unknown.is_empty() {
            for listed in cards::live_by_ids(db, &unknown).await? {
                let (id, revision) = (listed.card.id.0, listed.card.revision);
                self.remember(id, revision, Subject::Card(Arc::new(listed)), read);
            }
        }
        let forms = match cards.len() < ids.len() {
            true => forms::live_revisions(db, ids).await?,
            false => Vec::new(),
        };
        let unknown = self.recall(&forms, read);
        if !unknown.is_empty() {
            for listed in forms::live_by_ids(db, &unknown).await? {
                let (id, revision) = (listed.form.id.0, listed.form.revision);
                self.remember(id, revision, Subject::Form(Arc::new(listed)), read);
            }
        }
        if cards.len() + forms.len() < ids.len() {
            let articles = articles::revisions(db, actor, ids).await?;
            let unknown = self.recall(&articles, read);
            if !unknown.is_empty() {
                for article in articles::by_ids(db, actor, &unknown).await? {
                    let (id, revision) = (article.id.0, article.revision);
                    self.remember(id, revision, Subject::Article(Arc::new(article)), read);
                }
            }
        }
        Ok(())
    }

    /// Takes what is remembered in these revisions, and gives the ids of the rest.
    fn recall(&self, known: &[(Uuid, i32)], read: &mut HashMap<Uuid, Subject>) -> Vec<Uuid> {
        let mut unknown = Vec::new();
        for key in known {
            match self.revisions.get(key) {
                Some(subject) => drop(read.insert(key.0, subject)),
                None => unknown.push(key.0),
            }
        }
        unknown
    }

    fn remember(
        &self,
        id: Uuid,
        revision: i32,
        subject: Subject,
        read: &mut HashMap<Uuid, Subject>,
    ) {
        self.revisions.insert((id, revision), subject.clone());
        read.insert(id, subject);
    }
}
