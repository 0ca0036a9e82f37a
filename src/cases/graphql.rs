//! How the timeline of a resident is seen.

use std::collections::HashMap;

use async_graphql::{Context, Object, SimpleObject, Union};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    accounts::{self, MeObject},
    cases::{
        actions,
        entity::{CaseEvent, EventKind},
        rules,
    },
    error::Result,
    graphql::{Connection, ContextExt, Nullable, UserError, refusals},
    page::{Page, PageRequest},
    reports::{self, ReportObject},
    words,
};

/// What an entry of a timeline is about.
#[derive(Clone, Union)]
pub enum CaseSubject {
    /// A report.
    Report(ReportObject),
}

/// An entry of the timeline of a resident.
pub struct TimelineEntryObject {
    event: CaseEvent,
    subject: Option<ReportObject>,
    is_new: bool,
}

/// Something that happened to a case of yours.
#[Object(name = "CaseEvent")]
impl TimelineEntryObject {
    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.event.at
    }

    /// What.
    async fn kind(&self) -> EventKind {
        self.event.kind
    }

    /// What, in the reader's language.
    async fn kind_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "case-event", &self.event.kind)
    }

    /// One line for a list: what happened, and to which case; in the reader's language.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        let label = words::label_of(ctx.lang(), "case-event", &self.event.kind);
        Ok(match &self.subject {
            Some(report) => format!("{label}: {}", report.title_in(ctx).await?),
            None => label,
        })
    }

    /// What it happened to, as you may see it: your own whole, another's as everybody does.
    async fn subject(&self) -> Option<CaseSubject> {
        self.subject.clone().map(CaseSubject::Report)
    }

    /// Whether somebody else did it after you last looked (`markTimelineSeen`).
    async fn is_new(&self) -> bool {
        self.is_new
    }
}

/// Queries on one's own cases.
#[derive(Default)]
pub struct CaseQueries;

#[Object]
impl CaseQueries {
    /// Everything that concerns you, newest first: what you filed, took into your account, support,
    /// follow, and said; what was asked of you and answered, and what became of what you follow. Reports
    /// for now; forms and calls join them later, so ask `subject` by `... on Report`. Signed-in residents.
    async fn my_timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
        #[graphql(desc = "Only what is of these kinds; all when nothing is said.")] kinds: Option<
            Vec<EventKind>,
        >,
    ) -> Nullable<Connection<TimelineEntryObject>> {
        let page = PageRequest { first, after };
        Some(Box::pin(timeline(ctx, kinds.as_deref(), &page)).await)
    }
}

async fn timeline(
    ctx: &Context<'_>,
    kinds: Option<&[EventKind]>,
    page: &PageRequest,
) -> Result<Connection<TimelineEntryObject>> {
    let page = actions::timeline(ctx.db(), ctx.actor(), kinds, page).await?;
    let seen_at = accounts::seen_at(ctx.db(), ctx.caller().identity.account()).await?;
    let subjects = subjects(ctx, &page).await?;
    Ok(Connection::of(page, |event| TimelineEntryObject {
        subject: subjects.get(&event.report).cloned(),
        is_new: rules::is_new(&event, seen_at),
        event,
    }))
}

/// The reports of a page, read at once.
async fn subjects(
    ctx: &Context<'_>,
    page: &Page<CaseEvent>,
) -> Result<HashMap<Uuid, ReportObject>> {
    let mut keys: Vec<Uuid> = page.entries.iter().map(|(_, event)| event.report).collect();
    keys.sort_unstable();
    keys.dedup();
    let found = reports::own_and_others(ctx, &keys).await?;
    Ok(found.into_iter().map(|report| (report.key(), report)).collect())
}

/// The answer of `markTimelineSeen`.
#[derive(SimpleObject)]
pub struct MarkTimelineSeenPayload {
    /// You as you are now; null when the step was refused.
    me: Option<MeObject>,
    /// What to repair; empty when the step was taken.
    errors: Vec<UserError>,
}

/// What a resident does with the own cases.
#[derive(Default)]
pub struct CaseMutations;

#[Object]
impl CaseMutations {
    /// Notes that you have seen your timeline up to now: nothing in it is new any more, and `me` has the
    /// instant as `seenTimelineAt`. Signed-in residents.
    async fn mark_timeline_seen(&self, ctx: &Context<'_>) -> Nullable<MarkTimelineSeenPayload> {
        let identity = &ctx.caller().identity;
        let outcome = ctx.write(async |tx| accounts::mark_seen(tx, identity).await).await;
        Some(refusals(ctx, outcome).map(|(owner, errors)| MarkTimelineSeenPayload {
            me: owner.and_then(|owner| MeObject::of(ctx.actor(), Some(owner))),
            errors,
        }))
    }
}
