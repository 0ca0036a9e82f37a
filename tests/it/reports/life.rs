//! The way of a report through the city.

use serde_json::{Value, json};

use crate::harness::{
    Service,
    reports::{
        Filed, answer, answered, call, closed, filed, forwarded, held, holder, seen, step,
        take_step, taken, verified, version,
    },
    service,
};

async fn stage(service: &Service, filed: &Filed) -> Value {
    seen(&service.staff("consultant"), &filed.number, "stage").await["stage"].clone()
}

#[tokio::test]
async fn a_report_goes_from_filing_to_the_closed_answer() {
    let service = service().await;
    let filed = filed(&service, json!({})).await;
    for (role, mutation, fields, stage) in [
        ("consultant", "verifyReport", json!({}), "VERIFIED"),
        ("consultant", "forwardReport", json!({}), "FORWARDED"),
        ("officer:ZDMK", "takeReport", json!({ "outcome": "IN_PROGRESS" }), "IN_HANDLING"),
        (
            "officer:ZDMK",
            "answerReport",
            json!({ "outcome": "RESOLVED", "publicAnswer": "Wymieniono żarówkę." }),
            "ANSWERED",
        ),
        ("consultant", "closeReport", json!({}), "CLOSED"),
    ] {
        let report = take_step(&service, role, mutation, &filed, fields).await;
        assert_eq!(report["stage"], stage, "{mutation}");
    }
    let fields = "stage outcome outcomeLabel resolvedOn
        assignments { unit { code } stage outcome publicAnswer dueOn }
        timeline { step stage outcome text }";
    let everybody = seen(&service.anyone(), &filed.number, fields).await;
    let entry = |step: &str, stage: &str, outcome: Value, text: Value| json!({ "step": step, "stage": stage, "outcome": outcome, "text": text });
    let wanted = json!({
        "stage": "CLOSED", "outcome": "RESOLVED", "outcomeLabel": "problem rozwiązany",
        "resolvedOn": "2026-11-20",
        "assignments": [{ "unit": { "code": "ZDMK" }, "stage": "ANSWERED", "outcome": "RESOLVED",
            "publicAnswer": "Wymieniono żarówkę.", "dueOn": "2026-11-27" }],
        "timeline": [
            entry("FILE", "RECEIVED", json!(null), json!(null)),
            entry("VERIFY", "VERIFIED", json!(null), json!(null)),
            entry("FORWARD", "FORWARDED", json!(null), json!(null)),
            entry("TAKE", "IN_HANDLING", json!("IN_PROGRESS"), json!(null)),
            entry("ANSWER", "ANSWERED", json!("RESOLVED"), json!("Wymieniono żarówkę.")),
            entry("CLOSE", "CLOSED", json!("RESOLVED"), json!(null)),
        ]
    });
    assert_eq!(everybody, wanted);
}

#[tokio::test]
async fn a_step_on_what_has_changed_meanwhile_is_refused_and_changes_nothing() {
    let service = service().await;
    let filed = filed(&service, json!({})).await;
    let input = json!({ "id": filed.id, "expectedVersion": 1 });
    let consultant = service.staff("consultant");
    call(&consultant, "verifyReport", input.clone()).await.data("/verifyReport/report/id");
    let late = call(&consultant, "verifyReport", input).await;
    assert_eq!(late.refusals("verifyReport"), ["CONFLICT expectedVersion"]);
    assert_eq!(version(&service, &filed).await, 2);
}

#[tokio::test]
async fn twenty_officers_who_take_one_report_at_once_are_one() {
    let service = service().await;
    let filed = forwarded(&service, &["ZDMK"], json!({})).await;
    let input = json!({ "id": filed.id, "expectedVersion": version(&service, &filed).await });
    let officer = service.staff("officer:ZDMK");
    let tries = (0..20).map(|_| call(&officer, "takeReport", input.clone()));
    let answers = futures_util::future::join_all(tries).await;
    let won = answers.iter().filter(|answer| answer.refusals("takeReport").is_empty()).count();
    assert_eq!(won, 1);
}

#[tokio::test]
async fn a_step_that_there_is_not_at_a_stage_is_refused() {
    let service = service().await;
    let filed = filed(&service, json!({})).await;
    for (mutation, fields) in
        [("forwardReport", json!({ "units": ["ZDMK"] })), ("closeReport", json!({}))]
    {
        let answer = step(&service, "consultant", mutation, &filed, fields).await;
        assert_eq!(answer.refusals(mutation), ["CONFLICT id"], "{mutation}");
    }
    let reopen = json!({ "report": holder(&filed), "reason": "Nadal ciemno." });
    let answer = call(&service.anyone(), "reopenReport", reopen).await;
    assert_eq!(answer.refusals("reopenReport"), ["CONFLICT report"]);
}

