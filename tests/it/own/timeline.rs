//! The timeline of a resident: everything that concerns the person, and nothing that does not.

use chrono::Duration;
use serde_json::{Value, json};

use super::client;
use crate::harness::{
    Answer, Browser, Client, Service,
    reports::{Filed, answer, call, filed, filed_by, take_step, verified},
    service,
};

const QUERY: &str = "query($first: Int, $after: String, $kinds: [CaseEventKind!]) {
    myTimeline(first: $first, after: $after, kinds: $kinds) {
        nodes { at kind title isNew subject { ... on Report { number } } }
        pageInfo { hasNextPage endCursor } } }";

async fn timeline(client: &Client<'_>, variables: Value) -> Answer {
    client.ask_with(QUERY, variables).await
}

/// The kinds of all entries, each with the number of its report, newest first.
async fn kinds(client: &Client<'_>, variables: Value) -> Vec<String> {
    let nodes = timeline(client, variables).await.data("/myTimeline/nodes");
    let text = |node: &Value| {
        let number = node["subject"]["number"].as_str().unwrap_or("-");
        format!("{} {number}", node["kind"].as_str().unwrap())
    };
    nodes.as_array().unwrap().iter().map(text).collect()
}

async fn later(service: &Service, role: &str, mutation: &str, filed: &Filed, fields: Value) {
    service.clock.advance(Duration::minutes(1));
    take_step(service, role, mutation, filed, fields).await;
}

/// A report that the road authority has answered, a minute for each step.
async fn through(service: &Service, filed: &Filed) {
    later(service, "consultant", "verifyReport", filed, json!({})).await;
    later(service, "consultant", "forwardReport", filed, json!({ "units": ["ZDMK"] })).await;
    later(service, "officer:ZDMK", "takeReport", filed, json!({})).await;
    later(service, "consultant", "noteReport", filed, json!({ "message": "Notatka" })).await;
    service.clock.advance(Duration::minutes(1));
    answer(service, filed, "RESOLVED", json!({})).await;
}

async fn follow(service: &Service, client: &Client<'_>, number: &str, supports: bool) {
    service.clock.advance(Duration::minutes(1));
    let input = json!({ "number": number, "supports": supports, "follows": true });
    let answer = call(client, "supportReport", input).await;
    assert_eq!(answer.refusals("supportReport"), Vec::<String>::new());
}

#[tokio::test]
async fn everything_that_concerns_a_person_stands_in_one_list_newest_first() {
    let service = service().await;
    let anna = service.staff("resident:anna");
    let own = filed_by(&anna, json!({})).await;
    through(&service, &own).await;
    later(&service, "consultant", "closeReport", &own, json!({})).await;
    service.clock.advance(Duration::minutes(1));
    let rating = json!({ "report": { "number": own.number }, "satisfied": false, "text": "Nie.",
        "reasons": ["NOT_SOLVED"], "reopen": true });
    call(&anna, "giveReportFeedback", rating).await.data("/giveReportFeedback/report");
    // Filed without an account, and taken in later.
    let earlier = filed(&service, json!({})).await;
    service.clock.advance(Duration::minutes(1));
    let claim = json!({ "number": earlier.number, "trackingToken": earlier.token });
    call(&anna, "claimReport", claim).await.data("/claimReport/report");
    // Another's, followed when it was given to a unit already.
    let other = verified(&service, json!({})).await;
    later(&service, "consultant", "forwardReport", &other, json!({ "units": ["ZDMK"] })).await;
    follow(&service, &anna, &other.number, true).await;
    later(&service, "officer:ZDMK", "takeReport", &other, json!({})).await;
    let question = json!({ "message": "Gdzie?" });
    later(&service, "officer:ZDMK", "askReporter", &other, question).await;
    later(&service, "officer:ZDMK", "resumeReport", &other, json!({})).await;
    let line = |kind: &str, filed: &Filed| format!("{kind} {}", filed.number);
    let wanted = [
        line("RESUMED", &other),
        line("TAKEN", &other),
        line("SUPPORTED", &other),
        line("CLAIMED", &earlier),
        // In the same instant as the next two: the order is one all the same.
        line("FILED", &earlier),
    ];
    let all = kinds(&anna, json!({ "first": 100 })).await;
    assert_eq!(all[..wanted.len()], wanted);
    let mut rest = all[wanted.len()..].to_vec();
    let mut first: Vec<_> = rest.drain(..2).collect();
    first.sort();
    assert_eq!(first, [line("RATED", &own), line("REOPENED", &own)]);
    let life = ["CLOSED", "ANSWERED", "TAKEN", "FORWARDED", "VERIFIED", "FILED"];
    assert_eq!(rest, life.map(|kind| line(kind, &own)));
}

