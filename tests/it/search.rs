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

/// The first hit of a question, asked in a language.
async fn first_hit(client: &Client<'_>, words: &str) -> serde_json::Value {
    let query = "query($q: String!) { search(query: $q, first: 1) { didYouMean nodes { title \
                 externalId passage { section language text html } } } }";
    client.ask_with(query, json!({ "q": words })).await.data("/search")
}

#[tokio::test]
async fn a_misspelt_question_is_answered_and_its_correction_proposed() {
    let service = service().await;
    let found = first_hit(&service.anyone(), "zamledowanie na pobyt stały").await;
    assert_eq!(found["nodes"][0]["externalId"], "zameldowanie-na-pobyt-staly");
    assert_eq!(found["didYouMean"], "zameldowanie na pobyt stały");
    let found = first_hit(&service.anyone(), "zameldowanie na pobyt stały").await;
    assert_eq!(found["didYouMean"], json!(null));
}

#[tokio::test]
async fn the_section_that_was_asked_for_is_the_passage() {
    let service = service().await;
    for (words, section) in [
        ("ile kosztuje odpis aktu stanu cywilnego", "FEES"),
        ("jakie dokumenty do prawa jazdy", "DOCUMENTS"),
        ("gdzie zarejestrować urodzenie dziecka", "PLACES"),
        ("ile się czeka na dowód osobisty", "DEADLINE"),
        ("wydanie dowodu osobistego", "SUMMARY"),
    ] {
        let found = first_hit(&service.anyone(), words).await;
        assert_eq!(found["nodes"][0]["passage"]["section"], section, "{words}: {found}");
    }
}

#[tokio::test]
async fn a_translated_card_answers_in_the_language_of_the_asker() {
    let service = service().await;
    for (lang, words, language) in [
        ("en", "lost my id card how do i get a new identity card", "en"),
        ("uk", "посвідчення особи", "uk"),
        ("en", "wydanie dowodu osobistego", "en"),
        ("pl", "identity card", "en"),
        ("pl", "wydanie dowodu osobistego", "pl"),
    ] {
        let client = service.anyone().header("accept-language", lang);
        let found = first_hit(&client, words).await;
        let hit = &found["nodes"][0];
        assert_eq!(hit["externalId"], "wydanie-dowodu-osobistego", "{lang} {words}");
        assert_eq!(hit["passage"]["language"], language, "{lang} {words}");
    }
}

#[tokio::test]
async fn facets_count_what_was_found_and_speak_the_language_of_the_reader() {
    let service = service().await;
    let query = "query($f: SearchFilter) { search(query: \"dowód rejestracyjny\", first: 1, filter: $f) \
                 { totalCount facets { field values { value label count } } } }";
    let ask = async |lang: &str, filter| {
        let client = service.anyone().header("accept-language", lang);
        client.ask_with(query, json!({ "f": filter })).await.data("/search")
    };
    let found = ask("en", json!(null)).await;
    let facet = |found: &serde_json::Value, field: &str| {
        let all = found["facets"].as_array().unwrap();
        all.iter().find(|facet| facet["field"] == field).cloned().unwrap()["values"].clone()
    };
    let kinds = facet(&found, "kind");
    let sum: i64 = kinds.as_array().unwrap().iter().map(|v| v["count"].as_i64().unwrap()).sum();
    assert_eq!(found["totalCount"], sum);
    let units = facet(&found, "unit");
    let vehicles = units.as_array().unwrap().iter().find(|unit| unit["value"] == "KM").unwrap();
    assert_eq!(vehicles["label"], "Vehicle and Driver Records Department");
    let areas = facet(&found, "area");
    let vehicles =
        areas.as_array().unwrap().iter().find(|area| area["value"] == "VEHICLES").unwrap();
    assert_eq!(vehicles["label"], "Vehicles and drivers");
    let narrowed = ask("pl", json!({ "areas": ["VEHICLES"], "online": true })).await;
    assert_eq!(facet(&narrowed, "area").as_array().unwrap().len(), 1);
    assert_eq!(facet(&narrowed, "online")[0]["label"], "przez internet");
    assert!(narrowed["totalCount"].as_i64() < found["totalCount"].as_i64());
}

#[tokio::test]
async fn an_unfinished_word_is_completed_only_while_typing() {
    let service = service().await;
    let query = "query($t: Boolean!) { search(query: \"lamusow\", first: 1, typing: $t) \
                 { searchId nodes { externalId } } }";
    let typing = service.anyone().ask_with(query, json!({ "t": true })).await.data("/search");
    assert_eq!(typing["nodes"][0]["externalId"], "lamusownia-pszok");
    assert_eq!(typing["searchId"], json!(null), "what is being typed is not logged");
}

#[tokio::test]
async fn suggestions_come_from_titles_symbols_and_the_words_of_residents() {
    let service = service().await;
    let suggest = async |client: Client<'_>, prefix: &str| {
        let query =
            "query($p: String!) { suggest(prefix: $p, first: 20) { text kind externalId } }";
        client.ask_with(query, json!({ "p": prefix })).await.data("/suggest")
    };
    let first = suggest(service.anyone(), "wydan").await[0].clone();
    assert_eq!(first["kind"], "SERVICE_CARD");
    assert_eq!(
        suggest(service.anyone(), "sa 10").await[0]["externalId"],
        "wydanie-dowodu-osobistego"
    );
    assert_eq!(suggest(service.anyone(), "zamledow").await[0]["kind"], "SERVICE_CARD");
    let words = suggest(service.anyone(), "prawko").await;
    assert_eq!((&words[0]["kind"], &words[0]["externalId"]), (&json!("QUERY"), &json!(null)));
    let of_staff = |found: serde_json::Value| {
        found
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["text"].as_str().unwrap().starts_with("Rozmowa"))
    };
    assert!(!of_staff(suggest(service.anyone(), "rozmowa").await));
    assert!(of_staff(suggest(service.staff("consultant"), "rozmowa").await));
}

#[tokio::test]
async fn a_new_article_is_suggested_soon() {
    let service = service().await;
    service.import_articles(&[("nowy", "Hulajnogi elektryczne", "PUBLIC")]).await;
    for _ in 0..200 {
        let found = service.anyone().ask("{ suggest(prefix: \"hulajnogi el\") { text } }").await;
        if found.data("/suggest") == json!([{ "text": "Hulajnogi elektryczne" }]) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("the article is not suggested");
}

#[tokio::test]
async fn odd_input_gets_an_honest_answer_or_a_clear_error() {
    let service = service().await;
    let ask = async |prefix: &str, first: i64| {
        let query = "query($p: String!, $n: Int) { suggest(prefix: $p, first: $n) { text } }";
        service.anyone().ask_with(query, json!({ "p": prefix, "n": first })).await
    };
    for odd in ["", " ", "\u{0}", "🙂🙂", "<script>", "x'; --"] {
        assert_eq!(ask(odd, 8).await.data("/suggest"), json!([]), "{odd}");
    }
    assert_eq!(ask(&"xqzw ".repeat(2_000), 8).await.data("/suggest"), json!([]));
    for first in [-1, 21, i64::from(i32::MAX)] {
        let answer = ask("dow", first).await;
        assert_eq!(answer.error_code(), "BAD_USER_INPUT", "{first}");
        assert!(answer.text.contains("musi być liczbą od 0 do 20"), "{}", answer.text);
    }
}
