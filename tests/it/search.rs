//! A question finds its answer.

use serde_json::json;

use crate::harness::{Client, service};

/// Slugs of the first hits.
async fn found(client: &Client<'_>, words: &str) -> Vec<String> {
    let query = "query($q: String!) { search(query: $q, first: 5) { nodes { externalId } } }";
    let nodes = client.ask_with(query, json!({ "q": words })).await.data("/search/nodes");
    let slug = |node: &serde_json::Value| node["externalId"].as_str().unwrap().to_owned();
    nodes.as_array().unwrap().iter().map(slug).collect()
}

#[tokio::test]
async fn residents_find_the_right_card_first_in_the_words_they_have() {
    let service = service().await;
    for (words, slug) in [
        ("jak wyrobic dowod", "wydanie-dowodu-osobistego"),
        ("zgubilam dowod co robic", "zgloszenie-utraty-dowodu-osobistego"),
        ("odpis aktu urodzenia", "odpis-aktu-stanu-cywilnego"),
        ("zameldowanie na pobyt stały", "zameldowanie-na-pobyt-staly"),
        ("miedzynarodowe prawo jazdy", "miedzynarodowe-prawo-jazdy"),
        ("abonament dla mieszkanca", "abonament-parkingowy-mieszkanca"),
    ] {
        assert_eq!(found(&service.anyone(), words).await[0], slug, "{words}");
    }
}

#[tokio::test]
async fn a_symbol_finds_its_card_however_it_is_written() {
    let service = service().await;
    for words in ["SA-10", "sa 10", "sa10", "karta SA-10"] {
        let first = &found(&service.anyone(), words).await[0];
        assert_eq!(first, "wydanie-dowodu-osobistego", "{words}");
    }
}

#[tokio::test]
async fn staff_articles_reach_no_resident_not_even_as_a_count() {
    let service = service().await;
    let query = "{ search(query: \"druga linia\", first: 100, filter: { kinds: [ARTICLE] }) {
        totalCount nodes { externalId subject { ... on Article { visibility } } } } }";
    let seen = service.anyone().ask(query).await;
    let staff = service.staff("consultant").ask(query).await;
    let count =
        |answer: &crate::harness::Answer| answer.data("/search/totalCount").as_u64().unwrap();
    assert!(count(&seen) < count(&staff));
    let nodes = seen.data("/search/nodes");
    assert_eq!(count(&seen), nodes.as_array().unwrap().len() as u64);
    for node in nodes.as_array().unwrap() {
        assert_eq!(node["subject"]["visibility"], "PUBLIC");
    }
    for role in ["analyst", "dpo", "resident:anna"] {
        assert_eq!(count(&service.staff(role).ask(query).await), count(&seen), "{role}");
    }
}

#[tokio::test]
async fn the_passage_names_its_section_and_marks_the_words() {
    let service = service().await;
    let query = "{ search(query: \"zgubilam dowod\", first: 1) { nodes {
        passage { section sectionLabel language text html } } } }";
    let passage = service.anyone().ask(query).await.data("/search/nodes/0/passage");
    assert_eq!(passage["language"], "pl");
    assert!(passage["html"].as_str().unwrap().contains("<mark>"), "{passage}");
    assert!(!passage["text"].as_str().unwrap().contains('<'), "{passage}");
    assert_ne!(passage["sectionLabel"], "");
}

#[tokio::test]
async fn filters_hold_all_at_once() {
    let service = service().await;
    let query = "{ search(query: \"opłata\", first: 100, filter:
        { units: [\"ZDMK\"], kinds: [SERVICE_CARD], online: true }) {
        nodes { subject { ... on ServiceCard { unit { code } channels { kind submit } } } } } }";
    let nodes = service.anyone().ask(query).await.data("/search/nodes");
    assert!(!nodes.as_array().unwrap().is_empty());
    for node in nodes.as_array().unwrap() {
        assert_eq!(node["subject"]["unit"]["code"], "ZDMK");
        let channels = node["subject"]["channels"].as_array().unwrap().clone();
        assert!(channels.iter().any(|c| c["kind"] == "ONLINE" && c["submit"] != "NO"));
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let service = service().await;
    let query =
        "query($n: Int, $after: String) { search(query: \"wniosek\", first: $n, after: $after) {
        totalCount nodes { externalId } pageInfo { hasNextPage endCursor } } }";
    let all = service.anyone().ask_with(query, json!({ "n": 100 })).await;
    let mut paged = Vec::new();
    let mut after = json!(null);
    loop {
        let page = service.anyone().ask_with(query, json!({ "n": 7, "after": after })).await;
        paged.extend(page.data("/search/nodes").as_array().unwrap().clone());
        if page.data("/search/pageInfo/hasNextPage") == json!(false) {
            break;
        }
        after = page.data("/search/pageInfo/endCursor");
    }
    assert_eq!(json!(paged), all.data("/search/nodes"));
    assert_eq!(json!(paged.len()), all.data("/search/totalCount"));
}

#[tokio::test]
async fn odd_questions_get_an_honest_empty_answer() {
    let service = service().await;
    for words in ["", "   ", "😀", "\u{0}\u{202e}", "';--", "<script>", "qqqqxxxxyyyy"] {
        assert_eq!(found(&service.anyone(), words).await, Vec::<String>::new(), "{words:?}");
    }
}

#[tokio::test]
async fn a_page_outside_the_limits_or_a_foreign_cursor_is_refused() {
    let service = service().await;
    let long = "a".repeat(1_001);
    let other = "{ search(query: \"dowód\", first: 1) { pageInfo { endCursor } } }";
    let cursor = service.anyone().ask(other).await.data("/search/pageInfo/endCursor");
    let cursor = cursor.as_str().unwrap();
    for arguments in [
        "query: \"a\", first: -1".to_owned(),
        "query: \"a\", first: 101".to_owned(),
        "query: \"a\", after: \"x\"".to_owned(),
        format!("query: \"paszport\", after: \"{cursor}\""),
        format!("query: \"{long}\""),
    ] {
        let query = format!("{{ search({arguments}) {{ totalCount }} }}");
        assert_eq!(
            service.anyone().ask(&query).await.error_code(),
            "BAD_USER_INPUT",
            "{arguments}"
        );
    }
}

#[tokio::test]
async fn titles_come_in_the_readers_language_where_they_are_translated() {
    let service = service().await;
    let query =
        "{ search(query: \"SA-10\", first: 1) { nodes { title passage { sectionLabel } } } }";
    let polish = service.anyone().ask(query).await.data("/search/nodes/0/title");
    let english = service.anyone().header("accept-language", "en").ask(query).await;
    assert_ne!(english.data("/search/nodes/0/title"), polish);
}
