//! What people with power did, which personal data they saw, and who was refused.

use kontakt::{
    accounts::{self, NewToken},
    audit::{self, Break},
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::harness::{
    Service,
    reports::{filed, forwarded},
    service,
};

const LOG: &str = "number actor act subject reason detail";

/// The audit as the data-protection officer reads it, newest first.
async fn log(service: &Service, arguments: &str) -> Value {
    let query = format!("{{ auditLog{arguments} {{ nodes {{ {LOG} }} }} }}");
    service.staff("dpo").ask(&query).await.data("/auditLog/nodes")
}

/// Asks for the contact of a report, for a reason.
async fn look(service: &Service, role: &str, number: &str, reason: &str) -> Value {
    let query = format!(
        "{{ report(number: \"{number}\") {{ id contact(reason: {reason}) {{ phone }} }} }}"
    );
    service.staff(role).ask(&query).await.data("/report")
}

fn reachable() -> Value {
    json!({ "contact": { "phone": "600 100 200" } })
}

#[tokio::test]
async fn who_looked_at_contact_data_and_why_is_kept() {
    let service = service().await;
    let filed = forwarded(&service, &["ZDMK"], reachable()).await;
    let seen = look(&service, "consultant", &filed.number, "CALL").await;
    assert_eq!(seen["contact"]["phone"], "600 100 200");
    look(&service, "officer:ZDMK", &filed.number, "ANSWER").await;
    let entry = |number: i32, actor: &str, reason: &str| {
        json!({ "number": number, "actor": actor, "act": "CONTACT_READ", "subject": seen["id"],
            "reason": reason, "detail": null })
    };
    let wanted =
        json!([entry(2, "dev:officer:ZDMK", "ANSWER"), entry(1, "dev:consultant", "CALL")]);
    assert_eq!(log(&service, "").await, wanted);
}

#[tokio::test]
async fn what_is_not_seen_is_not_written_down() {
    let service = service().await;
    let without = filed(&service, json!({})).await;
    look(&service, "consultant", &without.number, "CALL").await;
    let with = forwarded(&service, &["ZDMK"], reachable()).await;
    assert_eq!(look(&service, "officer:ZZM", &with.number, "CALL").await["contact"], json!(null));
    // The person looks at nothing but the own data.
    let query = format!(
        "{{ report(number: \"{}\", trackingToken: \"{}\") {{ contact {{ phone }} }} }}",
        with.number, with.token
    );
    let own = service.anyone().ask(&query).await.data("/report/contact/phone");
    assert_eq!(own, "600 100 200");
    assert_eq!(log(&service, "").await, json!([]));
}

#[tokio::test]
async fn staff_who_do_not_say_why_see_no_contact() {
    let service = service().await;
    let filed = filed(&service, reachable()).await;
    let query =
        format!("{{ report(number: \"{}\") {{ number contact {{ phone }} }} }}", filed.number);
    let answer = service.staff("consultant").ask(&query).await;
    assert_eq!(answer.error_code(), "BAD_USER_INPUT");
    let rest = json!({ "report": { "number": filed.number, "contact": null } });
    assert_eq!(answer.json()["data"], rest);
    assert!(!answer.text.contains("600 100 200"));
    assert_eq!(log(&service, "").await, json!([]));
}

#[tokio::test]
async fn who_was_refused_is_kept_under_the_name_of_the_field() {
    let service = service().await;
    let query = "{ a: synonyms { nodes { phrase } } b: synonyms { nodes { phrase } }
        ...insights } fragment insights on Query { c: searchInsights { searches } }";
    service.staff("officer:SA").ask(query).await;
    // Nobody knows who this is; signing in would help.
    service.anyone().ask(query).await;
    let entry = |number: i32, field: &str| {
        json!({ "number": number, "actor": "dev:officer:SA", "act": "DENIED", "subject": null,
            "reason": null, "detail": field })
    };
    let wanted = json!([entry(2, "synonyms"), entry(1, "searchInsights")]);
    assert_eq!(log(&service, "").await, wanted);
}