#[tokio::test]
async fn several_units_answer_each_for_itself() {
    let service = service().await;
    let filed = forwarded(&service, &["ZDMK", "ZZM"], json!({})).await;
    take_step(&service, "officer:ZDMK", "takeReport", &filed, json!({})).await;
    let half = answer(&service, &filed, "RESOLVED", json!({})).await;
    assert_eq!((&half["stage"], &half["outcome"]), (&json!("IN_HANDLING"), &json!("RESOLVED")));
    assert_eq!(half["resolvedOn"], json!(null), "another unit still owes an answer");
    take_step(&service, "officer:ZZM", "takeReport", &filed, json!({})).await;
    let fields = json!({ "outcome": "OUT_OF_CITY_COMPETENCE", "publicAnswer": "To nie nasze.",
        "reason": "Wspólnota mieszkaniowa." });
    let whole = take_step(&service, "officer:ZZM", "answerReport", &filed, fields).await;
    assert_eq!((&whole["stage"], &whole["outcome"]), (&json!("ANSWERED"), &json!("RESOLVED")));
    assert_eq!(whole["resolvedOn"], "2026-11-20");
}

#[tokio::test]
async fn an_outcome_is_refused_without_what_it_demands() {
    let service = service().await;
    let filed = taken(&service, json!({})).await;
    for (fields, wanted) in [
        (json!({ "outcome": "UNFOUNDED", "publicAnswer": "x" }), &["REQUIRED reason"][..]),
        (json!({ "outcome": "OUT_OF_CITY_COMPETENCE", "publicAnswer": "x" }), &["REQUIRED reason"]),
        (json!({ "outcome": "AWAITING_FUNDS", "publicAnswer": "x" }), &["REQUIRED reviewOn"]),
        (
            json!({ "outcome": "AWAITING_FUNDS", "publicAnswer": "x", "reviewOn": "2026-11-20" }),
            &["INVALID reviewOn"],
        ),
        (json!({ "outcome": "IMPLEMENTED", "publicAnswer": "x" }), &["INVALID outcome"]),
        (json!({ "outcome": "RESOLVED", "publicAnswer": " " }), &["REQUIRED publicAnswer"]),
    ] {
        let answer = step(&service, "officer:ZDMK", "answerReport", &filed, fields.clone()).await;
        assert_eq!(answer.refusals("answerReport"), wanted, "{fields}");
    }
    assert_eq!(stage(&service, &filed).await, "IN_HANDLING");
}

#[tokio::test]
async fn what_is_not_the_units_matter_goes_back_with_a_suggestion() {
    let service = service().await;
    let filed = forwarded(&service, &["ZDMK"], json!({})).await;
    let fields = json!({ "reason": "Park.", "suggestedUnit": "ZZM" });
    let back = take_step(&service, "officer:ZDMK", "sendBackReport", &filed, fields).await;
    assert_eq!(back["stage"], "VERIFIED");
    let forwarded = take_step(&service, "consultant", "forwardReport", &filed, json!({})).await;
    assert_eq!(forwarded["stage"], "FORWARDED");
    let fields = "timesSentBack assignments { unit { code } stage suggestedUnit }";
    let seen = seen(&service.staff("consultant"), &filed.number, fields).await;
    let wanted = json!({ "timesSentBack": 1, "assignments": [
        { "unit": { "code": "ZDMK" }, "stage": "SENT_BACK", "suggestedUnit": "ZZM" },
        { "unit": { "code": "ZZM" }, "stage": "SENT", "suggestedUnit": null },
    ] });
    assert_eq!(seen, wanted);
}

#[tokio::test]
async fn a_question_to_the_author_lets_the_clocks_stand() {
    let service = service().await;
    let filed = taken(&service, json!({})).await;
    let fields = json!({ "message": "Który to słup?" });
    let asked = take_step(&service, "officer:ZDMK", "askReporter", &filed, fields).await;
    assert_eq!(asked["stage"], "NEEDS_INFO");
    service.clock.advance(chrono::Duration::days(5));
    let input = json!({ "report": holder(&filed), "text": "Numer 14." });
    let answer = call(&service.anyone(), "supplementReport", input).await;
    let report = answer.data("/supplementReport/report");
    assert_eq!(
        (&report["stage"], &report["expectedBy"]),
        (&json!("IN_HANDLING"), &json!("2026-12-02"))
    );
    let words = "timeline { step text }";
    let holder = held(&service, &filed, words).await;
    let texts = |seen: &Value| -> Vec<Value> {
        let entries = seen["timeline"].as_array().unwrap().iter();
        entries.map(|entry| entry["text"].clone()).filter(|text| !text.is_null()).collect()
    };
    assert_eq!(texts(&holder), [json!("Który to słup?"), json!("Numer 14.")]);
    let everybody = seen(&service.anyone(), &filed.number, words).await;
    assert_eq!(texts(&everybody), Vec::<Value>::new(), "a talk between two");
}

