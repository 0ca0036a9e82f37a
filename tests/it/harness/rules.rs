//! Rules of the search, through the mutations of the API.

use serde_json::{Value, json};

use super::{Answer, Client, Service};

/// Calls `saveSynonym` or `saveBestBet` (and so on) with an input; `kind` is the name of the type.
pub async fn teach(client: &Client<'_>, step: &str, kind: &str, input: Value) -> Answer {
    let input_type = match step {
        "delete" => "DeleteSearchRuleInput".to_owned(),
        _ => format!("Save{kind}Input"),
    };
    let (field, fields) = match kind {
        "Synonym" => ("synonym", "id version phrase means acronym note"),
        _ => (
            "bestBet",
            "id version question validUntil inForce note
             answers { ... on ServiceCard { slug } ... on Article { slug } }",
        ),
    };
    let query = format!(
        "mutation($input: {input_type}!) {{ {step}{kind}(input: $input) {{
            {field} {{ {fields} }} errors {{ code field message }} }} }}"
    );
    client.ask_with(&query, json!({ "input": input })).await
}

/// A rule that an editor writes: its id.
pub async fn taught(service: &Service, kind: &str, about: &str, rest: Value) -> Value {
    let mut input = rest;
    input[if kind == "Synonym" { "phrase" } else { "question" }] = json!(about);
    let answer = teach(&service.staff("editor"), "save", kind, input).await;
    let save = format!("save{kind}");
    assert_eq!(answer.refusals(&save), Vec::<String>::new(), "{about}");
    let field = if kind == "Synonym" { "synonym" } else { "bestBet" };
    answer.data(&format!("/{save}/{field}/id"))
}
