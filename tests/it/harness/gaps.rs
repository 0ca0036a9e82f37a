//! Searches in vain, and the gaps that are gathered from them.

use chrono::Duration;
use kontakt::jobs;
use serde_json::{Value, json};

use super::{Answer, Client, Service};

/// Searches, and gives the connection.
pub async fn search(client: &Client<'_>, words: &str, previous: Option<&Value>) -> Value {
    let query = "query($q: String!, $previous: ID) {
        search(query: $q, first: 3, previousSearchId: $previous) { searchId totalCount } }";
    let variables = json!({ "q": words, "previous": previous });
    client.ask_with(query, variables).await.data("/search")
}

/// Notes that a hit was opened; gives the refusals.
pub async fn click(client: &Client<'_>, search: &Value, rank: i64) -> Vec<String> {
    let query = "mutation($input: RecordSearchClickInput!) {
        recordSearchClick(input: $input) { errors { code field } } }";
    let input = json!({ "input": { "searchId": search["searchId"], "rank": rank } });
    client.ask_with(query, input).await.refusals("recordSearchClick")
}

/// Lets two hours pass, so that searches are settled and gaps are gathered.
pub async fn gather(service: &Service) {
    service.app.search_log.flush().await;
    service.clock.advance(Duration::hours(2));
    jobs::sweep(&service.app).await.unwrap();
}

/// All gaps that a client sees.
pub async fn listed(client: &Client<'_>, arguments: &str) -> Vec<Value> {
    let query = format!(
        "{{ knowledgeGaps(first: 100{arguments}) {{ nodes {{ id version topic hits state stateLabel
            wordings {{ words searches }} unit {{ code }} dueOn note firstSeenAt lastSeenAt
            answer {{ ... on ServiceCard {{ slug }} ... on Article {{ slug }} }} }} }} }}"
    );
    client.ask(&query).await.data("/knowledgeGaps/nodes").as_array().unwrap().clone()
}

/// A gap that was searched for three times.
pub async fn found(service: &Service, words: &str) -> Value {
    for _ in 0..3 {
        search(&service.anyone(), words, None).await;
    }
    gather(service).await;
    let gaps = listed(&service.staff("publisher"), "").await;
    let wording = |gap: &&Value| gap["wordings"][0]["words"] == words;
    gaps.iter().find(wording).unwrap_or_else(|| panic!("no gap {words} in {gaps:#?}")).clone()
}

/// Takes a step, such as `assign`.
pub async fn step(client: &Client<'_>, step: &str, input: Value) -> Answer {
    let (mutation, kind) = match step {
        "markWritten" => {
            ("markKnowledgeGapWritten".to_owned(), "MarkKnowledgeGapWrittenInput".to_owned())
        }
        _ => {
            let capital = step[..1].to_ascii_uppercase() + &step[1..];
            (format!("{step}KnowledgeGap"), format!("{capital}KnowledgeGapInput"))
        }
    };
    let query = format!(
        "mutation($input: {kind}!) {{ {mutation}(input: $input) {{
            knowledgeGap {{ id version state dueOn note unit {{ code }}
                answer {{ ... on ServiceCard {{ slug }} }} }} errors {{ code field message }} }} }}"
    );
    client.ask_with(&query, json!({ "input": input })).await
}
