//! The operations that clients rely on, word by word.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::harness::{
    reports::{answered, take_step},
    service,
};

fn example(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/operations");
    fs::read_to_string(folder.join(name)).unwrap()
}

#[tokio::test]
async fn a_report_is_filed_with_the_example_variables() {
    let service = service().await;
    let variables: Value = serde_json::from_str(&example("file-report.variables.json")).unwrap();
    let client = service.anyone();
    let first = client.ask_with(&example("file-report.graphql"), variables.clone()).await;
    let filed = first.data("/fileReport");
    assert_eq!(filed["errors"], json!([]));
    assert_eq!(
        (&filed["report"]["number"], &filed["report"]["stage"], &filed["report"]["category"]),
        (&json!("KCK-2026-000001"), &json!("RECEIVED"), &json!({ "code": "lighting" }))
    );
    let again = client.ask_with(&example("file-report.graphql"), variables).await;
    assert_eq!(again.data("/fileReport"), filed);
}

#[tokio::test]
async fn a_hundred_reports_with_all_around_them_are_listed_for_everybody() {
    let service = service().await;
    let filed = answered(&service, "RESOLVED", json!({})).await;
    let filter = json!({ "category": ["lighting"], "outcome": ["RESOLVED"] });
    let variables = json!({ "n": 100, "filter": filter });
    let answer = service.anyone().ask_with(&example("reports.graphql"), variables).await;
    assert_eq!(answer.data("/reports/totalCount"), 1);
    let node = answer.data("/reports/nodes/0");
    assert_eq!(node["number"], filed.number);
    let wanted = json!([{ "unit": { "code": "ZDMK", "name": "Zarząd Dróg Miasta Krakowa" },
        "stage": "ANSWERED", "outcome": "RESOLVED", "publicAnswer": "Latarnia już świeci." }]);
    assert_eq!(node["assignments"], wanted);
    assert_eq!(node["timeline"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn a_report_is_watched_with_its_token() {
    let service = service().await;
    let filed = crate::harness::reports::filed(&service, json!({})).await;
    let wire = service.listen().await;
    let mut socket = wire.greeted(None).await;
    let variables = json!({ "number": filed.number, "token": filed.token });
    let payload = json!({ "query": example("report-changed.graphql"), "variables": variables });
    socket.say(json!({ "id": "mine", "type": "subscribe", "payload": payload })).await;
    socket.say(json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await, json!({ "type": "pong" }));
    take_step(&service, "consultant", "verifyReport", &filed, json!({})).await;
    let changed = socket.next("mine").await["data"]["reportChanged"].clone();
    assert_eq!((&changed["number"], &changed["stage"]), (&json!(filed.number), &json!("VERIFIED")));
}
