//! Templates of answers: written by those who may, and those that ship.

use kontakt::{
    content::{self, Kind},
    imported::Imported,
    reports::{self, templates},
};
use serde_json::{Value, json};

use crate::harness::{Answer, Client, Service, service};

/// Calls `saveAnswerTemplate` or `deleteAnswerTemplate` with an input.
async fn write(client: &Client<'_>, step: &str, input: Value) -> Answer {
    let kind = step[..1].to_ascii_uppercase() + &step[1..];
    let query = format!(
        "mutation($input: {kind}AnswerTemplateInput!) {{ {step}AnswerTemplate(input: $input) {{
            answerTemplate {{ id version title text outcome unit {{ code }} categories mayEdit filledText }}
            errors {{ code field message }} }} }}"
    );
    client.ask_with(&query, json!({ "input": input })).await
}

async fn titles(service: &Service, role: &str, arguments: &str) -> Vec<String> {
    let query = format!("{{ answerTemplates(first: 100 {arguments}) {{ nodes {{ title }} }} }}");
    let nodes = service.staff(role).ask(&query).await.data("/answerTemplates/nodes");
    let title = |node: &Value| node["title"].as_str().unwrap().to_owned();
    nodes.as_array().unwrap().iter().map(title).collect()
}

#[tokio::test]
async fn a_template_is_written_changed_and_deleted() {
    let service = service().await;
    let coordinator = service.staff("coordinator:ZZM");
    let input = json!({ "title": " Skoszone ", "unit": "ZZM", "categories": ["greenery"],
        "outcome": "RESOLVED", "text": "Skosiliśmy {address}.\r\n" });
    let saved = write(&coordinator, "save", input.clone()).await;
    let saved = saved.data("/saveAnswerTemplate/answerTemplate");
    let id = saved["id"].clone();
    let expected = json!({ "id": id, "version": 1, "title": "Skoszone", "text": "Skosiliśmy {address}.",
        "outcome": "RESOLVED", "unit": { "code": "ZZM" }, "categories": ["greenery"], "mayEdit": true,
        "filledText": null });
    assert_eq!(saved, expected);
    let resolved = "outcome: RESOLVED";
    assert!(titles(&service, "officer:ZZM", resolved).await.contains(&"Skoszone".to_owned()));
    assert!(titles(&service, "consultant", resolved).await.contains(&"Skoszone".to_owned()));
    // Another unit has templates of its own.
    assert!(!titles(&service, "officer:MPO", resolved).await.contains(&"Skoszone".to_owned()));
    let found = format!("{{ node(id: {id}) {{ id }} }}");
    let node = service.staff("officer:MPO").ask(&found).await.data("/node");
    assert_eq!(node, json!(null));

    let mut change = input;
    change["id"] = id.clone();
    change["expectedVersion"] = json!(1);
    let changed = write(&coordinator, "save", change.clone()).await;
    assert_eq!(changed.data("/saveAnswerTemplate/answerTemplate/version"), 2);
    let stale = write(&coordinator, "save", change.clone()).await;
    assert_eq!(stale.refusals("saveAnswerTemplate"), ["CONFLICT expectedVersion"]);
    let other = service.staff("coordinator:MPO");
    assert_eq!(write(&other, "save", change).await.error_code(), "FORBIDDEN");
    let delete = json!({ "id": id, "expectedVersion": 2 });
    write(&coordinator, "delete", delete.clone())
        .await
        .data("/deleteAnswerTemplate/answerTemplate/id");
    assert_eq!(write(&coordinator, "delete", delete).await.error_code(), "NOT_FOUND");
    assert!(!titles(&service, "officer:ZZM", resolved).await.contains(&"Skoszone".to_owned()));
}

#[tokio::test]
async fn what_is_wrong_with_a_template_is_told_by_field() {
    let service = service().await;
    let text =
        |text: &str| json!({ "title": "a", "outcome": "RESOLVED", "text": text, "unit": "ZZM" });
    let mut idea = text("a");
    idea["categories"] = json!(["idea-roads", "x"]);
    let mut of_all = text("a");
    of_all["unit"] = json!(null);
    for (input, refusals) in [
        (text("{imie}"), &["UNKNOWN text"][..]),
        (text(" "), &["REQUIRED text"]),
        (text(&"a".repeat(4_001)), &["TOO_LONG text"]),
        (idea, &["INVALID categories.0", "UNKNOWN categories.1"]),
        (of_all, &["NOT_ALLOWED unit"]),
    ] {
        let answer = write(&service.staff("coordinator:ZZM"), "save", input.clone()).await;
        assert_eq!(answer.refusals("saveAnswerTemplate"), refusals, "{input}");
    }
    let mut nowhere = text("a");
    nowhere["unit"] = json!("XX");
    let answer = write(&service.staff("admin"), "save", nowhere).await;
    assert_eq!(answer.refusals("saveAnswerTemplate"), ["UNKNOWN unit"]);
}

