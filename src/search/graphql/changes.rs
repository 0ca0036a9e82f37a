//! The subscription `knowledgeChanged`: the spine, as live clients see it.

use std::sync::Arc;

use async_graphql::{
    Context, Enum, ID, SimpleObject, Subscription,
    futures_util::{Stream, StreamExt},
};
use chrono::{DateTime, Utc};
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};

use crate::{
    articles::{self, ArticleObject},
    cards::{self, CardObject},
    error::Result,
    events::{Entry, Kind, Subject},
    graphql::ContextExt,
    ids::{self, NodeKind},
    permissions::{Permission, Reach},
};

/// Things of one change that are shown; of more, clients fetch anew.
const SHOWN_MAX: usize = 50;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum KnowledgeChangeKind {
    /// A draft was written, reviewed or approved. Seen by those who may read drafts.
    Drafted,
    /// Something went live.
    Published,
    /// Something was taken down.
    Withdrawn,
    /// A batch was imported.
    Imported,
    /// You lagged behind, or so much has changed that it is not told one by one: fetch what you
    /// show anew.
    Refetch,
}

/// A change of cards or articles.
#[derive(SimpleObject)]
pub struct KnowledgeChange {
    /// What happened.
    kind: KnowledgeChangeKind,
    /// When.
    at: DateTime<Utc>,
    /// The cards as they are now, at most 50.
    service_cards: Vec<CardObject>,
    /// The articles as they are now, at most 50.
    articles: Vec<ArticleObject>,
    /// Global ids of what was taken down.
    withdrawn: Vec<ID>,
}

/// Subscriptions on the knowledge.
#[derive(Default)]
pub struct SearchSubscriptions;

#[Subscription]
impl SearchSubscriptions {
    /// Tells of every change of a card or article that you may read, from now on.
    async fn knowledge_changed<'ctx>(
        &self,
        ctx: &'ctx Context<'ctx>,
    ) -> impl Stream<Item = Result<KnowledgeChange>> + 'ctx {
        let entries = BroadcastStream::new(ctx.caller().app.feed.live());
        entries.filter_map(move |entry| async move {
            match entry {
                Ok(entry) => {
                    let _turn = ctx.caller().app.permits.look().await;
                    change(ctx, entry).await.transpose()
                }
                Err(BroadcastStreamRecvError::Lagged(_)) => Some(Ok(refetch(ctx.now()))),
            }
        })
    }
}

fn refetch(at: DateTime<Utc>) -> KnowledgeChange {
    KnowledgeChange {
        kind: KnowledgeChangeKind::Refetch,
        at,
        service_cards: Vec::new(),
        articles: Vec::new(),
        withdrawn: Vec::new(),
    }
}

/// An entry as the caller may see it; permissions are checked for every event.
async fn change(ctx: &Context<'_>, entry: Arc<Entry>) -> Result<Option<KnowledgeChange>> {
    let mut change = refetch(entry.at());
    let (Some(kind), Some(subject)) = (entry.kind(), entry.subject()) else { return Ok(None) };
    change.kind = match kind {
        Kind::Drafted => KnowledgeChangeKind::Drafted,
        Kind::Published => KnowledgeChangeKind::Published,
        Kind::Withdrawn => KnowledgeChangeKind::Withdrawn,
        Kind::Imported => KnowledgeChangeKind::Imported,
        // Not of cards and articles.
        _ => return Ok(None),
    };
    let ids = entry.ids();
    match (subject, kind) {
        (Subject::Card, Kind::Withdrawn) => {
            let global = |id| ID(ids::global(NodeKind::ServiceCard, id));
            change.withdrawn = ids.into_iter().map(global).collect();
            return Ok(Some(change));
        }
        (Subject::Card, Kind::Drafted) => {
            // Only those who work on cards hear of drafts, and only of those they may read.
            if ctx.actor().reach(Permission::ReadDrafts) != Reach::Nothing {
                for id in ids {
                    change.service_cards.extend(cards::node_with_drafts(ctx, id).await?);
                }
            }
        }
        // Rather than a part of a large import, clients get the word to fetch anew, if there is
        // anything in it for them.
        (Subject::Article, _) if ids.len() > SHOWN_MAX => {
            if !articles::any_readable(ctx.db(), ctx.actor(), &ids).await? {
                return Ok(None);
            }
            change.kind = KnowledgeChangeKind::Refetch;
        }
        (Subject::Card, _) if ids.len() > SHOWN_MAX => change.kind = KnowledgeChangeKind::Refetch,
        (Subject::Card, _) => change.service_cards = cards::nodes(ctx, &ids).await?,
        (Subject::Article, _) => {
            let found = articles::by_ids(ctx.db(), ctx.actor(), &ids).await?;
            change.articles = found.into_iter().map(ArticleObject::from).collect();
        }
        _ => return Ok(None),
    }
    let seen = change.kind == KnowledgeChangeKind::Refetch
        || !change.service_cards.is_empty()
        || !change.articles.is_empty();
    Ok(seen.then_some(change))
}
