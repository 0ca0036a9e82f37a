//! The end of an account: what goes, what stays, and how it is called off.

use chrono::Duration;
use kontakt::jobs;
use serde_json::{Value, json};

use super::{client, reachable, updated};
use crate::harness::{
    Answer, Browser,
    post::{ANNA, Post, post},
    reports::{call, filed_by, seen, verified},
};

async fn delete(browser: &Browser<'_>, name: &str) -> Answer {
    let query = "mutation($name: String!) { deleteMyAccount(input: { confirmation: $name }) {
        erasedFrom errors { code field } } }";
    browser.ask_with(query, json!({ "name": name })).await
}

async fn cancel(browser: &Browser<'_>) -> Answer {
    browser.ask("mutation { cancelDeletion { me { erasedFrom } errors { code field } } }").await
}

/// Everything that the database holds, as text.
async fn dump(post: &Post) -> String {
    let tables = [
        "accounts",
        "profiles",
        "sessions",
        "reports",
        "report_contacts",
        "report_feedback",
        "report_timeline",
        "report_supporters",
        "report_claims",
        "mail_subscriptions",
        "deliveries",
        "address_changes",
        "sign_in_links",
    ];
    let db = post.service.db().reader();
    let mut all = String::new();
    for table in tables {
        let sql = format!("SELECT * FROM {table}");
        let backend = sea_orm::ConnectionTrait::get_database_backend(db);
        let rows = sea_orm::ConnectionTrait::query_all_raw(
            db,
            sea_orm::Statement::from_string(backend, sql),
        );
        all += &format!("{table}: {:?}\n", rows.await.unwrap());
    }
    all
}

#[tokio::test]
async fn an_account_that_was_given_up_goes_after_seven_days_and_its_reports_stay() {
    let post = post().await;
    let mut anna = reachable(&post, "resident:anna", ANNA).await;
    updated(&anna, json!({ "name": "Anna Nowak", "phone": "600100200" })).await;
    let contact = json!({ "contact": { "email": "work@example.org", "name": "Anna Nowak" },
        "description": "Proszę dzwonić: 600 100 200." });
    let report = filed_by(&client(&anna), contact).await;
    let question = post.deliver().await;
    let path =
        question.iter().find(|one| one.to == ["work@example.org"]).unwrap().path("/mail/confirm/");
    post.press(&path).await;
    post.deliver().await;
    let other = verified(&post.service, json!({})).await;
    let support = json!({ "number": other.number, "supports": true, "follows": true });
    call(&client(&anna), "supportReport", support).await.data("/supportReport/report");
    post.step("consultant", "verifyReport", &report, json!({})).await;

    let second = anna.clone();
    let answer = delete(&anna, "Anna Nowak").await;
    assert_eq!(answer.data("/deleteMyAccount/errors"), json!([]), "{}", answer.text);
    // At once: sessions, and letters on every way.
    assert_eq!(second.me("id").await, json!(null));
    let told = post.letter().await;
    assert_eq!(told.to, [ANNA]);
    post.step("consultant", "forwardReport", &report, json!({ "units": ["ZDMK"] })).await;
    assert_eq!(post.deliver().await.len(), 0);
    // Not before the day.
    post.service.clock.advance(Duration::days(7) - Duration::minutes(2));
    jobs::sweep(&post.service.app).await.unwrap();
    anna.develop("resident:anna").await;
    assert_eq!(anna.me("name").await["name"], "Anna Nowak");
    post.service.clock.advance(Duration::minutes(2));
    jobs::sweep(&post.service.app).await.unwrap();
    assert_eq!(anna.me("id").await, json!(null), "the new session has ended too");

    let consultant = post.service.staff("consultant");
    let fields = "number stage description contact(reason: ANSWER) { email }";
    let seen_now = seen(&consultant, &report.number, fields).await;
    assert_eq!((&seen_now["stage"], &seen_now["contact"]), (&json!("FORWARDED"), &json!(null)));
    assert!(!seen_now["description"].as_str().unwrap().contains("600 100 200"));
    let supports = seen(&post.service.anyone(), &other.number, "supports").await;
    assert_eq!(supports["supports"], 1, "a voice is a voice");
    let dump = dump(&post).await;
    for gone in ["Anna Nowak", ANNA, "work@example.org", "600100200", "600 100 200"] {
        assert!(!dump.contains(gone), "{gone} in {dump}");
    }
    // Who signs in again is somebody new.
    anna.develop("resident:anna").await;
    let me = anna.me("name email phone version").await;
    assert_eq!(me, json!({ "name": "anna", "email": null, "phone": null, "version": 0 }));
    assert_eq!(anna.ask("{ myReports { totalCount } }").await.data("/myReports/totalCount"), 0);
    jobs::sweep(&post.service.app).await.unwrap();
}

#[tokio::test]
async fn whoever_signs_in_within_the_seven_days_may_call_it_off() {
    let post = post().await;
    let mut anna = reachable(&post, "resident:anna", ANNA).await;
    updated(&anna, json!({ "language": "en" })).await;
    delete(&anna, "anna").await.data("/deleteMyAccount/erasedFrom");
    assert!(post.letter().await.body().contains("On 2026-11-27 the account is erased."));
    post.service.clock.advance(Duration::days(6));
    anna.develop("resident:anna").await;
    let erased_from = json!({ "erasedFrom": "2026-11-27T09:00:00+00:00" });
    assert_eq!(anna.me("erasedFrom").await, erased_from);
    assert_eq!(delete(&anna, "anna").await.refusals("deleteMyAccount"), ["CONFLICT "]);
    let kept = cancel(&anna).await.data("/cancelDeletion");
    assert_eq!(kept, json!({ "me": { "erasedFrom": null }, "errors": [] }));
    assert!(post.letter().await.body().contains("You have called it off"));
    assert_eq!(cancel(&anna).await.refusals("cancelDeletion"), ["CONFLICT "]);
    post.service.clock.advance(Duration::days(6));
    jobs::sweep(&post.service.app).await.unwrap();
    anna.develop("resident:anna").await;
    assert_eq!(anna.me("email").await, json!({ "email": ANNA }));
    // Letters come again.
    filed_by(&client(&anna), json!({})).await;
    assert_eq!(post.letter().await.to, [ANNA]);
}

#[tokio::test]
async fn an_account_is_given_up_only_after_a_young_sign_in_and_by_its_name() {
    let post = post().await;
    let mut anna = Browser::of(&post.service, "resident:anna").await;
    let refused = async |browser: &Browser<'_>, name: &str, wanted: Value| {
        let answer = delete(browser, name).await;
        assert_eq!(json!(answer.refusals("deleteMyAccount")), wanted, "{name}");
        assert_eq!(browser.me("erasedFrom").await, json!({ "erasedFrom": null }));
    };
    refused(&anna, "Anna", json!(["INVALID confirmation"])).await;
    post.service.clock.advance(Duration::minutes(5));
    refused(&anna, "anna", json!(["NOT_ALLOWED "])).await;
    anna.develop("resident:anna").await;
    let answer = delete(&anna, " anna ").await;
    assert_eq!(answer.data("/deleteMyAccount/errors"), json!([]));
    let editor = Browser::of(&post.service, "editor").await;
    assert_eq!(delete(&editor, "dev:editor").await.error_code(), "FORBIDDEN");
}
