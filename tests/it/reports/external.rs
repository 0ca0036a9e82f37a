//! Reports that a body outside the city has: seen and answered by a token.

use chrono::Duration;
use serde_json::{Value, json};

use crate::harness::{
    Answer, Service,
    reports::{Filed, seen, step, take_step, taken},
    service,
};

/// Sends a report to the power company; the token.
async fn sent(service: &Service, filed: &Filed) -> String {
    let fields = json!({ "body": " Tauron ", "message": "Słup należy do operatora sieci." });
    let report = take_step(service, "officer:ZDMK", "sendReportOutside", filed, fields).await;
    assert_eq!(report["stage"], "EXTERNAL");
    let officer = service.staff("officer:ZDMK");
    let seen = seen(&officer, &filed.number, "externalAssignments { token }").await;
    let last = seen["externalAssignments"].as_array().unwrap().last().unwrap().clone();
    last["token"].as_str().unwrap().to_owned()
}

/// What a token opens for somebody without an account.
async fn opened(service: &Service, token: &str, fields: &str) -> Value {
    let query = "query($token: String!) { externalAssignment(token: $token) { FIELDS } }";
    let query = query.replace("FIELDS", fields);
    let answer = service.anyone().ask_with(&query, json!({ "token": token })).await;
    answer.data("/externalAssignment")
}

async fn answer(service: &Service, token: &str, text: &str) -> Answer {
    let query = "mutation($input: AnswerExternalInput!) { answerExternal(input: $input) {
        externalAssignment { body answeredAt token } report { stage } errors { code field } } }";
    let input = json!({ "input": { "token": token, "text": text } });
    service.anyone().ask_with(query, input).await
}

/// A report with a contact and a telephone number in its words, which a unit has taken.
async fn personal(service: &Service) -> Filed {
    let fields = json!({ "description": "Słup się chwieje, tel. 600 100 200.",
        "contact": { "name": "Anna", "email": "anna@example.com" } });
    taken(service, fields).await
}

#[tokio::test]
async fn a_body_outside_the_city_sees_the_report_without_personal_data() {
    let service = service().await;
    let filed = personal(&service).await;
    let token = sent(&service, &filed).await;
    let fields = "body unit { code } expiresAt token report { number description contact { email }
        personalData { text } externalAssignments { body } timeline { step text note } }";
    let seen = opened(&service, &token, fields).await;
    assert_eq!((&seen["body"], &seen["unit"]["code"]), (&json!("Tauron"), &json!("ZDMK")));
    assert_eq!(
        (&seen["token"], &seen["expiresAt"]),
        (&json!(null), &json!("2026-12-20T09:00:00+00:00"))
    );
    let report = &seen["report"];
    assert_eq!(report["number"], filed.number);
    assert_eq!(report["description"], "Słup się chwieje, tel. [usunięto: telefon].");
    assert_eq!((&report["contact"], &report["personalData"]), (&json!(null), &json!([])));
    assert_eq!(report["externalAssignments"], json!([]));
    let last = report["timeline"].as_array().unwrap().last().unwrap();
    let expected = json!({ "step": "SEND_OUTSIDE", "note": null,
        "text": "Słup należy do operatora sieci." });
    assert_eq!(*last, expected);
}

#[tokio::test]
async fn it_answers_once_and_staff_alone_reads_the_words() {
    let service = service().await;
    let filed = personal(&service).await;
    let token = sent(&service, &filed).await;
    let empty = answer(&service, &token, " ").await;
    assert_eq!(empty.refusals("answerExternal"), ["REQUIRED text"]);
    let answered = answer(&service, &token, "Naprawione.").await.data("/answerExternal");
    assert_eq!(answered["report"]["stage"], "IN_HANDLING");
    assert_eq!(answered["externalAssignment"]["answeredAt"], "2026-11-20T09:00:00+00:00");
    let again = answer(&service, &token, "Jeszcze raz.").await;
    assert_eq!(again.refusals("answerExternal"), ["CONFLICT token"]);
    assert_eq!(opened(&service, &token, "body").await, json!(null));

    let timeline = "timeline { step text note actor }";
    let officer = seen(&service.staff("officer:ZDMK"), &filed.number, timeline).await;
    let last = officer["timeline"].as_array().unwrap().last().unwrap().clone();
    let expected = json!({ "step": "RETURN_FROM_OUTSIDE", "text": null,
        "note": "Tauron: Naprawione.", "actor": "anyone" });
    assert_eq!(last, expected);
    let everybody = seen(&service.anyone(), &filed.number, timeline).await;
    let last = everybody["timeline"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["note"], json!(null));
}

#[tokio::test]
async fn a_token_opens_nothing_once_the_report_was_taken_back() {
    let service = service().await;
    let filed = personal(&service).await;
    let first = sent(&service, &filed).await;
    let fields = json!({ "message": "Robimy to sami." });
    take_step(&service, "officer:ZDMK", "returnReportFromOutside", &filed, fields).await;
    assert_eq!(opened(&service, &first, "body").await, json!(null));
    assert_eq!(answer(&service, &first, "Już.").await.error_code(), "NOT_FOUND");

    // Sent again, it has another token, and the first one stays dead.
    let second = sent(&service, &filed).await;
    assert_ne!(first, second);
    assert_eq!(opened(&service, &second, "body").await["body"], "Tauron");
    assert_eq!(opened(&service, &first, "body").await, json!(null));
    let fields = "externalAssignments { body takenBackAt token }";
    let consultant = seen(&service.staff("consultant"), &filed.number, fields).await;
    // Only the unit that has sent it gets the token.
    let expected = json!([
        { "body": "Tauron", "takenBackAt": "2026-11-20T09:00:00+00:00", "token": null },
        { "body": "Tauron", "takenBackAt": null, "token": null },
    ]);
    assert_eq!(consultant["externalAssignments"], expected);
}

#[tokio::test]
async fn a_token_holds_for_thirty_days() {
    let service = service().await;
    let filed = personal(&service).await;
    let token = sent(&service, &filed).await;
    service.clock.advance(Duration::days(30) - Duration::seconds(1));
    assert_eq!(opened(&service, &token, "body").await["body"], "Tauron");
    service.clock.advance(Duration::seconds(1));
    assert_eq!(opened(&service, &token, "body").await, json!(null));
    assert_eq!(answer(&service, &token, "Już.").await.error_code(), "NOT_FOUND");
}

#[tokio::test]
async fn a_token_that_was_not_given_out_opens_nothing() {
    let service = service().await;
    let filed = personal(&service).await;
    let token = sent(&service, &filed).await;
    let (id, signature) = token.split_at(22);
    for wrong in [
        String::new(),
        id.to_owned(),
        format!("{id}{}", "A".repeat(22)),
        format!("{}{signature}", "A".repeat(22)),
        format!("{token}A"),
        "ż".repeat(30),
        filed.token.clone(),
    ] {
        assert_eq!(opened(&service, &wrong, "body").await, json!(null), "{wrong}");
        assert_eq!(answer(&service, &wrong, "Już.").await.error_code(), "NOT_FOUND", "{wrong}");
    }
}

#[tokio::test]
async fn what_is_sent_outside_names_the_body_and_says_so() {
    let service = service().await;
    let filed = taken(&service, json!({})).await;
    let fields = json!({ "body": " ", "message": "" });
    let refused = step(&service, "officer:ZDMK", "sendReportOutside", &filed, fields).await;
    assert_eq!(refused.refusals("sendReportOutside"), ["REQUIRED body", "REQUIRED message"]);
}
