//! What is suggested while somebody types: titles, symbols and the words that residents use, in the
//! memory of each node.

use std::sync::{Arc, PoisonError, RwLock};

use async_graphql::Enum;
use kontakt_index::{Suggester, Suggestion};
use sea_orm::ConnectionTrait;
use tokio::sync::broadcast::Receiver;

use crate::{
    actor::Actor,
    articles::{self, Article, Visibility},
    cards::{self, Listed},
    error::{Error, Result},
    events::{Entry, Subject, reload_on},
    permissions::{Permission, Reach},
    words::{Lang, Message},
};

/// Suggestions that can be asked for at once.
pub const SUGGESTIONS_MAX: usize = 20;
/// Articles that are read at once.
const BATCH: u64 = 500;

/// The weights: a thing comes before mere words, and a card before an article.
const CARD: u32 = 30;
const ARTICLE: u32 = 20;
const WORDS: u32 = 10;

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SuggestionKind {
    /// The title of a service card.
    ServiceCard,
    /// The title of a knowledge article.
    Article,
    /// Words to search for, as residents say it.
    Query,
}

/// What stands behind a suggestion.
#[derive(Clone, Debug)]
pub struct Suggested {
    /// What it is.
    pub kind: SuggestionKind,
    /// The slug of the card or article; none for mere words.
    pub slug: Option<String>,
    is_for_staff: bool,
}

/// The suggestions of this node. Cheap to clone.
#[derive(Clone)]
pub struct Suggestions(Arc<RwLock<Arc<Suggester<Suggested>>>>);

impl Default for Suggestions {
    fn default() -> Self {
        Self(Arc::new(RwLock::new(Arc::new(Suggester::new(Vec::new())))))
    }
}

impl Suggestions {
    /// What the actor may be suggested for what is typed, best first. Errors: `BadRequest` for a
    /// number that is out of range.
    pub fn suggest(
        &self,
        actor: &Actor,
        typed: &str,
        first: i32,
    ) -> Result<Vec<Suggestion<Suggested>>> {
        let first = usize::try_from(first).ok().filter(|first| *first <= SUGGESTIONS_MAX);
        let message = || Message::new("bad-first").with("max", SUGGESTIONS_MAX);
        let first = first.ok_or_else(|| Error::BadRequest(message()))?;
        let is_staff = actor.reach(Permission::ReadStaffKnowledge) != Reach::Nothing;
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        let found = all.suggest(typed, first, |one| is_staff || !one.is_for_staff);
        Ok(found.into_iter().cloned().collect())
    }

    /// Reads anew what can be suggested.
    pub async fn reload(&self, db: &impl ConnectionTrait) -> Result<()> {
        let mut all: Vec<Suggestion<Suggested>> =
            cards::all_live(db).await?.iter().flat_map(of_card).collect();
        let mut after = String::new();
        loop {
            let some = articles::all(db, &after, BATCH).await?;
            let Some(last) = some.last() else { break };
            after.clone_from(&last.slug);
            all.extend(some.iter().flat_map(of_article));
        }
        let fresh = tokio::task::spawn_blocking(move || Arc::new(Suggester::new(all)))
            .await
            .map_err(Error::internal)?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Reloads whenever cards or articles change, until the feed ends.
    pub async fn follow(&self, db: &impl ConnectionTrait, live: Receiver<Arc<Entry>>) {
        reload_on(live, is_knowledge, || self.reload(db)).await;
    }
}

fn is_knowledge(entry: &Entry) -> bool {
    matches!(entry.subject(), Some(Subject::Card | Subject::Article))
}

fn of_card(Listed { card, version }: &Listed) -> Vec<Suggestion<Suggested>> {
    let content = &version.content;
    let card = |text: &str| Suggestion {
        text: text.to_owned(),
        codes: content.symbol.iter().cloned().collect(),
        weight: CARD,
        subject: Suggested {
            kind: SuggestionKind::ServiceCard,
            slug: Some(card.slug.clone()),
            is_for_staff: false,
        },
    };
    let mut all = vec![card(&content.title)];
    all.extend(content.keywords.iter().map(|words| of_words(words, false)));
    for lang in [Lang::En, Lang::Uk] {
        if let Some(read) = content.translated(lang) {
            all.extend((read.title != content.title).then(|| card(&read.title)));
            let own = read.keywords.iter().filter(|words| !content.keywords.contains(words));
            all.extend(own.map(|words| of_words(words, false)));
        }
    }
    all
}

fn of_article(article: &Article) -> Vec<Suggestion<Suggested>> {
    let is_for_staff = article.visibility == Visibility::Staff;
    let title = Suggestion {
        text: article.content.title.clone(),
        codes: Vec::new(),
        weight: ARTICLE,
        subject: Suggested {
            kind: SuggestionKind::Article,
            slug: Some(article.slug.clone()),
            is_for_staff,
        },
    };
    let words = article.content.keywords.iter().map(|words| of_words(words, is_for_staff));
    std::iter::once(title).chain(words).collect()
}

fn of_words(words: &str, is_for_staff: bool) -> Suggestion<Suggested> {
    Suggestion {
        text: words.to_owned(),
        codes: Vec::new(),
        weight: WORDS,
        subject: Suggested { kind: SuggestionKind::Query, slug: None, is_for_staff },
    }
}
