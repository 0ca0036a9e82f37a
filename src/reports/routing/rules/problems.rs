//! What a rule must be like, and whose it is.

use std::collections::HashSet;

use crate::{
    error::{Problem, ProblemCode},
    permissions::NO_UNIT,
    reports::{
        entity::Category,
        routing::entity::RoutingContent,
        rules::{UNITS_MAX, needed},
    },
    texts,
    words::Message,
};

/// Rules: every node keeps all of them in memory, and each report may be held against all.
pub const RULES_MAX: usize = 500;
const CODE_CHARS_MAX: usize = 100;
const NAME_CHARS_MAX: usize = 100;
const NOTE_CHARS_MAX: usize = 1_000;
const CATEGORIES_MAX: usize = 50;
const DISTRICTS_MAX: usize = 50;
const LAND_MANAGERS_MAX: usize = 20;
const LAND_MANAGER_CHARS_MAX: usize = 20;

/// The unit whose coordinator may write a rule: the only one that it sends to.
pub fn owner(rule: &RoutingContent) -> &str {
    match &rule.units[..] {
        [only] => only,
        _ => NO_UNIT,
    }
}

/// What a rule may name.
pub struct Known {
    /// All categories.
    pub categories: Vec<Category>,
    /// The numbers of the districts.
    pub districts: Vec<i32>,
    /// The codes of the units.
    pub units: Vec<String>,
}

impl RoutingContent {
    /// The same with nothing blank around its texts, land managers in capitals, and everything once.
    pub fn tidied(self) -> Self {
        let capitals = |name: String| name.trim().to_uppercase();
        Self {
            name: texts::tidied(&self.name),
            categories: once(self.categories),
            districts: once(self.districts),
            land_managers: once(self.land_managers.into_iter().map(capitals).collect()),
            units: once(self.units),
            note: self.note.map(|note| texts::tidied(&note)).filter(|note| !note.is_empty()),
            ..self
        }
    }
}

fn once<T: Clone + Eq + std::hash::Hash>(entries: Vec<T>) -> Vec<T> {
    let mut seen = HashSet::new();
    entries.into_iter().filter(|entry| seen.insert(entry.clone())).collect()
}

/// Everything that is wrong with a tidy rule.
pub fn problems(rule: &RoutingContent, known: &Known) -> Vec<Problem> {
    let mut problems = needed("code", &rule.code, CODE_CHARS_MAX);
    problems.extend(needed("name", &rule.name, NAME_CHARS_MAX));
    problems.extend(texts::problems("note", rule.note.as_deref().unwrap_or(""), NOTE_CHARS_MAX));
    problems.extend(category_problems(rule, known));
    problems.extend(each(&rule.districts, "districts", DISTRICTS_MAX, |number| {
        let message = || Message::new("no-such-district").with("number", number);
        (!known.districts.contains(number)).then(|| (ProblemCode::Unknown, message()))
    }));
    problems.extend(each(&rule.land_managers, "landManagers", LAND_MANAGERS_MAX, |name| {
        let sound = (1..=LAND_MANAGER_CHARS_MAX).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        (!sound).then(|| (ProblemCode::Invalid, "not-a-code".into()))
    }));
    problems.extend(each(&rule.units, "units", UNITS_MAX, |code| {
        let message = || Message::new("unknown-unit").with("code", code);
        (!known.units.contains(code)).then(|| (ProblemCode::Unknown, message()))
    }));
    if rule.units.is_empty() {
        problems.push(Problem::at("units", ProblemCode::Required, "required"));
    }
    problems.extend(window_problems(rule));
    if is_unconditional(rule) {
        problems.push(Problem::at("", ProblemCode::Required, "rule-without-condition"));
    }
    problems
}

/// Without a condition a rule would take every report, and all below it would never be looked at.
fn is_unconditional(rule: &RoutingContent) -> bool {
    rule.kind.is_none()
        && rule.categories.is_empty()
        && rule.districts.is_empty()
        && rule.land_managers.is_empty()
        && rule.window.is_always()
}

fn category_problems(rule: &RoutingContent, known: &Known) -> Vec<Problem> {
    each(&rule.categories, "categories", CATEGORIES_MAX, |code| {
        match known.categories.iter().find(|category| category.code == *code) {
            None => {
                let message = Message::new("unknown-category").with("code", code);
                Some((ProblemCode::Unknown, message))
            }
            Some(category) if rule.kind.is_some_and(|kind| kind != category.kind) => {
                let message = Message::new("category-of-other-kind").with("code", code);
                Some((ProblemCode::Invalid, message))
            }
            Some(_) => None,
        }
    })
}

fn window_problems(rule: &RoutingContent) -> Option<Problem> {
    // What begins when it ends holds never; who means all day leaves it out.
    let never = rule.window.hours.is_some_and(|hours| hours.from == hours.to);
    never.then(|| Problem::at("window.hours", ProblemCode::Invalid, "empty-hours"))
}

