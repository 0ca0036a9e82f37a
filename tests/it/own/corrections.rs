//! What holders put right in their reports.

use serde_json::{Value, json};

use crate::harness::{
    post::{ANNA, contact, post},
    reports::{Filed, call, filed, held, holder, seen, step},
    service,
};

fn correction(filed: &Filed, contact: Value) -> Value {
    json!({ "report": holder(filed), "contact": contact })
}

#[tokio::test]
async fn a_holder_puts_the_contact_right_and_a_new_address_is_asked_first() {
    let post = post().await;
    let filed = post.confirmed().await;
    let other = json!({ "email": "nowa@example.org", "phone": "600100200" });
    let corrected = call(&post.service.anyone(), "correctContact", correction(&filed, other)).await;
    assert_eq!(corrected.refusals("correctContact"), Vec::<String>::new());
    let part = "contact { name email phone }";
    let wanted =
        json!({ "contact": { "name": null, "email": "nowa@example.org", "phone": "600100200" } });
    assert_eq!(held(&post.service, &filed, part).await, wanted);
    let question = post.letter().await;
    assert_eq!(question.to, ["nowa@example.org"]);
    post.step("consultant", "verifyReport", &filed, json!({})).await;
    post.step("consultant", "forwardReport", &filed, json!({ "units": ["ZDMK"] })).await;
    assert_eq!(post.deliver().await.len(), 0, "neither the old nor the new address");
    post.press(&question.path("/mail/confirm/")).await;
    post.step("officer:ZDMK", "takeReport", &filed, json!({})).await;
    post.step("officer:ZDMK", "askReporter", &filed, json!({ "message": "Gdzie?" })).await;
    assert_eq!(post.letter().await.to, ["nowa@example.org"]);
}

#[tokio::test]
async fn a_contact_is_put_right_by_its_holder_only_and_checked_as_at_the_filing() {
    let service = service().await;
    let filed = filed(&service, contact()).await;
    let wrong = json!({ "email": "x", "phone": "112" });
    let refused = call(&service.anyone(), "correctContact", correction(&filed, wrong)).await;
    assert_eq!(
        refused.refusals("correctContact"),
        ["INVALID contact.email", "INVALID contact.phone"]
    );
    let mut foreign = correction(&filed, json!({ "email": "evil@example.org" }));
    foreign["report"]["trackingToken"] = json!("x");
    for client in [service.anyone(), service.staff("resident:jan"), service.staff("consultant")] {
        let answer = call(&client, "correctContact", foreign.clone()).await;
        assert_eq!(answer.error_code(), "NOT_FOUND");
    }
    let kept = held(&service, &filed, "contact { email }").await;
    assert_eq!(kept, json!({ "contact": { "email": ANNA } }));
}

#[tokio::test]
async fn staff_reads_which_correction_of_the_text_a_holder_asks_for() {
    let service = service().await;
    let filed = filed(&service, json!({})).await;
    let wish = |text: &str| json!({ "report": holder(&filed), "text": text });
    let ask = async |text: &str| {
        call(&service.anyone(), "requestCorrection", wish(text)).await.refusals("requestCorrection")
    };
    assert_eq!(ask(" ").await, ["REQUIRED text"]);
    assert_eq!(ask("Latarnia 12, nie 14.").await, Vec::<String>::new());
    let part = "timeline { step note actor }";
    let timeline =
        seen(&service.staff("consultant"), &filed.number, part).await["timeline"].clone();
    let note = json!({ "step": "NOTE", "note": "Latarnia 12, nie 14.", "actor": "anyone" });
    assert_eq!(timeline[1], note);
    // Nobody else reads it, and what staff notes does not count as a wish.
    assert_eq!(
        held(&service, &filed, "timeline { step }").await["timeline"].as_array().unwrap().len(),
        1
    );
    let noted = step(&service, "consultant", "noteReport", &filed, json!({ "message": "x" })).await;
    assert_eq!(noted.refusals("noteReport"), Vec::<String>::new());
    for _ in 1..10 {
        assert_eq!(ask("Jeszcze raz.").await, Vec::<String>::new());
    }
    assert_eq!(ask("Jeszcze raz.").await, ["NOT_ALLOWED text"]);
}
