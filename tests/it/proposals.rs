//! What staff proposes who may not write it, and what becomes of it.

use kontakt::events::{self, Kind, Subject};
use serde_json::{Value, json};

use crate::harness::{
    Client, Service,
    proposals::{propose, words},
    routing::{direct, directed},
    service,
};

/// The texts of the proposals that a role sees.
async fn seen(service: &Service, role: &str, arguments: &str) -> Vec<String> {
    let query = format!("{{ proposals{arguments} {{ nodes {{ text }} }} }}");
    let nodes = service.staff(role).ask(&query).await.data("/proposals/nodes");
    let text = |node: &Value| node["text"].as_str().unwrap().to_owned();
    nodes.as_array().unwrap().iter().map(text).collect()
}

/// A proposal as a client sees it.
async fn read(client: &Client<'_>, id: &Value, fields: &str) -> Value {
    let query = format!("{{ node(id: {id}) {{ ... on Proposal {{ {fields} }} }} }}");
    client.ask(&query).await.data("/node")
}

/// What the spine was told of proposals.
async fn told(service: &Service) -> Vec<Kind> {
    let entries = events::read_after(service.db().reader(), 0, 1_000).await.unwrap();
    let ours = entries.iter().filter(|entry| entry.subject() == Some(Subject::Proposal));
    ours.filter_map(|entry| entry.kind()).collect()
}

fn rule(fields: Value) -> Value {
    let mut rule = json!({ "name": "Parki", "landManagers": ["ZZM"], "units": ["ZZM"] });
    for (name, value) in fields.as_object().unwrap() {
        rule[name] = value.clone();
    }
    rule
}

#[tokio::test]
async fn an_officer_proposes_a_rule_and_the_coordinator_of_its_unit_accepts_it() {
    let service = service().await;
    let (officer, coordinator) = (service.staff("officer:MPO"), service.staff("coordinator:ZZM"));
    let input =
        json!({ "text": " Parki sprząta ZZM. ", "routingRule": rule(json!({ "note": "bo tak" })) });
    let made = propose(&officer, "make", input).await.data("/makeProposal/proposal");
    assert_eq!(made["text"], "Parki sprząta ZZM.");
    assert_eq!((&made["state"], &made["unit"]["code"]), (&json!("OPEN"), &json!("ZZM")));
    assert_eq!(made["mayDecide"], false);
    let id = &made["id"];
    let fields =
        "mayDecide proposedBy routingRule { name landManagers units note active position }";
    let waiting = read(&coordinator, id, fields).await;
    let expected = json!({ "mayDecide": true, "proposedBy": "dev:officer:MPO", "routingRule": {
        "name": "Parki", "landManagers": ["ZZM"], "units": ["ZZM"], "note": "bo tak", "active": true,
        "position": null } });
    assert_eq!(waiting, expected);

    let accept = json!({ "id": id, "expectedVersion": 1, "reason": "Dziękuję." });
    let accepted = propose(&coordinator, "accept", accept.clone()).await;
    accepted.data("/acceptProposal/proposal/id");
    let fields = "state stateLabel reason decidedBy writtenRule { name units { code } }";
    let known = read(&officer, id, fields).await;
    let expected = json!({ "state": "ACCEPTED", "stateLabel": "przyjęta", "reason": "Dziękuję.",
        "decidedBy": "dev:coordinator:ZZM",
        "writtenRule": { "name": "Parki", "units": [{ "code": "ZZM" }] } });
    assert_eq!(known, expected);
    let again = propose(&coordinator, "accept", accept).await;
    assert_eq!(again.refusals("acceptProposal"), ["CONFLICT expectedVersion"]);
    let again = json!({ "id": id, "expectedVersion": 2 });
    let again = propose(&coordinator, "accept", again).await;
    assert_eq!(again.refusals("acceptProposal"), ["CONFLICT id"]);
    assert_eq!(told(&service).await, [Kind::Proposed, Kind::Accepted]);
}

#[tokio::test]
async fn a_template_that_was_proposed_is_written_as_it_was_proposed_or_mended() {
    let service = service().await;
    let admin = service.staff("admin");
    let template = |unit: Option<&str>| json!({ "title": "Skoszone", "unit": unit, "outcome": "RESOLVED", "text": "Skoszone: {address}." });
    let input = json!({ "text": "Brakuje.", "answerTemplate": template(None) });
    let made = propose(&service.staff("consultant"), "make", input).await;
    let made = made.data("/makeProposal/proposal");
    // A template for all units is an administrator's matter.
    assert_eq!(made["unit"], json!(null));
    assert_eq!(seen(&service, "coordinator:ZZM", "").await, Vec::<String>::new());
    let accept =
        json!({ "id": made["id"], "expectedVersion": 1, "answerTemplate": template(Some("ZZM")) });
    let accepted = propose(&admin, "accept", accept).await.data("/acceptProposal/proposal");
    assert_eq!(accepted["writtenTemplate"]["title"], "Skoszone");
    let query =
        "{ answerTemplates(outcome: RESOLVED, first: 100) { nodes { title unit { code } } } }";
    let all = admin.ask(query).await.data("/answerTemplates/nodes");
    let expected = json!({ "title": "Skoszone", "unit": { "code": "ZZM" } });
    assert!(all.as_array().unwrap().contains(&expected), "{all}");
}

