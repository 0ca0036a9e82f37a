//! Who may have whom forgotten, and what is left.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use super::{own_contact, reachable, stored};
use crate::harness::{
    Answer, Client, Service,
    reports::{filed, filed_by, seen, verified},
    service,
};

async fn erase(client: &Client<'_>, input: Value) -> Answer {
    let query = "mutation($input: ErasePersonInput!) {
        erasePerson(input: $input) { reportNumbers errors { code field message } } }";
    client.ask_with(query, json!({ "input": input })).await
}

async fn deletions(service: &Service) -> Value {
    let query = "{ deletions { nodes { class count actor reason reportNumbers } } }";
    service.staff("admin").ask(query).await.data("/deletions/nodes")
}

#[tokio::test]
async fn the_data_protection_officer_has_whoever_filed_a_report_forgotten() {
    let service = service().await;
    let filed = verified(&service, reachable()).await;
    let follow = "mutation($input: FollowReportByEmailInput!) {
        followReportByEmail(input: $input) { accepted } }";
    let other = verified(&service, json!({})).await;
    for email in ["anna@example.org", "ewa@example.org"] {
        let input = json!({ "input": { "number": other.number, "email": email } });
        service.anyone().ask_with(follow, input).await;
    }
    let case = seen(&service.staff("consultant"), &filed.number, "stage description version").await;
    let input = json!({ "number": filed.number, "reason": "REQUEST" });
    for _ in 0..2 {
        let done = erase(&service.staff("dpo"), input.clone()).await;
        assert_eq!(done.data("/erasePerson/reportNumbers"), json!([filed.number]));
        assert_eq!(own_contact(&service, &filed).await, Value::Null);
        assert!(stored(&service).await.is_empty());
    }
    let now = seen(&service.staff("consultant"), &filed.number, "stage description version").await;
    assert_eq!(now, case);
    let noted = json!({ "class": "person", "count": 1, "actor": "dev:dpo", "reason": "REQUEST",
        "reportNumbers": [filed.number] });
    assert_eq!(deletions(&service).await, json!([noted, noted]));
}

#[tokio::test]
async fn whoever_files_with_the_address_of_another_ends_no_letters_of_that_one() {
    let service = service().await;
    let followed = verified(&service, json!({})).await;
    let follow = "mutation($input: FollowReportByEmailInput!) {
        followReportByEmail(input: $input) { accepted } }";
    let email = reachable()["contact"]["email"].clone();
    let input = json!({ "input": { "number": followed.number, "email": email } });
    service.anyone().ask_with(follow, input).await;
    let own = filed(&service, reachable()).await;
    let input = json!({ "number": own.number, "trackingToken": own.token, "reason": "REQUEST" });
    erase(&service.anyone(), input).await.data("/erasePerson/reportNumbers/0");
    let sql = "SELECT COUNT(*) AS count FROM mail_subscriptions WHERE email IS NOT NULL";
    let reader = service.db().reader();
    let counted = Statement::from_string(reader.get_database_backend(), sql);
    let row = reader.query_one_raw(counted).await.unwrap().unwrap();
    assert_eq!(row.try_get::<i64>("", "count").unwrap(), 1, "the letters of the other go on");
}

#[tokio::test]
async fn whoever_holds_the_token_has_the_own_contact_forgotten_and_nothing_else() {
    let service = service().await;
    let (own, other) = (filed(&service, reachable()).await, filed(&service, reachable()).await);
    let input = |number: &str, token: &str| json!({ "number": number, "trackingToken": token, "reason": "REQUEST" });
    let anyone = service.anyone();
    assert_eq!(erase(&anyone, input(&other.number, &own.token)).await.error_code(), "NOT_FOUND");
    assert_eq!(
        erase(&anyone, input("KCK-2026-999999", &own.token)).await.error_code(),
        "NOT_FOUND"
    );
    erase(&anyone, input(&own.number, &own.token)).await.data("/erasePerson/reportNumbers/0");
    assert_eq!(own_contact(&service, &own).await, Value::Null);
    assert_eq!(own_contact(&service, &other).await, reachable()["contact"]);
}

#[tokio::test]
async fn one_report_or_one_account_is_named() {
    let service = service().await;
    let dpo = service.staff("dpo");
    let refused = erase(&dpo, json!({ "reason": "REQUEST" })).await;
    assert_eq!(refused.refusals("erasePerson"), ["REQUIRED number"]);
    for (number, account) in [(Some("KCK-2026-999999"), None), (None, Some("nonsense"))] {
        let input = json!({ "number": number, "account": account, "reason": "ORDER" });
        assert_eq!(erase(&dpo, input).await.error_code(), "NOT_FOUND");
    }
}

#[tokio::test]
async fn texts_are_masked_where_that_is_asked_for() {
    let service = service().await;
    let told = json!({ "description": "Dziura, dzwońcie: 600 100 200." });
    let filed = filed_by(&service.anyone(), told).await;
    let input = json!({ "number": filed.number, "reason": "UNLAWFUL", "maskTexts": true });
    erase(&service.staff("dpo"), input).await.data("/erasePerson/reportNumbers/0");
    let seen = seen(&service.staff("consultant"), &filed.number, "description").await;
    assert_eq!(seen["description"], "Dziura, dzwońcie: [usunięto: telefon].");
}
