//! How articles are seen.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};

use crate::{
    articles::{
        actions,
        entity::{Article, ArticleFilter, Visibility},
    },
    cards::CardObject,
    error::Result,
    graphql::{Connection, ContextExt, Nullable},
    ids::{self, NodeKind},
    page::PageRequest,
    scalars::Date,
    units::{SourceRef, UnitObject},
    words,
};

/// An article in the API.
#[derive(Clone)]
pub struct ArticleObject(pub Arc<Article>);

impl From<Article> for ArticleObject {
    fn from(article: Article) -> Self {
        Self(Arc::new(article))
    }
}

/// A piece of knowledge: for everybody, or for the consultants of the hotline.
#[Object(name = "Article")]
impl ArticleObject {
    /// Opaque global id.
    pub async fn id(&self) -> ID {
        ids::global(NodeKind::Article, self.0.id.0).into()
    }

    /// The name in addresses; of an imported article, the id given at import.
    fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Title.
    fn title(&self) -> &str {
        &self.0.content.title
    }

    /// The text, in Markdown.
    fn text(&self) -> &str {
        &self.0.content.text
    }

    /// What kind of text it is, in the words of where it was imported from.
    fn kind(&self) -> Option<&str> {
        self.0.content.kind.as_deref()
    }

    /// Who may read it.
    fn visibility(&self) -> Visibility {
        self.0.visibility
    }

    /// Who may read it, in the reader's language.
    fn visibility_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "visibility", &self.0.visibility)
    }

    /// The unit that it is about.
    async fn unit(&self, ctx: &Context<'_>) -> Nullable<UnitObject> {
        ctx.unit(self.0.content.unit.as_deref()?).await
    }

    /// Words that callers use.
    fn keywords(&self) -> &[String] {
        &self.0.content.keywords
    }

    /// Related cards that are published.
    async fn related(&self, ctx: &Context<'_>) -> Result<Vec<CardObject>> {
        ctx.cards(&self.0.content.related).await
    }

    /// Pages on which the facts were checked.
    fn sources(&self) -> &[SourceRef] {
        &self.0.content.sources
    }

    /// When an editor must look at it again.
    fn review_due_on(&self) -> Option<Date> {
        self.0.content.review_due
    }

    /// When it last changed.
    fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Counts its changes.
    fn version(&self) -> i32 {
        self.0.revision
    }
}

/// Queries on articles.
#[derive(Default)]
pub struct ArticleQueries;

#[Object]
impl ArticleQueries {
    /// The article with a slug; null when there is none that you may read.
    async fn article(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug.")] slug: String,
    ) -> Nullable<ArticleObject> {
        let found = actions::by_slugs(ctx.db(), ctx.actor(), &[slug]).await;
        found.map(|found| found.into_iter().next().map(ArticleObject::from)).transpose()
    }

    /// Articles that you may read, sorted by slug.
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which articles; all when nothing is said.")] filter: Option<
            ArticleFilter,
        >,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<ArticleObject>> {
        let filter = filter.unwrap_or_default();
        let page = PageRequest { first, after };
        let page = actions::list(ctx.db(), ctx.actor(), &filter, &page).await;
        Some(page.map(|page| Connection::of(page, ArticleObject::from)))
    }
}
