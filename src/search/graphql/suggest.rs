//! The query `suggest`.

use async_graphql::{Context, Object, SimpleObject};

use crate::{
    graphql::{ContextExt, Nullable},
    search::suggestions::SuggestionKind,
};

/// Suggestions when nothing is said.
const FIRST_DEFAULT: i32 = 8;

/// Something that what is typed may become.
#[derive(SimpleObject)]
pub struct Suggestion {
    /// What to show, and to search for when it is a `QUERY`.
    text: String,
    /// What it is.
    kind: SuggestionKind,
    /// The slug of the card or article; null for a `QUERY`.
    external_id: Option<String>,
    /// The path of its page; null while no page serves it.
    url: Option<String>,
}

/// Queries on suggestions.
#[derive(Default)]
pub struct SuggestQueries;

#[Object]
impl SuggestQueries {
    /// Suggests while somebody types: titles of cards and articles, symbols, and questions in the
    /// words of residents. Any word may begin as is typed; with few suggestions one mistake is
    /// forgiven. Titles of staff articles are suggested to staff only.
    fn suggest(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "What is typed so far; of less than 2 characters nothing is suggested, of \
                          more than 100 the first count."
        )]
        prefix: String,
        #[graphql(desc = "How many, 0 to 20; 8 when nothing is said.")] first: Option<i32>,
    ) -> Nullable<Vec<Suggestion>> {
        let first = first.unwrap_or(FIRST_DEFAULT);
        let found = ctx.caller().app.suggestions.suggest(ctx.actor(), &prefix, first);
        Some(found.map(|found| {
            let seen = |one: kontakt_index::Suggestion<crate::search::suggestions::Suggested>| {
                Suggestion {
                    text: one.text,
                    kind: one.subject.kind,
                    external_id: one.subject.slug,
                    url: None,
                }
            };
            found.into_iter().map(seen).collect()
        }))
    }
}
