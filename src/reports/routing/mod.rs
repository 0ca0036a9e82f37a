//! How a report finds its units: ordered rules, of which the first that holds decides; where none does,
//! the category's own unit gets it. Every decision can be explained.

mod actions;
mod entity;
mod graphql;
mod rules;

pub use actions::{KnownRules, all, decide, import, known, save, unit_of};
pub use entity::{RoutingContent, RoutingRule, RoutingRuleId, SaveRoutingRuleInput};
pub use graphql::{
    RoutingMutations, RoutingQueries, RoutingRuleObject, RoutingTraceObject, routing_rules,
};
pub use rules::{Known, problems};
