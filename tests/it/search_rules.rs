//! What editors teach the search: written, kept, shipped, and handed to the index.

use chrono::Duration;
use kontakt::{
    content::{self, Kind},
    events, jobs, search,
};
use serde_json::{Value, json};

use crate::harness::{
    Service, empty_service,
    rules::{taught, teach},
    service,
};

/// The phrases of a page of synonyms.
async fn phrases(service: &Service, arguments: &str) -> Vec<String> {
    let query = format!("{{ synonyms({arguments}) {{ nodes {{ phrase }} }} }}");
    let nodes = service.staff("editor").ask(&query).await.data("/synonyms/nodes");
    let phrase = |node: &Value| node["phrase"].as_str().unwrap().to_owned();
    nodes.as_array().unwrap().iter().map(phrase).collect()
}

/// What the index is given for a phrase.
async fn meant(service: &Service, phrase: &str) -> Option<Vec<String>> {
    let rules = search::in_force(service.db().reader()).await.unwrap();
    rules.synonyms.into_iter().find(|one| one.phrase == phrase).map(|one| one.means)
}

/// How many documents come first for a question, as the index is told.
async fn first(service: &Service, question: &str) -> Option<usize> {
    let rules = search::in_force(service.db().reader()).await.unwrap();
    rules.best_bets.into_iter().find(|one| one.question == question).map(|one| one.documents.len())
}

async fn card(service: &Service, slug: &str) -> Value {
    let query = format!("{{ serviceCard(slug: \"{slug}\") {{ id }} }}");
    service.anyone().ask(&query).await.data("/serviceCard/id")
}