#[tokio::test]
async fn whoever_accepts_a_rule_may_write_no_more_than_otherwise() {
    let service = service().await;
    let coordinator = service.staff("coordinator:ZZM");
    let first = json!({ "text": "Najpierw.", "routingRule": rule(json!({ "position": 1 })) });
    let made = propose(&coordinator, "make", first).await.data("/makeProposal/proposal");
    let accept = json!({ "id": made["id"], "expectedVersion": 1 });
    let refused = propose(&coordinator, "accept", accept.clone()).await;
    assert_eq!(refused.refusals("acceptProposal"), ["NOT_ALLOWED routingRule.position"]);
    let accepted = propose(&service.staff("admin"), "accept", accept).await;
    assert_eq!(accepted.data("/acceptProposal/proposal/state"), "ACCEPTED");

    // What takes a rule from one unit and gives it to another is decided by neither.
    let of_other = directed(&service, "Lampy", &["ZDMK"]).await;
    let change = rule(json!({ "id": of_other, "expectedVersion": 1 }));
    let made =
        propose(&coordinator, "make", json!({ "text": "Nasze.", "routingRule": change })).await;
    assert_eq!(made.data("/makeProposal/proposal/unit"), json!(null));

    // A rule that has changed meanwhile is not written over.
    let change = json!({ "id": of_other, "expectedVersion": 1, "name": "Latarnie",
        "categories": ["lighting"], "units": ["ZDMK"] });
    direct(&service.staff("admin"), "save", change).await.data("/saveRoutingRule/routingRule/id");
    let accept = json!({ "id": made.data("/makeProposal/proposal/id"), "expectedVersion": 1 });
    let refused = propose(&service.staff("admin"), "accept", accept).await;
    assert_eq!(refused.refusals("acceptProposal"), ["CONFLICT routingRule.expectedVersion"]);
}

#[tokio::test]
async fn what_is_declined_is_declined_with_a_reason_that_its_proposer_reads() {
    let service = service().await;
    let id = words(&service, "Skróćmy terminy.", "ZZM").await;
    let coordinator = service.staff("coordinator:ZZM");
    let decline = |reason: &str| json!({ "id": id, "expectedVersion": 1, "reason": reason });
    let empty = propose(&coordinator, "decline", decline(" ")).await;
    assert_eq!(empty.refusals("declineProposal"), ["REQUIRED reason"]);
    let other = propose(&service.staff("coordinator:MPO"), "decline", decline("Nie.")).await;
    assert_eq!(other.error_code(), "NOT_FOUND");
    let declined = propose(&coordinator, "decline", decline("Nie damy rady.")).await;
    declined.data("/declineProposal/proposal/id");
    let known = read(&service.staff("consultant"), &id, "state reason").await;
    assert_eq!(known, json!({ "state": "DECLINED", "reason": "Nie damy rady." }));
    assert_eq!(told(&service).await, [Kind::Proposed, Kind::Declined]);
}

#[tokio::test]
async fn everybody_sees_the_own_proposals_and_those_that_wait_for_the_own_decision() {
    let service = service().await;
    words(&service, "a", "ZZM").await;
    let b = words(&service, "b", "MPO").await;
    let input = json!({ "text": "c" });
    propose(&service.staff("officer:ZZM"), "make", input).await.data("/makeProposal/proposal/id");
    for (role, expected) in [
        ("consultant", &["b", "a"][..]),
        ("officer:ZZM", &["c"]),
        ("officer:MPO", &[]),
        ("coordinator:ZZM", &["a"]),
        ("admin", &["c", "b", "a"]),
    ] {
        assert_eq!(seen(&service, role, "").await, expected, "{role}");
    }
    let decline = json!({ "id": b, "expectedVersion": 1, "reason": "Nie." });
    propose(&service.staff("admin"), "decline", decline).await.data("/declineProposal/proposal/id");
    assert_eq!(seen(&service, "admin", "(state: OPEN)").await, ["c", "a"]);
    let query = "{ proposals(first: 1) { pageInfo { endCursor hasNextPage } } }";
    let page = service.staff("admin").ask(query).await.data("/proposals/pageInfo");
    assert_eq!(page["hasNextPage"], true);
    let after = format!("(after: {})", page["endCursor"]);
    assert_eq!(seen(&service, "admin", &after).await, ["b", "a"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_proposal_is_told_by_field() {
    let service = service().await;
    let template = json!({ "title": "a", "outcome": "RESOLVED", "text": "{imie}" });
    for (input, refusals) in [
        (json!({ "text": " " }), &["REQUIRED text"][..]),
        (json!({ "text": "a", "unit": "XX" }), &["UNKNOWN unit"]),
        (json!({ "text": "a", "unit": "ZZM", "routingRule": rule(json!({})) }), &["INVALID unit"]),
        (
            json!({ "text": "a", "routingRule": rule(json!({})), "answerTemplate": template }),
            &["INVALID answerTemplate"],
        ),
        (
            json!({ "text": "a", "routingRule": rule(json!({ "units": ["XX"] })) }),
            &["UNKNOWN routingRule.units.0"],
        ),
        (json!({ "text": "a", "answerTemplate": template }), &["UNKNOWN answerTemplate.text"]),
    ] {
        let answer = propose(&service.staff("officer:ZZM"), "make", input.clone()).await;
        assert_eq!(answer.refusals("makeProposal"), refusals, "{input}");
    }
}