#[tokio::test]
async fn some_templates_ship_for_every_outcome_and_import_again_unchanged() {
    let service = service().await;
    let all = templates::all(service.db().reader()).await.unwrap();
    assert!(all.len() >= 25, "{}", all.len());
    for outcome in [
        "RESOLVED",
        "IN_PROGRESS",
        "NOT_FOUND",
        "OUT_OF_CITY_COMPETENCE",
        "UNDER_ANALYSIS",
        "UNFOUNDED",
        "AWAITING_FUNDS",
        "IMPLEMENTED",
        "IN_IMPLEMENTATION",
        "TEMPORARY_SOLUTION",
    ] {
        let found = titles(&service, "officer:ZDMK", &format!("outcome: {outcome}")).await;
        assert!(!found.is_empty(), "{outcome}");
    }
    let folder = tempfile::TempDir::new().unwrap();
    content::export(service.db(), folder.path()).await.unwrap();
    let file = folder.path().join("answer-templates.toml");
    let again = content::import(service.db(), Kind::AnswerTemplates, &[file]).await.unwrap();
    assert_eq!(again.into_iter().collect::<Vec<_>>(), [(Imported::Unchanged, all.len())]);
}

#[tokio::test]
async fn a_report_that_is_not_there_has_no_templates() {
    let service = service().await;
    let query = "{ answerTemplates(report: \"KCK-2026-999999\") { nodes { id } } }";
    for role in ["consultant", "officer:ZDMK", "admin"] {
        assert_eq!(service.staff(role).ask(query).await.error_code(), "NOT_FOUND", "{role}");
    }
}

#[tokio::test]
async fn a_template_is_filled_in_for_a_report_that_the_reader_handles() {
    use sea_orm::{ActiveModelTrait, IntoActiveModel};

    let service = service().await;
    let (report, assignment) = forwarded(&service);
    let insert = async |tx: &_| {
        report.into_active_model().insert(tx).await?;
        assignment.into_active_model().insert(tx).await?;
        Ok(())
    };
    service.db().write(insert).await.unwrap();
    let query = "{ answerTemplates(report: \"KCK-2026-000001\", outcome: NOT_FOUND) {
        nodes { title filledText } } }";
    let expected = json!([
        { "title": "Nie znaleźliśmy problemu", "filledText": "Byliśmy na miejscu [dzień] i nie \
          znaleźliśmy tego, co opisuje zgłoszenie KCK-2026-000001. Miejsce: ul. Długa 1.\n\nMoże ktoś \
          zdążył to naprawić, a może szukaliśmy nie tam. Jeśli problem jest nadal, wznów zgłoszenie w \
          ciągu 14 dni i dodaj zdjęcie albo dokładniejsze miejsce." },
        { "title": "Lampy świecą", "filledText": "Sprawdziliśmy lampy po zmroku [dzień]: świecą. \
          Miejsce: ul. Długa 1.\n\nJeśli któraś gaśnie tylko czasem, wznów zgłoszenie KCK-2026-000001 \
          i podaj numer ze słupa oraz godzinę." }
    ]);
    for role in ["officer:ZDMK", "coordinator:ZDMK", "consultant"] {
        let nodes = service.staff(role).ask(query).await.data("/answerTemplates/nodes");
        assert_eq!(nodes, expected, "{role}");
    }
    for role in ["officer:MPO", "coordinator:MPO", "admin"] {
        assert_eq!(service.staff(role).ask(query).await.error_code(), "NOT_FOUND", "{role}");
    }
    let query = "{ answerTemplates(report: \"KCK-2026-000001\", outcome: UNDER_ANALYSIS) {
        nodes { filledText } } }";
    let text =
        service.staff("officer:ZDMK").ask(query).await.data("/answerTemplates/nodes/0/filledText");
    let text = text.as_str().unwrap();
    assert!(text.contains("sprawę prowadzi: Zarząd Dróg Miasta Krakowa."), "{text}");
    assert!(text.ends_with("Wrócimy z odpowiedzią do 27.11.2026."), "{text}");
}

/// A report on lighting that ZDMK was given.
fn forwarded(service: &Service) -> (reports::Report, reports::Assignment) {
    let at = service.db().now();
    let id = reports::ReportId(uuid::Uuid::from_u128(1));
    let report = reports::Report {
        id,
        seq: 1,
        number: "KCK-2026-000001".into(),
        external_id: None,
        kind: reports::ReportKind::Problem,
        category: "lighting".into(),
        category_group: "lighting".into(),
        channel: reports::Channel::Portal,
        description: "Ciemno".into(),
        public_description: None,
        answers: Default::default(),
        latitude: None,
        longitude: None,
        address: Some("ul. Długa 1".into()),
        district: None,
        land_manager: None,
        stage: reports::Stage::Forwarded,
        outcome: None,
        outcome_at: None,
        reason: None,
        received_at: at,
        received_on: "2026-11-20".parse().unwrap(),
        resolved_on: None,
        expected_by: "2026-11-27".parse().unwrap(),
        closed_at: None,
        paused_at: None,
        wakes_at: None,
        unit: Some("ZDMK".into()),
        duplicate_of: None,
        sensitive: false,
        public: true,
        supports: 0,
        sent_back: 0,
        reopened: 0,
        account: None,
        taken_by: None,
        routing: Default::default(),
        revision: 1,
        updated_at: at,
    };
    let assignment = reports::Assignment {
        id: reports::AssignmentId(uuid::Uuid::from_u128(2)),
        report_id: id,
        round: 0,
        unit: "ZDMK".into(),
        assignee: None,
        stage: reports::AssignmentStage::Sent,
        outcome: None,
        public_answer: None,
        internal_answer: None,
        reason: None,
        review_on: None,
        suggested_unit: None,
        sent_at: at,
        due_on: "2026-11-27".parse().unwrap(),
        answered_at: None,
        escalation: 0,
        escalates_at: None,
    };
    (report, assignment)
}
