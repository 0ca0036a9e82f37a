//! Relay's `node` and `nodes`: any object by its global id.

use std::collections::HashMap;

use async_graphql::{Context, ID, Interface, Object};
use uuid::Uuid;

use crate::{
    accounts::{self, AccountObject},
    articles::{self, ArticleObject},
    cards::{self, CardObject},
    error::{Error, Result},
    forms::{self, FormObject},
    graphql::{ContextExt, Nullable},
    ids::{self, NodeKind},
    reports::{
        self, ReportObject,
        proposals::{self, ProposalObject},
        routing::{self, RoutingRuleObject},
        templates::{self, AnswerTemplateObject},
    },
    search::{self, BestBetObject, GapObject, SynonymObject},
    units::{self, UnitObject},
    words::Message,
};

/// Ids that can be asked for at once.
const IDS_MAX: usize = 100;

/// Anything with an opaque global id.
#[derive(Clone, Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque global id."))]
pub enum Node {
    /// A unit.
    Unit(UnitObject),
    /// A service card.
    ServiceCard(CardObject),
    /// An article.
    Article(ArticleObject),
    /// A synonym of the search, for those who teach it.
    Synonym(SynonymObject),
    /// A best bet of the search, for those who teach it.
    BestBet(BestBetObject),
    /// A gap in the knowledge, for those who close it.
    KnowledgeGap(GapObject),
    /// A report that you may see.
    Report(ReportObject),
    /// A rule by which reports find their units, for those who work on reports.
    RoutingRule(RoutingRuleObject),
    /// A template of answers, for those who answer.
    AnswerTemplate(AnswerTemplateObject),
    /// An account, for administrators.
    Account(AccountObject),
    /// What staff proposes to the desk, for those who proposed it and those who decide.
    Proposal(ProposalObject),
    /// A form.
    Form(FormObject),
}

/// Queries by id.
#[derive(Default)]
pub struct NodeQueries;

#[Object]
impl NodeQueries {
    /// The object with a global id; null when there is none that you may see.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id.")] id: ID,
    ) -> Nullable<Node> {
        let found = fetch(ctx, &[id]).await;
        found.map(|found| found.into_iter().next().flatten()).transpose()
    }

    /// The objects with these global ids, in their order, null for each that there is not; at
    /// most 100.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global ids.")] ids: Vec<ID>,
    ) -> Nullable<Vec<Option<Node>>> {
        if ids.len() > IDS_MAX {
            let message = Message::new("too-many-ids").with("max", IDS_MAX);
            return Some(Err(Error::BadRequest(message)));
        }
        Some(fetch(ctx, &ids).await)
    }
}

/// One query for each kind among the ids, not one for each id.
async fn fetch(ctx: &Context<'_>, ids: &[ID]) -> Result<Vec<Option<Node>>> {
    let places: Vec<_> = ids.iter().map(|id| ids::parse_global(id)).collect();
    let of = |kind| -> Vec<Uuid> {
        places.iter().flatten().filter(|(known, _)| *known == kind).map(|(_, key)| *key).collect()
    };
    let mut found: HashMap<Uuid, Node> = HashMap::new();
    let (units, articles, cards) =
        (of(NodeKind::Unit), of(NodeKind::Article), of(NodeKind::ServiceCard));
    if !units.is_empty() {
        let units = units::by_ids(ctx.db(), &units).await?.into_iter();
        found.extend(units.map(|unit| (unit.id.0, Node::Unit(unit.into()))));
    }
    if !articles.is_empty() {
        let articles = articles::by_ids(ctx.db(), ctx.actor(), &articles).await?.into_iter();
        found.extend(articles.map(|article| (article.id.0, Node::Article(article.into()))));
    }
    if !cards.is_empty() {
        let cards = cards::nodes(ctx, &cards).await?.into_iter();
        found.extend(cards.map(|card| (card.key(), Node::ServiceCard(card))));
    }
    let (synonyms, best_bets, gaps) =
        (of(NodeKind::Synonym), of(NodeKind::BestBet), of(NodeKind::KnowledgeGap));
    if !synonyms.is_empty() {
        let synonyms = search::synonyms(ctx, &synonyms).await?.into_iter();
        found.extend(synonyms.map(|synonym| (synonym.key(), Node::Synonym(synonym))));
    }
    if !best_bets.is_empty() {
        let best_bets = search::best_bets(ctx, &best_bets).await?.into_iter();
        found.extend(best_bets.map(|best_bet| (best_bet.key(), Node::BestBet(best_bet))));
    }
    if !gaps.is_empty() {
        let gaps = search::gaps(ctx, &gaps).await?.into_iter();
        found.extend(gaps.map(|gap| (gap.key(), Node::KnowledgeGap(gap))));
    }
    let reports = of(NodeKind::Report);
    if !reports.is_empty() {
        let reports = reports::reports(ctx, &reports).await?.into_iter();
        found.extend(reports.map(|report| (report.key(), Node::Report(report))));
    }
    let (rules, templates) = (of(NodeKind::RoutingRule), of(NodeKind::AnswerTemplate));
    if !templates.is_empty() {
        let templates = templates::answer_templates(ctx, &templates).await?.into_iter();
        found.extend(templates.map(|one| (one.key(), Node::AnswerTemplate(one))));
    }
    if !rules.is_empty() {
        let rules = routing::routing_rules(ctx, &rules).await?.into_iter();
        found.extend(rules.map(|rule| (rule.key(), Node::RoutingRule(rule))));
    }
    let people = of(NodeKind::Account);
    if !people.is_empty() {
        let people = accounts::accounts(ctx, &people).await?.into_iter();
        found.extend(people.map(|account| (account.key(), Node::Account(account))));
    }
    let forms = of(NodeKind::Form);
    if !forms.is_empty() {
        let forms = forms::nodes(ctx, &forms).await?.into_iter();
        found.extend(forms.map(|form| (form.key(), Node::Form(form))));
    }
    let proposals = of(NodeKind::Proposal);
    if !proposals.is_empty() {
        let proposals = proposals::proposals(ctx, &proposals).await?.into_iter();
        found.extend(proposals.map(|one| (one.key(), Node::Proposal(one))));
    }
    Ok(places.iter().map(|place| place.and_then(|(_, key)| found.get(&key).cloned())).collect())
}
