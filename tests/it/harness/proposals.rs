//! Proposals of staff, through the mutations of the API.

use serde_json::{Value, json};

use super::{Answer, Client, Service};

/// Calls `makeProposal`, `acceptProposal` or `declineProposal` with an input.
pub async fn propose(client: &Client<'_>, step: &str, input: Value) -> Answer {
    let kind = step[..1].to_ascii_uppercase() + &step[1..];
    let query = format!(
        "mutation($input: {kind}ProposalInput!) {{ {step}Proposal(input: $input) {{
            proposal {{ id version state stateLabel text reason decidedBy mayDecide unit {{ code }}
                writtenRule {{ name }} writtenTemplate {{ title }} }}
            errors {{ code field message }} }} }}"
    );
    client.ask_with(&query, json!({ "input": input })).await
}

/// What a consultant proposes in words to a unit: the id.
pub async fn words(service: &Service, text: &str, unit: &str) -> Value {
    let input = json!({ "text": text, "unit": unit });
    let answer = propose(&service.staff("consultant"), "make", input).await;
    assert_eq!(answer.refusals("makeProposal"), Vec::<String>::new(), "{text}");
    answer.data("/makeProposal/proposal/id")
}
