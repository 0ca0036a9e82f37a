//! Which rule decides, and why.

use async_graphql::Enum;
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::reports::{
    entity::{Category, Routing, RoutingQuestion},
    routing::entity::{Outside, RoutingContent, RoutingRule},
};

/// A condition that a rule may state, or its being switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "RoutingCondition")]
pub enum Condition {
    /// The rule is switched on.
    Active,
    /// The report is of its kind.
    Kind,
    /// The report is in one of its categories, or below one.
    Category,
    /// The place is in one of its districts.
    District,
    /// The land is managed by one of those that it names.
    LandManager,
    /// It is one of its days of the week.
    Weekday,
    /// It is in its hours of the day.
    Hours,
    /// It is in its part of the year.
    Season,
}

/// What the rules make of a report, and why.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The rule that decided; nothing: the default unit of the category.
    pub rule: Option<RoutingRule>,
    /// The units that get the report.
    pub units: Vec<String>,
    /// Every rule that was looked at, in order; the last one is the one that decided, if one did.
    pub steps: Vec<Considered>,
}

/// A rule that was looked at.
#[derive(Clone, Debug)]
pub struct Considered {
    /// The rule.
    pub rule: RoutingRule,
    /// The first of its conditions that did not hold; nothing when all held.
    pub failed: Option<Condition>,
}

/// The first rule whose every condition holds decides, else the category's own unit.
pub fn explain(
    rules: &[RoutingRule],
    category: &Category,
    asked: &RoutingQuestion,
    at: DateTime<Utc>,
) -> Decision {
    let mut steps = Vec::new();
    for rule in rules {
        let failed = first_failed(&rule.content, category, asked, at);
        steps.push(Considered { rule: rule.clone(), failed });
        if failed.is_none() {
            let units = rule.content.units.clone();
            return Decision { rule: Some(rule.clone()), units, steps };
        }
    }
    Decision { rule: None, units: vec![category.unit.clone()], steps }
}

/// As `explain`, without the steps: what stands in the report from then on.
pub fn decide(
    rules: &[RoutingRule],
    category: &Category,
    asked: RoutingQuestion,
    at: DateTime<Utc>,
) -> Routing {
    let holds = |rule: &&RoutingRule| first_failed(&rule.content, category, &asked, at).is_none();
    let rule = rules.iter().find(holds);
    Routing {
        rule: rule.map(|rule| rule.id.0),
        version: rule.map(|rule| rule.revision),
        units: rule.map_or_else(|| vec![category.unit.clone()], |rule| rule.content.units.clone()),
        asked,
        at: Some(at),
    }
}

/// The first condition of a rule that does not hold.
fn first_failed(
    rule: &RoutingContent,
    category: &Category,
    asked: &RoutingQuestion,
    at: DateTime<Utc>,
) -> Option<Condition> {
    let codes = [category.code.as_str(), category.group()];
    let manager = asked.land_manager.as_deref().map(str::trim);
    let conditions = [
        (rule.active, Condition::Active),
        (rule.kind.is_none_or(|kind| kind == category.kind), Condition::Kind),
        (
            rule.categories.is_empty()
                || rule.categories.iter().any(|code| codes.contains(&code.as_str())),
            Condition::Category,
        ),
        (
            rule.districts.is_empty()
                || asked.district.is_some_and(|number| rule.districts.contains(&number)),
            Condition::District,
        ),
        (
            rule.land_managers.is_empty()
                || manager.is_some_and(|manager| {
                    rule.land_managers.iter().any(|known| known.eq_ignore_ascii_case(manager))
                }),
            Condition::LandManager,
        ),
    ];
    let failed = conditions.into_iter().find(|(holds, _)| !holds).map(|(_, condition)| condition);
    failed.or_else(|| rule.window.outside(at).map(Condition::from))
}

