//! What an application files.

use serde_json::{Value, json};

use super::{KEY, RECEIPT, form, pair, post, send, service, with_questions};
use crate::harness::{
    Service,
    reports::{Filed, held, seen, version},
};

/// What an application got for a report that it filed.
async fn filed(service: &Service, own: &[(&str, &str)]) -> Filed {
    let json = post(service, "requests.json", &form(own)).await;
    assert_eq!(json.status, 200, "{}", json.text);
    receipt(service, &json.json()).await
}

async fn receipt(service: &Service, json: &Value) -> Filed {
    let text = |name: &str| json[0][name].as_str().unwrap().to_owned();
    let mut filed = Filed {
        number: text("service_request_id"),
        token: text("tracking_token"),
        id: json!(null),
    };
    filed.id = held(service, &filed, "id").await["id"].clone();
    filed
}

#[tokio::test]
async fn a_report_that_is_filed_has_its_number_at_once_in_both_formats() {
    let service = service().await;
    let client = service.anyone().header("idempotency-key", "one-and-the-same-key");
    let body: String = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form(&[("jurisdiction_id", "krakow.pl")]))
        .finish();
    let kind = "application/x-www-form-urlencoded";
    let xml = send(&client, "requests.xml", kind, body.clone()).await;
    let json = send(&client, "requests.json", kind, body).await;
    assert_eq!((xml.status.as_u16(), json.status.as_u16()), (200, 200), "{}", xml.text);
    // The same key gave the same report twice.
    let told = pair(&xml, &json, RECEIPT).json;
    assert_eq!(told[0]["service_request_id"], "KCK-2026-000001");
    let filed = receipt(&service, &told).await;
    let shown = seen(
        &service.staff("consultant"),
        &filed.number,
        "channel kind stage description timeline { actor note } location { latitude address } district { number }",
    )
    .await;
    assert_eq!(
        shown,
        json!({
            "channel": "OPEN311", "kind": "PROBLEM", "stage": "RECEIVED",
            "description": "Nie świeci latarnia.",
            "timeline": [{ "actor": "open311:spacer", "note": null }],
            "location": { "latitude": 50.0619, "address": null }, "district": { "number": 1 }
        })
    );
}

#[tokio::test]
async fn without_a_key_of_its_own_every_request_is_a_report_and_another_content_is_refused() {
    let service = service().await;
    let numbers = [filed(&service, &[]).await.number, filed(&service, &[]).await.number];
    assert_eq!(numbers, ["KCK-2026-000001", "KCK-2026-000002"]);
    let client = service.anyone().header("idempotency-key", "one-and-the-same-key");
    let kind = "application/x-www-form-urlencoded";
    for (description, status) in [("a", 200), ("b", 400), ("a", 200)] {
        let body = format!(
            "api_key={KEY}&service_code=lighting&address_string=Rynek&description={description}"
        );
        let answer = send(&client, "requests.json", kind, body).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        if status == 400 {
            let told = answer.json()[0]["description"].as_str().unwrap().to_owned();
            assert!(told.starts_with("Idempotency-Key: "), "{told}");
        }
    }
}

#[tokio::test]
async fn attributes_are_answers_and_what_is_required_must_be_there() {
    let service = service().await;
    with_questions(&service).await;
    let own = [
        ("service_code", "asking"),
        ("attribute[pole]", "słup 14"),
        ("attribute[many][]", "one"),
        ("attribute[many][]", "two"),
        ("attribute[since]", "2026-11-18T23:30:00Z"),
    ];
    let filed = filed(&service, &own).await;
    let answers = held(&service, &filed, "answers { question values }").await;
    assert_eq!(
        answers["answers"],
        json!([
            { "question": "pole", "values": ["słup 14"] },
            { "question": "many", "values": ["one", "two"] },
            { "question": "since", "values": ["2026-11-19"] },
        ])
    );
    for (own, description) in [
        (&own[..1], "attribute: Answer the question: Pytanie pole?"),
        (
            &[own[0], own[1], ("attribute[many]", "three")],
            "attribute: Choose from the list: one, two.",
        ),
    ] {
        let answer = post(&service, "requests.json", &form(own)).await;
        assert_eq!(answer.status, 400);
        let found = answer.json()[0]["description"].clone();
        assert_eq!(found, description);
    }
}

#[tokio::test]
async fn a_category_that_is_not_offered_is_not_found() {
    let service = service().await;
    with_questions(&service).await;
    let answer = post(&service, "requests.json", &form(&[("service_code", "inside")])).await;
    assert_eq!((answer.status.as_u16(), &answer.json()[0]["code"]), (404, &json!(404)));
}

#[tokio::test]
async fn an_idea_and_a_report_without_a_description_are_taken() {
    let service = service().await;
    let idea =
        filed(&service, &[("service_code", "idea-greenery"), ("lat", ""), ("long", "")]).await;
    assert_eq!(idea.number, "POM-2026-000001");
    let bare = filed(&service, &[("description", ""), ("address_string", "Rynek Główny 1")]).await;
    let shown = held(&service, &bare, "description location { address }").await;
    assert_eq!(
        shown,
        json!({ "description": "Awaria oświetlenia",
        "location": { "address": "Rynek Główny 1" } })
    );
}

#[tokio::test]
async fn the_person_and_the_picture_are_for_staff_only() {
    let service = service().await;
    let filed = filed(
        &service,
        &[
            ("first_name", "Anna"),
            ("last_name", "Nowak"),
            ("email", "anna@example.pl"),
            ("phone", "600 100 200"),
            ("device_id", "tt222111"),
            ("account_id", "7"),
            ("media_url", "https://example.org/a.jpg"),
        ],
    )
    .await;
    let fields = "contact(reason: ANSWER) { name email phone } timeline { note }";
    let consultant = seen(&service.staff("consultant"), &filed.number, fields).await;
    assert_eq!(
        consultant,
        json!({
            "contact": { "name": "Anna Nowak", "email": "anna@example.pl", "phone": "600 100 200" },
            "timeline": [{ "note": "media_url: https://example.org/a.jpg" }]
        })
    );
    assert_eq!(
        held(&service, &filed, "timeline { note }").await["timeline"][0]["note"],
        json!(null)
    );
    assert_eq!(version(&service, &filed).await, 1);
}

#[tokio::test]
async fn a_description_may_have_four_thousand_characters_and_any_of_them() {
    let service = service().await;
    let text = format!("<b>\"ą\" & 'ż'</b>\n{}", "ó".repeat(3_980));
    assert!(text.chars().count() <= 4_000);
    let filed = filed(&service, &[("description", &text)]).await;
    let path = format!("requests/{}.*?tracking_token={}", filed.number, filed.token);
    let seen = super::both(&service.anyone(), &path, super::REQUESTS).await;
    assert_eq!(seen.json[0]["description"], json!(text));
    assert_eq!(seen.xml.children[0].child("description").text, text);
}
