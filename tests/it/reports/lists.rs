//! Lists, queues and what is near.

use serde_json::{Value, json};

use crate::harness::{
    Client,
    reports::{answered, filed, forwarded, take_step, verified},
    service,
};

const LIST: &str = "query($filter: ReportFilter, $order: ReportOrder, $n: Int, $after: String) {
    reports(filter: $filter, orderBy: $order, first: $n, after: $after) {
        totalCount nodes { number } pageInfo { hasNextPage endCursor } } }";

async fn numbers(client: &Client<'_>, filter: Value) -> Vec<String> {
    let answer = client.ask_with(LIST, json!({ "filter": filter, "order": "OLDEST" })).await;
    let nodes = answer.data("/reports/nodes");
    let nodes = nodes.as_array().unwrap().clone();
    assert_eq!(answer.data("/reports/totalCount"), nodes.len());
    nodes.iter().map(|node| node["number"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn everybody_lists_what_is_public_by_every_filter() {
    let service = service().await;
    let lamp = answered(&service, "RESOLVED", json!({})).await;
    let park = json!({ "category": "greenery", "location": {
        "latitude": 50.0722, "longitude": 20.0374, "address": "plac Centralny" } });
    let park = verified(&service, park).await;
    let idea = json!({ "kind": "IDEA", "category": "idea-roads", "location": null });
    let idea = verified(&service, idea).await;
    let winter = json!({ "category": "winter-maintenance" });
    let snow = verified(&service, winter).await;
    filed(&service, json!({})).await;
    let client = service.anyone();
    let near = json!({ "near": { "latitude": 50.0619, "longitude": 19.9369, "metres": 100.0 } });
    let within =
        json!({ "within": { "south": 50.07, "west": 20.0, "north": 50.08, "east": 20.1 } });
    for (filter, wanted) in [
        (json!({}), vec![&lamp, &park, &idea, &snow]),
        (json!({ "kind": "IDEA" }), vec![&idea]),
        (json!({ "category": ["lighting"] }), vec![&lamp]),
        (json!({ "category": ["roads"] }), vec![&snow]),
        (json!({ "stage": ["ANSWERED"] }), vec![&lamp]),
        (json!({ "outcome": ["RESOLVED"] }), vec![&lamp]),
        (json!({ "district": [18] }), vec![&park]),
        (json!({ "unit": ["ZDMK"] }), vec![&lamp]),
        (json!({ "unit": ["ZZM"] }), vec![]),
        (near, vec![&lamp, &snow]),
        (within, vec![&park]),
        (
            json!({ "receivedFrom": "2026-11-20", "receivedTo": "2026-11-20", "kind": "PROBLEM" }),
            vec![&lamp, &park, &snow],
        ),
        (json!({ "receivedTo": "2026-11-19" }), vec![]),
        (json!({ "overdue": true }), vec![]),
        (json!({ "category": ["lighting"], "district": [18] }), vec![]),
    ] {
        let wanted: Vec<String> = wanted.iter().map(|filed| filed.number.clone()).collect();
        assert_eq!(numbers(&client, filter.clone()).await, wanted, "{filter}");
    }
    service.clock.advance(chrono::Duration::days(20));
    let late = numbers(&client, json!({ "overdue": true, "kind": "PROBLEM" })).await;
    assert_eq!(late, [park.number, snow.number]);
}

#[tokio::test]
async fn pages_of_every_order_hold_each_report_once() {
    let service = service().await;
    for _ in 0..5 {
        verified(&service, json!({})).await;
        service.clock.advance(chrono::Duration::hours(30));
    }
    for order in ["NEWEST", "OLDEST", "DUE", "MOST_SUPPORTED"] {
        let mut found = Vec::new();
        let mut after = json!(null);
        loop {
            let variables = json!({ "n": 2, "after": after, "order": order });
            let page = service.anyone().ask_with(LIST, variables).await.data("/reports");
            let nodes = page["nodes"].as_array().unwrap().clone();
            found.extend(nodes.iter().map(|node| node["number"].as_str().unwrap().to_owned()));
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        let mut wanted: Vec<String> = (1..=5).map(|n| format!("KCK-2026-00000{n}")).collect();
        if matches!(order, "NEWEST" | "MOST_SUPPORTED") {
            wanted.reverse();
        }
        assert_eq!(found, wanted, "{order}");
    }
}

#[tokio::test]
async fn a_list_that_cannot_be_is_refused() {
    let service = service().await;
    let page = service.anyone().ask_with(LIST, json!({ "n": 1 })).await;
    let foreign = page.data("/reports/pageInfo/endCursor");
    assert_eq!(foreign, json!(null), "an empty list has none");
    verified(&service, json!({})).await;
    let page = service.anyone().ask_with(LIST, json!({ "n": 1 })).await;
    let cursor = page.data("/reports/pageInfo/endCursor");
    for variables in [
        json!({ "n": 101 }),
        json!({ "after": "x" }),
        json!({ "after": cursor, "order": "DUE" }),
        json!({ "filter": { "near": { "latitude": 50.0, "longitude": 20.0, "metres": 0.0 } } }),
        json!({ "filter": { "within": { "south": 51.0, "west": 20.0, "north": 50.0, "east": 21.0 } } }),
        json!({ "filter": { "district": vec![1; 51] } }),
    ] {
        let answer = service.anyone().ask_with(LIST, variables.clone()).await;
        assert_eq!(answer.error_code(), "BAD_USER_INPUT", "{variables}");
    }
}

#[tokio::test]
async fn each_sees_what_waits_for_them() {
    let service = service().await;
    let (new, read) = (filed(&service, json!({})).await, verified(&service, json!({})).await);
    let roads = forwarded(&service, &["ZDMK"], json!({})).await;
    let parks = forwarded(&service, &["ZZM"], json!({})).await;
    answered(&service, "RESOLVED", json!({})).await;
    for (role, wanted) in [
        ("consultant", vec![&new.number, &read.number]),
        ("officer:ZDMK", vec![&roads.number]),
        ("coordinator:ZZM", vec![&parks.number]),
        ("officer:SA", vec![]),
    ] {
        let query = "{ reportQueue { nodes { number } } }";
        let nodes = service.staff(role).ask(query).await.data("/reportQueue/nodes");
        let found: Vec<_> = nodes.as_array().unwrap().iter().map(|node| &node["number"]).collect();
        assert_eq!(found, wanted, "{role}");
    }
}

#[tokio::test]
async fn what_is_near_and_the_same_is_offered_to_join() {
    let service = service().await;
    let at = |latitude: f64, category: &str| json!({ "category": category, "location": { "latitude": latitude, "longitude": 19.9369 } });
    let near = verified(&service, at(50.0624, "lighting")).await;
    let nearer = verified(&service, at(50.0620, "lighting")).await;
    verified(&service, at(50.0700, "lighting")).await;
    verified(&service, at(50.0620, "greenery")).await;
    filed(&service, at(50.0620, "lighting")).await;
    let query = "{ similarReports(category: \"lighting\", latitude: 50.0619, longitude: 19.9369) {
        metres report { number } } }";
    let found = service.anyone().ask(query).await.data("/similarReports");
    let found = found.as_array().unwrap();
    let numbers: Vec<_> = found.iter().map(|one| &one["report"]["number"]).collect();
    assert_eq!(numbers, [&nearer.number, &near.number]);
    assert!(found[0]["metres"].as_f64().is_some_and(|metres| (10.0..13.0).contains(&metres)));
    take_step(&service, "consultant", "forwardReport", &near, json!({})).await;
    service.clock.advance(chrono::Duration::days(91));
    assert_eq!(service.anyone().ask(query).await.data("/similarReports"), json!([]));
}
