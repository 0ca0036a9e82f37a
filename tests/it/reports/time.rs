//! What time alone does to reports.

use chrono::Duration;
use kontakt::jobs;
use serde_json::{Value, json};

use crate::harness::{
    Service,
    reports::{Filed, answered, call, forwarded, holder, seen, take_step, taken},
    service,
};

async fn days_later(service: &Service, days: i64) {
    service.clock.advance(Duration::days(days));
    jobs::sweep(&service.app).await.unwrap();
}

async fn as_staff(service: &Service, filed: &Filed, fields: &str) -> Value {
    seen(&service.staff("consultant"), &filed.number, fields).await
}

async fn seen_by_all(service: &Service, filed: &Filed) -> Value {
    seen(&service.anyone(), &filed.number, "timeline { step }").await
}

#[tokio::test]
async fn a_final_answer_closes_by_itself_after_three_days() {
    let service = service().await;
    let filed = answered(&service, "NOT_FOUND", json!({})).await;
    days_later(&service, 3).await;
    assert_eq!(as_staff(&service, &filed, "stage").await, json!({ "stage": "ANSWERED" }));
    days_later(&service, 1).await;
    let fields = "stage closedAt reopensUntil timeline { step actor }";
    let closed = as_staff(&service, &filed, fields).await;
    assert_eq!(
        (&closed["stage"], &closed["reopensUntil"]),
        (&json!("CLOSED"), &json!("2026-12-08"))
    );
    let last = closed["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(last, &json!({ "step": "CLOSE", "actor": "system" }));
}

#[tokio::test]
async fn an_answer_that_waits_for_money_is_looked_at_again_on_its_day() {
    let service = service().await;
    let filed = answered(&service, "AWAITING_FUNDS", json!({ "reviewOn": "2026-12-01" })).await;
    days_later(&service, 10).await;
    assert_eq!(as_staff(&service, &filed, "stage").await, json!({ "stage": "ANSWERED" }));
    days_later(&service, 1).await;
    let fields = "stage outcome assignments { stage reviewOn }";
    let wanted = json!({ "stage": "IN_HANDLING", "outcome": "AWAITING_FUNDS",
        "assignments": [{ "stage": "IN_HANDLING", "reviewOn": null }] });
    assert_eq!(as_staff(&service, &filed, fields).await, wanted);
}

#[tokio::test]
async fn a_question_that_nobody_answers_ends_the_report_after_fourteen_days() {
    let service = service().await;
    let filed = taken(&service, json!({})).await;
    let fields = json!({ "message": "Który to słup?" });
    take_step(&service, "officer:ZDMK", "askReporter", &filed, fields).await;
    days_later(&service, 14).await;
    assert_eq!(as_staff(&service, &filed, "stage").await, json!({ "stage": "NEEDS_INFO" }));
    days_later(&service, 1).await;
    assert_eq!(as_staff(&service, &filed, "stage").await, json!({ "stage": "CLOSED" }));
    let again = json!({ "report": holder(&filed), "reason": "Przepraszam, słup 14." });
    let again = call(&service.anyone(), "reopenReport", again).await;
    assert_eq!(again.data("/reopenReport/report/stage"), "REOPENED");
}

#[tokio::test]
async fn what_a_unit_lets_lie_is_brought_up_at_half_at_four_fifths_and_at_the_end_of_its_time() {
    let service = service().await;
    let filed = forwarded(&service, &["ZDMK"], json!({})).await;
    // Seven days, to the end of 27 November: some 182 hours from now.
    let mut seen = Vec::new();
    for _ in 0..8 {
        days_later(&service, 1).await;
        let fields = "assignments { escalation } timeline { step }";
        let report = as_staff(&service, &filed, fields).await;
        let steps = report["timeline"].as_array().unwrap().iter();
        let count = steps.filter(|entry| entry["step"] == "ESCALATE").count();
        seen.push((report["assignments"][0]["escalation"].as_i64().unwrap(), count));
    }
    let wanted = [(0, 0), (0, 0), (0, 0), (50, 1), (50, 1), (50, 1), (80, 2), (100, 3)];
    assert_eq!(seen, wanted);
    let everybody = seen_by_all(&service, &filed).await;
    let steps = everybody["timeline"].to_string();
    assert!(!steps.contains("ESCALATE"), "that is between the city and its units: {steps}");
}

#[tokio::test]
async fn a_clock_that_stands_brings_nothing_up() {
    let service = service().await;
    let filed = taken(&service, json!({})).await;
    let fields = json!({ "message": "Który to słup?" });
    take_step(&service, "officer:ZDMK", "askReporter", &filed, fields).await;
    days_later(&service, 10).await;
    let fields = "assignments { escalation dueOn } timePassed";
    let wanted = json!({ "assignments": [{ "escalation": 0, "dueOn": "2026-11-27" }],
        "timePassed": null });
    assert_eq!(as_staff(&service, &filed, fields).await, wanted);
    let input = json!({ "report": holder(&filed), "text": "Numer 14." });
    call(&service.anyone(), "supplementReport", input).await;
    let due = as_staff(&service, &filed, "assignments { dueOn }").await;
    assert_eq!(due["assignments"][0]["dueOn"], "2026-12-07");
}
