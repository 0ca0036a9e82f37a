//! How the log is written and read over the API.

use async_graphql::{Context, ID, Object, SimpleObject};
use uuid::Uuid;

use crate::{
    actor::Actor,
    graphql::{ContextExt, Nullable, UserError, refusals},
    ids,
    scalars::Date,
    search::{
        actions::{Found, SearchRequest},
        log::{
            actions,
            entity::{Asked, InsightsRequest, RecordSearchClickInput, SearchInsights, SessionKind},
            insights,
        },
    },
};

/// Leaves a search in the log, and gives the id under which a click names it. Further pages,
/// questions that are being typed or have no words, and what finds no room are not logged.
pub fn note(
    ctx: &Context<'_>,
    request: &SearchRequest,
    found: &Found,
    previous: Option<&ID>,
) -> Option<ID> {
    let is_further = request.page.after.is_some() || request.typing;
    if is_further || request.query.trim().is_empty() {
        return None;
    }
    let session_kind = match ctx.actor() {
        Actor::Staff(_) | Actor::System => SessionKind::Consultant,
        Actor::Anyone | Actor::Resident(_) | Actor::Client(_) => SessionKind::Resident,
    };
    let id = ids::new(ctx.now());
    let asked = Asked {
        id,
        at: ctx.now(),
        session_kind,
        lang: request.lang,
        words: request.query.clone(),
        hits: i32::try_from(found.total).unwrap_or(i32::MAX),
        // A search is never refused for the sake of the log.
        previous: previous.and_then(|id| Uuid::parse_str(id).ok()),
    };
    ctx.caller().app.search_log.search(asked).then(|| id.simple().to_string().into())
}

/// The answer of `recordSearchClick`.
#[derive(SimpleObject)]
pub struct RecordSearchClickPayload {
    /// What to repair; empty when the click was noted.
    errors: Vec<UserError>,
}

/// Mutations on the log.
#[derive(Default)]
pub struct LogMutations;

#[Object]
impl LogMutations {
    /// Tells which hit of a search was opened, so that the search gets better; of each search the
    /// first counts. Nothing is kept about who opened it. Refused with UNKNOWN for a search or a
    /// thing that there is not, and with INVALID for a rank out of 1 to 10,000.
    async fn record_search_click(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was opened.")] input: RecordSearchClickInput,
    ) -> Nullable<RecordSearchClickPayload> {
        let log = &ctx.caller().app.search_log;
        let outcome = actions::record_click(log, ctx.now(), input).await;
        Some(refusals(ctx, outcome).map(|(_, errors)| RecordSearchClickPayload { errors }))
    }
}

/// Queries on the log.
#[derive(Default)]
pub struct LogQueries;

#[Object]
impl LogQueries {
    /// How well the search answers, and what it does not answer. Wordings that were asked fewer than
    /// 3 times in these days are not shown. For editors, publishers, coordinators and analysts.
    #[graphql(visible = "crate::graphql::staff")]
    async fn search_insights(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first day, in Krakow; 30 days up to the last one when nothing is \
                          said. At most 400 days are looked at.")]
        since: Option<Date>,
        #[graphql(desc = "The last day, in Krakow; today when nothing is said.")] until: Option<
            Date,
        >,
        #[graphql(desc = "Searches of residents or of staff; both when nothing is said.")]
        session_kind: Option<SessionKind>,
        #[graphql(desc = "Searches in a language, such as `uk`; all when nothing is said.")]
        lang: Option<String>,
        #[graphql(desc = "Entries of each list, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
    ) -> Nullable<SearchInsights> {
        let request = InsightsRequest { since, until, session_kind, lang, first };
        Some(insights::insights(ctx.db(), ctx.actor(), ctx.now(), &request).await)
    }
}
