//! Routing rules: what they must be like, and which one decides. Pure.

mod decide;
mod order;
mod problems;

pub use decide::{Condition, Considered, Decision, decide, explain};
pub use order::{Placing, order_problem};
pub use problems::{Known, RULES_MAX, owner, problems};

#[cfg(test)]
mod tests {
    use crate::{
        calendar::Days,
        reports::{
            entity::{Category, ReportKind},
            routing::entity::{RoutingContent, RoutingRule, RoutingRuleId},
        },
    };

    /// Ten o'clock in Krakow, a Friday in November.
    pub const FRIDAY: &str = "2026-11-20T09:00:00Z";

    /// A rule as it is stored.
    pub fn rule(number: u128, content: RoutingContent) -> RoutingRule {
        RoutingRule {
            id: RoutingRuleId(uuid::Uuid::from_u128(number)),
            position: number as i32,
            unit: String::new(),
            active: content.active,
            content,
            deleted: false,
            builtin_digest: None,
            revision: 7,
            updated_at: FRIDAY.parse().unwrap(),
        }
    }

    /// A category whose own unit is MPO.
    pub fn category(code: &str, parent: Option<&str>, kind: ReportKind) -> Category {
        Category {
            code: code.into(),
            parent: parent.map(str::to_owned),
            kind,
            name: code.into(),
            name_en: code.into(),
            name_uk: code.into(),
            keywords: Vec::new(),
            unit: "MPO".into(),
            days: 7,
            days_kind: Days::Calendar,
            promise: String::new(),
            stop_screen: None,
            questions: Vec::new(),
            active: true,
            open311: true,
        }
    }

    /// A rule without a condition.
    pub fn content(code: &str, units: &[&str]) -> RoutingContent {
        RoutingContent {
            code: code.into(),
            name: code.into(),
            kind: None,
            categories: Vec::new(),
            districts: Vec::new(),
            land_managers: Vec::new(),
            units: units.iter().map(|&unit| unit.to_owned()).collect(),
            note: None,
            active: true,
            window: Default::default(),
        }
    }
}
