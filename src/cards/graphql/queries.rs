//! Queries on cards.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, Object, dataloader::Loader};
use uuid::Uuid;

use crate::{
    cards::{
        actions::{self, CardState},
        entity::{CardId, ServiceCardFilter},
        graphql::CardObject,
    },
    db::Db,
    error::{Error, Result},
    graphql::{Connection, ContextExt},
    page::PageRequest,
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
    ) -> Result<Option<CardObject>> {
        seen(ctx, actions::find_by_slug(ctx.db(), ctx.actor(), &slug).await)
    }

    /// Cards by slug.
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
    ) -> Result<Option<Connection<CardObject>>> {
        let page = PageRequest { first, after };
        connection(ctx, filter.unwrap_or_default(), page).await.map(Some)
    }
}

/// The card with a key; null when there is none that the caller may see.
pub async fn node(ctx: &Context<'_>, key: Uuid) -> Result<Option<CardObject>> {
    seen(ctx, actions::find(ctx.db(), ctx.actor(), CardId(key)).await)
}

fn seen(ctx: &Context<'_>, found: Result<CardState>) -> Result<Option<CardObject>> {
    match found {
        Ok(found) => Ok(Some(CardObject::new((found.card, found.shown), ctx.lang()))),
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
    type Value = actions::Listed;
    type Error = Arc<Error>;

    async fn load(
        &self,
        slugs: &[String],
    ) -> Result<HashMap<String, actions::Listed>, Self::Error> {
        let cards = actions::live_by_slugs(self.0.reader(), slugs).await?;
        Ok(cards.into_iter().map(|listed| (listed.0.slug.clone(), listed)).collect())
    }
}
