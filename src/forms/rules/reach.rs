//! Steps and fields that nobody can ever be shown.
//!
//! Conditions look back only, so answers are tried in the order of the fields, of those alone that
//! have to do with a condition.

use serde_json::{Value, json};

use crate::{
    error::{Problem, ProblemCode},
    forms::{
        entity::{Answers, Condition, Field, FieldKind, FormContent, Step},
        rules::values::{DISTRICTS_MAX, NUMBER_MAX, entries_max},
    },
};

/// Answers that are tried for one condition. Beyond that it is taken to be possible.
const TRIES_MAX: usize = 5_000;
/// Values of a list that are tried in every combination.
const COMBINED_MAX: usize = 8;

/// A step or a field that nobody can ever be shown, each at its condition.
pub fn problems(content: &FormContent) -> Vec<Problem> {
    let never = |path: String| Problem::at(&path, ProblemCode::Invalid, "form-never-shown");
    let mut problems = Vec::new();
    for (i, step) in content.steps.iter().enumerate() {
        if !Search::new(content, step, None).succeeds() {
            problems.push(never(format!("steps.{i}.skipIf")));
            continue;
        }
        for (j, field) in step.fields.iter().enumerate() {
            if field.show_if.is_some() && !Search::new(content, step, Some(field)).succeeds() {
                problems.push(never(format!("steps.{i}.fields.{j}.showIf")));
            }
        }
    }
    problems
}

/// A search for answers under which something is shown.
struct Search<'a> {
    step: &'a Step,
    field: Option<&'a Field>,
    /// The fields that have to do with it, in their order, with the values that conditions name.
    involved: Vec<(&'a Step, &'a Field, Vec<&'a str>)>,
    tries: usize,
}

impl<'a> Search<'a> {
    fn new(content: &'a FormContent, step: &'a Step, field: Option<&'a Field>) -> Self {
        let all: Vec<(&Step, &Field)> = content
            .steps
            .iter()
            .flat_map(|step| step.fields.iter().map(move |field| (step, field)))
            .collect();
        let mut conditions: Vec<&Condition> = Vec::new();
        conditions.extend(&step.skip_if);
        conditions.extend(field.and_then(|field| field.show_if.as_ref()));
        let mut involved: Vec<(&Step, &Field, Vec<&str>)> = Vec::new();
        // From the last to the first: what a field depends on stands above it.
        for (step, field) in all.into_iter().rev() {
            let named = conditions.iter().flat_map(|condition| condition.names());
            let named: Vec<_> = named.filter(|(code, _)| *code == field.code).collect();
            if named.is_empty() {
                continue;
            }
            let mut values: Vec<&str> =
                named.iter().flat_map(|(_, values)| values.iter().map(String::as_str)).collect();
            values.sort_unstable();
            values.dedup();
            conditions.extend(step.skip_if.iter().chain(&field.show_if).chain(&field.required_if));
            involved.push((step, field, values));
        }
        involved.reverse();
        Self { step, field, involved, tries: TRIES_MAX }
    }

    fn succeeds(mut self) -> bool {
        self.goes_on(0, &mut Answers::new())
    }

    fn goes_on(&mut self, place: usize, answers: &mut Answers) -> bool {
        if self.tries == 0 {
            return true;
        }
        self.tries -= 1;
        let Some((step, field, named)) = self.involved.get(place) else {
            return !self.step.is_skipped(answers)
                && self.field.is_none_or(|field| field.is_shown(answers));
        };
        let (step, field) = (*step, *field);
        if step.is_skipped(answers) || !field.is_shown(answers) {
            return self.goes_on(place + 1, answers);
        }
        let (code, needed) = (field.code.clone(), field.is_needed(answers));
        let Some(candidates) = candidates(field, named) else { return true };
        for candidate in candidates {
            answers.insert(code.clone(), candidate);
            if self.goes_on(place + 1, answers) {
                return true;
            }
        }
        answers.remove(&code);
        !needed && self.goes_on(place + 1, answers)
    }
}

/// Answers of a field that differ for conditions: those that they name, and one that they do not.
/// `None` when there are too many.
fn candidates(field: &Field, named: &[&str]) -> Option<Vec<Value>> {
    let other_number = |min: i64, max: i64| {
        let mut numbers = (min..=max).map(|number| number.to_string());
        numbers.find(|number| !named.contains(&number.as_str()))
    };
    let keys = || field.choices.iter().map(|choice| choice.key.as_str());
    let number = |text: &str| text.parse::<i64>().map_or(Value::Null, Value::from);
    let with_other = |other: Option<String>| -> Vec<Value> {
        named.iter().map(|text| number(text)).chain(other.iter().map(|text| number(text))).collect()
    };
    Some(match field.kind {
        FieldKind::Consent => vec![json!(true), json!(false)],
        FieldKind::Declaration => vec![json!(true)],
        FieldKind::District => with_other(other_number(1, DISTRICTS_MAX)),
        FieldKind::Number if field.decimals.unwrap_or(0) == 0 => {
            let (min, max) = (field.min.unwrap_or(-NUMBER_MAX), field.max.unwrap_or(NUMBER_MAX));
            with_other(other_number(min, max))
        }
        FieldKind::Choice => {
            let other = keys().find(|key| !named.contains(key));
            named.iter().copied().chain(other).map(Value::from).collect()
        }
        FieldKind::Choices => {
            let other = keys().find(|key| !named.contains(key));
            let all: Vec<&str> = named.iter().copied().chain(other).collect();
            combinations(&all, entries_max(field))?
        }
        // What people write freely counts as filled only.
        _ => vec![json!("x")],
    })
}

/// Every combination of at least one and at most so many values.
fn combinations(values: &[&str], max: usize) -> Option<Vec<Value>> {
    if values.len() > COMBINED_MAX {
        return None;
    }
    let chosen = |mask: u32| -> Vec<&str> {
        values.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1).map(|(_, v)| *v).collect()
    };
    let all = (1..1_u32 << values.len()).map(chosen).filter(|chosen| chosen.len() <= max);
    Some(all.map(|chosen| json!(chosen)).collect())
}