#[tokio::test]
async fn the_audit_is_filtered_and_paged() {
    let service = service().await;
    let filed = filed(&service, reachable()).await;
    let id = look(&service, "consultant", &filed.number, "COMPLAINT").await["id"].clone();
    for role in ["editor", "publisher", "editor"] {
        service.staff(role).ask("{ auditLog { nodes { number } } }").await;
    }
    let numbers = async |filter: &str| {
        let nodes = log(&service, filter).await;
        let numbers = nodes.as_array().unwrap().iter().map(|node| node["number"].as_i64().unwrap());
        numbers.collect::<Vec<_>>()
    };
    assert_eq!(numbers("(filter: { actor: \"dev:editor\" })").await, [4, 2]);
    assert_eq!(numbers("(filter: { act: CONTACT_READ })").await, [1]);
    assert_eq!(numbers(&format!("(filter: {{ subject: {id} }})")).await, [1]);
    assert_eq!(numbers("(filter: { subject: \"nonsense\" })").await, [0_i64; 0]);
    assert_eq!(numbers("(filter: { to: \"2026-11-20T09:00:00Z\" })").await, [0_i64; 0]);
    assert_eq!(numbers("(filter: { from: \"2026-11-20T09:00:00Z\" }, first: 2)").await, [4, 3]);
    let dpo = service.staff("dpo");
    let page = dpo.ask("{ auditLog(first: 2) { pageInfo { endCursor hasNextPage } } }").await;
    assert_eq!(page.data("/auditLog/pageInfo/hasNextPage"), true);
    let after = page.data("/auditLog/pageInfo/endCursor");
    assert_eq!(numbers(&format!("(after: {after})")).await, [2, 1]);
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_the_audit() {
    let service = service().await;
    service.staff("editor").ask("{ auditLog { nodes { number } } }").await;
    for sql in ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"] {
        let write = async |tx: &kontakt::db::Tx| Ok(tx.execute_unprepared(sql).await?);
        assert!(service.db().write(write).await.is_err(), "{sql}");
    }
    let sound = audit::verify(service.db().reader(), None, |_| {}).await.unwrap().unwrap();
    assert_eq!(sound.entries, 1);
}

#[tokio::test]
async fn whoever_gets_round_the_database_is_found_out_by_the_chain() {
    let service = service().await;
    for _ in 0..3 {
        service.staff("editor").ask("{ auditLog { nodes { number } } }").await;
    }
    let head = audit::verify(service.db().reader(), None, |_| {}).await.unwrap().unwrap().head;
    let write = async |tx: &kontakt::db::Tx| {
        for sql in unguarded(tx.get_database_backend()) {
            tx.execute_unprepared(sql).await?;
        }
        Ok(())
    };
    service.db().write(write).await.unwrap();
    let broken = audit::verify(service.db().reader(), Some(head), |_| {}).await.unwrap();
    assert_eq!(broken, Err(Break::Changed(2)));
}

/// What somebody with all rights over the database can do.
fn unguarded(backend: sea_orm::DbBackend) -> [&'static str; 2] {
    let guard = match backend {
        sea_orm::DbBackend::Postgres => "DROP TRIGGER audit_stays ON audit",
        _ => "DROP TRIGGER audit_is_not_changed",
    };
    [guard, "UPDATE audit SET actor = 'somebody' WHERE id = 2"]
}

#[tokio::test]
async fn acts_at_the_same_time_make_one_chain() {
    let service = service().await;
    let client = service.staff("editor");
    let ask = || client.ask("{ auditLog { nodes { number } } }");
    futures_util::future::join_all((0..40).map(|_| ask())).await;
    let sound = audit::verify(service.db().reader(), None, |_| {}).await.unwrap().unwrap();
    assert_eq!(sound.entries, 40);
}

#[tokio::test]
async fn access_tokens_that_are_made_and_revoked_are_kept() {
    let service = service().await;
    let db = service.db();
    let later = service.clock.now() + chrono::TimeDelta::days(1);
    let scopes = vec!["reports:read".to_owned()];
    let new = NewToken { name: "spacer", scopes, expires_at: later, owner: None };
    db.write(async |tx| accounts::create_token(tx, new).await).await.unwrap();
    db.write(async |tx| accounts::revoke_token(tx, "spacer").await).await.unwrap();
    let entry = |number: i32, act: &str| {
        json!({ "number": number, "actor": "system", "act": act, "subject": null, "reason": null,
            "detail": "spacer" })
    };
    let wanted = json!([entry(2, "TOKEN_REVOKED"), entry(1, "TOKEN_CREATED")]);
    assert_eq!(log(&service, "").await, wanted);
}
