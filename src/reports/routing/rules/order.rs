//! Where among the rules one may stand: what an administrator has ordered comes first.
//!
//! A coordinator writes rules that send to the own unit. If one stood above the rule of another unit,
//! it would take reports that were meant for that unit, so what a coordinator states anew stands below
//! all rules of others. In a place that an administrator gave it, above others, a rule may be narrowed,
//! switched off and on again, or moved down: all that takes nothing from anybody.

use crate::{
    error::{Problem, ProblemCode},
    reports::routing::entity::{RoutingContent, RoutingRule, TimeWindow},
    words::Message,
};

/// Everything that decides whether a rule may go to its place.
pub struct Placing<'a> {
    /// What it is to say.
    pub content: &'a RoutingContent,
    /// Its place among the others, from 0.
    pub place: usize,
    /// The rule as it was, where one is changed.
    pub over: Option<&'a RoutingRule>,
    /// The other rules in their order.
    pub others: &'a [RoutingRule],
}

/// What is wrong with the place of a rule, given which of the others are not the actor's.
pub fn order_problem(
    placing: &Placing<'_>,
    is_foreign: impl Fn(&RoutingRule) -> bool,
) -> Option<Problem> {
    let below = |others: &[RoutingRule]| others.iter().filter(|rule| is_foreign(rule)).count();
    let passed = below(&placing.others[placing.place..]);
    let stays = placing.over.is_some_and(|over| {
        let was = placing.others.iter().take_while(|rule| rule.position < over.position).count();
        passed <= below(&placing.others[was..]) && is_narrowed(placing.content, &over.content)
    });
    if passed == 0 || stays {
        return None;
    }
    // From 1, and behind the last one of others.
    let lowest = placing.others.iter().rposition(is_foreign).map_or(1, |place| place + 2);
    let message = Message::new("above-others").with("lowest", lowest);
    Some(Problem::at("position", ProblemCode::NotAllowed, message))
}

/// Whether a rule takes nothing that another one does not. Whether it is switched on does not count:
/// that is for its unit to say.
fn is_narrowed(rule: &RoutingContent, than: &RoutingContent) -> bool {
    (than.kind.is_none() || rule.kind == than.kind)
        && is_within(&rule.categories, &than.categories)
        && is_within(&rule.districts, &than.districts)
        && is_within(&rule.land_managers, &than.land_managers)
        && is_within_window(&rule.window, &than.window)
}

/// An empty list stands for everything.
fn is_within<T: PartialEq>(list: &[T], wider: &[T]) -> bool {
    wider.is_empty() || !list.is_empty() && list.iter().all(|entry| wider.contains(entry))
}

/// Hours and seasons are compared as a whole.
fn is_within_window(window: &TimeWindow, wider: &TimeWindow) -> bool {
    is_within(&window.weekdays, &wider.weekdays)
        && (wider.hours.is_none() || window.hours == wider.hours)
        && (wider.season.is_none() || window.season == wider.season)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::{
        entity::ReportKind,
        routing::rules::tests::{content, rule},
    };

    /// The rules of A, B, A and A, of which the second is not the actor's.
    fn rules() -> Vec<RoutingRule> {
        let owners = ["A", "B", "A", "A"];
        let rule = |(place, owner): (i32, &&str)| RoutingRule {
            position: place + 1,
            unit: (*owner).into(),
            ..rule(
                place as u128,
                RoutingContent { districts: vec![1, 2], ..content("a", &[*owner]) },
            )
        };
        (0..).zip(&owners).map(rule).collect()
    }

    /// The place, from 1, that is refused; the lowest that is told.
    fn refused(content: &RoutingContent, over: Option<usize>, to: usize) -> Option<String> {
        let mut others = rules();
        let over = over.map(|place| others.remove(place - 1));
        let placing = Placing { content, place: to - 1, over: over.as_ref(), others: &others };
        let problem = order_problem(&placing, |rule| rule.unit != "A")?;
        assert_eq!(
            (problem.code, problem.field),
            (ProblemCode::NotAllowed, vec!["position".into()])
        );
        Some(problem.message.say(crate::words::Lang::En))
    }

    #[test]
    fn what_is_stated_anew_stands_below_all_rules_of_others() {
        let new = RoutingContent { districts: vec![1], ..content("a", &["A"]) };
        for (to, is_refused) in [(1, true), (2, true), (3, false), (4, false), (5, false)] {
            let told = refused(&new, None, to);
            assert_eq!(told.is_some(), is_refused, "{to}");
            assert!(told.is_none_or(|told| told.contains("3")));
        }
    }

    #[test]
    fn above_others_a_rule_may_be_narrowed_and_moved_down_but_neither_widened_nor_moved_up() {
        let districts = |districts: &[i32]| RoutingContent {
            districts: districts.to_vec(),
            ..content("a", &["A"])
        };
        let (narrow, same, wide) = (districts(&[2]), districts(&[1, 2]), districts(&[1, 2, 3]));
        for (content, from, to, is_refused) in [
            (&same, 1, 1, false),
            (&narrow, 1, 1, false),
            (&wide, 1, 1, true),
            (&districts(&[]), 1, 1, true),
            // Below the rule of the other unit everything is the coordinator's own matter.
            (&wide, 1, 2, false),
            (&wide, 3, 4, false),
            (&wide, 4, 3, false),
            (&same, 4, 2, true),
            (&narrow, 3, 1, true),
        ] {
            let told = refused(content, Some(from), to);
            assert_eq!(told.is_some(), is_refused, "{:?} {from} {to}", content.districts);
        }
    }

    #[test]
    fn a_rule_is_narrower_when_every_condition_is() {
        let window = |toml: &str| -> TimeWindow { toml::from_str(toml).unwrap() };
        let base = || RoutingContent {
            kind: Some(ReportKind::Problem),
            categories: vec!["roads".into(), "lighting".into()],
            land_managers: vec!["ZZM".into()],
            window: window("weekdays = ['SATURDAY', 'SUNDAY']"),
            ..content("a", &["A"])
        };
        let weekdays = "weekdays = ['SUNDAY']\nhours = { from = '22:00', to = '06:00' }";
        for (rule, narrower) in [
            (base(), true),
            (RoutingContent { active: false, ..base() }, true),
            (RoutingContent { kind: None, ..base() }, false),
            (RoutingContent { categories: vec!["roads".into()], ..base() }, true),
            (RoutingContent { categories: vec!["greenery".into()], ..base() }, false),
            (RoutingContent { land_managers: Vec::new(), ..base() }, false),
            (RoutingContent { districts: vec![7], ..base() }, true),
            (RoutingContent { window: window(weekdays), ..base() }, true),
            (RoutingContent { window: window("weekdays = ['MONDAY']"), ..base() }, false),
            (RoutingContent { window: TimeWindow::default(), ..base() }, false),
        ] {
            assert_eq!(is_narrowed(&rule, &base()), narrower, "{rule:?}");
        }
    }
}
