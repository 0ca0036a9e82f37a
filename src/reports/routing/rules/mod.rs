//! Routing rules: what they must be like, and which one decides. Pure.

mod decide;
mod problems;

pub use decide::{Condition, Considered, Decision, decide, explain};
pub use problems::{Known, RULES_MAX, owner, problems};

#[cfg(test)]
mod tests {
    use crate::{
        calendar::Days,
        reports::{
            entity::{Category, ReportKind},
            routing::entity::RoutingContent,
        },
    };

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