#[tokio::test]
async fn pages_of_every_size_come_to_the_whole_timeline_without_gap_or_double() {
    let service = service().await;
    let anna = service.staff("resident:anna");
    // Steps of several reports in the same instant.
    for _ in 0..3 {
        let filed = filed_by(&anna, json!({})).await;
        take_step(&service, "consultant", "verifyReport", &filed, json!({})).await;
        take_step(&service, "consultant", "forwardReport", &filed, json!({ "units": ["ZDMK"] }))
            .await;
    }
    service.clock.advance(Duration::milliseconds(1));
    let other = verified(&service, json!({})).await;
    follow(&service, &anna, &other.number, false).await;
    let whole = kinds(&anna, json!({ "first": 100 })).await;
    assert_eq!(whole.len(), 10);
    for size in [1, 2, 3, 7, 10] {
        let (mut all, mut after) = (Vec::new(), json!(null));
        loop {
            let page = json!({ "first": size, "after": after });
            let answer = timeline(&anna, page.clone()).await;
            let info = answer.data("/myTimeline/pageInfo");
            all.extend(kinds(&anna, page).await);
            after = info["endCursor"].clone();
            if info["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(all, whole, "pages of {size}");
    }
    for wrong in ["x", "dW5pdHMKWkRNSw"] {
        let answer = timeline(&anna, json!({ "after": wrong })).await;
        assert_eq!(answer.error_code(), "BAD_USER_INPUT");
    }
    let some = kinds(&anna, json!({ "kinds": ["FILED", "FOLLOWED"] })).await;
    assert_eq!(some.len(), 4);
    assert!(some.iter().all(|one| one.starts_with("FILED") || one.starts_with("FOLLOWED")));
    assert_eq!(kinds(&anna, json!({ "kinds": [] })).await, Vec::<String>::new());
}

#[tokio::test]
async fn nothing_of_others_stands_in_a_timeline_but_what_everybody_sees() {
    let service = service().await;
    let (anna, jan) = (service.staff("resident:anna"), service.staff("resident:jan"));
    let secret = filed_by(&jan, json!({})).await;
    let shown = filed_by(&jan, json!({})).await;
    take_step(&service, "consultant", "verifyReport", &shown, json!({})).await;
    follow(&service, &anna, &shown.number, true).await;
    assert_eq!(kinds(&anna, json!({})).await, [format!("SUPPORTED {}", shown.number)]);
    assert_eq!(kinds(&jan, json!({})).await.len(), 3);
    assert!(kinds(&jan, json!({})).await.contains(&format!("FILED {}", secret.number)));
    // What everybody sees of it no more, the follower does not either.
    let into = json!({ "duplicateOf": shown.id });
    take_step(&service, "consultant", "mergeReport", &secret, into).await;
    assert_eq!(kinds(&anna, json!({})).await.len(), 1);
    let gone = json!({ "report": { "number": shown.number } });
    call(&jan, "withdrawReport", gone).await.data("/withdrawReport/report");
    assert_eq!(kinds(&anna, json!({})).await, Vec::<String>::new());
    assert_eq!(
        service.anyone().ask("{ myTimeline { nodes { at } } }").await.error_code(),
        "UNAUTHENTICATED"
    );
}

#[tokio::test]
async fn what_others_did_since_the_last_look_is_new() {
    let service = service().await;
    let anna = Browser::of(&service, "resident:anna").await;
    let english = client(&anna).header("accept-language", "en");
    let own = filed_by(&english, json!({})).await;
    later(&service, "consultant", "verifyReport", &own, json!({})).await;
    let news = async || {
        let nodes = timeline(&english, json!({})).await.data("/myTimeline/nodes");
        let new = nodes.as_array().unwrap().iter().filter(|one| one["isNew"] == true);
        new.map(|one| one["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(news().await, ["read by a consultant: Street lighting fault, Rynek Główny 1"]);
    let mark = "mutation { markTimelineSeen { me { seenTimelineAt version } errors { code } } }";
    let marked = anna.ask(mark).await.data("/markTimelineSeen/me");
    assert_eq!(marked, json!({ "seenTimelineAt": "2026-11-20T09:01:00+00:00", "version": 0 }));
    assert_eq!(news().await, Vec::<String>::new());
    later(&service, "consultant", "forwardReport", &own, json!({ "units": ["ZDMK"] })).await;
    assert_eq!(news().await, ["given to a unit: Street lighting fault, Rynek Główny 1"]);
    // On a page of its own, with its secret parts: the person is its holder.
    let query = "{ myTimeline(first: 1) { nodes { subject { ... on Report { answers { question }
        description timeline { step } } } } } }";
    assert_eq!(
        english.ask(query).await.data("/myTimeline/nodes/0/subject/timeline/0/step"),
        "FILE"
    );
}

#[tokio::test]
async fn a_page_of_the_timeline_takes_the_same_handful_of_statements_whatever_is_on_it() {
    let service = service().await;
    let anna = service.staff("resident:anna");
    for _ in 0..10 {
        let filed = filed_by(&anna, json!({})).await;
        take_step(&service, "consultant", "verifyReport", &filed, json!({})).await;
    }
    for first in [2, 20] {
        let query = format!(
            "{{ myTimeline(first: {first}) {{ nodes {{ title isNew subject {{ ... on Report {{
                number assignments {{ stage }} timeline {{ step }} }} }} }} }} }}"
        );
        let mut least = u64::MAX;
        for _ in 0..5 {
            let before = service.db().statements();
            anna.ask(&query).await.data("");
            least = least.min(service.db().statements() - before);
        }
        assert!(least <= 5, "{first} entries take {least} statements");
    }
}
