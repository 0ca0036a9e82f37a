//! All data of a resident: everything of the own, and nothing of anybody else.

use serde_json::{Value, json};

use super::{client, reachable, updated};
use crate::harness::{
    Browser, Service,
    post::{ANNA, post},
    reports::{answer, filed_by, seen, take_step},
    service, service_with,
};

async fn export(browser: &mut Browser<'_>) -> Value {
    let answer = browser.get("/my-data.json").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()
}

/// A report of somebody, with texts and a contact that carry the name.
async fn filed(
    service: &Service,
    browser: &Browser<'_>,
    name: &str,
) -> crate::harness::reports::Filed {
    let contact =
        json!({ "name": name, "email": format!("{name}@example.net"), "phone": "600100200" });
    let fields = json!({ "description": format!("{name}: nie świeci."), "contact": contact });
    let filed = filed_by(&client(browser), fields).await;
    let seen = seen(&service.staff("consultant"), &filed.number, "number").await;
    assert_eq!(seen["number"], filed.number);
    filed
}

#[tokio::test]
async fn everything_that_is_known_of_a_person_is_in_the_document() {
    let post = post().await;
    let mut anna = reachable(&post, "resident:anna", ANNA).await;
    updated(&anna, json!({ "name": "Anna Nowak", "phone": "600100200", "districts": [1] })).await;
    let report =
        filed_by(&client(&anna), json!({ "contact": { "email": ANNA, "name": "A. N." } })).await;
    assert_eq!(post.deliver().await.len(), 1);
    post.step("consultant", "verifyReport", &report, json!({})).await;
    post.step("consultant", "forwardReport", &report, json!({ "units": ["ZDMK"] })).await;
    post.step("officer:ZDMK", "takeReport", &report, json!({})).await;
    post.step("officer:ZDMK", "noteReport", &report, json!({ "message": "Tylko dla nas." })).await;
    answer(&post.service, &report, "RESOLVED", json!({})).await;
    let officer = Browser::of(&post.service, "officer:ZDMK").await;
    let look = "query($number: String!) { report(number: $number) {
        contact(reason: CALL) { name } } }";
    let looked = officer.ask_with(look, json!({ "number": report.number })).await;
    assert_eq!(looked.data("/report/contact/name"), "A. N.");

    let data = export(&mut anna).await;
    assert_eq!((&data["schemaVersion"], &data["complete"]), (&json!(1), &json!(true)));
    let account = &data["account"];
    for (field, wanted) in [
        ("name", json!("Anna Nowak")),
        ("nameOfProvider", json!("anna")),
        ("email", json!(ANNA)),
        ("phone", json!("600100200")),
        ("districts", json!([1])),
        ("provider", json!("dev")),
        ("erasedFrom", json!(null)),
    ] {
        assert_eq!(account[field], wanted, "{field}");
    }
    assert_eq!(data["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(data["signIns"].as_array().unwrap().len(), 1);
    let own = &data["reports"][0];
    assert_eq!(own["number"], report.number);
    let contact = json!({ "name": "A. N.", "email": ANNA, "phone": null, "language": "pl" });
    assert_eq!(own["contact"], contact);
    assert_eq!(own["units"][0]["publicAnswer"], "Latarnia już świeci.");
    let steps: Vec<_> = own["history"].as_array().unwrap().iter().map(|one| &one["step"]).collect();
    assert_eq!(steps, ["FILE", "VERIFY", "FORWARD", "TAKE", "ANSWER"]);
    let letters = data["letters"].as_array().unwrap();
    let received = letters.iter().find(|one| one["letter"] == "REPORT_RECEIVED").unwrap();
    assert_eq!(received["state"], "SENT");
    assert!(received["subject"].as_str().unwrap().contains(&report.number));
    let look = json!([{ "at": data["looks"][0]["at"], "duty": "OFFICER ZDMK", "lookReason": "CALL",
        "number": report.number }]);
    assert_eq!(data["looks"], look);
    // Every field has its name on the page.
    let page = anna.get("/my-data.html").await;
    assert!(!page.text.contains("my-data-field"), "{}", page.text);
    // No secret, nothing of what staff noted, nobody's name.
    let text = data.to_string();
    let secrets: Vec<&String> = anna.cookies.values().collect();
    for hidden in [secrets[0].as_str(), &report.token, "Tylko dla nas.", "dev:officer"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn whoever_is_joined_in_one_report_sees_nothing_of_the_other() {
    let service = service().await;
    let mut anna = Browser::of(&service, "resident:anna").await;
    let mut jan = Browser::of(&service, "resident:jan").await;
    let (one, other) = (filed(&service, &anna, "anna").await, filed(&service, &jan, "jan").await);
    take_step(&service, "consultant", "verifyReport", &other, json!({})).await;
    let into = json!({ "duplicateOf": other.id });
    take_step(&service, "consultant", "mergeReport", &one, into).await;
    take_step(&service, "consultant", "forwardReport", &other, json!({ "units": ["ZDMK"] })).await;
    for (browser, own, foreign) in [(&mut anna, "anna", "jan"), (&mut jan, "jan", "anna")] {
        let data = export(browser).await;
        assert_eq!(data["reports"].as_array().unwrap().len(), 1);
        assert_eq!(data["reports"][0]["contact"]["email"], format!("{own}@example.net"));
        let text = data.to_string();
        assert!(!text.contains(&format!("{foreign}@example.net")), "{own}: {text}");
        assert!(!text.contains(&format!("{foreign}: nie")), "{own}: {text}");
    }
    // Anna follows the one that goes on for both, by its number alone.
    let data = export(&mut anna).await;
    assert_eq!(data["supports"][0]["number"], other.number);
    assert_eq!(data["supports"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_page_says_the_same_in_the_language_of_its_reader() {
    let service = service().await;
    let mut anna = Browser::of(&service, "resident:anna").await;
    let evil = json!({ "description": "<script>alert(1)</script> & \"koniec\"" });
    filed_by(&client(&anna), evil).await;
    let page = anna.get("/my-data.html").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("<h1>Moje dane</h1>"), "{}", page.text);
    assert!(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp;"), "{}", page.text);
    for sign in ["<script", "my-data-", "style="] {
        assert!(!page.text.contains(sign), "{sign} in {}", page.text);
    }
    let english = client(&anna).header("accept-language", "en");
    let page = english.send("GET", "/my-data.html", "").await;
    assert!(page.text.contains("<h2>Reports</h2>"), "{}", page.text);
    assert!(page.text.contains("2026-11-20 10:00:00"), "local time: {}", page.text);
}

#[tokio::test]
async fn only_the_own_session_opens_the_own_data_and_it_has_its_price() {
    let settings = [("rate-burst", "2000"), ("rate-second", "1")];
    let service = service_with(&settings).await;
    for path in ["/my-data.json", "/my-data.html"] {
        assert_eq!(service.anyone().send("GET", path, "").await.status, 401);
        // A token is no session.
        assert_eq!(service.staff("resident:anna").send("GET", path, "").await.status, 401);
    }
    let mut editor = Browser::of(&service, "editor").await;
    assert_eq!(editor.get("/my-data.json").await.status, 403);
    let mut anna = Browser::of(&service, "resident:anna").await;
    let links = anna.ask("{ exportMyData { schemaVersion jsonUrl htmlUrl } }").await;
    let wanted =
        json!({ "schemaVersion": 1, "jsonUrl": "/my-data.json", "htmlUrl": "/my-data.html" });
    assert_eq!(links.data("/exportMyData"), wanted);
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(anna.get("/my-data.json").await.status.as_u16());
    }
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[tokio::test]
async fn the_data_protection_officer_gathers_for_a_person_who_asks_and_the_person_sees_it() {
    let service = service().await;
    let mut anna = Browser::of(&service, "resident:anna").await;
    let report = filed(&service, &anna, "anna").await;
    let id = anna.me("id").await["id"].clone();
    let query = "mutation($account: ID!) { exportPerson(input: { account: $account,
        reason: DATA_REQUEST }) { json errors { code } } }";
    let dpo = Browser::of(&service, "dpo").await;
    let answer = dpo.ask_with(query, json!({ "account": id })).await;
    let text = answer.data("/exportPerson/json");
    let data: Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
    assert_eq!(data["reports"][0]["number"], report.number);
    let log =
        dpo.ask("{ auditLog(filter: { act: DATA_EXPORTED }) { nodes { subject reason } } }").await;
    assert_eq!(log.data("/auditLog/nodes"), json!([{ "subject": id, "reason": "DATA_REQUEST" }]));
    let looks = export(&mut anna).await["looks"].clone();
    assert_eq!(looks[0]["duty"], "DPO");
    assert_eq!(looks[0]["number"], json!(null));
    let staff = dpo.me("id").await["id"].clone();
    for nobody in [staff, report.id.clone(), json!("x")] {
        let answer = dpo.ask_with(query, json!({ "account": nobody })).await;
        assert_eq!(answer.error_code(), "NOT_FOUND", "{nobody}");
    }
    let admin = Browser::of(&service, "admin").await;
    assert_eq!(admin.ask_with(query, json!({ "account": id })).await.error_code(), "FORBIDDEN");
}