#[tokio::test]
async fn a_duplicate_is_joined_to_the_other_and_its_author_follows_that() {
    let service = service().await;
    let original = verified(&service, json!({})).await;
    let resident = service.staff("resident:anna");
    let double = crate::harness::reports::filed_by(&resident, json!({})).await;
    let fields = json!({ "duplicateOf": original.id });
    let merged = take_step(&service, "consultant", "mergeReport", &double, fields).await;
    assert_eq!(merged["stage"], "MERGED");
    let own = seen(&resident, &double.number, "stage duplicateOf { number followedByMe }").await;
    let other = json!({ "number": original.number, "followedByMe": true });
    assert_eq!(own, json!({ "stage": "MERGED", "duplicateOf": other }));
    assert_eq!(seen(&service.anyone(), &double.number, "number").await, json!(null));
}

#[tokio::test]
async fn a_report_is_not_joined_to_itself_or_to_what_does_not_go_on() {
    let service = service().await;
    let (one, idea) = (
        filed(&service, json!({})).await,
        filed(&service, json!({ "kind": "IDEA", "category": "idea-roads" })).await,
    );
    for other in [&one.id, &idea.id, &json!("nothing")] {
        let fields = json!({ "duplicateOf": other });
        let answer = step(&service, "consultant", "mergeReport", &one, fields).await;
        assert_eq!(answer.refusals("mergeReport"), ["UNKNOWN duplicateOf"], "{other}");
    }
}

#[tokio::test]
async fn its_author_takes_a_report_back_until_a_unit_has_it() {
    let service = service().await;
    let filed = filed(&service, json!({})).await;
    let input = json!({ "report": holder(&filed), "reason": "Już świeci." });
    let answer = call(&service.anyone(), "withdrawReport", input.clone()).await;
    assert_eq!(answer.data("/withdrawReport/report/stage"), "WITHDRAWN");
    let again = call(&service.anyone(), "withdrawReport", input).await;
    assert_eq!(again.refusals("withdrawReport"), ["CONFLICT report"]);
    let given = forwarded(&service, &["ZDMK"], json!({})).await;
    let late = json!({ "report": holder(&given) });
    let late = call(&service.anyone(), "withdrawReport", late).await;
    assert_eq!(late.refusals("withdrawReport"), ["CONFLICT report"]);
}

#[tokio::test]
async fn a_closed_report_is_reopened_within_fourteen_days_and_its_outcome_cleared() {
    let service = service().await;
    let (in_time, late) = (closed(&service).await, closed(&service).await);
    service.clock.advance(chrono::Duration::days(14));
    let input = json!({ "report": holder(&in_time), "reason": "Znowu nie świeci." });
    let answer = call(&service.anyone(), "reopenReport", input).await;
    let report = answer.data("/reopenReport/report");
    let fields = ["stage", "outcome", "resolvedOn", "expectedBy"].map(|name| report[name].clone());
    assert_eq!(fields, [json!("REOPENED"), json!(null), json!(null), json!("2026-12-11")]);
    let again = take_step(&service, "consultant", "forwardReport", &in_time, json!({})).await;
    assert_eq!(again["stage"], "FORWARDED");
    let client = service.anyone();
    let seen = seen(
        &client,
        &in_time.number,
        "timesReopened assignments { unit { code } round stage publicAnswer }",
    );
    let rounds = json!([
        { "unit": { "code": "ZDMK" }, "round": 0, "stage": "ANSWERED",
            "publicAnswer": "Latarnia już świeci." },
        { "unit": { "code": "ZDMK" }, "round": 1, "stage": "SENT", "publicAnswer": null },
    ]);
    assert_eq!(seen.await, json!({ "timesReopened": 1, "assignments": rounds }));
    service.clock.advance(chrono::Duration::days(1));
    let input = json!({ "report": holder(&late), "reason": "Znowu nie świeci." });
    let answer = call(&service.anyone(), "reopenReport", input.clone()).await;
    assert_eq!(answer.refusals("reopenReport"), ["CONFLICT report"]);
    let by_staff = call(&service.staff("consultant"), "reopenReport", input).await;
    assert_eq!(by_staff.data("/reopenReport/report/stage"), "REOPENED", "at any time");
}

