//! How proposals are seen and decided.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    error::Result,
    graphql::{Connection, ContextExt, Nullable, payloads},
    ids::{self, NodeKind},
    page::PageRequest,
    permissions::Permission,
    reports::{
        proposals::{
            actions,
            entity::{
                AcceptProposalInput, DeclineProposalInput, MakeProposalInput, Proposal,
                ProposalState,
            },
        },
        routing::{RoutingRuleObject, SaveRoutingRuleInput, routing_rules},
        templates::{AnswerTemplateObject, SaveAnswerTemplateInput, answer_templates},
    },
    units::UnitObject,
    words,
};

/// A proposal in the API.
#[derive(Clone)]
pub struct ProposalObject(Arc<Proposal>);

impl From<Proposal> for ProposalObject {
    fn from(proposal: Proposal) -> Self {
        Self(Arc::new(proposal))
    }
}

impl ProposalObject {
    /// The key of the row.
    pub fn key(&self) -> Uuid {
        self.0.id.0
    }
}

/// What staff proposes who may not write it: a routing rule, a template of answers, or a change in words.
#[Object(name = "Proposal", visible = "crate::graphql::staff")]
impl ProposalObject {
    /// Opaque global id.
    pub async fn id(&self) -> ID {
        ids::global(NodeKind::Proposal, self.0.id.0).into()
    }

    /// Where it stands.
    async fn state(&self) -> ProposalState {
        self.0.state
    }

    /// Where it stands, in the reader's language.
    async fn state_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "proposal-state", &self.0.state)
    }

    /// The unit whose coordinators decide; null: administrators alone.
    async fn unit(&self, ctx: &Context<'_>) -> Nullable<UnitObject> {
        ctx.unit(&self.0.unit).await
    }

    /// What is to be done and why.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// The routing rule that would be written.
    async fn routing_rule(&self) -> Option<&SaveRoutingRuleInput> {
        self.0.routing_rule.as_ref()
    }

    /// The template of answers that would be written.
    async fn answer_template(&self) -> Option<&SaveAnswerTemplateInput> {
        self.0.answer_template.as_ref()
    }

    /// Handle of whoever proposed it.
    async fn proposed_by(&self) -> &str {
        &self.0.proposed_by
    }

    /// When it was proposed.
    async fn proposed_at(&self) -> DateTime<Utc> {
        self.0.proposed_at
    }

    /// Handle of whoever decided.
    async fn decided_by(&self) -> Option<&str> {
        self.0.decided_by.as_deref()
    }

    /// When it was decided.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.decided_at
    }

    /// Why it was declined, or a word to whoever proposed what was accepted.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The rule that was written of it, as it is now; null when none was, or it was deleted since.
    async fn written_rule(&self, ctx: &Context<'_>) -> Nullable<RoutingRuleObject> {
        let key = self.0.rule_id?;
        routing_rules(ctx, &[key]).await.map(|mut found| found.pop()).transpose()
    }

    /// The template that was written of it, as it is now; null when none was, it was deleted since, or
    /// it is for another unit than yours.
    async fn written_template(&self, ctx: &Context<'_>) -> Nullable<AnswerTemplateObject> {
        let key = self.0.template_id?;
        answer_templates(ctx, &[key]).await.map(|mut found| found.pop()).transpose()
    }

    /// Whether you may decide it.
    async fn may_decide(&self, ctx: &Context<'_>) -> bool {
        self.0.state == ProposalState::Open
            && ctx.actor().may(Permission::DirectReports, &self.0.unit)
    }

    /// Counts its changes; give it as `expectedVersion` of a mutation.
    async fn version(&self) -> i32 {
        self.0.revision
    }
}

/// The proposals with these keys that the caller may see, in no order.
pub async fn proposals(ctx: &Context<'_>, keys: &[Uuid]) -> Result<Vec<ProposalObject>> {
    let found = actions::by_ids(ctx.db(), ctx.actor(), keys).await?;
    Ok(found.into_iter().map(ProposalObject::from).collect())
}

/// Queries on proposals.
#[derive(Default)]
pub struct ProposalQueries;

#[Object]
impl ProposalQueries {
    /// What staff proposed for routing and answers, newest first: your own, for coordinators also what
    /// waits for their unit, for administrators all. For consultants, officers, coordinators and
    /// administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn proposals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those in a state; all when nothing is said.")] state: Option<
            ProposalState,
        >,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<ProposalObject>> {
        let page = PageRequest { first, after };
        let page = actions::list(ctx.db(), ctx.actor(), state, &page).await;
        Some(page.map(|page| Connection::of(page, ProposalObject::from)))
    }
}

payloads!(
    proposal: ProposalObject = "The proposal as it is now; null when the step was refused.",
    Proposal: |_, proposal| Some(proposal.into());
    /// The answer of `makeProposal`.
    MakeProposalPayload,
    /// The answer of `acceptProposal`.
    AcceptProposalPayload,
    /// The answer of `declineProposal`.
    DeclineProposalPayload,
);

/// Mutations on proposals.
#[derive(Default)]
pub struct ProposalMutations;

#[Object]
impl ProposalMutations {
    /// Proposes a routing rule, a template of answers, or a change in words; nothing is done until it is
    /// accepted. Refused per field as `saveRoutingRule` and `saveAnswerTemplate`. Consultants, officers
    /// and coordinators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn make_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is proposed, and why.")] input: MakeProposalInput,
    ) -> Nullable<MakeProposalPayload> {
        let outcome = ctx.write(async |tx| actions::propose(tx, ctx.actor(), input).await).await;
        Some(MakeProposalPayload::of(ctx, outcome))
    }

    /// Does what was proposed: OPEN to ACCEPTED. A rule or template is written with your rights, and
    /// refused per field as if you saved it, below `routingRule` or `answerTemplate`. Refused with
    /// CONFLICT when it was decided. Coordinators for the own unit; administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn accept_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which proposal, and what is written instead.")]
        input: AcceptProposalInput,
    ) -> Nullable<AcceptProposalPayload> {
        let outcome = ctx.write(async |tx| actions::accept(tx, ctx.actor(), input).await).await;
        Some(AcceptProposalPayload::of(ctx, outcome))
    }

    /// Leaves undone what was proposed: OPEN to DECLINED. Refused with REQUIRED without a reason, and
    /// with CONFLICT when it was decided. Coordinators for the own unit; administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn decline_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which proposal, and why not.")] input: DeclineProposalInput,
    ) -> Nullable<DeclineProposalPayload> {
        let outcome = ctx.write(async |tx| actions::decline(tx, ctx.actor(), input).await).await;
        Some(DeclineProposalPayload::of(ctx, outcome))
    }
}
