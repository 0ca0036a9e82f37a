//! What one answer must be.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::{
    error::{Problem, ProblemCode},
    forms::{
        entity::{Field, FieldKind},
        rules::bounds,
    },
    questions::{self, Wanted},
    scalars::Date,
    texts,
    words::Message,
};

/// Characters of a line and of a longer text where a field says nothing.
const LINE_CHARS: usize = 200;
const TEXT_CHARS: usize = 4_000;
/// Files of a field that says nothing.
const FILES: usize = 1;
/// Characters of the key of a file.
pub const FILE_KEY_CHARS_MAX: usize = 200;
/// Districts of the city.
pub const DISTRICTS_MAX: i64 = 18;
/// Numbers are no larger, above and below zero, so that every client counts them exactly.
pub const NUMBER_MAX: i64 = 1_000_000_000_000;

/// The parts of an address, how long each may be, and whether it must be there.
pub const ADDRESS_PARTS: &[(&str, usize, bool)] = &[
    ("street", 100, false),
    ("building", 20, true),
    ("flat", 20, false),
    ("postalCode", 6, true),
    ("city", 100, true),
];

/// Characters that the answer of a field may have.
pub fn chars_max(field: &Field) -> usize {
    let default = if field.kind == FieldKind::Text { LINE_CHARS } else { TEXT_CHARS };
    field.chars_max.and_then(|max| usize::try_from(max).ok()).unwrap_or(default)
}

/// Entries that the answer of a field may have.
pub fn entries_max(field: &Field) -> usize {
    let default = if field.kind == FieldKind::File { FILES } else { field.choices.len() };
    field.entries_max.and_then(|max| usize::try_from(max).ok()).unwrap_or(default)
}

/// A value without what stands around it; `None` when it says nothing.
pub fn tidied(kind: Option<FieldKind>, value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) => {
            let mut text = texts::tidied(&text);
            if matches!(kind, Some(FieldKind::Pesel | FieldKind::Nip | FieldKind::Regon)) {
                text.retain(|c| !" -\u{a0}".contains(c));
            }
            (!text.is_empty()).then_some(Value::String(text))
        }
        Value::Array(entries) => {
            let entries: Vec<Value> =
                entries.into_iter().filter_map(|entry| tidied(None, entry)).collect();
            (!entries.is_empty()).then_some(Value::Array(entries))
        }
        Value::Object(parts) => {
            let parts: Map<String, Value> = parts
                .into_iter()
                .filter_map(|(name, part)| Some((name, tidied(None, part)?)))
                .collect();
            (!parts.is_empty()).then_some(Value::Object(parts))
        }
        // A declaration that was not made is no answer.
        Value::Bool(false) if kind == Some(FieldKind::Declaration) => None,
        other => Some(other),
    }
}

/// Everything that is wrong with the answer of a field.
pub fn problems(path: &str, field: &Field, value: &Value, today: NaiveDate) -> Vec<Problem> {
    match (field.kind, value) {
        (FieldKind::Number, Value::Number(_)) => number_problems(path, field, value),
        (FieldKind::District, Value::Number(_)) => district_problems(path, value),
        (FieldKind::Consent, Value::Bool(_)) | (FieldKind::Declaration, Value::Bool(true)) => {
            Vec::new()
        }
        (FieldKind::Address, Value::Object(parts)) => address_problems(path, parts),
        (FieldKind::Choices | FieldKind::File, Value::Array(entries)) => {
            entry_problems(path, field, entries)
        }
        (kind, Value::String(text)) => match wanted(field, kind) {
            Some(wanted) => text_problems(path, field, &wanted, text, today),
            None => vec![other_kind(path, field)],
        },
        _ => vec![other_kind(path, field)],
    }
}

/// What a value of a kind that is written as text must be.
pub fn wanted(field: &Field, kind: FieldKind) -> Option<Wanted<'_>> {
    let keys = || field.choices.iter().map(|choice| choice.key.as_str()).collect();
    Some(match kind {
        FieldKind::Text => Wanted::Line(chars_max(field)),
        FieldKind::LongText => Wanted::Lines(chars_max(field)),
        FieldKind::Money => Wanted::Amount,
        FieldKind::Date => Wanted::Day,
        FieldKind::Choice => Wanted::OneOf(keys()),
        FieldKind::Email => Wanted::Email,
        FieldKind::Phone => Wanted::Phone,
        FieldKind::Pesel => Wanted::Pesel,
        FieldKind::Nip => Wanted::Nip,
        FieldKind::Regon => Wanted::Regon,
        FieldKind::Number
        | FieldKind::Choices
        | FieldKind::Address
        | FieldKind::District
        | FieldKind::File
        | FieldKind::Consent
        | FieldKind::Declaration => return None,
    })
}

