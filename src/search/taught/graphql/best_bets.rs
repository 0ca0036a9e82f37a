//! Best bets in the API.

use std::collections::HashMap;

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    articles::{self, ArticleObject},
    cards::{self, CardObject},
    error::Result,
    graphql::{Connection, ContextExt, Nullable},
    ids::{self, NodeKind},
    page::PageRequest,
    scalars::Date,
    search::{
        graphql::SearchSubject,
        taught::{
            actions,
            entity::{Answer, BestBetContent, Taught},
        },
    },
};

/// A best bet in the API, with what it puts first.
#[derive(Clone)]
pub struct BestBetObject {
    rule: Taught<BestBetContent>,
    answers: Vec<SearchSubject>,
}

/// A question, and what an editor puts first among its hits.
#[Object(name = "BestBet", visible = "crate::graphql::staff")]
impl BestBetObject {
    /// Opaque global id.
    pub async fn id(&self) -> ID {
        ids::global(NodeKind::BestBet, self.rule.id.0).into()
    }

    /// The question; it stands for all that have the same words in any order and form.
    fn question(&self) -> &str {
        &self.rule.content.question
    }

    /// What comes first, in its order; without what is not published now.
    fn answers(&self) -> &[SearchSubject] {
        &self.answers
    }

    /// The last day on which it holds; null for no end.
    fn valid_until(&self) -> Option<Date> {
        self.rule.content.valid_until
    }

    /// Whether it holds now; false once its day has passed.
    fn in_force(&self) -> bool {
        self.rule.in_force
    }

    /// A word to other editors.
    fn note(&self) -> Option<&str> {
        self.rule.content.note.as_deref()
    }

    /// Counts its changes; give it as `expectedVersion` of a mutation.
    fn version(&self) -> i32 {
        self.rule.revision
    }

    /// When it last changed.
    fn updated_at(&self) -> DateTime<Utc> {
        self.rule.updated_at
    }
}

impl BestBetObject {
    /// The key of the row.
    pub fn key(&self) -> Uuid {
        self.rule.id.0
    }

    fn new(rule: Taught<BestBetContent>, subjects: &Subjects) -> Self {
        let answers = rule.content.answers.iter().filter_map(|one| subjects.get(one).cloned());
        Self { answers: answers.collect(), rule }
    }

    /// One best bet with what it puts first.
    pub async fn load(ctx: &Context<'_>, rule: Taught<BestBetContent>) -> Result<Self> {
        let subjects = subjects(ctx, rule.content.answers.iter()).await?;
        Ok(Self::new(rule, &subjects))
    }
}

/// Cards and articles by their slugs.
type Subjects = HashMap<Answer, SearchSubject>;

/// What answers name, of what is live and the caller may read: two queries, however many they are.
pub async fn subjects(
    ctx: &Context<'_>,
    answers: impl Iterator<Item = &Answer>,
) -> Result<Subjects> {
    let (mut cards, mut articles) = (Vec::new(), Vec::new());
    for answer in answers {
        match answer {
            Answer::Card(slug) => cards.push(slug.clone()),
            Answer::Article(slug) => articles.push(slug.clone()),
        }
    }
    let mut subjects = Subjects::new();
    if !cards.is_empty() {
        for listed in cards::live_by_slugs(ctx.db(), &cards).await? {
            let slug = listed.card.slug.clone();
            let card = CardObject::new(listed, ctx.lang());
            subjects.insert(Answer::Card(slug), SearchSubject::ServiceCard(card));
        }
    }
    if !articles.is_empty() {
        for article in articles::by_slugs(ctx.db(), ctx.actor(), &articles).await? {
            let slug = article.slug.clone();
            let article = ArticleObject::from(article);
            subjects.insert(Answer::Article(slug), SearchSubject::Article(article));
        }
    }
    Ok(subjects)
}

/// The best bets with these keys that the caller may see, in no order.
pub async fn best_bets(ctx: &Context<'_>, keys: &[Uuid]) -> Result<Vec<BestBetObject>> {
    let found: Vec<Taught<BestBetContent>> = actions::by_ids(ctx.db(), ctx.actor(), keys).await?;
    let subjects = subjects(ctx, found.iter().flat_map(|bet| &bet.content.answers)).await?;
    Ok(found.into_iter().map(|bet| BestBetObject::new(bet, &subjects)).collect())
}

/// Queries on best bets.
#[derive(Default)]
pub struct BestBetQueries;

#[Object]
impl BestBetQueries {
    /// Questions with the answers that editors put first, sorted by question; also those whose day
    /// has passed. For editors and publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn best_bets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those with this text in the question or in the slug of an answer; \
                          capitals and diacritics do not matter.")]
        contains: Option<String>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<BestBetObject>> {
        Some(connection(ctx, contains.as_deref(), PageRequest { first, after }).await)
    }
}

async fn connection(
    ctx: &Context<'_>,
    contains: Option<&str>,
    page: PageRequest,
) -> Result<Connection<BestBetObject>> {
    let page = actions::list(ctx.db(), ctx.actor(), contains, &page).await?;
    let bets = page.entries.iter().map(|(_, bet): &(_, Taught<BestBetContent>)| bet);
    let subjects = subjects(ctx, bets.flat_map(|bet| &bet.content.answers)).await?;
    Ok(Connection::of(page, |bet| BestBetObject::new(bet, &subjects)))
}
