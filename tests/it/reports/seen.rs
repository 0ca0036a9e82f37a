//! Who sees what of a report.

use serde_json::{Value, json};

use crate::harness::{
    reports::{Filed, call, filed, filed_by, forwarded, held, seen, step, take_step},
    service,
};

const WORDS: &str = "Woda leje się z rury, tel. 600 100 200.";

#[tokio::test]
async fn everybody_reads_a_report_without_what_looks_like_personal_data() {
    let service = service().await;
    let fields = json!({ "description": WORDS, "contact": { "name": "Anna Nowak" } });
    let filed = filed(&service, fields).await;
    take_step(&service, "consultant", "verifyReport", &filed, json!({})).await;
    let part = "description publicDescription personalData { text } contact(reason: CALL) { name } answers { question }";
    let everybody = seen(&service.anyone(), &filed.number, part).await;
    let masked = "Woda leje się z rury, tel. [usunięto: telefon].";
    let nothing = json!({ "description": masked, "publicDescription": null, "personalData": [],
        "contact": null, "answers": [] });
    assert_eq!(everybody, nothing);
    for role in ["officer:SA", "editor", "analyst", "admin", "resident:jan"] {
        assert_eq!(seen(&service.staff(role), &filed.number, part).await, nothing, "{role}");
    }
    let whole = json!({ "description": WORDS, "publicDescription": masked,
        "personalData": [{ "text": "600 100 200" }], "contact": { "name": "Anna Nowak" },
        "answers": [] });
    assert_eq!(seen(&service.staff("consultant"), &filed.number, part).await, whole);
    assert_eq!(held(&service, &filed, part).await, whole);
}

#[tokio::test]
async fn a_consultant_may_write_what_everybody_reads() {
    let service = service().await;
    let filed = filed(&service, json!({ "description": WORDS })).await;
    let fields = json!({ "publicDescription": "Wyciek wody." });
    take_step(&service, "consultant", "verifyReport", &filed, fields).await;
    let everybody = seen(&service.anyone(), &filed.number, "description").await;
    assert_eq!(everybody, json!({ "description": "Wyciek wody." }));
}

#[tokio::test]
async fn what_everybody_reads_cannot_be_blank() {
    let service = service().await;
    let filed = filed(&service, json!({ "description": WORDS })).await;
    for blank in ["", "  ", "\n\t\u{a0}"] {
        let fields = json!({ "publicDescription": blank });
        let refused = step(&service, "consultant", "verifyReport", &filed, fields).await;
        assert_eq!(refused.refusals("verifyReport"), ["REQUIRED publicDescription"], "{blank:?}");
    }
    assert_eq!(seen(&service.anyone(), &filed.number, "description").await, json!(null));
    let fields = json!({ "publicDescription": null });
    take_step(&service, "consultant", "verifyReport", &filed, fields).await;
    let everybody = seen(&service.anyone(), &filed.number, "description").await;
    let masked = "Woda leje się z rury, tel. [usunięto: telefon].";
    assert_eq!(everybody, json!({ "description": masked }));
}

#[tokio::test]
async fn numbers_written_with_gaps_and_plates_of_ones_choice_are_masked_too() {
    let service = service().await;
    let words = "PESEL 440514-01359, auto K1 ROWER.";
    let filed = filed(&service, json!({ "description": words })).await;
    take_step(&service, "consultant", "verifyReport", &filed, json!({})).await;
    let everybody = seen(&service.anyone(), &filed.number, "description").await;
    let masked = "PESEL [usunięto: PESEL], auto [usunięto: numer rejestracyjny].";
    assert_eq!(everybody, json!({ "description": masked }));
}

#[tokio::test]
async fn a_sensitive_report_is_never_public() {
    let service = service().await;
    let filed = filed(&service, json!({})).await;
    let fields = json!({ "sensitive": true });
    take_step(&service, "consultant", "verifyReport", &filed, fields).await;
    assert_eq!(seen(&service.anyone(), &filed.number, "number").await, json!(null));
    let list = service.anyone().ask("{ reports { totalCount nodes { number } } }").await;
    assert_eq!(list.data("/reports"), json!({ "totalCount": 0, "nodes": [] }));
    assert_eq!(held(&service, &filed, "stage").await, json!({ "stage": "VERIFIED" }));
}

#[tokio::test]
async fn notes_are_read_by_staff_that_works_on_it() {
    let service = service().await;
    let filed = forwarded(&service, &["ZDMK"], json!({})).await;
    let note = json!({ "message": "Dzwonił trzy razy." });
    take_step(&service, "consultant", "noteReport", &filed, note).await;
    let part = "timeline { step note actor }";
    let noted = |seen: &Value| seen["timeline"].to_string().contains("Dzwonił trzy razy.");
    for (role, wanted) in [
        ("consultant", true),
        ("officer:ZDMK", true),
        ("coordinator:ZDMK", true),
        ("editor", true),
        ("officer:ZZM", false),
        ("analyst", false),
        ("admin", false),
        ("resident:anna", false),
    ] {
        let seen = seen(&service.staff(role), &filed.number, part).await;
        assert_eq!(noted(&seen), wanted, "{role}");
    }
    assert!(!noted(&seen(&service.anyone(), &filed.number, part).await));
    assert!(!noted(&held(&service, &filed, part).await));
}