#[tokio::test]
async fn an_answer_that_is_not_final_stays_open_and_moves_on() {
    let service = service().await;
    let fields = json!({ "reviewOn": "2027-03-01" });
    let filed = answered(&service, "AWAITING_FUNDS", fields).await;
    let close = step(&service, "consultant", "closeReport", &filed, json!({})).await;
    assert_eq!(close.refusals("closeReport"), ["CONFLICT id"]);
    let on = take_step(&service, "officer:ZDMK", "resumeReport", &filed, json!({})).await;
    assert_eq!((&on["stage"], &on["outcome"]), (&json!("IN_HANDLING"), &json!("AWAITING_FUNDS")));
    let done = answer(&service, &filed, "RESOLVED", json!({})).await;
    assert_eq!((&done["stage"], &done["outcome"]), (&json!("ANSWERED"), &json!("RESOLVED")));
}

#[tokio::test]
async fn a_body_outside_the_city_may_be_waited_for() {
    let service = service().await;
    let filed = taken(&service, json!({})).await;
    for (mutation, stage) in
        [("sendReportOutside", "EXTERNAL"), ("returnReportFromOutside", "IN_HANDLING")]
    {
        let mut fields = json!({ "message": "Tauron Dystrybucja." });
        if stage == "EXTERNAL" {
            fields["body"] = json!("Tauron Dystrybucja");
        }
        let report = take_step(&service, "officer:ZDMK", mutation, &filed, fields).await;
        assert_eq!(report["stage"], stage);
    }
}

#[tokio::test]
async fn a_coordinator_gives_a_report_to_another_officer_or_unit() {
    let service = service().await;
    let filed = taken(&service, json!({})).await;
    let fields = json!({ "assignee": "ewa" });
    take_step(&service, "coordinator:ZDMK", "handOverReport", &filed, fields).await;
    let assignments = "assignments { unit { code } assignee stage }";
    let seen_now = seen(&service.staff("consultant"), &filed.number, assignments).await;
    let ewa = json!([{ "unit": { "code": "ZDMK" }, "assignee": "ewa", "stage": "IN_HANDLING" }]);
    assert_eq!(seen_now["assignments"], ewa);
    let fields = json!({ "unit": "ZZM" });
    let moved = take_step(&service, "coordinator:ZDMK", "handOverReport", &filed, fields).await;
    assert_eq!(moved["stage"], "FORWARDED");
    let taken = take_step(&service, "officer:ZZM", "takeReport", &filed, json!({})).await;
    assert_eq!(taken["stage"], "IN_HANDLING");
}

#[tokio::test]
async fn a_unit_cannot_be_given_what_it_has_and_must_exist() {
    let service = service().await;
    let filed = forwarded(&service, &["ZDMK"], json!({})).await;
    for (units, wanted) in [
        (json!(["ZDMK"]), &["TAKEN units.0"][..]),
        (json!(["NIC"]), &["UNKNOWN units.0"]),
        (json!([]), &["INVALID units"]),
        (json!(["ZZM", "ZZM"]), &["TAKEN units.1"]),
    ] {
        let fields = json!({ "units": units });
        let answer = step(&service, "consultant", "forwardReport", &filed, fields).await;
        assert_eq!(answer.refusals("forwardReport"), wanted, "{units}");
    }
}

#[tokio::test]
async fn one_step_is_taken_with_many_reports_each_for_itself() {
    let service = service().await;
    let (one, other) = (filed(&service, json!({})).await, filed(&service, json!({})).await);
    let done = verified(&service, json!({})).await;
    let reports = json!([
        { "id": one.id, "expectedVersion": 1 },
        { "id": done.id, "expectedVersion": 2 },
        { "id": other.id, "expectedVersion": 7 },
        { "id": "bm90aGluZw", "expectedVersion": 1 },
        { "id": other.id, "expectedVersion": 1 },
    ]);
    let query = "mutation($input: BulkReportsInput!) { bulkReports(input: $input) {
        results { report { stage } errors { code field } } errors { code field } } }";
    let input = json!({ "input": { "step": "VERIFY", "reports": reports } });
    let answer = service.staff("consultant").ask_with(query, input).await;
    let results = answer.data("/bulkReports/results");
    let refused = |code: &str, field: &str| json!({ "report": null, "errors": [{ "code": code, "field": [field] }] });
    let taken = json!({ "report": { "stage": "VERIFIED" }, "errors": [] });
    let wanted = json!([
        taken,
        refused("CONFLICT", "id"),
        refused("CONFLICT", "expectedVersion"),
        refused("UNKNOWN", "id"),
        taken,
    ]);
    assert_eq!(results, wanted);
    let none = json!({ "input": { "step": "VERIFY", "reports": [] } });
    let answer = service.staff("consultant").ask_with(query, none).await;
    assert_eq!(answer.refusals("bulkReports"), ["REQUIRED reports"]);
}
