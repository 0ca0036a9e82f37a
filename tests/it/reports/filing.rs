//! How a report is filed, and what is refused.

use serde_json::{Value, json};

use crate::harness::{
    form,
    reports::{self, filed, filed_by, held, input, send},
    service,
};

async fn refused(fields: Value) -> Vec<String> {
    let service = service().await;
    send(&service.anyone(), input(fields)).await.refusals("fileReport")
}

#[tokio::test]
async fn anybody_files_a_report_and_follows_it_with_the_token() {
    let service = service().await;
    let filed = filed(&service, json!({ "contact": { "email": "anna@example.org" } })).await;
    assert_eq!(filed.number, "KCK-2026-000001");
    let fields = "number stage outcome title description expectedBy channel supports version
        category { code } district { number } location { latitude longitude address }
        contact(reason: ANSWER) { email name } timeline { step stage text } assignments { stage }";
    let seen = held(&service, &filed, fields).await;
    let wanted = json!({
        "number": "KCK-2026-000001", "stage": "RECEIVED", "outcome": null,
        "title": "Awaria oświetlenia, Rynek Główny 1",
        "description": "Nie świeci latarnia przy przejściu dla pieszych.",
        "expectedBy": "2026-11-27", "channel": "PORTAL", "supports": 0, "version": 1,
        "category": { "code": "lighting" }, "district": { "number": 1 },
        "location": { "latitude": 50.0619, "longitude": 19.9369, "address": "Rynek Główny 1" },
        "contact": { "email": "anna@example.org", "name": null },
        "timeline": [{ "step": "FILE", "stage": "RECEIVED", "text": null }],
        "assignments": []
    });
    assert_eq!(seen, wanted);
    let nobody = reports::seen(&service.anyone(), &filed.number, "number").await;
    assert_eq!(nobody, json!(null), "before its verification others see nothing");
}

#[tokio::test]
async fn a_wrong_token_opens_nothing() {
    let service = service().await;
    let (one, other) = (filed(&service, json!({})).await, filed(&service, json!({})).await);
    for token in ["", "x", &other.token, &one.token.to_lowercase()] {
        let wrong =
            reports::Filed { number: one.number.clone(), token: token.to_owned(), id: json!(null) };
        assert_eq!(held(&service, &wrong, "number").await, json!(null), "{token}");
    }
}

#[tokio::test]
async fn numbers_count_in_the_order_of_filing_by_kind() {
    let service = service().await;
    let idea = json!({ "kind": "IDEA", "category": "idea-greenery", "location": null });
    let mut numbers = Vec::new();
    for fields in [json!({}), idea.clone(), json!({}), idea] {
        numbers.push(filed(&service, fields).await.number);
    }
    let wanted = ["KCK-2026-000001", "POM-2026-000001", "KCK-2026-000002", "POM-2026-000002"];
    assert_eq!(numbers, wanted);
}

#[tokio::test]
async fn what_cannot_be_filed_is_refused_field_by_field() {
    let long = "ż".repeat(4_001);
    for (fields, wanted) in [
        (json!({ "description": " " }), &["REQUIRED description"][..]),
        (json!({ "description": long }), &["TOO_LONG description"]),
        (json!({ "description": "a\u{0}" }), &["INVALID description"]),
        (json!({ "category": "no-such" }), &["UNKNOWN category"]),
        (json!({ "category": "idea-roads" }), &["INVALID category"]),
        (json!({ "location": null }), &["REQUIRED location"]),
        (json!({ "location": { "latitude": 50.0 } }), &["REQUIRED location"]),
        (json!({ "location": { "latitude": 91.0, "longitude": 20.0 } }), &["INVALID location"]),
        (json!({ "location": { "latitude": 49.98, "longitude": 20.07 } }), &["INVALID location"]),
        (json!({ "channel": "PHONE" }), &["NOT_ALLOWED channel"]),
        (json!({ "channel": "OPEN311" }), &["NOT_ALLOWED channel"]),
        (json!({ "idempotencyKey": "short" }), &["INVALID idempotencyKey"]),
        (
            json!({ "contact": { "email": "nobody", "phone": "112" } }),
            &["INVALID contact.email", "INVALID contact.phone"],
        ),
        (json!({ "photos": ["made-up"] }), &["INVALID photos.0"]),
        (json!({ "photos": vec!["x"; 11] }), &["TOO_LONG photos"]),
        (
            json!({ "answers": [{ "question": "no-such", "values": ["1"] }] }),
            &["UNKNOWN answers.0.question"],
        ),
    ] {
        assert_eq!(refused(fields.clone()).await, wanted, "{fields}");
    }
}

