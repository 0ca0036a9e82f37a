//! The operations on one's own that clients rely on, word by word.

use std::{fs, path::Path};

use serde_json::json;

use super::client;
use crate::harness::{Browser, reports::filed_by, service};

fn example(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/operations");
    fs::read_to_string(folder.join(name)).unwrap()
}

#[tokio::test]
async fn a_person_reads_and_changes_the_own_profile_with_the_examples() {
    let service = service().await;
    let anna = Browser::of(&service, "resident:anna").await;
    let me = anna.ask(&example("me.graphql")).await;
    assert_eq!(me.data("/me/version"), 0);
    let input = json!({ "expectedVersion": 0, "phone": "600 100 200", "language": "uk" });
    let variables = json!({ "input": input });
    let changed = anna.ask_with(&example("update-profile.graphql"), variables).await;
    let wanted = json!({ "name": "anna", "phone": "600100200", "language": "uk", "version": 1 });
    assert_eq!(changed.data("/updateProfile/me"), wanted);
}

#[tokio::test]
async fn a_person_reads_the_own_timeline_with_the_example() {
    let service = service().await;
    let anna = Browser::of(&service, "resident:anna").await;
    let filed = filed_by(&client(&anna), json!({})).await;
    let page = anna.ask_with(&example("my-timeline.graphql"), json!({ "first": 1 })).await;
    let node = page.data("/myTimeline/nodes/0");
    assert_eq!(
        (&node["kind"], &node["subject"]["number"]),
        (&json!("FILED"), &json!(filed.number))
    );
}
