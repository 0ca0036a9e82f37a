//! The search log: what is kept of a search, and what it tells.

use chrono::Duration;
use kontakt::jobs;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::harness::{
    Service,
    gaps::{click, search},
    service, service_with,
};

/// What a search without hits asks.
const NOTHING: &str = "qqqqxxxxyyyy";

/// The rows of the log, oldest first, each as `kind lang words|topic|rank|previous`.
async fn rows(service: &Service) -> Vec<String> {
    service.app.search_log.flush().await;
    let db = service.db().reader();
    let sql = "SELECT session_kind || ' ' || lang || ' ' || words || '|' || topic || '|'
        || COALESCE(CAST(clicked_rank AS TEXT), '-') || '|'
        || CASE WHEN previous_id IS NULL THEN '-' ELSE 'again' END FROM search_log";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    let mut rows: Vec<String> =
        rows.unwrap().iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    rows.sort();
    rows
}

async fn insights(service: &Service, arguments: &str) -> Value {
    service.app.search_log.flush().await;
    let topic =
        "{ wording searches shareWithoutHits shareClicked shareReformulated shareAbandoned }";
    let query = format!(
        "{{ searchInsights{arguments} {{ since until searches shareWithHits shareClicked
            meanReciprocalRank mostFrequent {topic} withoutHits {topic} reformulated {topic}
            abandoned {topic} }} }}"
    );
    service.staff("analyst").ask(&query).await.data("/searchInsights")
}

/// The wordings of a list with their numbers.
fn wordings(insights: &Value, list: &str) -> Vec<(String, i64)> {
    let pair = |topic: &Value| {
        (topic["wording"].as_str().unwrap().to_owned(), topic["searches"].as_i64().unwrap())
    };
    insights[list].as_array().unwrap().iter().map(pair).collect()
}

#[tokio::test]
async fn a_search_is_kept_without_who_asked_and_without_numbers() {
    let service = service().await;
    let first = search(&service.anyone(), " Zgubiłam  DOWÓD, pesel 900101-12345 ", None).await;
    let consultant = service.staff("consultant").header("accept-language", "en");
    search(&consultant, "lost id card jan@example.pl", Some(&first["searchId"])).await;
    search(&service.staff("resident:anna"), "dowód", Some(&json!("no such id"))).await;
    let row = |kind: &str, words: &str, previous: &str| {
        format!("{kind} {words}|{}|-|{previous}", service.app.index.topic(words))
    };
    assert_eq!(
        rows(&service).await,
        [
            row("CONSULTANT en", "lost id card #", "again"),
            row("RESIDENT pl", "dowód", "-"),
            row("RESIDENT pl", "zgubiłam dowód, pesel #", "-"),
        ]
    );
}

#[tokio::test]
async fn further_pages_and_empty_questions_are_not_logged() {
    let service = service().await;
    let page = "{ search(query: \"wniosek\", first: 2) { searchId pageInfo { endCursor } } }";
    let page = service.anyone().ask(page).await.data("/search");
    assert!(page["searchId"].is_string());
    let next = format!(
        "{{ search(query: \"wniosek\", first: 2, after: {}) {{ searchId }} }}",
        page["pageInfo"]["endCursor"]
    );
    assert_eq!(service.anyone().ask(&next).await.data("/search/searchId"), json!(null));
    assert_eq!(search(&service.anyone(), " \t", None).await["searchId"], json!(null));
    assert_eq!(rows(&service).await.len(), 1);
}

#[tokio::test]
async fn the_first_click_counts_even_while_its_search_waits_to_be_written() {
    let service = service().await;
    let anyone = service.anyone();
    let found = search(&anyone, "dowód", None).await;
    assert_eq!(click(&anyone, &found, 3).await, Vec::<String>::new());
    assert_eq!(click(&anyone, &found, 1).await, Vec::<String>::new());
    let topic = service.app.index.topic("dowód");
    assert_eq!(rows(&service).await, [format!("RESIDENT pl dowód|{topic}|3|-")]);
}

#[tokio::test]
async fn a_click_on_nothing_is_refused_as_data() {
    let service = service().await;
    let anyone = service.anyone();
    let found = search(&anyone, "dowód", None).await;
    for (search, rank, refusal) in [
        (&found, 0, "INVALID rank"),
        (&found, 10_001, "INVALID rank"),
        (&json!({ "searchId": "" }), 1, "UNKNOWN searchId"),
        (&json!({ "searchId": "018b2f19e79e7000aaaaaaaaaaaaaaaa" }), 1, "UNKNOWN searchId"),
    ] {
        assert_eq!(click(&anyone, search, rank).await, [refusal], "{search} {rank}");
    }
    let query = format!(
        "mutation {{ recordSearchClick(input: {{ searchId: {}, rank: 1, id: \"x\" }}) {{
            errors {{ code field }} }} }}",
        found["searchId"]
    );
    assert_eq!(anyone.ask(&query).await.refusals("recordSearchClick"), ["UNKNOWN id"]);
}

#[tokio::test]
async fn more_searches_than_a_batch_are_all_written() {
    let service = service().await;
    for number in 0..250 {
        search(&service.anyone(), &format!("pytanie k{number}"), None).await;
    }
    assert_eq!(rows(&service).await.len(), 250);
}

