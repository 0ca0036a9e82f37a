//! Queries on forms.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, Object, dataloader::Loader};
use uuid::Uuid;

use crate::{
    db::Db,
    error::{Error, Result},
    forms::{
        actions::{self, Listed},
        entity::FormFilter,
        graphql::{FormObject, version::FormVersionObject},
    },
    graphql::{Connection, ContextExt, Nullable},
    page::PageRequest,
};

/// Queries on forms.
#[derive(Default)]
pub struct FormQueries;

#[Object]
impl FormQueries {
    /// The form with a slug; null when there is none that you may see.
    async fn form(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug, such as `wniosek-o-informacje-publiczna`.")] slug: String,
    ) -> Nullable<FormObject> {
        let found = actions::find(ctx.db(), ctx.actor(), &slug).await;
        seen(found.map(|found| FormObject::new(found.listed(), ctx.lang())))
    }

    /// A version of a form; null when there is none that you may see. Versions that were live once stay
    /// readable for everybody.
    async fn form_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug of the form.")] slug: String,
        #[graphql(desc = "The number of the version; the live one when nothing is said.")]
        number: Option<i32>,
    ) -> Nullable<FormVersionObject> {
        let found = actions::find_version(ctx.db(), ctx.actor(), &slug, number).await;
        seen(found.map(|listed| FormVersionObject::new(listed, ctx.lang())))
    }

    /// Forms that are live, sorted by slug.
    async fn forms(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which forms; all published ones when nothing is said.")] filter: Option<
            FormFilter,
        >,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<FormObject>> {
        let (page, filter) = (PageRequest { first, after }, filter.unwrap_or_default());
        let page = actions::list(ctx.db(), ctx.actor(), &filter, &page).await;
        let lang = ctx.lang();
        Some(page.map(|page| Connection::of(page, |listed| FormObject::new(listed, lang))))
    }
}

fn seen<T>(found: Result<T>) -> Nullable<T> {
    match found {
        Err(Error::NotFound) => None,
        found => Some(found),
    }
}

/// The forms with these keys that the caller may see, in no order.
pub async fn nodes(ctx: &Context<'_>, keys: &[Uuid]) -> Result<Vec<FormObject>> {
    let found = actions::by_ids(ctx.db(), ctx.actor(), keys).await?;
    Ok(found.into_iter().map(|listed| FormObject::new(listed, ctx.lang())).collect())
}

/// Loads the live forms of cards by their slugs, one query for all cards of an answer.
pub struct FormLoader(pub Db);

impl Loader<String> for FormLoader {
    type Value = Vec<Arc<Listed>>;
    type Error = Arc<Error>;

    async fn load(&self, cards: &[String]) -> Result<HashMap<String, Self::Value>, Self::Error> {
        let forms = actions::live_of_cards(self.0.reader(), cards).await?;
        let mut of_cards: HashMap<String, Self::Value> = HashMap::new();
        for form in forms.into_iter().map(Arc::new) {
            for card in form.version.content.cards.iter().filter(|card| cards.contains(card)) {
                of_cards.entry(card.clone()).or_default().push(Arc::clone(&form));
            }
        }
        Ok(of_cards)
    }
}