#[tokio::test]
async fn a_unit_that_has_sent_a_report_back_no_longer_sees_who_filed_it() {
    let service = service().await;
    let fields = json!({ "contact": { "phone": "600 100 200" } });
    let filed = forwarded(&service, &["ZDMK", "ZZM"], fields).await;
    let contact = "contact(reason: ANSWER) { phone }";
    let own = seen(&service.staff("officer:ZDMK"), &filed.number, contact).await;
    assert_eq!(own["contact"]["phone"], "600 100 200");
    let fields = json!({ "reason": "Nie nasze." });
    take_step(&service, "officer:ZDMK", "sendBackReport", &filed, fields).await;
    let after = seen(&service.staff("officer:ZDMK"), &filed.number, contact).await;
    assert_eq!(after, json!({ "contact": null }));
}

#[tokio::test]
async fn residents_see_their_own_reports_at_every_stage() {
    let service = service().await;
    let anna = service.staff("resident:anna");
    let own = filed_by(&anna, json!({})).await;
    filed(&service, json!({})).await;
    let list = "{ reports { totalCount nodes { number } } }";
    let mine = json!({ "totalCount": 1, "nodes": [{ "number": own.number }] });
    assert_eq!(anna.ask(list).await.data("/reports"), mine);
    let jan = service.staff("resident:jan").ask(list).await;
    assert_eq!(jan.data("/reports/totalCount"), 0);
}

#[tokio::test]
async fn a_hidden_photo_is_seen_by_its_author_and_staff() {
    let service = service().await;
    let mut keys = Vec::new();
    for width in [20, 30] {
        let photo = crate::harness::form::photo(width, 10, image::ImageFormat::Png);
        let sent = crate::harness::form::upload(&service.anyone(), &photo).await;
        keys.push(sent.data("/uploadPhoto/photo/key"));
    }
    let filed = filed(&service, json!({ "photos": keys })).await;
    let fields = json!({ "hiddenPhotos": [1] });
    take_step(&service, "consultant", "verifyReport", &filed, fields).await;
    let widths = |seen: Value| -> Vec<i64> {
        let photos = seen["photos"].as_array().unwrap().clone();
        photos.iter().map(|photo| photo["width"].as_i64().unwrap()).collect()
    };
    let part = "photos { width }";
    assert_eq!(widths(seen(&service.anyone(), &filed.number, part).await), [30]);
    assert_eq!(widths(held(&service, &filed, part).await), [20, 30]);
    let staff = seen(&service.staff("consultant"), &filed.number, part).await;
    assert_eq!(widths(staff), [20, 30]);
}

#[tokio::test]
async fn who_has_nothing_to_do_with_a_report_learns_nothing_of_it() {
    let service = service().await;
    let filed = filed(&service, json!({})).await;
    for role in ["officer:ZDMK", "editor", "admin", "resident:jan"] {
        let input = json!({ "id": filed.id, "expectedVersion": 1 });
        let answer = call(&service.staff(role), "takeReport", input).await;
        assert_eq!(answer.error_code(), "NOT_FOUND", "{role}");
    }
    let of_nobody = Filed { id: json!("UmVwb3J0"), ..filed };
    let answer = step(&service, "consultant", "verifyReport", &of_nobody, json!({})).await;
    assert_eq!(answer.error_code(), "NOT_FOUND");
}

#[tokio::test]
async fn who_works_on_what_cannot_be_found_out_by_filters() {
    let service = service().await;
    let filed = forwarded(&service, &["ZDMK"], json!({})).await;
    take_step(&service, "officer:ZDMK", "takeReport", &filed, json!({})).await;
    let asked = [
        ("assignee: \"dev:officer:ZDMK\"", false),
        ("assignmentStage: [IN_HANDLING]", false),
        ("assignmentStage: [IN_HANDLING], unit: [\"ZDMK\"]", true),
    ];
    for (filter, with_unit) in asked {
        for (role, wanted) in [
            ("resident:anna", Err("FORBIDDEN")),
            ("analyst", Err("FORBIDDEN")),
            ("officer:ZZM", Err("FORBIDDEN")),
            ("officer:ZDMK", if with_unit { Ok(1) } else { Err("FORBIDDEN") }),
            ("consultant", Ok(1)),
        ] {
            for list in ["reports(", "searchReports(query: \"\", "] {
                let query = format!("{{ {list}filter: {{ {filter} }}) {{ totalCount }} }}");
                let answer = service.staff(role).ask(&query).await;
                match wanted {
                    Err(code) => assert_eq!(answer.error_code(), code, "{role} {query}"),
                    Ok(_) if list.starts_with("search") => service.settle().await,
                    Ok(count) => assert_eq!(answer.data("/reports/totalCount"), count, "{role}"),
                }
            }
        }
    }
}