#[tokio::test]
async fn a_log_that_cannot_be_written_fails_no_search() {
    let service = service().await;
    let away =
        async |tx: &kontakt::db::Tx| Ok(tx.execute_unprepared("DROP TABLE search_log").await?);
    service.db().write(away).await.unwrap();
    let found = search(&service.anyone(), "dowód", None).await;
    assert!(found["totalCount"].as_i64().unwrap() > 0);
    service.app.search_log.flush().await;
    search(&service.anyone(), "dowód", None).await;
}

#[tokio::test]
async fn insights_tell_what_is_asked_and_what_is_asked_in_vain() {
    let service = service().await;
    let anyone = service.anyone();
    // Found and opened, three times; the forms differ, the topic does not.
    for (words, rank) in [("dowód", 1), ("dowód", 2), ("dowodu", 1), ("dowód", 1)] {
        let found = search(&anyone, words, None).await;
        click(&anyone, &found, rank).await;
    }
    // Nothing found, three times, and once by one person only.
    for words in [NOTHING, NOTHING, NOTHING, "zzzzqqqq"] {
        search(&anyone, words, None).await;
    }
    // Asked again in other words, and left alone.
    for _ in 0..3 {
        let first = search(&anyone, "rejestracja", None).await;
        let again = search(&anyone, "rejestracja pojazdu", Some(&first["searchId"])).await;
        assert!(again["totalCount"].as_i64().unwrap() > 0);
    }
    let all = insights(&service, "").await;
    assert_eq!(all["until"], "2026-11-20");
    assert_eq!(all["since"], "2026-10-22");
    assert_eq!(all["searches"], 14);
    assert!((all["shareWithHits"].as_f64().unwrap() - 10.0 / 14.0).abs() < 1e-9);
    assert!((all["shareClicked"].as_f64().unwrap() - 4.0 / 14.0).abs() < 1e-9);
    assert!((all["meanReciprocalRank"].as_f64().unwrap() - 3.5 / 4.0).abs() < 1e-9);
    let pair = |words: &str, count| (words.to_owned(), count);
    let frequent = wordings(&all, "mostFrequent");
    assert_eq!(frequent[0], pair("dowód", 4));
    assert_eq!(frequent.len(), 4, "{frequent:?}");
    assert_eq!(wordings(&all, "withoutHits"), [pair(NOTHING, 3)]);
    assert_eq!(wordings(&all, "reformulated"), [pair("rejestracja", 3)]);
    assert_eq!(wordings(&all, "abandoned"), [pair("rejestracja pojazdu", 3)]);
    assert_eq!(all["mostFrequent"][0]["shareClicked"], 1.0);
    assert_eq!(all["reformulated"][0]["shareReformulated"], 1.0);
    assert_eq!(wordings(&insights(&service, "(first: 1)").await, "mostFrequent").len(), 1);
}

#[tokio::test]
async fn insights_look_at_the_days_the_kind_of_session_and_the_language_that_are_asked_for() {
    let service = service().await;
    search(&service.anyone(), "dowód", None).await;
    // Half past midnight in Krakow, while it is still the day before in Greenwich.
    service.clock.advance(Duration::minutes(14 * 60 + 30));
    search(&service.staff("consultant").header("accept-language", "uk"), "паспорт", None).await;
    let count = async |arguments: &str| insights(&service, arguments).await["searches"].clone();
    for (arguments, searches) in [
        ("", 2),
        ("(until: \"2026-11-20\")", 1),
        ("(since: \"2026-11-21\", until: \"2026-11-21\")", 1),
        ("(sessionKind: RESIDENT)", 1),
        ("(sessionKind: CONSULTANT, lang: \"uk\")", 1),
        ("(lang: \"en\")", 0),
    ] {
        assert_eq!(count(arguments).await, searches, "{arguments}");
    }
    let none = insights(&service, "(lang: \"en\")").await;
    assert_eq!((&none["shareWithHits"], &none["meanReciprocalRank"]), (&json!(null), &json!(null)));
    for arguments in [
        "(since: \"2026-11-21\", until: \"2026-11-20\")",
        "(since: \"2025-01-01\")",
        "(first: 101)",
    ] {
        let query = format!("{{ searchInsights{arguments} {{ searches }} }}");
        let refused = service.staff("editor").ask(&query).await;
        assert_eq!(refused.error_code(), "BAD_USER_INPUT", "{arguments}");
    }
}

#[tokio::test]
async fn searches_are_forgotten_in_time() {
    let service = service_with(&[("search-log-days", "10")]).await;
    search(&service.anyone(), "dowód", None).await;
    service.app.search_log.flush().await;
    service.clock.advance(Duration::days(9));
    search(&service.anyone(), "paszport", None).await;
    jobs::sweep(&service.app).await.unwrap();
    assert_eq!(rows(&service).await.len(), 2);
    service.clock.advance(Duration::days(2));
    jobs::sweep(&service.app).await.unwrap();
    let left = rows(&service).await;
    assert_eq!(left.len(), 1);
    assert!(left[0].starts_with("RESIDENT pl paszport|"), "{left:?}");
}
