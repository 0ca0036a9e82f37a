//! How fresh the published cards are.

use async_graphql::{Context, Object};

use crate::{
    cards::{
        actions::{self, Listed},
        entity::{CardContent, CardFreshnessFilter},
        freshness,
        graphql::CardObject,
        rules,
    },
    clock::local_day,
    graphql::{Connection, ContextExt, Nullable},
    page::PageRequest,
    scalars::Date,
    words::{self, Lang},
};

/// A card and its freshness in the API.
#[derive(Clone)]
pub struct FreshnessObject {
    card: CardObject,
    content: CardContent,
}

impl FreshnessObject {
    fn new(listed: Listed, lang: Lang) -> Self {
        Self { content: listed.version.content.clone(), card: CardObject::new(listed, lang) }
    }
}

/// How fresh a published card is, and what it lacks.
#[Object(name = "CardFreshness")]
impl FreshnessObject {
    /// The card.
    fn card(&self) -> &CardObject {
        &self.card
    }

    /// When an editor must look at it again.
    fn review_due_on(&self) -> Option<Date> {
        self.content.review_due
    }

    /// How many days ago that was; 0 when the day is yet to come.
    fn days_overdue(&self, ctx: &Context<'_>) -> i64 {
        freshness::days_overdue(&self.content, local_day(ctx.now()))
    }

    /// Parts without which it could not be published today, by the names of the fields.
    fn missing_parts(&self) -> Vec<&str> {
        rules::missing_parts(&self.content)
    }

    /// How many of its facts could not be checked.
    fn unverified_count(&self) -> usize {
        self.content.unverified.len()
    }

    /// The languages into which it is translated, as BCP 47 tags.
    fn translations(&self) -> Vec<&str> {
        let langs = freshness::translations(&self.content, true);
        langs.into_iter().map(words::tag).collect()
    }

    /// The languages into which it is not translated, as BCP 47 tags.
    fn missing_translations(&self) -> Vec<&str> {
        let langs = freshness::translations(&self.content, false);
        langs.into_iter().map(words::tag).collect()
    }
}

/// Queries on the freshness of cards.
#[derive(Default)]
pub struct FreshnessQueries;

#[Object]
impl FreshnessQueries {
    /// Published cards by the day on which an editor must look at them again, the earliest first.
    /// For editors and publishers; coordinators see those of their own unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn card_freshness(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those of a unit, by its code.")] unit: Option<String>,
        #[graphql(desc = "Those that are due before a day, or have no day.")] due_before: Option<
            Date,
        >,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<FreshnessObject>> {
        let filter = CardFreshnessFilter { unit, due_before };
        let page = PageRequest { first, after };
        let page = actions::by_review_day(ctx.db(), ctx.actor(), &filter, &page).await;
        let lang = ctx.lang();
        Some(page.map(|page| Connection::of(page, |listed| FreshnessObject::new(listed, lang))))
    }
}