fn text_problems(
    path: &str,
    field: &Field,
    wanted: &Wanted,
    text: &str,
    today: NaiveDate,
) -> Vec<Problem> {
    if text.trim().is_empty() {
        return vec![Problem::at(path, ProblemCode::Required, "required")];
    }
    let mut problems = questions::value_problems(path, wanted, text);
    if let (Wanted::Day, Ok(Date(day))) = (wanted, text.parse()) {
        problems.extend(bounds::problems(path, field, day, today));
    }
    problems
}

fn number_problems(path: &str, field: &Field, value: &Value) -> Vec<Problem> {
    let decimals = field.decimals.unwrap_or(0);
    let number = value.as_f64().unwrap_or(f64::NAN);
    let is_fine = match decimals {
        0 => value.is_i64(),
        // Compared as they are written: what counts is that no digit is behind the last one.
        _ => format!("{number:.*}", decimals.unsigned_abs() as usize).parse() == Ok(number),
    };
    let (min, max) = (field.min.unwrap_or(-NUMBER_MAX), field.max.unwrap_or(NUMBER_MAX));
    if !is_fine {
        let message = Message::new("form-decimals").with("max", decimals);
        vec![Problem::at(path, ProblemCode::Invalid, message)]
    } else if number < min as f64 || number > max as f64 {
        let message = Message::new("form-number-range").with("min", min).with("max", max);
        vec![Problem::at(path, ProblemCode::Invalid, message)]
    } else {
        Vec::new()
    }
}

fn district_problems(path: &str, value: &Value) -> Vec<Problem> {
    if value.as_i64().is_some_and(|number| (1..=DISTRICTS_MAX).contains(&number)) {
        return Vec::new();
    }
    let message = Message::new("form-number-range").with("min", 1).with("max", DISTRICTS_MAX);
    vec![Problem::at(path, ProblemCode::Invalid, message)]
}

fn address_problems(path: &str, parts: &Map<String, Value>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, chars_max, required) in ADDRESS_PARTS {
        let path = format!("{path}.{name}");
        match parts.get(*name) {
            Some(Value::String(text)) if !text.trim().is_empty() => {
                problems.extend(questions::value_problems(&path, &Wanted::Line(*chars_max), text));
                if *name == "postalCode" {
                    problems.extend(questions::value_problems(&path, &Wanted::PostalCode, text));
                }
            }
            None if !required => {}
            _ => problems.push(Problem::at(&path, ProblemCode::Required, "required")),
        }
    }
    for name in parts.keys() {
        if !ADDRESS_PARTS.iter().any(|(known, ..)| known == name) {
            let mut problem = Problem::at(path, ProblemCode::Unknown, "form-unknown-field");
            problem.field.push(name.clone());
            problems.push(problem);
        }
    }
    problems
}

/// The keys of choices or of files: each once, none too many.
fn entry_problems(path: &str, field: &Field, entries: &[Value]) -> Vec<Problem> {
    let max = entries_max(field);
    if entries.is_empty() {
        return vec![Problem::at(path, ProblemCode::Required, "required")];
    }
    if entries.len() > max {
        let message = Message::new("too-many").with("max", max);
        return vec![Problem::at(path, ProblemCode::TooLong, message)];
    }
    let mut problems = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        let path = format!("{path}.{place}");
        let Value::String(key) = entry else {
            problems.push(other_kind(&path, field));
            continue;
        };
        let wanted = match field.kind {
            FieldKind::File => Wanted::Line(FILE_KEY_CHARS_MAX),
            _ => Wanted::OneOf(field.choices.iter().map(|choice| choice.key.as_str()).collect()),
        };
        problems.extend(questions::value_problems(&path, &wanted, key));
        if key.trim().is_empty() {
            problems.push(Problem::at(&path, ProblemCode::Required, "required"));
        }
        if entries[..place].contains(entry) {
            let message = Message::new("taken").with("value", key);
            problems.push(Problem::at(&path, ProblemCode::Taken, message));
        }
    }
    problems
}

/// A value that is no text where one belongs, and the like.
fn other_kind(path: &str, field: &Field) -> Problem {
    let message = Message::new("form-other-kind").with_label("kind", "form-field", &field.kind);
    Problem::at(path, ProblemCode::Invalid, message)
}
