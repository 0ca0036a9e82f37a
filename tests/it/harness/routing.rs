//! Routing rules and templates of answers, through the mutations of the API.

use serde_json::{Value, json};

use super::{Answer, Client, Service};

/// Calls `saveRoutingRule` or `deleteRoutingRule` with an input.
pub async fn direct(client: &Client<'_>, step: &str, input: Value) -> Answer {
    let kind = step[..1].to_ascii_uppercase() + &step[1..];
    let query = format!(
        "mutation($input: {kind}RoutingRuleInput!) {{ {step}RoutingRule(input: $input) {{
            routingRule {{ id version position name active mayEdit units {{ code }} }}
            errors {{ code field message }} }} }}"
    );
    client.ask_with(&query, json!({ "input": input })).await
}

/// A rule for category `lighting` that an administrator writes: the id.
pub async fn directed(service: &Service, name: &str, units: &[&str]) -> Value {
    let input = json!({ "name": name, "categories": ["lighting"], "units": units });
    let answer = direct(&service.staff("admin"), "save", input).await;
    assert_eq!(answer.refusals("saveRoutingRule"), Vec::<String>::new(), "{name}");
    answer.data("/saveRoutingRule/routingRule/id")
}

/// A template of a unit that an administrator writes: the id.
pub async fn worded(service: &Service, title: &str, unit: &str) -> Value {
    let query = "mutation($input: SaveAnswerTemplateInput!) { saveAnswerTemplate(input: $input) {
        answerTemplate { id } errors { code field message } } }";
    let input = json!({ "title": title, "unit": unit, "outcome": "RESOLVED", "text": "Zrobione." });
    let answer = service.staff("admin").ask_with(query, json!({ "input": input })).await;
    assert_eq!(answer.refusals("saveAnswerTemplate"), Vec::<String>::new(), "{title}");
    answer.data("/saveAnswerTemplate/answerTemplate/id")
}