#[tokio::test]
async fn a_synonym_is_written_changed_deleted_and_written_again() {
    let service = service().await;
    let editor = service.staff("editor");
    let input = json!({ "phrase": " Zażółć  gęślą ", "means": ["jaźń ", "JAZN", "żółw"], "note": " po co " });
    let saved = teach(&editor, "save", "Synonym", input).await.data("/saveSynonym/synonym");
    let id = saved["id"].clone();
    let expected = json!({ "id": id, "version": 1, "phrase": "Zażółć gęślą",
        "means": ["jaźń", "żółw"], "acronym": false, "note": "po co" });
    assert_eq!(saved, expected);
    assert_eq!(meant(&service, "Zażółć gęślą").await.unwrap(), ["jaźń", "żółw"]);

    let change =
        json!({ "id": id, "expectedVersion": 1, "phrase": "zazolc gesla", "means": ["a"] });
    let changed = teach(&editor, "save", "Synonym", change.clone()).await;
    assert_eq!(changed.data("/saveSynonym/synonym/version"), 2);
    let stale = teach(&editor, "save", "Synonym", change).await;
    assert_eq!(stale.refusals("saveSynonym"), ["CONFLICT expectedVersion"]);

    let delete = json!({ "id": id, "expectedVersion": 2 });
    let deleted = teach(&editor, "delete", "Synonym", delete.clone()).await;
    assert_eq!(deleted.data("/deleteSynonym/synonym/phrase"), "zazolc gesla");
    assert_eq!(meant(&service, "zazolc gesla").await, None);
    assert_eq!(phrases(&service, "contains: \"zazolc\"").await, Vec::<String>::new());
    assert_eq!(teach(&editor, "delete", "Synonym", delete).await.error_code(), "NOT_FOUND");

    taught(&service, "Synonym", "zażółć gęślą", json!({ "means": ["a"] })).await;
    assert_eq!(phrases(&service, "contains: \"ZAZOLC\"").await, ["zażółć gęślą"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_rule_is_told_by_field() {
    let service = service().await;
    let editor = service.staff("editor");
    let id = taught(&service, "Synonym", "Żółw", json!({ "means": ["gad"] })).await;
    let long = "a".repeat(101);
    for (input, refusals) in [
        (json!({ "phrase": " ", "means": [] }), &["REQUIRED phrase", "REQUIRED means"][..]),
        (
            json!({ "phrase": long, "means": [long] }),
            &["TOO_LONG phrase", "TOO_LONG means.0", "INVALID means.0"],
        ),
        (json!({ "phrase": "zolw", "means": ["b"] }), &["TAKEN phrase"]),
        (json!({ "phrase": "B O", "means": ["b"], "acronym": true }), &["INVALID phrase"]),
        (json!({ "id": id, "phrase": "zolw", "means": ["b"] }), &["REQUIRED expectedVersion"]),
        (
            json!({ "id": id, "expectedVersion": 1, "phrase": "prawko", "means": ["b"] }),
            &["TAKEN phrase"],
        ),
    ] {
        let answer = teach(&editor, "save", "Synonym", input.clone()).await;
        assert_eq!(answer.refusals("saveSynonym"), refusals, "{input}");
    }
    let card = card(&service, "mobywatel").await;
    for (input, refusals) in [
        (json!({ "question": "?", "answers": [] }), &["REQUIRED question", "REQUIRED answers"][..]),
        (
            json!({ "question": "a", "answers": [card, "x", id] }),
            &["UNKNOWN answers.1", "UNKNOWN answers.2"],
        ),
        (
            json!({ "question": "a", "answers": [card], "validUntil": "2026-11-19" }),
            &["INVALID validUntil"],
        ),
    ] {
        let answer = teach(&editor, "save", "BestBet", input.clone()).await;
        assert_eq!(answer.refusals("saveBestBet"), refusals, "{input}");
    }
    let of_another_kind = json!({ "id": id, "expectedVersion": 1 });
    let answer = teach(&editor, "delete", "BestBet", of_another_kind).await;
    assert_eq!(answer.error_code(), "NOT_FOUND");
}

#[tokio::test]
async fn lists_are_sorted_searched_literally_and_paged() {
    let service = empty_service().await;
    for phrase in ["Żółw", "50%", "ćma", "a_b", "Zebra"] {
        taught(&service, "Synonym", phrase, json!({ "means": ["zwierzę"] })).await;
    }
    assert_eq!(phrases(&service, "first: 100").await, ["50%", "a_b", "ćma", "Zebra", "Żółw"]);
    assert_eq!(phrases(&service, "contains: \"0%\"").await, ["50%"]);
    assert_eq!(phrases(&service, "contains: \"_\"").await, ["a_b"]);
    assert_eq!(phrases(&service, "contains: \"ZWIERZE\"").await.len(), 5);
    assert_eq!(phrases(&service, "contains: \"\\\\\"").await, Vec::<String>::new());
    let query = "query($after: String) { synonyms(first: 2, after: $after) {
        nodes { phrase } pageInfo { hasNextPage endCursor } } }";
    let (mut after, mut seen) = (json!(null), Vec::new());
    loop {
        let page = service.staff("editor").ask_with(query, json!({ "after": after })).await;
        seen.extend(page.data("/synonyms/nodes").as_array().unwrap().clone());
        if page.data("/synonyms/pageInfo/hasNextPage") == json!(false) {
            break;
        }
        after = page.data("/synonyms/pageInfo/endCursor");
    }
    assert_eq!(seen.len(), 5);
}

#[tokio::test]
async fn a_best_bet_names_cards_and_articles_and_ends_with_its_day() {
    let service = service().await;
    let article = service.anyone().ask("{ article(slug: \"jak-dziala-infolinia\") { id } }").await;
    let answers = json!([article.data("/article/id"), card(&service, "mobywatel").await]);
    let input =
        json!({ "question": "Święto żyraf", "answers": answers, "validUntil": "2026-11-20" });
    let saved = teach(&service.staff("editor"), "save", "BestBet", input).await;
    let saved = saved.data("/saveBestBet/bestBet");
    let slugs = json!([{ "slug": "jak-dziala-infolinia" }, { "slug": "mobywatel" }]);
    assert_eq!((&saved["answers"], &saved["inForce"]), (&slugs, &json!(true)));
    jobs::sweep(&service.app).await.unwrap();
    assert_eq!(first(&service, "Święto żyraf").await, Some(2));
    // An hour before midnight in Krakow, and an hour after.
    service.clock.advance(Duration::hours(13));
    jobs::sweep(&service.app).await.unwrap();
    assert_eq!(first(&service, "Święto żyraf").await, Some(2));
    service.clock.advance(Duration::hours(2));
    let before = events::head(service.db().reader()).await.unwrap();
    jobs::sweep(&service.app).await.unwrap();
    jobs::sweep(&service.app).await.unwrap();
    assert_eq!(events::head(service.db().reader()).await.unwrap(), before + 1);
    assert_eq!(first(&service, "Święto żyraf").await, None);
    let query = "{ bestBets(contains: \"zyraf\") { nodes { inForce validUntil } } }";
    let listed = service.staff("publisher").ask(query).await.data("/bestBets/nodes");
    assert_eq!(listed, json!([{ "inForce": false, "validUntil": "2026-11-20" }]));
}

/// Slugs of what a search finds, in their order.
async fn hits(service: &Service, role: Option<&str>, words: &str) -> Vec<String> {
    let client = role.map_or_else(|| service.anyone(), |role| service.staff(role));
    let query = "query($q: String!) { search(query: $q, first: 100) { nodes { externalId } } }";
    let nodes = client.ask_with(query, json!({ "q": words })).await.data("/search/nodes");
    let slug = |node: &Value| node["externalId"].as_str().unwrap().to_owned();
    nodes.as_array().unwrap().iter().map(slug).collect()
}

#[tokio::test]
async fn what_is_taught_is_found_and_forgotten_when_it_is_deleted() {
    let service = service().await;
    assert_eq!(hits(&service, None, "wihajster").await, Vec::<String>::new());
    let means = json!({ "means": ["miejscowy plan zagospodarowania", "mObywatel"] });
    let id = taught(&service, "Synonym", "wihajster", means).await;
    service.settle().await;
    let found = hits(&service, None, "gdzie są wihajstry").await;
    assert!(found.contains(&"mobywatel".to_owned()), "{found:?}");
    let delete = json!({ "id": id, "expectedVersion": 1 });
    teach(&service.staff("editor"), "delete", "Synonym", delete).await.data("");
    service.settle().await;
    assert_eq!(hits(&service, None, "wihajster").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_best_bet_comes_first_for_those_who_may_read_it() {
    let service = service().await;
    service.import_articles(&[("tajne", "Coś zupełnie innego", "STAFF")]).await;
    let staff = service.staff("editor").ask("{ article(slug: \"tajne\") { id } }").await;
    let answers = json!([staff.data("/article/id"), card(&service, "mobywatel").await]);
    let input = json!({ "answers": answers, "validUntil": "2026-11-20" });
    taught(&service, "BestBet", "rejestracja pojazdu z żyrafą", input).await;
    service.settle().await;
    let words = "z żyrafami rejestracje pojazdów";
    assert_eq!(hits(&service, None, words).await[0], "mobywatel");
    assert_eq!(hits(&service, Some("consultant"), words).await[..2], ["tajne", "mobywatel"]);
    service.clock.advance(Duration::days(1));
    jobs::sweep(&service.app).await.unwrap();
    service.settle().await;
    assert_ne!(hits(&service, None, words).await[0], "mobywatel");
}

#[tokio::test]
async fn a_page_of_best_bets_takes_three_statements() {
    let service = service().await;
    let query = "{ bestBets(first: 50) { nodes { question answers { __typename } } } }";
    let mut least = u64::MAX;
    for _ in 0..5 {
        let before = service.db().statements();
        service.staff("editor").ask(query).await.data("");
        least = least.min(service.db().statements() - before);
    }
    assert!(least <= 3, "{least} statements");
}

#[tokio::test]
async fn the_binary_teaches_and_never_over_an_editor() {
    let service = service().await;
    assert_eq!(meant(&service, "prawko").await.unwrap(), ["prawo jazdy"]);
    assert_eq!(first(&service, "paszport").await, Some(1));
    let rules = search::in_force(service.db().reader()).await.unwrap();
    assert!(rules.synonyms.len() >= 120, "{}", rules.synonyms.len());
    assert!(rules.synonyms.iter().any(|one| one.phrase == "BO" && one.acronym));
    let rule = async |phrase: &str| {
        let query = format!(
            "{{ synonyms(contains: \"{phrase}\", first: 1) {{ nodes {{ id version }} }} }}"
        );
        service.staff("editor").ask(&query).await.data("/synonyms/nodes/0")
    };
    let (changed, deleted, renamed) =
        (rule("becikowe").await, rule("wuzetka").await, rule("kuroniowka").await);
    let editor = service.staff("editor");
    let over = |rule: &Value| json!({ "id": rule["id"], "expectedVersion": rule["version"] });
    let mut input = over(&changed);
    (input["phrase"], input["means"]) = (json!("becikowe"), json!(["moje"]));
    assert!(teach(&editor, "save", "Synonym", input).await.refusals("saveSynonym").is_empty());
    teach(&editor, "delete", "Synonym", over(&deleted)).await.data("/deleteSynonym/synonym/id");
    let mut input = over(&renamed);
    (input["phrase"], input["means"]) = (json!("zupka"), json!(["moje"]));
    assert!(teach(&editor, "save", "Synonym", input).await.refusals("saveSynonym").is_empty());

    let older = async |tx: &kontakt::db::Tx| {
        use sea_orm::ConnectionTrait;
        kontakt::db::facts::set(tx, "builtin-content", "older").await?;
        let sql =
            "UPDATE search_rules SET builtin_digest = 'older' WHERE builtin_digest IS NOT NULL";
        Ok(tx.execute_unprepared(sql).await?)
    };
    service.db().write(older).await.unwrap();
    content::load_builtin(service.db()).await.unwrap();
    assert_eq!(meant(&service, "becikowe").await.unwrap(), ["moje"]);
    assert_eq!(meant(&service, "zupka").await.unwrap(), ["moje"]);
    for gone in ["wuzetka", "kuroniówka"] {
        assert_eq!(meant(&service, gone).await, None, "{gone}");
    }
}

#[tokio::test]
async fn files_teach_too_and_what_was_exported_imports_to_the_same() {
    let service = service().await;
    let folder = tempfile::TempDir::new().unwrap();
    let import = async |service: &Service, kind, name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        let imported = content::import(service.db(), kind, std::slice::from_ref(&file)).await;
        imported
            .map(|tally| format!("{tally:?}"))
            .map_err(|fault| fault.to_string().replace(&format!("{}:", file.display()), ""))
    };
    let synonyms = "[[synonym]]\nphrase = \" a  \\\"b\\\"\"\nmeans = [\"c\", \"C\"]\n\n\
                    [[synonym]]\nphrase = \"XY\"\nmeans = [\"d\"]\nacronym = true\nnote = \"e\"\n";
    let imported = import(&service, Kind::Synonyms, "s.toml", synonyms).await;
    assert_eq!(imported.unwrap(), "{Created: 2}");
    let lines =
        "{\"phrase\":\"xy\",\"means\":[\"f\"]}\n{\"phrase\":\"a \\\"b\\\"\",\"means\":[\"c\"]}\n";
    let imported = import(&service, Kind::Synonyms, "s.jsonl", lines).await;
    assert_eq!(imported.unwrap(), "{Updated: 1, Unchanged: 1}");
    let bets = "[[best_bet]]\nquestion = \"g\"\nanswers = [{ card = \"mobywatel\" }]\nvalid_until = 2026-11-19\n";
    assert_eq!(import(&service, Kind::BestBets, "b.toml", bets).await.unwrap(), "{Created: 1}");
    assert_eq!(first(&service, "g").await, None, "its day has passed");

    let broken = import(
        &service,
        Kind::Synonyms,
        "s.toml",
        "[[synonym]]\nphrase = \"Ą\"\nmeans = []\n\n[[synonym]]\nphrase = \"a\"\nmeans = [\"b\"]\n",
    )
    .await;
    let told = "1: means: A value is needed here.\n5: \"a\" stands at";
    assert!(broken.as_ref().unwrap_err().starts_with(told), "{broken:?}");
    let unknown = "[[best_bet]]\nquestion = \"h\"\nanswers = [{ card = \"mobywatel\" }, { article = \"nie-ma\" }]\n";
    let told = "1: answers.1: There is no card or article \"nie-ma\".\nnothing was imported";
    assert_eq!(import(&service, Kind::BestBets, "b.toml", unknown).await.unwrap_err(), told);

    let export = tempfile::TempDir::new().unwrap();
    content::export(service.db(), export.path()).await.unwrap();
    let other = empty_service().await;
    for (kind, name) in [
        (Kind::Units, "units.toml"),
        (Kind::Cards, "cards"),
        (Kind::Articles, "articles"),
        (Kind::Synonyms, "synonyms.toml"),
        (Kind::BestBets, "best-bets.toml"),
    ] {
        content::import(other.db(), kind, &[export.path().join(name)]).await.unwrap();
    }
    let again = tempfile::TempDir::new().unwrap();
    content::export(other.db(), again.path()).await.unwrap();
    for name in ["synonyms.toml", "best-bets.toml"] {
        let read =
            |folder: &tempfile::TempDir| std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read(&export), read(&again), "{name}");
        assert!(!read(&export).is_empty());
    }
}
