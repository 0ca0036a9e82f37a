//! A version as JSON Schema, draft 2020-12.
//!
//! It says all that JSON Schema can say. Check digits, days that follow today, and the size of all
//! answers together are checked by the service alone.

use serde_json::{Map, Value, json};

use crate::{
    forms::{
        entity::{Condition, Field, FieldKind, FormContent, Step},
        rules::{
            ADDRESS_PARTS, DISTRICTS_MAX, FILE_KEY_CHARS_MAX, NUMBER_MAX, chars_max, entries_max,
        },
        schema::condition_schema,
    },
    questions::PHONE_CHARS_MAX,
    texts::EMAIL_CHARS_MAX,
    words::Lang,
};

/// A line that is not blank; a text that is not.
const LINE: &str = r"^[^\n]*\S[^\n]*$";
const TEXT: &str = r"\S";

/// The schema of the answers to a version, with texts in a language.
pub fn json_schema(slug: &str, number: i32, content: &FormContent, lang: Lang) -> Value {
    let filled_in = || {
        let fields = content
            .steps
            .iter()
            .flat_map(|step| step.fields.iter().map(move |field| (step, field)));
        fields.filter(|(_, field)| field.computed.is_none())
    };
    let properties: Map<String, Value> =
        filled_in().map(|(_, field)| (field.code.clone(), property(field, lang))).collect();
    let required: Vec<&str> = filled_in()
        .filter(|(step, field)| field.required && field.show_if.is_none() && step.skip_if.is_none())
        .map(|(_, field)| field.code.as_str())
        .collect();
    let rules: Vec<Value> =
        filled_in().flat_map(|(step, field)| conditional(content, step, field)).collect();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:kontakt:form:{slug}:{number}"),
        "title": content.title.read(lang),
        "description": content.summary.read(lang),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    if !rules.is_empty() {
        schema["allOf"] = rules.into();
    }
    schema
}

/// What holds of a field under conditions: it is needed, or it takes no answer.
fn conditional(content: &FormContent, step: &Step, field: &Field) -> Vec<Value> {
    let mut rules = Vec::new();
    let shown = shown_schema(content, step, field);
    let needed = json!({ "required": [field.code] });
    if let Some(shown) = &shown {
        let mut rule = json!({
            "if": shown,
            "else": { "properties": { field.code.as_str(): false } },
        });
        if field.required {
            rule["then"] = needed.clone();
        }
        rules.push(rule);
    }
    if let Some(need) = &field.required_if {
        let mut both: Vec<Value> = shown.into_iter().collect();
        both.push(condition_schema(content, need));
        rules.push(json!({ "if": { "allOf": both }, "then": needed }));
    }
    rules
}

/// When a field is shown; `None`: always.
fn shown_schema(content: &FormContent, step: &Step, field: &Field) -> Option<Value> {
    let schema = |condition: &Condition| condition_schema(content, condition);
    let shown = field.show_if.as_ref().map(schema);
    let not_skipped = step.skip_if.as_ref().map(|skip| json!({ "not": schema(skip) }));
    match (shown, not_skipped) {
        (Some(shown), Some(step)) => Some(json!({ "allOf": [step, shown] })),
        (shown, step) => shown.or(step),
    }
}

/// What the answer of a field must be.
fn property(field: &Field, lang: Lang) -> Value {
    let mut property = kind_schema(field, lang);
    property["title"] = field.label.read(lang).into();
    if let Some(help) = &field.help {
        property["description"] = help.read(lang).into();
    }
    if let Some(example) = &field.example {
        let number = || example.parse().ok().map(Value::Number);
        let typed = if field.kind == FieldKind::Number { number() } else { None };
        property["examples"] = json!([typed.unwrap_or_else(|| example.as_str().into())]);
    }
    property
}

fn kind_schema(field: &Field, lang: Lang) -> Value {
    let digits = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    match field.kind {
        FieldKind::Text => text(LINE, chars_max(field)),
        FieldKind::LongText => text(TEXT, chars_max(field)),
        FieldKind::Number => json!({
            "type": if field.decimals.unwrap_or(0) == 0 { "integer" } else { "number" },
            "minimum": field.min.unwrap_or(-NUMBER_MAX),
            "maximum": field.max.unwrap_or(NUMBER_MAX),
        }),
        FieldKind::Money => digits(r"^[0-9]{1,8}(\.[0-9]{2})?$"),
        FieldKind::Date => json!({
            "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        }),
        FieldKind::Choice => json!({ "type": "string", "oneOf": choices(field, lang) }),
        FieldKind::Choices => {
            list(json!({ "type": "string", "oneOf": choices(field, lang) }), entries_max(field))
        }
        FieldKind::Email => json!({
            "type": "string", "format": "email", "maxLength": EMAIL_CHARS_MAX,
            "pattern": r"^[^\s@]+@[^\s@]*\.[^\s@]*$",
        }),
        FieldKind::Phone => json!({
            "type": "string", "maxLength": PHONE_CHARS_MAX, "pattern": "^[0-9 +()-]{7,}$",
        }),
        FieldKind::Pesel => digits("^[0-9]{11}$"),
        FieldKind::Nip => digits("^[0-9]{10}$"),
        FieldKind::Regon => digits("^([0-9]{9}|[0-9]{14})$"),
        FieldKind::Address => address(),
        FieldKind::District => {
            json!({ "type": "integer", "minimum": 1, "maximum": DISTRICTS_MAX })
        }
        FieldKind::File => list(text(LINE, FILE_KEY_CHARS_MAX), entries_max(field)),
        FieldKind::Consent => json!({ "type": "boolean" }),
        FieldKind::Declaration => json!({ "type": "boolean", "const": true }),
    }
}

fn text(pattern: &str, chars_max: usize) -> Value {
    json!({ "type": "string", "maxLength": chars_max, "pattern": pattern })
}

fn list(entries: Value, max: usize) -> Value {
    json!({
        "type": "array", "items": entries, "minItems": 1, "maxItems": max, "uniqueItems": true,
    })
}

fn choices(field: &Field, lang: Lang) -> Vec<Value> {
    let choice = |one: &crate::forms::entity::Choice| json!({ "const": one.key, "title": one.name.read(lang) });
    field.choices.iter().map(choice).collect()
}

fn address() -> Value {
    let part = |(name, chars_max, _): &(&str, usize, bool)| {
        let pattern = if *name == "postalCode" { "^[0-9]{2}-[0-9]{3}$" } else { LINE };
        ((*name).to_owned(), text(pattern, *chars_max))
    };
    let properties: Map<String, Value> = ADDRESS_PARTS.iter().map(part).collect();
    let needed = ADDRESS_PARTS.iter().filter(|(.., required)| *required);
    let required: Vec<&str> = needed.map(|(name, ..)| *name).collect();
    json!({
        "type": "object", "properties": properties, "required": required,
        "additionalProperties": false,
    })
}
