//! Synonyms in the API.

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    error::Result,
    graphql::{Connection, ContextExt, Nullable},
    ids::{self, NodeKind},
    page::PageRequest,
    search::taught::{
        actions,
        entity::{SynonymContent, Taught},
    },
};

/// A synonym in the API.
#[derive(Clone)]
pub struct SynonymObject(pub Taught<SynonymContent>);

/// What residents say, and what the cards call it. It leads one way only: who asks for "prawko" is
/// shown "prawo jazdy", and nobody who asks for "prawo jazdy" is shown anything else than before.
#[Object(name = "Synonym", visible = "crate::graphql::staff")]
impl SynonymObject {
    /// Opaque global id.
    pub async fn id(&self) -> ID {
        ids::global(NodeKind::Synonym, self.0.id.0).into()
    }

    /// What residents say, in any inflected form.
    fn phrase(&self) -> &str {
        &self.0.content.phrase
    }

    /// What the cards call it.
    fn means(&self) -> &[String] {
        &self.0.content.means
    }

    /// Whether the phrase is an acronym, which counts only as the very word, in capitals or alone.
    fn acronym(&self) -> bool {
        self.0.content.acronym
    }

    /// A word to other editors.
    fn note(&self) -> Option<&str> {
        self.0.content.note.as_deref()
    }

    /// Counts its changes; give it as `expectedVersion` of a mutation.
    fn version(&self) -> i32 {
        self.0.revision
    }

    /// When it last changed.
    fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}

impl SynonymObject {
    /// The key of the row.
    pub fn key(&self) -> Uuid {
        self.0.id.0
    }
}

/// The synonyms with these keys that the caller may see, in no order.
pub async fn synonyms(ctx: &Context<'_>, keys: &[Uuid]) -> Result<Vec<SynonymObject>> {
    let found = actions::by_ids(ctx.db(), ctx.actor(), keys).await?;
    Ok(found.into_iter().map(SynonymObject).collect())
}

/// Queries on synonyms.
#[derive(Default)]
pub struct SynonymQueries;

#[Object]
impl SynonymQueries {
    /// What residents say and what the cards call it, sorted by phrase. For editors and publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn synonyms(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those with this text in the phrase or in what it means; capitals and \
                          diacritics do not matter.")]
        contains: Option<String>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<SynonymObject>> {
        let page = PageRequest { first, after };
        let page = actions::list(ctx.db(), ctx.actor(), contains.as_deref(), &page).await;
        Some(page.map(|page| Connection::of(page, SynonymObject)))
    }
}
