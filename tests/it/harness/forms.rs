//! Forms in the making, through the mutations of the API.

use serde_json::{Value, json};

use super::{Answer, Client, Service};

/// A form that can be published: a choice, and a text that is shown for one of its values.
pub fn content(title: &str) -> Value {
    let said = |text: &str| json!({ "pl": text, "en": text, "uk": text });
    let choices = ["yes", "no"].map(|key| json!({ "key": key, "name": said(key) }));
    json!({
        "title": said(title), "summary": said("Po co jest."), "unit": "SA", "series": "F",
        "retention": "YEARS_2", "reviewDue": "2027-11-20", "cards": ["mobywatel"],
        "clause": { "version": "1", "basis": "art. 6", "text": said("Klauzula.") },
        "steps": [{ "code": "one", "title": said("Krok"), "fields": [
            { "code": "more", "kind": "CHOICE", "label": said("Więcej?"), "required": true,
              "choices": choices },
            { "code": "text", "kind": "TEXT", "label": said("Co?"), "required": true,
              "showIf": { "field": "more", "is": "yes" } },
        ] }]
    })
}

const FIELDS: &str = "form { id slug version state title draft { number author gaps { field } } }
    errors { code field message }";

/// Calls a mutation with an input.
pub async fn call(client: &Client<'_>, mutation: &str, input: Value) -> Answer {
    let mut name = mutation.to_owned();
    name[..1].make_ascii_uppercase();
    let query =
        format!("mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ {FIELDS} }} }}");
    client.ask_with(&query, json!({ "input": input })).await
}

/// Calls a mutation that must not be refused; gives the form.
pub async fn done(client: &Client<'_>, mutation: &str, input: Value) -> Value {
    let answer = call(client, mutation, input).await;
    assert_eq!(answer.refusals(mutation), Vec::<String>::new(), "{mutation}");
    answer.data(&format!("/{mutation}/form"))
}

/// A new draft by an editor; gives its global id.
pub async fn draft(service: &Service, slug: &str) -> Value {
    let input = json!({ "slug": slug, "content": content("Nowy formularz") });
    done(&service.staff("editor"), "saveFormDraft", input).await["id"].clone()
}

/// A form that is live, in its second revision; gives its global id.
pub async fn live(service: &Service, slug: &str) -> Value {
    let id = draft(service, slug).await;
    let input = json!({ "slug": slug, "expectedVersion": 1 });
    done(&service.staff("publisher:jan"), "publishForm", input).await;
    id
}