/// What is wrong with the entries of a list, and with their number.
fn each<T>(
    entries: &[T],
    path: &str,
    max: usize,
    problem: impl Fn(&T) -> Option<(ProblemCode, Message)>,
) -> Vec<Problem> {
    if entries.len() > max {
        let message = Message::new("too-many").with("max", max);
        return vec![Problem::at(path, ProblemCode::TooLong, message)];
    }
    let found = entries.iter().enumerate().filter_map(|(place, entry)| {
        let (code, message) = problem(entry)?;
        Some(Problem::at(&format!("{path}.{place}"), code, message))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::{
        entity::ReportKind::{Idea, Problem as Trouble},
        routing::rules::tests::{category, content},
    };

    fn known() -> Known {
        Known {
            categories: vec![
                category("litter", None, Trouble),
                category("dump", Some("litter"), Trouble),
                category("idea-roads", None, Idea),
            ],
            districts: (1..=18).collect(),
            units: ["MPO", "ZZM", "A", "B", "C", "D"].map(str::to_owned).into(),
        }
    }

    /// A sound rule.
    fn base() -> RoutingContent {
        RoutingContent { districts: vec![7], ..content("a", &["ZZM"]) }
    }

    #[test]
    fn what_is_wrong_with_a_rule_is_told_by_field() {
        use ProblemCode::*;
        let texts =
            |texts: &[&str]| -> Vec<String> { texts.iter().map(|&text| text.to_owned()).collect() };
        let never = toml::from_str("hours = { from = '06:00', to = '06:00' }").unwrap();
        let always = |rule| RoutingContent { districts: Vec::new(), ..rule };
        for (rule, expected) in [
            (base(), &[][..]),
            (RoutingContent { name: " ".into(), ..base() }, &[(Required, "name")][..]),
            (RoutingContent { name: "a".repeat(101), ..base() }, &[(TooLong, "name")]),
            (RoutingContent { code: String::new(), ..base() }, &[(Required, "code")]),
            (RoutingContent { note: Some("a".repeat(1_001)), ..base() }, &[(TooLong, "note")]),
            (
                RoutingContent { categories: texts(&["dump", "x"]), ..base() },
                &[(Unknown, "categories.1")],
            ),
            (
                RoutingContent { kind: Some(Idea), categories: texts(&["dump"]), ..base() },
                &[(Invalid, "categories.0")],
            ),
            (
                RoutingContent { kind: Some(Idea), categories: texts(&["idea-roads"]), ..base() },
                &[],
            ),
            (RoutingContent { districts: vec![1, 19], ..base() }, &[(Unknown, "districts.1")]),
            (
                RoutingContent { land_managers: texts(&["ZZM", "", "a b"]), ..base() },
                &[(Invalid, "landManagers.1"), (Invalid, "landManagers.2")],
            ),
            (RoutingContent { units: Vec::new(), ..base() }, &[(Required, "units")]),
            (RoutingContent { units: texts(&["ZZM", "XX"]), ..base() }, &[(Unknown, "units.1")]),
            (
                RoutingContent { units: texts(&["MPO", "ZZM", "A", "B", "C", "D"]), ..base() },
                &[(TooLong, "units")],
            ),
            (RoutingContent { window: never, ..base() }, &[(Invalid, "window.hours")]),
            (always(base()), &[(Required, "")]),
            (RoutingContent { kind: Some(Idea), ..always(base()) }, &[]),
        ] {
            let found: Vec<_> = problems(&rule, &known())
                .into_iter()
                .map(|problem| (problem.code, problem.field.join(".")))
                .collect();
            let expected: Vec<_> =
                expected.iter().map(|&(code, path)| (code, path.to_owned())).collect();
            assert_eq!(found, expected, "{rule:?}");
        }
    }

    #[test]
    fn a_rule_is_kept_tidy_with_every_entry_once() {
        let untidy = RoutingContent {
            name: " Parki\r\n".into(),
            land_managers: vec![" zzm ".into(), "ZZM".into()],
            districts: vec![7, 1, 7],
            note: Some("  ".into()),
            ..base()
        };
        let tidy = untidy.tidied();
        assert_eq!((&*tidy.name, tidy.note), ("Parki", None));
        assert_eq!((tidy.land_managers, tidy.districts), (vec!["ZZM".to_owned()], vec![7, 1]));
    }

    #[test]
    fn a_rule_that_sends_to_one_unit_is_of_that_unit_and_one_for_several_is_of_none() {
        assert_eq!(owner(&content("a", &["ZZM"])), "ZZM");
        assert_eq!(owner(&content("a", &["ZZM", "MPO"])), NO_UNIT);
        assert_eq!(owner(&content("a", &[])), NO_UNIT);
    }
}
