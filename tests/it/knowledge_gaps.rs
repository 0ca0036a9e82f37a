//! Gaps in the knowledge: from searches in vain to an answer that is found.

use kontakt::{actor::Actor, events, jobs, search};
use serde_json::{Value, json};

use crate::harness::{
    Service,
    gaps::{click, found, gather, listed, search as ask, step},
    service,
};

async fn searched(service: &Service, words: &str, times: usize) {
    for _ in 0..times {
        ask(&service.anyone(), words, None).await;
    }
}

async fn gaps(service: &Service) -> Vec<(String, i64)> {
    let listed = listed(&service.staff("editor"), "").await;
    let pair =
        |gap: &Value| (gap["topic"].as_str().unwrap().to_owned(), gap["hits"].as_i64().unwrap());
    listed.iter().map(pair).collect()
}

async fn card(service: &Service) -> Value {
    let query = "{ serviceCard(slug: \"mobywatel\") { id } }";
    service.anyone().ask(query).await.data("/serviceCard/id")
}

/// The kinds of the events on gaps, oldest first.
async fn told(service: &Service) -> Vec<events::Kind> {
    let entries = events::read_after(service.db().reader(), 0, 1_000).await.unwrap();
    let of_gaps = entries.iter().filter(|one| one.subject() == Some(events::Subject::KnowledgeGap));
    of_gaps.map(|entry| entry.kind().unwrap()).collect()
}

#[tokio::test]
async fn what_is_asked_in_vain_three_times_is_a_gap_and_near_topics_are_one() {
    let service = service().await;
    searched(&service, "wwwwa wwwwb wwwwc", 4).await;
    searched(&service, "WWWWC wwwwb wwwwa wwwwd", 3).await;
    searched(&service, "vvvva", 3).await;
    searched(&service, "uuuua", 2).await;
    gather(&service).await;
    let expected = [("wwwwa wwwwb wwwwc".to_owned(), 7), ("vvvva".to_owned(), 3)];
    assert_eq!(gaps(&service).await, expected);
    let gap = &listed(&service.staff("editor"), "").await[0];
    assert_eq!(
        gap["wordings"],
        json!([{ "words": "wwwwa wwwwb wwwwc", "searches": 4 },
               { "words": "wwwwc wwwwb wwwwa wwwwd", "searches": 3 }])
    );
    assert_eq!((&gap["state"], &gap["stateLabel"]), (&json!("NEW"), &json!("nowa")));
    assert_eq!(gap["firstSeenAt"], "2026-11-20T09:00:00+00:00");

    // The third time makes it one; gathering again counts nothing twice.
    searched(&service, "uuuua", 1).await;
    gather(&service).await;
    gather(&service).await;
    assert_eq!(gaps(&service).await.len(), 3);
    assert_eq!(gaps(&service).await[0].1, 7);
    assert_eq!(told(&service).await, [events::Kind::Opened; 3]);
}

#[tokio::test]
async fn hits_that_nobody_opens_are_in_vain_unless_the_reader_asks_again() {
    let service = service().await;
    let anyone = service.anyone();
    for _ in 0..3 {
        let opened = ask(&anyone, "dowód", None).await;
        click(&anyone, &opened, 1).await;
        let again = ask(&anyone, "meldunek", None).await;
        ask(&anyone, "zameldowanie", Some(&again["searchId"])).await;
    }
    gather(&service).await;
    let topics: Vec<String> = gaps(&service).await.into_iter().map(|(topic, _)| topic).collect();
    assert_eq!(topics, [service.app.index.topic("zameldowanie")]);
}

#[tokio::test]
async fn it_is_gathered_every_hour_and_by_one_of_the_nodes() {
    let service = service().await;
    searched(&service, "wwwwa", 3).await;
    service.app.search_log.flush().await;
    // Their readers may still open a hit.
    jobs::sweep(&service.app).await.unwrap();
    assert_eq!(gaps(&service).await, []);
    service.clock.advance(chrono::Duration::minutes(59));
    jobs::sweep(&service.app).await.unwrap();
    assert_eq!(gaps(&service).await, []);
    service.clock.advance(chrono::Duration::minutes(1));
    let due = search::gaps_due(service.db().reader(), service.db().now()).await.unwrap().unwrap();
    jobs::sweep(&service.app).await.unwrap();
    assert_eq!(gaps(&service).await.len(), 1);
    let late = async |tx: &_| search::gather_gaps(tx, &Actor::System, due, "").await;
    assert_eq!(service.db().write(late).await.unwrap(), None);
}

#[tokio::test]
async fn more_topics_than_fit_into_one_write_are_all_gathered() {
    let service = service().await;
    for number in 0..120 {
        searched(&service, &format!("{number}wwwww"), 3).await;
    }
    gather(&service).await;
    let query = "query($after: String) { knowledgeGaps(first: 50, after: $after) {
        nodes { topic } pageInfo { hasNextPage endCursor } } }";
    let (mut after, mut seen) = (json!(null), std::collections::BTreeSet::new());
    loop {
        let page = service.staff("editor").ask_with(query, json!({ "after": after })).await;
        for node in page.data("/knowledgeGaps/nodes").as_array().unwrap() {
            assert!(seen.insert(node["topic"].to_string()), "{node} is twice");
        }
        if page.data("/knowledgeGaps/pageInfo/hasNextPage") == json!(false) {
            break;
        }
        after = page.data("/knowledgeGaps/pageInfo/endCursor");
    }
    assert_eq!(seen.len(), 120);
}

