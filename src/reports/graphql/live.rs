//! The subscriptions on reports: the spine, as live clients see it.

use std::sync::Arc;

use async_graphql::{
    Context, SimpleObject, Subscription,
    futures_util::{Stream, StreamExt, stream},
};
use chrono::{DateTime, Utc};
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};

use crate::{
    error::Result,
    events::{Entry, Subject},
    graphql::ContextExt,
    permissions::{NO_UNIT, Permission, Reach},
    reports::{
        actions,
        entity::Report,
        graphql::{ReportObject, objects},
    },
};

/// Reports of one change that are shown; of more, clients fetch anew.
const SHOWN_MAX: usize = 50;

/// A change of what a unit, or the consultants, have to do.
#[derive(SimpleObject)]
pub struct QueueChange {
    /// When.
    at: DateTime<Utc>,
    /// The report as it is now; null when `refetch` is true.
    report: Option<ReportObject>,
    /// You lagged behind, or so much has changed that it is not told one by one: fetch the queue anew.
    refetch: bool,
}

/// Subscriptions on reports.
#[derive(Default)]
pub struct ReportSubscriptions;

#[Subscription]
impl ReportSubscriptions {
    /// Gives a report anew whenever it has changed, from now on: to everybody when it is public, else
    /// to its holder and to staff who may see it, as `report` does. NOT_FOUND when there is none that
    /// you may see, also when it ceases to be seen. Who lags behind misses nothing but steps between:
    /// what comes is the report as it is.
    async fn report_changed<'ctx>(
        &self,
        ctx: &'ctx Context<'ctx>,
        #[graphql(desc = "The number, such as `KCK-2026-004571`.")] number: String,
        #[graphql(desc = "The secret token that was given when it was filed.")]
        tracking_token: Option<String>,
    ) -> Result<impl Stream<Item = Result<ReportObject>> + 'ctx> {
        // Listened to before the first reading, so that no change falls between.
        let entries = BroadcastStream::new(ctx.caller().app.feed.live());
        let token = tracking_token.map(Arc::<str>::from);
        let (report, _) = find(ctx, &number, token.as_deref()).await?;
        let id = report.id.0;
        Ok(entries.filter_map(move |entry| {
            let (number, token) = (number.clone(), token.clone());
            async move {
                let changed = match &entry {
                    Ok(entry) => entry.subject() == Some(Subject::Report) && tells_of(entry, id),
                    Err(BroadcastStreamRecvError::Lagged(_)) => true,
                };
                if !changed {
                    return None;
                }
                let _turn = ctx.caller().app.permits.look().await;
                let found = find(ctx, &number, token.as_deref()).await;
                found.map(|(report, holder)| objects(vec![report], holder).pop()).transpose()
            }
        }))
    }

    /// Tells of every change of a report that your unit has, has had, or gets; consultants hear of all.
    /// Officers, coordinators and consultants.
    #[graphql(visible = "crate::graphql::staff")]
    async fn queue_changed<'ctx>(
        &self,
        ctx: &'ctx Context<'ctx>,
    ) -> Result<impl Stream<Item = Result<QueueChange>> + 'ctx> {
        if ctx.actor().reach(Permission::HandleReports) == Reach::Nothing {
            ctx.actor().must(Permission::TriageReports, NO_UNIT)?;
        }
        let entries = BroadcastStream::new(ctx.caller().app.feed.live());
        Ok(entries
            .then(move |entry| async move {
                match entry {
                    Ok(entry) if entry.subject() == Some(Subject::Report) => {
                        let _turn = ctx.caller().app.permits.look().await;
                        changes(ctx, &entry).await.unwrap_or_else(|error| vec![Err(error)])
                    }
                    Ok(_) => Vec::new(),
                    Err(BroadcastStreamRecvError::Lagged(_)) => vec![Ok(refetch(ctx.now()))],
                }
            })
            .flat_map(stream::iter))
    }
}

async fn find(ctx: &Context<'_>, number: &str, token: Option<&str>) -> Result<(Report, bool)> {
    let desk = &ctx.caller().app.desk;
    actions::by_number(ctx.db(), desk, ctx.actor(), number, token).await
}

/// An import of many names none of them.
fn tells_of(entry: &Entry, report: uuid::Uuid) -> bool {
    let ids = entry.ids();
    ids.is_empty() || ids.contains(&report)
}

fn refetch(at: DateTime<Utc>) -> QueueChange {
    QueueChange { at, report: None, refetch: true }
}

/// What an entry changes for the caller; permissions are checked for every event.
async fn changes(ctx: &Context<'_>, entry: &Entry) -> Result<Vec<Result<QueueChange>>> {
    let ids = entry.ids();
    if ids.is_empty() || ids.len() > SHOWN_MAX {
        return Ok(vec![Ok(refetch(entry.at()))]);
    }
    let found = actions::in_queue(ctx.db(), ctx.actor(), &ids).await?;
    let shown = |report| QueueChange { at: entry.at(), report: Some(report), refetch: false };
    Ok(objects(found, false).into_iter().map(shown).map(Ok).collect())
}
