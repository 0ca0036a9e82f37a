//! Queries on cards.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, Object, dataloader::Loader};
use uuid::Uuid;

use crate::{
    cards::{
        actions::{self, CardState, Listed},
        entity::{CardId, ServiceCardFilter},
        graphql::CardObject,
    },
    db::Db,
    error::{Error, Result},
    graphql::{Connection, ContextExt, Nullable},
    page::PageRequest,
    permissions::{Permission, Reach},
};

/// Queries on cards.
#[derive(Default)]
pub struct CardQueries;

#[Object]
impl CardQueries {
    /// The card with a slug; null when there is none that you may see.
    async fn service_card(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug, such as `wydanie-dowodu-osobistego`.")] slug: String,
    ) -> Nullable<CardObject> {
        seen(ctx, actions::find_by_slug(ctx.db(), ctx.actor(), &slug).await).transpose()
    }

    /// Cards, sorted by slug.
    async fn service_cards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cards; all published ones when nothing is said.")] filter: Option<
            ServiceCardFilter,
        >,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<CardObject>> {
        let page = PageRequest { first, after };
        Some(connection(ctx, filter.unwrap_or_default(), page).await)
    }
}

/// The cards with these keys that the caller may see, in no order.
pub async fn nodes(ctx: &Context<'_>, keys: &[Uuid]) -> Result<Vec<CardObject>> {
    let live = actions::live_by_ids(ctx.db(), keys).await?;
    let mut hidden: Vec<Uuid> = keys.to_vec();
    hidden.retain(|key| live.iter().all(|listed| listed.card.id.0 != *key));
    let mut seen: Vec<CardObject> =
        live.into_iter().map(|listed| CardObject::new(listed, ctx.lang())).collect();
    if ctx.actor().reach(Permission::ReadDrafts) != Reach::Nothing {
        // Few at a time: cards that are not live, for those who work on them.
        for key in hidden {
            seen.extend(node_with_drafts(ctx, key).await?);
        }
    }
    Ok(seen)
}

/// The card with a key; null when there is none whose drafts the caller may see.
pub async fn node_with_drafts(ctx: &Context<'_>, key: Uuid) -> Result<Option<CardObject>> {
    match actions::find_with_drafts(ctx.db(), ctx.actor(), CardId(key)).await {
        Err(Error::Forbidden | Error::Unauthenticated) => Ok(None),
        found => seen(ctx, found),
    }
}

fn seen(ctx: &Context<'_>, found: Result<CardState>) -> Result<Option<CardObject>> {
    match found {
        Ok(found) => Ok(Some(CardObject::new(found.listed(), ctx.lang()))),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A page of cards that a filter lets through.
pub async fn connection(
    ctx: &Context<'_>,
    filter: ServiceCardFilter,
    page: PageRequest,
) -> Result<Connection<CardObject>> {
    let page = actions::list(ctx.db(), ctx.actor(), &filter, &page).await?;
    let lang = ctx.lang();
    Ok(Connection::of(page, |listed| CardObject::new(listed, lang)))
}

/// Loads live cards by slug, one query for all that an answer needs.
pub struct CardLoader(pub Db);

impl Loader<String> for CardLoader {
    type Value = Arc<Listed>;
    type Error = Arc<Error>;

    async fn load(&self, slugs: &[String]) -> Result<HashMap<String, Self::Value>, Self::Error> {
        let cards = actions::live_by_slugs(self.0.reader(), slugs).await?;
        let by_slug = |listed: Listed| (listed.card.slug.clone(), Arc::new(listed));
        Ok(cards.into_iter().map(by_slug).collect())
    }
}
