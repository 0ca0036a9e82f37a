//! Letters to those who have an account, as they choose.

use serde_json::json;

use super::{client, reachable, updated};
use crate::harness::{
    post::{ANNA, post},
    reports::{answer, filed_by, taken, verified},
};

const FOLLOW: &str = "mutation($number: String!, $follows: Boolean!) { supportReport(input: {
    number: $number, supports: false, follows: $follows }) { errors { code } } }";

#[tokio::test]
async fn whoever_files_signed_in_hears_of_it_at_the_confirmed_address() {
    let post = post().await;
    let anna = reachable(&post, "resident:anna", ANNA).await;
    updated(&anna, json!({ "language": "en" })).await;
    let report = filed_by(&client(&anna), json!({})).await;
    let received = post.letter().await;
    assert_eq!(received.to, [ANNA]);
    assert_eq!(received.header("Content-Language"), Some("en"));
    let link = format!("https://portal.example/reports/{}#{}", report.number, report.token);
    assert!(received.body().contains(&link), "{}", received.body());
    post.step("consultant", "verifyReport", &report, json!({})).await;
    post.step("consultant", "forwardReport", &report, json!({ "units": ["ZDMK"] })).await;
    assert_eq!(post.letter().await.to, [ANNA]);
    // The language of letters is that of now.
    updated(&anna, json!({ "language": "uk" })).await;
    post.step("officer:ZDMK", "takeReport", &report, json!({})).await;
    post.step("officer:ZDMK", "askReporter", &report, json!({ "message": "Gdzie?" })).await;
    assert_eq!(post.letter().await.header("Content-Language"), Some("uk"));
    let letters = ["REPORT_RECEIVED SENT", "REPORT_FORWARDED SENT", "REPORT_NEEDS_INFO SENT"];
    assert_eq!(post.deliveries(&report).await, letters);
}

#[tokio::test]
async fn a_person_chooses_of_what_letters_come() {
    let post = post().await;
    let anna = reachable(&post, "resident:anna", ANNA).await;
    updated(&anna, json!({ "contactPreferences": { "received": false, "forwarded": false } }))
        .await;
    let report = filed_by(&client(&anna), json!({})).await;
    post.step("consultant", "verifyReport", &report, json!({})).await;
    post.step("consultant", "forwardReport", &report, json!({ "units": ["ZDMK"] })).await;
    post.step("officer:ZDMK", "takeReport", &report, json!({})).await;
    assert_eq!(post.deliver().await.len(), 0);
    answer(&post.service, &report, "RESOLVED", json!({})).await;
    // What was chosen after a letter was written down holds for it too.
    post.follower.lock().await.catch_up().await.unwrap();
    updated(&anna, json!({ "contactPreferences": { "letters": false } })).await;
    assert_eq!(post.deliver().await.len(), 0);
    assert_eq!(post.deliveries(&report).await, ["REPORT_ANSWERED SUPPRESSED unsubscribed"]);
    updated(&anna, json!({ "contactPreferences": { "letters": true } })).await;
    post.step("consultant", "closeReport", &report, json!({})).await;
    assert_eq!(post.letter().await.to, [ANNA]);
}

#[tokio::test]
async fn a_link_ends_all_letters_to_an_account_without_signing_in() {
    let post = post().await;
    let anna = reachable(&post, "resident:anna", ANNA).await;
    let report = filed_by(&client(&anna), json!({})).await;
    let letter = post.letter().await;
    let link = letter.path("/mail/nothing/");
    assert_eq!(letter.header("List-Unsubscribe-Post"), Some("List-Unsubscribe=One-Click"));
    let shown = anna.me("contactPreferences { unsubscribeUrl }").await;
    let url = shown["contactPreferences"]["unsubscribeUrl"].as_str().unwrap().to_owned();
    assert!(url.ends_with(&link), "{url} {link}");
    // To look ends nothing, and a link of another purpose is none.
    assert_eq!(post.service.anyone().send("GET", &link, "").await.status, 200);
    let chosen = "contactPreferences { letters answered }";
    let on = json!({ "contactPreferences": { "letters": true, "answered": true } });
    for wrong in [link.replace("nothing", "unsubscribe"), link[..link.len() - 4].to_owned()] {
        assert_eq!(post.press(&wrong).await.status, 404, "{wrong}");
    }
    assert_eq!(anna.me(chosen).await, on);
    for _ in 0..2 {
        let ended = post.press(&link).await;
        assert!(ended.text.contains("No more letters about reports go to"), "{}", ended.text);
    }
    let off = json!({ "contactPreferences": { "letters": false, "answered": true } });
    assert_eq!(anna.me(chosen).await, off);
    post.step("consultant", "verifyReport", &report, json!({})).await;
    post.step("consultant", "forwardReport", &report, json!({ "units": ["ZDMK"] })).await;
    assert_eq!(post.deliver().await.len(), 0);
}

