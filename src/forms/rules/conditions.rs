//! What conditions and computations may name: fields that stand above, so that nothing depends on
//! itself, and values that these can have.

use std::collections::HashMap;

use crate::{
    error::{Problem, ProblemCode},
    forms::{
        entity::{Computation, Condition, Field, FieldKind, FormContent},
        rules::{
            definition::{Placed, at, placed},
            values::{DISTRICTS_MAX, NUMBER_MAX},
        },
    },
    words::Message,
};

/// Conditions within each other, and of one condition in all.
const DEPTH_MAX: usize = 5;
const PARTS_MAX: usize = 30;

/// Everything that is wrong with the conditions and the computation of a field.
pub fn of_field(Placed { path, field, above }: &Placed) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, condition) in [("showIf", &field.show_if), ("requiredIf", &field.required_if)] {
        if let Some(condition) = condition {
            problems.extend(condition_problems(&format!("{path}.{name}"), condition, above));
        }
    }
    if let Some(computation) = &field.computed {
        problems.extend(computation_problems(
            &format!("{path}.computed"),
            field,
            computation,
            above,
        ));
    }
    problems
}

/// Everything that is wrong with the conditions of steps.
pub fn of_steps(content: &FormContent) -> Vec<Problem> {
    let fields = placed(content);
    let mut problems = Vec::new();
    for (i, step) in content.steps.iter().enumerate() {
        let own = format!("steps.{i}.fields.0");
        let first = fields.iter().find(|placed| placed.path == own);
        if let (Some(skip), Some(first)) = (&step.skip_if, first) {
            problems.extend(condition_problems(&format!("steps.{i}.skipIf"), skip, &first.above));
        }
    }
    problems
}

fn condition_problems(
    path: &str,
    condition: &Condition,
    above: &HashMap<&str, &Field>,
) -> Vec<Problem> {
    if depth(condition) > DEPTH_MAX || count(condition) > PARTS_MAX {
        let message = Message::new("form-condition-size").with("depth", DEPTH_MAX);
        return vec![Problem::at(path, ProblemCode::TooLong, message.with("max", PARTS_MAX))];
    }
    if !is_sound(condition) {
        return vec![Problem::at(path, ProblemCode::Invalid, "form-condition-shape")];
    }
    let mut problems = Vec::new();
    for (code, values) in condition.names() {
        match above.get(code) {
            None => problems.push(unknown(path, code)),
            Some(field) if field.computed.is_some() => {
                let message = Message::new("form-computed-reference").with("code", code);
                problems.push(Problem::at(path, ProblemCode::Invalid, message));
            }
            Some(field) => {
                let strange = values.iter().filter(|value| !can_be(field, value));
                problems.extend(strange.map(|value| {
                    let message = Message::new("form-impossible-value").with("code", code);
                    Problem::at(path, ProblemCode::Unknown, message.with("value", value))
                }));
            }
        }
    }
    problems
}

fn unknown(path: &str, code: &str) -> Problem {
    Problem::at(
        path,
        ProblemCode::Unknown,
        Message::new("form-unknown-reference").with("code", code),
    )
}

fn depth(condition: &Condition) -> usize {
    1 + condition.parts().map(depth).max().unwrap_or(0)
}

fn count(condition: &Condition) -> usize {
    1 + condition.parts().map(count).sum::<usize>()
}

fn is_sound(condition: &Condition) -> bool {
    condition.test().is_some() && condition.parts().all(is_sound)
}

/// Whether an answer of a field can be a value that a condition names. What people write freely is
/// not compared.
fn can_be(field: &Field, value: &str) -> bool {
    let within = |min: i64, max: i64| {
        // As it is written in an answer: no sign plus, no zeros before.
        let number = value.parse::<i64>().ok().filter(|number| number.to_string() == value);
        number.is_some_and(|number| (min..=max).contains(&number))
    };
    match field.kind {
        FieldKind::Choice | FieldKind::Choices => {
            field.choices.iter().any(|choice| choice.key == value)
        }
        FieldKind::Consent => matches!(value, "true" | "false"),
        FieldKind::Declaration => value == "true",
        FieldKind::District => within(1, DISTRICTS_MAX),
        FieldKind::Number if field.decimals.unwrap_or(0) == 0 => {
            within(field.min.unwrap_or(-NUMBER_MAX), field.max.unwrap_or(NUMBER_MAX))
        }
        _ => false,
    }
}

fn computation_problems(
    path: &str,
    field: &Field,
    computation: &Computation,
    above: &HashMap<&str, &Field>,
) -> Vec<Problem> {
    let Computation { sum, days_between, copy } = computation;
    let copied: Vec<String> = copy.iter().cloned().collect();
    let is_number = matches!(field.kind, FieldKind::Number | FieldKind::Money);
    let (codes, kind, is_right) = match (&sum[..], &days_between[..], &copied[..]) {
        (codes @ [_, ..], [], []) => (codes, field.kind, is_number),
        ([], codes @ [_, _], []) => (codes, FieldKind::Date, field.kind == FieldKind::Number),
        ([], [], codes @ [_]) => (codes, field.kind, true),
        _ => return vec![Problem::at(path, ProblemCode::Invalid, "form-computation-shape")],
    };
    let mut problems = Vec::new();
    if !is_right {
        problems.push(at(path, "", ProblemCode::Invalid, "form-computation-kind"));
    }
    for code in codes {
        match above.get(code.as_str()) {
            None => problems.push(unknown(path, code)),
            Some(named) if named.computed.is_some() => {
                let message = Message::new("form-computed-reference").with("code", code);
                problems.push(Problem::at(path, ProblemCode::Invalid, message));
            }
            Some(named) if named.kind != kind => {
                problems.push(at(path, "", ProblemCode::Invalid, "form-computation-kind"));
            }
            Some(_) => {}
        }
    }
    problems
}
