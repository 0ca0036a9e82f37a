//! A version of a form as any client can render and check it: JSON Schema, and a user-interface schema
//! beside it.

mod json;
mod ui;

pub use json::json_schema;
pub use ui::ui_schema;

use serde_json::{Value, json};

use crate::forms::entity::{Condition, Field, FieldKind, FormContent, Test};

/// A condition over the answers, as a schema that they fit where it holds.
fn condition_schema(content: &FormContent, condition: &Condition) -> Value {
    let all = |parts: &[Condition]| -> Vec<Value> {
        parts.iter().map(|part| condition_schema(content, part)).collect()
    };
    match condition.test() {
        Some(Test::In(code, values)) => {
            let field = content.fields().find(|field| field.code == code);
            let values: Vec<Value> = values.iter().map(|value| constant(field, value)).collect();
            let one = json!({ "enum": values });
            let is_list = field.is_some_and(|field| field.kind == FieldKind::Choices);
            let fits = if is_list { json!({ "type": "array", "contains": one }) } else { one };
            json!({ "required": [code], "properties": { code: fits } })
        }
        Some(Test::Filled(code)) => json!({ "required": [code] }),
        Some(Test::All(parts)) => json!({ "allOf": all(parts) }),
        Some(Test::Any(parts)) => json!({ "anyOf": all(parts) }),
        Some(Test::Not(part)) => json!({ "not": condition_schema(content, part) }),
        // What says nothing does not hold.
        None => json!(false),
    }
}

/// A value as a condition writes it, in the type that answers have.
fn constant(field: Option<&Field>, value: &str) -> Value {
    let number = || value.parse::<i64>().ok().map(Value::from);
    let typed = match field.map(|field| field.kind) {
        Some(FieldKind::Consent | FieldKind::Declaration) => Some(json!(value == "true")),
        Some(FieldKind::Number | FieldKind::District) => number(),
        _ => None,
    };
    typed.unwrap_or_else(|| value.into())
}
