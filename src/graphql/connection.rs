//! Relay connections: one generic type for every list.

use std::sync::Arc;

use async_graphql::{OutputType, SimpleObject};

use crate::{
    accounts::{AccessTokenObject, AccountObject},
    articles::ArticleObject,
    audit::AuditObject,
    cards::{CardObject, FreshnessObject},
    cases::TimelineEntryObject,
    forms::FormObject,
    page::Page,
    privacy::{AffectedObject, DeletionObject},
    reports::{
        proposals::ProposalObject, routing::RoutingRuleObject, templates::AnswerTemplateObject,
    },
    search::{BestBetObject, GapObject, SynonymObject},
    units::UnitObject,
};

/// A page of a list, after the Relay specification: `nodes`, or `edges` with a cursor each.
#[derive(SimpleObject)]
#[graphql(
    concrete(name = "UnitConnection", params(UnitObject)),
    concrete(name = "ServiceCardConnection", params(CardObject)),
    concrete(name = "ArticleConnection", params(ArticleObject)),
    concrete(name = "FormConnection", params(FormObject)),
    concrete(name = "SynonymConnection", params(SynonymObject)),
    concrete(name = "BestBetConnection", params(BestBetObject)),
    concrete(name = "KnowledgeGapConnection", params(GapObject)),
    concrete(name = "AnswerTemplateConnection", params(AnswerTemplateObject)),
    concrete(name = "RoutingRuleConnection", params(RoutingRuleObject)),
    concrete(name = "ProposalConnection", params(ProposalObject)),
    concrete(name = "CardFreshnessConnection", params(FreshnessObject)),
    concrete(name = "AccountConnection", params(AccountObject)),
    concrete(name = "AffectedPersonConnection", params(AffectedObject)),
    concrete(name = "DeletionConnection", params(DeletionObject)),
    concrete(name = "AuditEntryConnection", params(AuditObject)),
    concrete(name = "CaseEventConnection", params(TimelineEntryObject)),
    concrete(name = "AccessTokenConnection", params(AccessTokenObject))
)]
pub struct Connection<T: OutputType>
where
    Edge<T>: OutputType,
{
    /// The entries of the page with their cursors.
    edges: Vec<Edge<T>>,
    /// The entries of the page.
    nodes: Vec<Arc<T>>,
    /// Where the page stands in the list.
    page_info: PageInfo,
}

/// An entry of a page with its cursor.
#[derive(SimpleObject)]
#[graphql(
    concrete(name = "UnitEdge", params(UnitObject)),
    concrete(name = "ServiceCardEdge", params(CardObject)),
    concrete(name = "ArticleEdge", params(ArticleObject)),
    concrete(name = "FormEdge", params(FormObject)),
    concrete(name = "SynonymEdge", params(SynonymObject)),
    concrete(name = "BestBetEdge", params(BestBetObject)),
    concrete(name = "KnowledgeGapEdge", params(GapObject)),
    concrete(name = "AnswerTemplateEdge", params(AnswerTemplateObject)),
    concrete(name = "RoutingRuleEdge", params(RoutingRuleObject)),
    concrete(name = "ProposalEdge", params(ProposalObject)),
    concrete(name = "CardFreshnessEdge", params(FreshnessObject)),
    concrete(name = "AccountEdge", params(AccountObject)),
    concrete(name = "AffectedPersonEdge", params(AffectedObject)),
    concrete(name = "DeletionEdge", params(DeletionObject)),
    concrete(name = "AuditEntryEdge", params(AuditObject)),
    concrete(name = "CaseEventEdge", params(TimelineEntryObject)),
    concrete(name = "AccessTokenEdge", params(AccessTokenObject))
)]
pub struct Edge<T: OutputType> {
    /// Give this as `after` to get what follows.
    cursor: String,
    /// The entry.
    node: Arc<T>,
}

/// Where a page stands in its list.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether more entries follow.
    pub has_next_page: bool,
    /// Always false: lists are paged forward only.
    pub has_previous_page: bool,
    /// The cursor of the first entry.
    pub start_cursor: Option<String>,
    /// The cursor of the last entry; give it as `after` to get the next page.
    pub end_cursor: Option<String>,
}

impl<T: OutputType> Connection<T>
where
    Edge<T>: OutputType,
{
    /// Wraps a page of rows.
    pub fn of<R>(page: Page<R>, wrap: impl Fn(R) -> T) -> Self {
        let page_info = PageInfo {
            has_next_page: page.has_next,
            has_previous_page: false,
            start_cursor: page.entries.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: page.entries.last().map(|(cursor, _)| cursor.clone()),
        };
        let edges: Vec<Edge<T>> = page
            .entries
            .into_iter()
            .map(|(cursor, row)| Edge { cursor, node: Arc::new(wrap(row)) })
            .collect();
        let nodes = edges.iter().map(|edge| Arc::clone(&edge.node)).collect();
        Self { edges, nodes, page_info }
    }
}
