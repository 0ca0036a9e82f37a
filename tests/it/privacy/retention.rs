//! What is kept too long goes, once a night, and what was deleted can be told.

use chrono::{DateTime, Duration, Utc};
use kontakt::{
    jobs,
    privacy::{self, CLASSES},
};
use serde_json::{Value, json};

use super::{own_contact, reachable, stored};
use crate::harness::{
    Service,
    reports::{Filed, answer, filed, seen, take_step, taken},
    service, service_with,
};

/// A report of somebody who can be reached, closed.
async fn closed(service: &Service) -> Filed {
    let filed = taken(service, reachable()).await;
    answer(service, &filed, "RESOLVED", json!({})).await;
    take_step(service, "consultant", "closeReport", &filed, json!({})).await;
    filed
}

async fn over(service: &Service, code: &str) -> (u64, Option<DateTime<Utc>>) {
    let class = CLASSES.iter().find(|class| class.code == code).unwrap();
    let (db, config) = (service.db(), &service.app.config);
    privacy::count_over(db.reader(), config, class, db.now()).await.unwrap()
}

async fn deletions(service: &Service) -> Value {
    let query = "{ deletions { nodes { class count actor reason reportNumbers } } }";
    service.staff("dpo").ask(query).await.data("/deletions/nodes")
}

#[tokio::test]
async fn a_year_after_the_end_nobody_can_be_reached_and_the_case_is_there() {
    let service = service().await;
    let (ended, open) = (closed(&service).await, taken(&service, reachable()).await);
    let at = service.clock.now();
    service.clock.advance(Duration::days(365));
    jobs::sweep(&service.app).await.unwrap();
    assert_eq!(own_contact(&service, &ended).await, reachable()["contact"], "not a moment before");
    service.clock.advance(Duration::days(1));
    let (count, oldest) = over(&service, "contact").await;
    assert_eq!((count, oldest.map(|at| at.date_naive())), (1, Some(at.date_naive())));
    for _ in 0..2 {
        jobs::sweep(&service.app).await.unwrap();
        assert_eq!(over(&service, "contact").await, (0, None));
        assert_eq!(own_contact(&service, &ended).await, Value::Null);
        assert_eq!(own_contact(&service, &open).await, reachable()["contact"]);
        let noted = json!({ "class": "contact", "count": 1, "actor": "system", "reason": "RETENTION",
            "reportNumbers": [ended.number] });
        assert_eq!(deletions(&service).await, json!([noted]));
    }
    assert_eq!(seen(&service.anyone(), &ended.number, "stage").await["stage"], "CLOSED");
}

#[tokio::test]
async fn nothing_is_deleted_before_three_in_the_night_nor_twice_in_one() {
    let service = service_with(&[("retention-contact-days", "1")]).await;
    closed(&service).await;
    // From ten in the morning to half past two in the night, two days later.
    service.clock.advance(Duration::hours(40) + Duration::minutes(30));
    jobs::sweep(&service.app).await.unwrap();
    assert_eq!(stored(&service).await.len(), 1);
    service.clock.advance(Duration::minutes(30));
    jobs::sweep(&service.app).await.unwrap();
    assert!(stored(&service).await.is_empty());
}

#[tokio::test]
async fn texts_and_photos_of_what_was_rejected_go_and_the_row_stays() {
    let service = service_with(&[("retention-texts-days", "30")]).await;
    let spam = filed(&service, json!({})).await;
    let why = json!({ "reason": "Reklama." });
    take_step(&service, "consultant", "rejectReport", &spam, why).await;
    let sound = taken(&service, json!({})).await;
    service.clock.advance(Duration::days(31));
    assert_eq!(over(&service, "text").await.0, 1);
    jobs::sweep(&service.app).await.unwrap();
    let consultant = service.staff("consultant");
    let fields = "stage description reason location { address } timeline { text }";
    let left = seen(&consultant, &spam.number, fields).await;
    let empty = json!({ "stage": "REJECTED", "description": "", "reason": null,
        "location": { "address": null }, "timeline": [{ "text": null }, { "text": null }] });
    assert_eq!(left, empty);
    let kept = seen(&consultant, &sound.number, "description").await;
    assert_eq!(kept["description"], "Nie świeci latarnia przy przejściu dla pieszych.");
    assert_eq!(deletions(&service).await[0]["class"], "text");
}

#[tokio::test]
async fn one_table_tells_what_is_kept_for_how_long() {
    let service = service_with(&[("retention-contact-days", "90")]).await;
    let query = "{ retention { code days setting deleted basis label } }";
    let all = service.staff("dpo").ask(query).await.data("/retention");
    assert_eq!(all.as_array().unwrap().len(), CLASSES.len());
    let contact = json!({ "code": "contact", "days": 90, "setting": "retention-contact-days",
        "deleted": true, "basis": "RODO art. 5 ust. 1 lit. e",
        "label": "Dane kontaktowe osoby zgłaszającej, od zakończenia zgłoszenia" });
    assert_eq!(all[0], contact);
    // Each is where the table says, or counting would fail.
    for class in CLASSES {
        over(&service, class.code).await;
    }
}
