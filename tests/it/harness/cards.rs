//! Cards in the making, through the mutations of the API.

use serde_json::{Value, json};

use super::{Answer, Client, Service};

/// A card that has every part that a published one needs.
pub fn content(title: &str) -> Value {
    json!({
        "title": title, "unit": "SA", "summary": "O co chodzi.", "free": true,
        "deadline": { "text": "od ręki" }, "appeal": "Nie przysługuje.",
        "channels": [{ "kind": "IN_PERSON", "submit": "YES", "collect": "YES" }],
        "legalBasis": [{ "title": "Ustawa" }], "reviewDue": "2027-11-20"
    })
}

const FIELDS: &str = "serviceCard { id slug version state title draft { state author } } errors { code field message }";

/// Calls a mutation with an input.
pub async fn call(client: &Client<'_>, mutation: &str, input: Value) -> Answer {
    let mut name = mutation.to_owned();
    name[..1].make_ascii_uppercase();
    // Three steps share one input type.
    let kind = match mutation {
        "createServiceCard" | "editServiceCard" | "publishServiceCard" => format!("{name}Input"),
        _ => "ServiceCardStepInput".to_owned(),
    };
    let query = format!("mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {FIELDS} }} }}");
    client.ask_with(&query, json!({ "input": input })).await
}

/// Takes a step and gives the card's new `version`.
pub async fn step(client: &Client<'_>, mutation: &str, id: &Value, version: i64) -> i64 {
    let input = json!({ "id": id, "expectedVersion": version });
    let answer = call(client, mutation, input).await;
    assert_eq!(answer.refusals(mutation), Vec::<String>::new(), "{mutation}");
    answer.data(&format!("/{mutation}/serviceCard/version")).as_i64().unwrap()
}

/// A new draft by an editor.
pub async fn draft(service: &Service, slug: &str) -> Value {
    let input = json!({ "slug": slug, "content": content("Nowa karta testowa") });
    let answer = call(&service.staff("editor"), "createServiceCard", input).await;
    assert_eq!(answer.refusals("createServiceCard"), Vec::<String>::new());
    answer.data("/createServiceCard/serviceCard/id")
}

/// A card as far as approved: its id and version.
pub async fn approved(service: &Service, slug: &str) -> (Value, i64) {
    let id = draft(service, slug).await;
    let version = step(&service.staff("editor"), "submitServiceCard", &id, 1).await;
    let version = step(&service.staff("publisher"), "approveServiceCard", &id, version).await;
    (id, version)
}
