//! How the decisions of the rules are seen.

use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};

use crate::{
    error::Result,
    graphql::{ContextExt, Nullable},
    reports::{
        entity::Routing,
        routing::{
            actions,
            entity::PreviewRoutingInput,
            graphql::RoutingRuleObject,
            rules::{Condition, Considered, Decision},
        },
    },
    units::UnitObject,
    words,
};

/// What the rules would make of a report, and why.
#[derive(SimpleObject)]
#[graphql(name = "RoutingDecision")]
pub struct RoutingDecision {
    /// The rule that decides; null: no rule holds, so that the default unit of the category gets it.
    rule: Option<RoutingRuleObject>,
    /// The units that get the report.
    units: Vec<UnitObject>,
    /// Every rule that was looked at, in order, until one held.
    steps: Vec<RoutingStep>,
}

/// A rule that was looked at, and what came of it.
#[derive(SimpleObject)]
pub struct RoutingStep {
    /// The rule.
    rule: RoutingRuleObject,
    /// Whether all of its conditions held.
    matched: bool,
    /// The first condition that did not hold; null when all did.
    failed: Option<Condition>,
    /// The same in the reader's language.
    explanation: String,
}

impl RoutingStep {
    fn of(ctx: &Context<'_>, step: Considered) -> Self {
        let failed = step.failed;
        let explanation = match &failed {
            None => words::label(ctx.lang(), "routing", "matched"),
            Some(condition) => words::label_of(ctx.lang(), "routing-failed", condition),
        };
        let rule = RoutingRuleObject(step.rule);
        Self { rule, matched: failed.is_none(), failed, explanation }
    }
}

impl RoutingDecision {
    /// A decision with its units.
    pub async fn load(ctx: &Context<'_>, decision: Decision) -> Result<Self> {
        let steps = decision.steps.into_iter().map(|step| RoutingStep::of(ctx, step)).collect();
        let rule = decision.rule.map(RoutingRuleObject);
        Ok(Self { rule, units: ctx.units(&decision.units).await?, steps })
    }
}

/// The trace of a decision that stands in a report.
pub struct RoutingTraceObject(pub Routing);

/// How a report was routed when it came in, as it was decided then.
#[Object(name = "RoutingTrace")]
impl RoutingTraceObject {
    /// Whether no rule held, so that the default unit of the category was proposed.
    fn by_default(&self) -> bool {
        self.0.rule.is_none()
    }

    /// The rule that decided, as it is now; null when none did, or when it was deleted since.
    async fn rule(&self, ctx: &Context<'_>) -> Nullable<RoutingRuleObject> {
        let key = self.0.rule?;
        let rules = match ctx.caller().app.desk.routing.read(ctx.db()).await {
            Ok(rules) => rules,
            Err(error) => return Some(Err(error)),
        };
        let rule = rules.iter().find(|rule| rule.id.0 == key);
        rule.cloned().map(|rule| Ok(RoutingRuleObject(rule)))
    }

    /// The version that the rule had then: another one than it has now says that it was changed since.
    fn rule_version(&self) -> Option<i32> {
        self.0.version
    }

    /// The units that were proposed.
    async fn units(&self, ctx: &Context<'_>) -> Nullable<Vec<UnitObject>> {
        Some(ctx.units(&self.0.units).await)
    }

    /// The category that the rules were asked about, by its code.
    fn category(&self) -> &str {
        &self.0.asked.category
    }

    /// The number of the district that they were asked about; null when it was not known.
    fn district(&self) -> Option<i32> {
        self.0.asked.district
    }

    /// The land manager that they were asked about; null when it was not known.
    fn land_manager(&self) -> Option<&str> {
        self.0.asked.land_manager.as_deref()
    }

    /// When it was decided; null for reports that were imported.
    fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.at
    }

    /// What the rules as they are now make of the same question at the same time, step by step; for
    /// staff who may read the rules.
    async fn today(&self, ctx: &Context<'_>) -> Nullable<RoutingDecision> {
        let asked = &self.0.asked;
        let input = PreviewRoutingInput {
            category: asked.category.clone(),
            district: asked.district,
            latitude: None,
            longitude: None,
            land_manager: asked.land_manager.clone(),
            at: self.0.at,
        };
        Some(preview(ctx, input).await)
    }
}

/// What the rules would make of a report.
pub async fn preview(ctx: &Context<'_>, input: PreviewRoutingInput) -> Result<RoutingDecision> {
    let desk = &ctx.caller().app.desk;
    let decision = actions::explain(ctx.db(), ctx.actor(), desk, input, ctx.now()).await?;
    RoutingDecision::load(ctx, decision).await
}
