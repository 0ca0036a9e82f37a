//! How fresh the published cards are.

use chrono::Duration;
use serde_json::{Value, json};

use crate::harness::{Client, service};

async fn freshness(client: &Client<'_>, arguments: &str) -> Vec<Value> {
    let query = format!(
        "{{ cardFreshness(first: 100{arguments}) {{ nodes {{ card {{ slug unit {{ code }} }} reviewDueOn
            daysOverdue missingParts unverifiedCount translations missingTranslations }} }} }}"
    );
    client.ask(&query).await.data("/cardFreshness/nodes").as_array().unwrap().clone()
}

#[tokio::test]
async fn published_cards_come_by_the_day_of_their_review_with_what_they_lack() {
    let service = service().await;
    let editor = service.staff("editor");
    let all = freshness(&editor, "").await;
    let (cards, ..) = kontakt::content::check_builtin().unwrap();
    assert_eq!(all.len(), cards.min(100));
    let days: Vec<&str> = all.iter().map(|one| one["reviewDueOn"].as_str().unwrap()).collect();
    assert!(days.is_sorted(), "{days:?}");
    assert!(all.iter().all(|one| one["missingParts"] == json!([])));
    let pesel = all.iter().find(|one| one["card"]["slug"] == "nadanie-numeru-pesel").unwrap();
    assert_eq!(pesel["translations"], json!(["en", "uk"]));
    assert_eq!(pesel["missingTranslations"], json!([]));
    let plain = all.iter().find(|one| one["card"]["slug"] == "mobywatel").unwrap();
    assert_eq!(plain["missingTranslations"], json!(["en", "uk"]));
    assert!(all.iter().any(|one| one["unverifiedCount"].as_i64() > Some(0)));
}

#[tokio::test]
async fn a_card_is_overdue_from_the_day_after_its_review() {
    let service = service().await;
    let editor = service.staff("editor");
    let first = freshness(&editor, "").await[0].clone();
    let due: chrono::NaiveDate = first["reviewDueOn"].as_str().unwrap().parse().unwrap();
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    service.clock.advance(Duration::days((due - today).num_days()));
    assert_eq!(freshness(&editor, "").await[0]["daysOverdue"], 0);
    service.clock.advance(Duration::days(2));
    assert_eq!(freshness(&editor, "").await[0]["daysOverdue"], 2);
    let before = freshness(&editor, &format!(", dueBefore: \"{due}\"")).await;
    assert_eq!(before, Vec::<Value>::new());
    let next = due.succ_opt().unwrap();
    let due = freshness(&editor, &format!(", dueBefore: \"{next}\"")).await;
    assert!(due.iter().any(|one| one["card"]["slug"] == first["card"]["slug"]));
}

#[tokio::test]
async fn it_is_paged_and_a_coordinator_sees_the_own_unit() {
    let service = service().await;
    let of_sa = freshness(&service.staff("coordinator:SA"), "").await;
    assert!(!of_sa.is_empty() && of_sa.iter().all(|one| one["card"]["unit"]["code"] == "SA"));
    let km = freshness(&service.staff("editor"), ", unit: \"KM\"").await;
    assert!(!km.is_empty() && km.iter().all(|one| one["card"]["unit"]["code"] == "KM"));
    assert!(freshness(&service.staff("coordinator:SA"), ", unit: \"KM\"").await.is_empty());
    let query = "query($after: String) { cardFreshness(first: 4, after: $after, unit: \"KM\") {
        nodes { card { slug } } pageInfo { hasNextPage endCursor } } }";
    let (mut after, mut paged) = (json!(null), Vec::new());
    loop {
        let page = service.staff("editor").ask_with(query, json!({ "after": after })).await;
        let nodes = page.data("/cardFreshness/nodes");
        paged.extend(nodes.as_array().unwrap().iter().map(|one| one["card"]["slug"].clone()));
        if page.data("/cardFreshness/pageInfo/hasNextPage") == json!(false) {
            break;
        }
        after = page.data("/cardFreshness/pageInfo/endCursor");
    }
    let all: Vec<Value> = km.iter().map(|one| one["card"]["slug"].clone()).collect();
    assert_eq!(paged, all);
}