#[tokio::test]
async fn followers_with_an_account_hear_what_everybody_sees() {
    let post = post().await;
    let report = taken(&post.service, json!({})).await;
    post.deliver().await;
    let anna = reachable(&post, "resident:anna", ANNA).await;
    let follow = async |follows: bool| {
        let variables = json!({ "number": report.number, "follows": follows });
        let answer = anna.ask_with(FOLLOW, variables).await;
        assert_eq!(answer.refusals("supportReport"), Vec::<String>::new());
    };
    follow(true).await;
    post.step("officer:ZDMK", "askReporter", &report, json!({ "message": "Gdzie?" })).await;
    assert_eq!(post.deliver().await.len(), 0, "a question is between the unit and the author");
    post.step("officer:ZDMK", "resumeReport", &report, json!({})).await;
    answer(&post.service, &report, "RESOLVED", json!({})).await;
    let letter = post.letter().await;
    assert_eq!(letter.to, [ANNA]);
    assert!(!letter.body().contains(&report.token), "{}", letter.body());
    follow(false).await;
    post.step("consultant", "closeReport", &report, json!({})).await;
    assert_eq!(post.deliver().await.len(), 0);
}

#[tokio::test]
async fn a_person_hears_of_each_step_once_however_many_ways_lead_to_the_address() {
    let post = post().await;
    let anna = reachable(&post, "resident:anna", ANNA).await;
    // The same address stands in the contact: nobody asks once more whether it is theirs.
    let contact = json!({ "contact": { "email": "Anna@example.org" } });
    let report = filed_by(&client(&anna), contact).await;
    assert_eq!(post.deliver().await.len(), 1);
    post.step("consultant", "verifyReport", &report, json!({})).await;
    // And followed by e-mail and by the account.
    post.follow(&report.number, ANNA).await;
    let path = post.letter().await.path("/mail/confirm/");
    post.press(&path).await;
    anna.ask_with(FOLLOW, json!({ "number": report.number, "follows": true })).await;
    post.step("consultant", "forwardReport", &report, json!({ "units": ["ZDMK"] })).await;
    assert_eq!(post.letter().await.to, [ANNA]);
    // What is chosen in the profile holds on every way.
    updated(&anna, json!({ "contactPreferences": { "answered": false } })).await;
    post.step("officer:ZDMK", "takeReport", &report, json!({})).await;
    answer(&post.service, &report, "RESOLVED", json!({})).await;
    assert_eq!(post.deliver().await.len(), 0);
}

#[tokio::test]
async fn another_address_in_the_contact_takes_the_place_of_that_of_the_account_once_confirmed() {
    let post = post().await;
    let anna = reachable(&post, "resident:anna", ANNA).await;
    let contact = json!({ "contact": { "email": "work@example.org" } });
    let report = filed_by(&client(&anna), contact).await;
    let letters = post.deliver().await;
    assert_eq!(letters.len(), 2, "one asks, one tells: {letters:#?}");
    let question = letters.iter().find(|one| one.to == ["work@example.org"]).unwrap();
    assert_eq!(post.press(&question.path("/mail/confirm/")).await.status, 200);
    assert_eq!(post.deliver().await.len(), 0, "the person knows already that it is here");
    post.step("consultant", "verifyReport", &report, json!({})).await;
    post.step("consultant", "forwardReport", &report, json!({ "units": ["ZDMK"] })).await;
    assert_eq!(post.letter().await.to, ["work@example.org"]);
}

#[tokio::test]
async fn an_account_without_a_confirmed_address_gets_no_letters() {
    let post = post().await;
    let anna = crate::harness::Browser::of(&post.service, "resident:anna").await;
    updated(&anna, json!({ "email": ANNA })).await;
    post.letter().await;
    filed_by(&client(&anna), json!({})).await;
    verified(&post.service, json!({})).await;
    assert_eq!(post.deliver().await.len(), 0);
}