#[tokio::test]
async fn a_refused_report_leaves_nothing_behind() {
    let service = service().await;
    let outside = json!({ "location": { "latitude": 49.98, "longitude": 20.07 } });
    let refused = send(&service.anyone(), input(outside)).await;
    assert_eq!(refused.refusals("fileReport"), ["INVALID location"]);
    let message = refused.data("/fileReport/errors/0/message");
    assert!(message.as_str().unwrap().contains("poza Krakowem"), "{message}");
    assert_eq!(filed(&service, json!({})).await.number, "KCK-2026-000001", "no number was drawn");
}

#[tokio::test]
async fn the_same_request_again_gives_the_same_report() {
    let service = service().await;
    let input = input(json!({}));
    let first = send(&service.anyone(), input.clone()).await.data("/fileReport");
    for _ in 0..3 {
        assert_eq!(send(&service.anyone(), input.clone()).await.data("/fileReport"), first);
    }
    assert_eq!(filed(&service, json!({})).await.number, "KCK-2026-000002");
}

#[tokio::test]
async fn fifty_requests_at_once_with_one_key_file_one_report() {
    let service = service().await;
    let input = input(json!({}));
    let client = service.anyone();
    let sent = (0..50).map(|_| send(&client, input.clone()));
    let answers = futures_util::future::join_all(sent).await;
    let numbers: std::collections::BTreeSet<String> =
        answers.iter().map(|answer| answer.data("/fileReport/report/number").to_string()).collect();
    assert_eq!(numbers.len(), 1);
    assert_eq!(filed(&service, json!({})).await.number, "KCK-2026-000002");
}

#[tokio::test]
async fn another_content_under_a_key_is_refused_for_those_who_are_signed_in() {
    let service = service().await;
    let resident = service.staff("resident:anna");
    let mut input = input(json!({}));
    send(&resident, input.clone()).await.data("/fileReport/report/number");
    input["description"] = json!("Coś innego.");
    assert_eq!(
        send(&resident, input.clone()).await.refusals("fileReport"),
        ["CONFLICT idempotencyKey"]
    );
    let other = send(&service.staff("resident:jan"), input.clone()).await;
    assert_eq!(other.data("/fileReport/report/number"), "KCK-2026-000002", "keys are one's own");
    let anyone = send(&service.anyone(), input).await;
    assert_eq!(anyone.data("/fileReport/report/number"), "KCK-2026-000003");
}

#[tokio::test]
async fn a_key_is_good_for_seven_days() {
    let service = service().await;
    let input = input(json!({}));
    send(&service.anyone(), input.clone()).await;
    service.clock.advance(chrono::Duration::days(8));
    kontakt::jobs::sweep(&service.app).await.unwrap();
    let again = send(&service.anyone(), input).await;
    assert_eq!(again.data("/fileReport/report/number"), "KCK-2026-000002");
}

#[tokio::test]
async fn staff_takes_reports_down_on_behalf_of_callers() {
    let service = service().await;
    let consultant = service.staff("consultant");
    let fields = json!({ "channel": "PHONE", "contact": { "phone": "600 100 200" } });
    let filed = filed_by(&consultant, fields).await;
    let fields = "channel takenBy contact(reason: CALL) { phone } timeline { actor }";
    let seen = reports::seen(&consultant, &filed.number, fields).await;
    let wanted = json!({
        "channel": "PHONE", "takenBy": "dev:consultant", "contact": { "phone": "600 100 200" },
        "timeline": [{ "actor": "dev:consultant" }]
    });
    assert_eq!(seen, wanted);
}

#[tokio::test]
async fn personal_data_is_pointed_out_to_the_author() {
    let service = service().await;
    let text = "Proszę dzwonić: 600 100 200, anna@example.org.";
    let answer = send(&service.anyone(), input(json!({ "description": text }))).await;
    let kinds: Vec<_> = answer.data("/fileReport/warnings").as_array().unwrap().clone();
    let found: Vec<_> = kinds.iter().map(|found| (&found["kind"], &found["text"])).collect();
    assert_eq!(
        found,
        [(&json!("PHONE"), &json!("600 100 200")), (&json!("EMAIL"), &json!("anna@example.org"))]
    );
    let query = "query($text: String!) { personalDataIn(text: $text) { kind kindLabel text } }";
    let before = service.anyone().ask_with(query, json!({ "text": text })).await;
    assert_eq!(before.data("/personalDataIn/0/kindLabel"), "telefon");
}

#[tokio::test]
async fn photos_that_were_uploaded_come_with_the_report() {
    let service = service().await;
    let photo = form::photo(60, 40, image::ImageFormat::Png);
    let uploaded = form::upload(&service.anyone(), &photo).await;
    let key = uploaded.data("/uploadPhoto/photo/key");
    let filed = filed(&service, json!({ "photos": [key] })).await;
    let seen = held(&service, &filed, "photos { position url width height hidden }").await;
    let wanted = json!({ "photos": [{
        "position": 1, "url": uploaded.data("/uploadPhoto/photo/url"), "width": 60, "height": 40,
        "hidden": false
    }] });
    assert_eq!(seen, wanted);
}
