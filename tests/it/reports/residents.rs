//! What residents do with answers and with each other's reports.

use serde_json::{Value, json};

use crate::harness::{
    Service,
    reports::{answered, call, closed, filed, holder, seen, step, verified},
    service,
};

async fn support(service: &Service, role: &str, number: &str, supports: bool) -> Value {
    let input = json!({ "number": number, "supports": supports, "follows": true });
    let query = "mutation($input: SupportReportInput!) { supportReport(input: $input) {
        report { supports supportedByMe followedByMe } errors { code } } }";
    let answer = service.staff(role).ask_with(query, json!({ "input": input })).await;
    answer.data("/supportReport/report")
}

#[tokio::test]
async fn every_resident_has_one_voice() {
    let service = service().await;
    let filed = verified(&service, json!({})).await;
    for (role, supports, count) in [
        ("resident:anna", true, 1),
        ("resident:anna", true, 1),
        ("resident:jan", true, 2),
        ("resident:anna", false, 1),
    ] {
        let report = support(&service, role, &filed.number, supports).await;
        let wanted = json!({ "supports": count, "supportedByMe": supports, "followedByMe": true });
        assert_eq!(report, wanted, "{role}");
    }
    let everybody = seen(&service.anyone(), &filed.number, "supports supportedByMe").await;
    assert_eq!(everybody, json!({ "supports": 1, "supportedByMe": false }));
}

#[tokio::test]
async fn supporters_are_counted_beside_the_steps_of_staff() {
    let service = service().await;
    let filed = verified(&service, json!({})).await;
    let version = seen(&service.anyone(), &filed.number, "version").await["version"].clone();
    support(&service, "resident:anna", &filed.number, true).await;
    let input = json!({ "id": filed.id, "expectedVersion": version, "units": ["ZDMK"] });
    let forwarded = call(&service.staff("consultant"), "forwardReport", input).await;
    assert_eq!(forwarded.data("/forwardReport/report/stage"), "FORWARDED");
    let supports = seen(&service.anyone(), &filed.number, "supports").await;
    assert_eq!(supports, json!({ "supports": 1 }), "no step takes a voice back");
}

#[tokio::test]
async fn what_is_not_public_cannot_be_supported() {
    let service = service().await;
    let filed = filed(&service, json!({})).await;
    let input = json!({ "number": filed.number, "supports": true, "follows": true });
    let answer = call(&service.staff("resident:anna"), "supportReport", input).await;
    assert_eq!(answer.error_code(), "NOT_FOUND");
}

#[tokio::test]
async fn an_unhappy_author_says_why_and_opens_the_report_again() {
    let service = service().await;
    let filed = closed(&service).await;
    let input = json!({ "report": holder(&filed), "satisfied": false, "reasons": ["NOT_SOLVED"],
        "text": "Dalej ciemno.", "reopen": true });
    let answer = call(&service.anyone(), "giveReportFeedback", input).await;
    assert_eq!(answer.data("/giveReportFeedback/report/stage"), "REOPENED");
    let part = "feedback { satisfied reasons text allowsContact }";
    let staff = seen(&service.staff("consultant"), &filed.number, part).await;
    let wanted = json!({ "feedback": [{ "satisfied": false, "reasons": ["NOT_SOLVED"],
        "text": "Dalej ciemno.", "allowsContact": false }] });
    assert_eq!(staff, wanted);
    let everybody = seen(&service.anyone(), &filed.number, part).await;
    assert_eq!(everybody, json!({ "feedback": [] }));
}

#[tokio::test]
async fn an_answer_is_rated_once_and_only_when_it_is_closed() {
    let service = service().await;
    let rate = async |filed: &crate::harness::reports::Filed, fields: Value| {
        let mut input = json!({ "report": holder(filed), "satisfied": true });
        for (name, value) in fields.as_object().unwrap() {
            input[name] = value.clone();
        }
        let answer = call(&service.anyone(), "giveReportFeedback", input).await;
        answer.refusals("giveReportFeedback")
    };
    let open = answered(&service, "RESOLVED", json!({})).await;
    assert_eq!(rate(&open, json!({})).await, ["CONFLICT report"]);
    let closed = closed(&service).await;
    let contradiction = json!({ "reasons": ["TOO_SLOW"] });
    assert_eq!(rate(&closed, contradiction).await, ["INVALID satisfied"]);
    let wordless = json!({ "satisfied": false, "reopen": true });
    assert_eq!(rate(&closed, wordless).await, ["REQUIRED text"]);
    assert_eq!(rate(&closed, json!({})).await, Vec::<String>::new());
    assert_eq!(rate(&closed, json!({})).await, ["TAKEN report"]);
}

#[tokio::test]
async fn ideas_have_to_do_with_each_other() {
    let service = service().await;
    let idea = json!({ "kind": "IDEA", "category": "idea-roads" });
    let (one, other) = (verified(&service, idea.clone()).await, verified(&service, idea).await);
    let relate = async |fields: Value| {
        let mut input = json!({ "id": one.id, "other": other.id, "kind": "CONTRADICTS" });
        for (name, value) in fields.as_object().unwrap() {
            input[name] = value.clone();
        }
        call(&service.staff("consultant"), "relateIdeas", input).await.refusals("relateIdeas")
    };
    assert_eq!(relate(json!({})).await, Vec::<String>::new());
    assert_eq!(relate(json!({})).await, Vec::<String>::new(), "twice is once");
    let part = "relatedIdeas { kind report { number } }";
    for (from, to) in [(&one, &other), (&other, &one)] {
        let seen = seen(&service.anyone(), &from.number, part).await;
        let wanted = json!([{ "kind": "CONTRADICTS", "report": { "number": to.number } }]);
        assert_eq!(seen["relatedIdeas"], wanted);
    }
    assert_eq!(relate(json!({ "remove": true })).await, Vec::<String>::new());
    let seen = seen(&service.anyone(), &one.number, part).await;
    assert_eq!(seen, json!({ "relatedIdeas": [] }));
    let problem = verified(&service, json!({})).await;
    assert_eq!(relate(json!({ "other": problem.id })).await, ["UNKNOWN other"]);
    assert_eq!(relate(json!({ "other": one.id })).await, ["UNKNOWN other"]);
    let step = step(&service, "consultant", "closeReport", &problem, json!({})).await;
    assert_eq!(step.refusals("closeReport"), ["CONFLICT id"]);
}
