//! Categories of reports that an administrator changes.

use std::time::Duration;

use kontakt::{
    actor::Actor,
    events::{self, Kind, Subject},
    imported::{Imported, Origin},
    reports,
};
use serde_json::{Value, json};

use crate::harness::{Answer, Client, Service, reports as made, service};

async fn edit(client: &Client<'_>, input: Value) -> Answer {
    let query = "mutation($input: EditReportCategoryInput!) { editReportCategory(input: $input) {
        reportCategory { code version name days daysKind promise unit { code } keywords active open311
            stopScreen { text phone } }
        errors { code field message } } }";
    client.ask_with(query, json!({ "input": input })).await
}

/// A category as everybody sees it.
async fn category(service: &Service, code: &str) -> Value {
    let query =
        "{ reportCategories { code version name days daysKind active stopScreen { phone } } }";
    let all = service.anyone().ask(query).await.data("/reportCategories");
    all.as_array().unwrap().iter().find(|one| one["code"] == code).unwrap().clone()
}

/// Waits until the node has heard of every change of a category.
async fn heard(service: &Service) {
    let head = events::head(service.db().reader()).await.unwrap();
    let known = service.app.feed.head_of(&[Subject::ReportCategory]);
    let heard = async {
        while known.now() < head {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), heard)
        .await
        .expect("the old category still holds");
}

#[tokio::test]
async fn an_administrator_changes_the_days_and_what_is_filed_from_then_on_has_them() {
    let service = service().await;
    let admin = service.staff("admin");
    let before = category(&service, "lighting").await;
    let input = json!({ "code": "lighting", "expectedVersion": before["version"], "days": 2,
        "daysKind": "WORKING", "promise": " Dwa dni robocze. " });
    let edited = edit(&admin, input.clone()).await.data("/editReportCategory/reportCategory");
    assert_eq!((&edited["days"], &edited["daysKind"]), (&json!(2), &json!("WORKING")));
    assert_eq!(edited["promise"], "Dwa dni robocze.");
    // What was not said stays as it was.
    assert_eq!(edited["name"], before["name"]);
    assert_eq!(edited["unit"]["code"], "ZDMK");
    let version = edited["version"].as_i64().unwrap();
    assert_eq!(version, before["version"].as_i64().unwrap() + 1);
    assert_eq!(category(&service, "lighting").await["version"], version);

    let stale = edit(&admin, input).await;
    assert_eq!(stale.refusals("editReportCategory"), ["CONFLICT expectedVersion"]);
    heard(&service).await;
    // A Friday, and two working days.
    let filed = made::filed(&service, json!({})).await;
    assert_eq!(made::held(&service, &filed, "expectedBy").await["expectedBy"], "2026-11-24");
}

#[tokio::test]
async fn what_is_wrong_with_a_category_is_told_by_field() {
    let service = service().await;
    for (fields, refusals) in [
        (json!({ "days": 0 }), &["INVALID days"][..]),
        (json!({ "name": " ", "promise": "" }), &["REQUIRED name", "REQUIRED promise"]),
        (json!({ "unit": "XX" }), &["UNKNOWN unit"]),
        (json!({ "stopScreen": { "text": "", "phone": "986" } }), &["REQUIRED stopScreen.text"]),
        (json!({ "nameEn": "a".repeat(201) }), &["TOO_LONG nameEn"]),
    ] {
        let mut input = fields;
        input["code"] = json!("lighting");
        input["expectedVersion"] = category(&service, "lighting").await["version"].clone();
        let answer = edit(&service.staff("admin"), input.clone()).await;
        assert_eq!(answer.refusals("editReportCategory"), refusals, "{input}");
    }
    let nowhere = json!({ "code": "nothing", "expectedVersion": 1, "days": 2 });
    assert_eq!(edit(&service.staff("admin"), nowhere).await.error_code(), "NOT_FOUND");
}

#[tokio::test]
async fn a_stop_screen_is_put_up_and_taken_away() {
    let service = service().await;
    for (screen, shown) in [
        (json!({ "text": "Zadzwoń.", "phone": "112" }), json!({ "phone": "112" })),
        (json!(null), json!(null)),
    ] {
        let version = category(&service, "other").await["version"].clone();
        let input = json!({ "code": "other", "expectedVersion": version, "stopScreen": screen });
        let answer = edit(&service.staff("admin"), input).await;
        assert_eq!(answer.refusals("editReportCategory"), Vec::<String>::new());
        assert_eq!(category(&service, "other").await["stopScreen"], shown);
    }
}

#[tokio::test]
async fn a_newer_binary_leaves_alone_what_an_administrator_changed_and_a_file_does_not() {
    let service = service().await;
    let version = category(&service, "lighting").await["version"].clone();
    let input = json!({ "code": "lighting", "expectedVersion": version, "days": 2 });
    edit(&service.staff("admin"), input).await.data("/editReportCategory/reportCategory/code");
    let head = events::head(service.db().reader()).await.unwrap();
    let told = events::read_after(service.db().reader(), head - 1, 1).await.unwrap();
    assert_eq!(
        (told[0].kind(), told[0].subject()),
        (Some(Kind::Saved), Some(Subject::ReportCategory))
    );
    let all = reports::categories(service.db().reader()).await.unwrap();
    let mut newer = all.into_iter().find(|one| one.code == "lighting").unwrap();
    newer.days = 5;
    for (origin, fate, days) in
        [(Origin::Builtin("newer"), Imported::LeftAlone, 2), (Origin::File, Imported::Updated, 5)]
    {
        let batch = vec![newer.clone()];
        let import = async |tx: &kontakt::db::Tx| {
            reports::import_categories(tx, &Actor::System, batch, origin).await
        };
        assert_eq!(service.db().write(import).await.unwrap(), [fate]);
        assert_eq!(category(&service, "lighting").await["days"], days);
    }
    let now = category(&service, "lighting").await;
    assert_eq!(now["version"].as_i64().unwrap(), version.as_i64().unwrap() + 2);
}
