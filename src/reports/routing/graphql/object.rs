//! How routing rules are seen and written.

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
        entity::ReportKind,
        routing::{
            actions,
            entity::{
                DeleteRoutingRuleInput, PreviewRoutingInput, RoutingRule, SaveRoutingRuleInput,
                TimeWindow,
            },
            graphql::{RoutingDecision, decisions},
        },
    },
    units::UnitObject,
    words,
};

/// A routing rule in the API.
#[derive(Clone)]
pub struct RoutingRuleObject(pub RoutingRule);

impl RoutingRuleObject {
    /// The key of the row.
    pub fn key(&self) -> Uuid {
        self.0.id.0
    }
}

/// A rule by which reports find their units: the first rule whose every condition holds decides. What
/// a rule does not state, it does not look at.
#[Object(name = "RoutingRule", visible = "crate::graphql::staff")]
impl RoutingRuleObject {
    /// Opaque global id.
    pub async fn id(&self) -> ID {
        ids::global(NodeKind::RoutingRule, self.0.id.0).into()
    }

    /// Its place among the rules, from 1.
    fn position(&self) -> i32 {
        self.0.position
    }

    /// What staff call it.
    fn name(&self) -> &str {
        &self.0.content.name
    }

    /// Only reports of this kind; null for all.
    fn kind(&self) -> Option<ReportKind> {
        self.0.content.kind
    }

    /// The kind in the reader's language.
    fn kind_label(&self, ctx: &Context<'_>) -> Option<String> {
        self.0.content.kind.map(|kind| words::label_of(ctx.lang(), "report-kind", &kind))
    }

    /// Only these categories and those below them, by their codes; empty for all.
    fn categories(&self) -> &[String] {
        &self.0.content.categories
    }

    /// Only these districts, by their numbers; empty for all.
    fn districts(&self) -> &[i32] {
        &self.0.content.districts
    }

    /// Only land of these managers, such as `ZZM`, or `PRIVATE` for private land; empty for all.
    fn land_managers(&self) -> &[String] {
        &self.0.content.land_managers
    }

    /// Only reports that come in at these times; null for any time.
    fn window(&self) -> Option<&TimeWindow> {
        Some(&self.0.content.window).filter(|window| !window.is_always())
    }

    /// The units that get the report.
    async fn units(&self, ctx: &Context<'_>) -> Nullable<Vec<UnitObject>> {
        Some(ctx.units(&self.0.content.units).await)
    }

    /// Why, for those who come after.
    fn note(&self) -> Option<&str> {
        self.0.content.note.as_deref()
    }

    /// Whether it holds; a rule that is switched off is passed over.
    fn active(&self) -> bool {
        self.0.active
    }

    /// Whether you may change it: coordinators those that send to the own unit alone, administrators
    /// all.
    fn may_edit(&self, ctx: &Context<'_>) -> bool {
        ctx.actor().may(Permission::DirectReports, &self.0.unit)
    }

    /// Counts its changes; give it as `expectedVersion` of a mutation.
    fn version(&self) -> i32 {
        self.0.revision
    }

    /// When it last changed.
    fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}

/// The rules with these keys that the caller may see, in no order.
pub async fn routing_rules(ctx: &Context<'_>, keys: &[Uuid]) -> Result<Vec<RoutingRuleObject>> {
    let found = actions::by_ids(ctx.db(), ctx.actor(), keys).await?;
    Ok(found.into_iter().map(RoutingRuleObject).collect())
}

/// Queries on routing.
#[derive(Default)]
pub struct RoutingQueries;

#[Object]
impl RoutingQueries {
    /// The rules by which reports find their units, in their order. For consultants, officers,
    /// coordinators and administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn routing_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<RoutingRuleObject>> {
        let page = actions::list(ctx.db(), ctx.actor(), &PageRequest { first, after }).await;
        Some(page.map(|page| Connection::of(page, RoutingRuleObject)))
    }

    /// What the rules would make of a report, with the reason of every step; nothing is written. For
    /// consultants, officers, coordinators and administrators. BAD_USER_INPUT for a category that
    /// there is not, for a point more than 500 m outside the city, and for a district beside a point.
    #[graphql(visible = "crate::graphql::staff")]
    async fn preview_routing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report as the rules would see it.")] input: PreviewRoutingInput,
    ) -> Nullable<RoutingDecision> {
        Some(decisions::preview(ctx, input).await)
    }
}

payloads!(
    routing_rule: RoutingRuleObject =
        "The rule as it was written, or what was deleted; null when the step was refused.",
    RoutingRule: |_, rule| Some(RoutingRuleObject(rule));
    /// The answer of `saveRoutingRule`.
    SaveRoutingRulePayload,
    /// The answer of `deleteRoutingRule`.
    DeleteRoutingRulePayload,
);

/// Mutations on routing rules.
#[derive(Default)]
pub struct RoutingMutations;

#[Object]
impl RoutingMutations {
    /// Writes a new routing rule, or over the one that is named; reports that come in from now on
    /// follow it. Refused with REQUIRED, INVALID, TOO_LONG or UNKNOWN per field, with NOT_ALLOWED for
    /// a coordinator who sends to other units than the own or puts a rule above one of theirs, and
    /// with CONFLICT. Coordinators for the own unit; administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn save_routing_rule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the rule is to say, whole.")] input: SaveRoutingRuleInput,
    ) -> Nullable<SaveRoutingRulePayload> {
        let outcome = ctx.write(async |tx| actions::save(tx, ctx.actor(), input).await).await;
        Some(SaveRoutingRulePayload::of(ctx, outcome))
    }

    /// Deletes a routing rule. Refused with CONFLICT. Coordinators for the own unit; administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn delete_routing_rule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rule.")] input: DeleteRoutingRuleInput,
    ) -> Nullable<DeleteRoutingRulePayload> {
        let outcome = ctx.write(async |tx| actions::delete(tx, ctx.actor(), input).await).await;
        Some(DeleteRoutingRulePayload::of(ctx, outcome))
    }
}
