//! How routing rules and their decisions are seen.

mod decisions;
mod object;

pub use decisions::{RoutingDecision, RoutingTraceObject};
pub use object::{RoutingMutations, RoutingQueries, RoutingRuleObject, routing_rules};