impl From<Outside> for Condition {
    fn from(outside: Outside) -> Self {
        match outside {
            Outside::Weekday => Self::Weekday,
            Outside::Hours => Self::Hours,
            Outside::Season => Self::Season,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::{
        entity::ReportKind,
        routing::{
            entity::TimeWindow,
            rules::tests::{FRIDAY, category, content, rule},
        },
    };

    fn asked(district: Option<i32>, land_manager: Option<&str>) -> RoutingQuestion {
        let land_manager = land_manager.map(str::to_owned);
        RoutingQuestion { category: "dump".into(), district, land_manager }
    }

    fn window(toml: &str) -> TimeWindow {
        toml::from_str(toml).unwrap()
    }

    /// What one condition makes of a report in category `dump` below `litter`.
    fn failed(content: RoutingContent, asked: &RoutingQuestion) -> Option<Condition> {
        let category = category("dump", Some("litter"), ReportKind::Problem);
        let decision = explain(&[rule(1, content)], &category, asked, FRIDAY.parse().unwrap());
        assert_eq!(decision.steps.len(), 1);
        assert_eq!(decision.rule.is_some(), decision.steps[0].failed.is_none());
        decision.steps[0].failed
    }

    #[test]
    fn every_condition_that_is_stated_must_hold_and_the_first_that_does_not_is_told() {
        use Condition::*;
        let base = || content("a", &["ZZM"]);
        let nowhere = asked(None, None);
        let here = asked(Some(7), Some("ZZM"));
        for (content, asked, expected) in [
            (base(), &nowhere, None),
            (RoutingContent { active: false, ..base() }, &here, Some(Active)),
            (RoutingContent { kind: Some(ReportKind::Problem), ..base() }, &here, None),
            (RoutingContent { kind: Some(ReportKind::Idea), ..base() }, &here, Some(Kind)),
            (RoutingContent { categories: vec!["dump".into()], ..base() }, &here, None),
            (RoutingContent { categories: vec!["litter".into()], ..base() }, &here, None),
            (RoutingContent { categories: vec!["x".into(), "dump".into()], ..base() }, &here, None),
            (RoutingContent { categories: vec!["x".into()], ..base() }, &here, Some(Category)),
            (RoutingContent { districts: vec![6, 7], ..base() }, &here, None),
            (RoutingContent { districts: vec![6], ..base() }, &here, Some(District)),
            (RoutingContent { districts: vec![7], ..base() }, &nowhere, Some(District)),
            (RoutingContent { land_managers: vec!["ZZM".into()], ..base() }, &here, None),
            (
                RoutingContent { land_managers: vec!["ZBK".into()], ..base() },
                &here,
                Some(LandManager),
            ),
            (
                RoutingContent { land_managers: vec!["ZZM".into()], ..base() },
                &nowhere,
                Some(LandManager),
            ),
            (RoutingContent { window: window("weekdays = ['FRIDAY']"), ..base() }, &here, None),
            (
                RoutingContent { window: window("weekdays = ['MONDAY']"), ..base() },
                &here,
                Some(Weekday),
            ),
            (
                RoutingContent {
                    window: window("hours = { from = '22:00', to = '06:00' }"),
                    ..base()
                },
                &here,
                Some(Hours),
            ),
            (
                RoutingContent {
                    window: window("season = { from = '12-01', to = '02-29' }"),
                    ..base()
                },
                &here,
                Some(Season),
            ),
            // The order in which conditions are looked at.
            (
                RoutingContent {
                    kind: Some(ReportKind::Idea),
                    categories: vec!["x".into()],
                    districts: vec![1],
                    active: false,
                    ..base()
                },
                &here,
                Some(Active),
            ),
            (
                RoutingContent { districts: vec![1], land_managers: vec!["X".into()], ..base() },
                &here,
                Some(District),
            ),
        ] {
            assert_eq!(failed(content.clone(), asked), expected, "{content:?}");
        }
    }

    #[test]
    fn a_land_manager_is_known_in_any_letters() {
        let content =
            RoutingContent { land_managers: vec!["ZZM".into()], ..content("a", &["ZZM"]) };
        assert_eq!(failed(content, &asked(None, Some(" zzm "))), None);
    }

    #[test]
    fn a_code_does_not_stand_for_the_category_above() {
        let litter = category("litter", None, ReportKind::Problem);
        let content = RoutingContent { categories: vec!["dump".into()], ..content("a", &["ZZM"]) };
        let at = FRIDAY.parse().unwrap();
        let decision = explain(&[rule(1, content)], &litter, &asked(None, None), at);
        assert_eq!(decision.steps[0].failed, Some(Condition::Category));
    }

    #[test]
    fn the_first_rule_that_holds_decides_and_those_after_it_are_not_looked_at() {
        let off = RoutingContent { active: false, ..content("off", &["SA"]) };
        let elsewhere = RoutingContent { districts: vec![1], ..content("elsewhere", &["SA"]) };
        let both = content("both", &["IR", "ZDMK"]);
        let rules = [off, elsewhere, both, content("late", &["ZZM"])];
        let rules: Vec<_> = (1..).zip(rules).map(|(n, content)| rule(n, content)).collect();
        let category = category("dump", Some("litter"), ReportKind::Problem);
        let (question, at) = (asked(Some(2), None), FRIDAY.parse().unwrap());
        let decision = explain(&rules, &category, &question, at);
        let steps: Vec<_> =
            decision.steps.iter().map(|step| (&*step.rule.content.code, step.failed)).collect();
        assert_eq!(
            steps,
            [
                ("off", Some(Condition::Active)),
                ("elsewhere", Some(Condition::District)),
                ("both", None)
            ]
        );
        assert_eq!(decision.units, ["IR", "ZDMK"]);

        let routing = decide(&rules, &category, question.clone(), at);
        let stored = Routing {
            rule: Some(uuid::Uuid::from_u128(3)),
            version: Some(7),
            units: vec!["IR".into(), "ZDMK".into()],
            asked: question,
            at: Some(at),
        };
        assert_eq!(routing, stored);
    }

    #[test]
    fn where_no_rule_holds_the_unit_of_the_category_gets_it() {
        let elsewhere = RoutingContent { districts: vec![1], ..content("elsewhere", &["SA"]) };
        let category = category("dump", Some("litter"), ReportKind::Problem);
        let (question, at) = (asked(None, None), FRIDAY.parse().unwrap());
        for rules in [vec![], vec![rule(1, elsewhere)]] {
            let decision = explain(&rules, &category, &question, at);
            assert_eq!(
                (decision.units, decision.steps.len()),
                (vec!["MPO".to_owned()], rules.len())
            );
            assert!(decision.rule.is_none());
            let routing = decide(&rules, &category, question.clone(), at);
            assert_eq!(
                (routing.rule, routing.version, routing.units),
                (None, None, vec!["MPO".to_owned()])
            );
        }
    }
}