#[tokio::test]
async fn a_gap_is_assigned_written_verified_and_opens_again_when_it_is_asked_in_vain() {
    let service = service().await;
    let (editor, coordinator) = (service.staff("editor"), service.staff("coordinator:SA"));
    let gap = found(&service, "wwwwa wwwwb").await;
    assert_eq!(listed(&coordinator, "").await, Vec::<Value>::new());
    let assign = json!({ "id": gap["id"], "expectedVersion": 1, "unit": "SA", "dueOn": "2026-12-01", "note": "Proszę." });
    let assigned = step(&editor, "assign", assign.clone()).await;
    assert_eq!(assigned.data("/assignKnowledgeGap/knowledgeGap/state"), "ASSIGNED");
    assert_eq!(
        step(&editor, "assign", assign).await.refusals("assignKnowledgeGap"),
        ["CONFLICT expectedVersion"]
    );
    let seen = &listed(&coordinator, ", state: ASSIGNED, unit: \"SA\"").await[0];
    assert_eq!((&seen["dueOn"], &seen["note"]), (&json!("2026-12-01"), &json!("Proszę.")));
    assert_eq!(listed(&service.staff("coordinator:ZZM"), "").await, Vec::<Value>::new());

    let written = json!({ "id": gap["id"], "expectedVersion": 2, "answer": card(&service).await });
    let done = step(&coordinator, "markWritten", written).await;
    assert_eq!(done.data("/markKnowledgeGapWritten/knowledgeGap/answer/slug"), "mobywatel");
    let verify = json!({ "id": gap["id"], "expectedVersion": 3 });
    let verified = step(&editor, "verify", verify).await;
    assert_eq!(verified.data("/verifyKnowledgeGap/knowledgeGap/state"), "VERIFIED");

    service.clock.advance(chrono::Duration::minutes(1));
    searched(&service, "wwwwb wwwwa", 2).await;
    gather(&service).await;
    assert_eq!(listed(&editor, ", state: VERIFIED").await[0]["hits"], 5);
    searched(&service, "wwwwa wwwwb", 1).await;
    gather(&service).await;
    let again = &listed(&editor, ", state: NEW").await[0];
    assert_eq!((&again["hits"], &again["version"]), (&json!(6), &json!(5)));
    use events::Kind::{Assigned, Opened, Verified, Written};
    assert_eq!(told(&service).await, [Opened, Assigned, Written, Verified, Opened]);
}

#[tokio::test]
async fn a_rejected_gap_stays_rejected_however_often_it_is_asked() {
    let service = service().await;
    let editor = service.staff("editor");
    let gap = found(&service, "wwwwa").await;
    let reject = json!({ "id": gap["id"], "expectedVersion": 1, "reason": " " });
    assert_eq!(
        step(&editor, "reject", reject).await.refusals("rejectKnowledgeGap"),
        ["REQUIRED reason"]
    );
    let reject = json!({ "id": gap["id"], "expectedVersion": 1, "reason": "To nie miasto." });
    step(&editor, "reject", reject).await.data("/rejectKnowledgeGap/knowledgeGap/id");
    searched(&service, "wwwwa", 5).await;
    gather(&service).await;
    let gaps = listed(&editor, "").await;
    assert_eq!(gaps.len(), 1);
    assert_eq!((&gaps[0]["state"], &gaps[0]["hits"]), (&json!("REJECTED"), &json!(8)));
}

#[tokio::test]
async fn a_step_that_does_not_fit_is_refused_as_data() {
    let service = service().await;
    let editor = service.staff("editor");
    let gap = found(&service, "wwwwa").await;
    let with = |rest: Value| {
        let mut input = json!({ "id": gap["id"], "expectedVersion": 1 });
        input.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        input
    };
    let card = card(&service).await;
    for (name, rest, refusals) in [
        (
            "assign",
            json!({ "unit": "XX", "dueOn": "2026-11-19" }),
            &["UNKNOWN unit", "INVALID dueOn"][..],
        ),
        ("markWritten", json!({ "answer": card }), &["CONFLICT id"]),
        ("verify", json!({}), &["CONFLICT id"]),
    ] {
        let mutation = if name == "markWritten" {
            "markKnowledgeGapWritten".to_owned()
        } else {
            format!("{name}KnowledgeGap")
        };
        assert_eq!(step(&editor, name, with(rest)).await.refusals(&mutation), refusals, "{name}");
    }
    let message = step(&editor, "verify", with(json!({}))).await;
    assert_eq!(
        message.data("/verifyKnowledgeGap/errors/0/message"),
        "Luka w stanie „nowa” nie może przejść w stan „sprawdzona”."
    );
    let assign = with(json!({ "unit": "SA", "dueOn": "2026-11-20" }));
    step(&editor, "assign", assign).await.data("/assignKnowledgeGap/knowledgeGap/id");
    let mut wrong = with(json!({ "answer": gap["id"] }));
    wrong["expectedVersion"] = json!(2);
    assert_eq!(
        step(&editor, "markWritten", wrong).await.refusals("markKnowledgeGapWritten"),
        ["UNKNOWN answer"]
    );
}
