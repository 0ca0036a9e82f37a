//! A version as a user-interface schema after JSON Forms: steps are categories, fields are controls
//! with the rules by which they are shown.

use serde_json::{Value, json};

use crate::{
    forms::{
        entity::{Field, FieldKind, FormContent, Prefill},
        schema::condition_schema,
    },
    words::{self, Lang},
};

/// How a form is laid out, with texts in a language.
pub fn ui_schema(content: &FormContent, lang: Lang) -> Value {
    let steps: Vec<Value> = content
        .steps
        .iter()
        .map(|step| {
            let controls = step.fields.iter().map(|field| control(content, field, lang));
            let mut elements: Vec<Value> = controls.collect();
            if let Some(help) = &step.help {
                elements.insert(0, json!({ "type": "Label", "text": help.read(lang) }));
            }
            let mut category = json!({
                "type": "Category", "label": step.title.read(lang), "elements": elements,
                "options": { "code": step.code },
            });
            if let Some(skip) = &step.skip_if {
                category["rule"] = rule("HIDE", condition_schema(content, skip));
            }
            category
        })
        .collect();
    json!({ "type": "Categorization", "options": { "variant": "stepper" }, "elements": steps })
}

fn control(content: &FormContent, field: &Field, lang: Lang) -> Value {
    let mut options = json!({ "kind": words::code(&field.kind) });
    if field.kind == FieldKind::LongText {
        options["multi"] = true.into();
    }
    if let Some(example) = &field.example {
        options["placeholder"] = example.as_str().into();
    }
    if let Some(prefill) = field.prefill {
        options["autocomplete"] = match prefill {
            Prefill::AccountName => "name".into(),
            Prefill::AccountEmail => "email".into(),
        };
    }
    let mut control = match &field.computed {
        // No answer is taken for it, so there is no property that a control could stand for.
        Some(computation) => {
            options["code"] = field.code.as_str().into();
            options["computed"] = json!(computation);
            json!({ "type": "Label", "text": field.label.read(lang), "options": options })
        }
        None => json!({
            "type": "Control", "scope": format!("#/properties/{}", field.code),
            "options": options,
        }),
    };
    if let Some(show) = &field.show_if {
        control["rule"] = rule("SHOW", condition_schema(content, show));
    }
    control
}

fn rule(effect: &str, schema: Value) -> Value {
    json!({ "effect": effect, "condition": { "scope": "#", "schema": schema } })
}
