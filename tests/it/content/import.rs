//! What an operator's files become.

use kontakt::{
    content::{self, Kind},
    imported::Imported::{Created, Unchanged, Updated},
};
use serde_json::json;

use super::{
    Files, fates,
    files::{ARTICLE, CARD, ENGLISH, UKRAINIAN, UNIT, service_with_a_unit},
    found_articles, head, state, versions,
};
use crate::harness::{empty_service, service};

#[tokio::test]
async fn a_card_comes_from_markdown_with_its_translations_beside() {
    let service = service_with_a_unit().await;
    let files = Files::new()
        .with("karta.md", CARD)
        .with("karta.en.md", ENGLISH)
        .with("karta.uk.md", UKRAINIAN);
    assert_eq!(files.import(&service, Kind::Cards).await, fates([(Created, 1)]));
    let query = "{ serviceCard(slug: \"karta\") { symbol title summary steps { text } languages
        unit { code } lifeEvents { code } deadline { iso text } documents { name when }
        fees(on: \"2026-11-20\") { label amount } questions { question answer } } }";
    let read = async |language: &str| {
        let client = service.anyone().header("accept-language", language);
        client.ask(query).await.data("/serviceCard")
    };
    let polish = json!({
        "symbol": "XY-1", "title": "Karta z pliku", "summary": "Co to jest.",
        "steps": [{ "text": "Przyjdź." }, { "text": "Podpisz." }], "languages": ["pl", "en", "uk"],
        "unit": { "code": "SA" }, "lifeEvents": [{ "code": "moving" }],
        "deadline": { "iso": "P30D", "text": "do 30 dni" },
        "documents": [{ "name": "Wniosek", "when": "zawsze" }],
        "fees": [{ "label": "Opłata skarbowa", "amount": "17.00" }],
        "questions": [{ "question": "Ile to trwa?", "answer": "Kwadrans." }]
    });
    assert_eq!(read("pl").await, polish);
    let mut english = polish.clone();
    english["title"] = json!("A card from a file");
    english["summary"] = json!("What it is.");
    english["steps"] = json!([{ "text": "Come." }, { "text": "Sign." }]);
    english["documents"] = json!([{ "name": "Application", "when": null }]);
    assert_eq!(read("en").await, english);
    let mut ukrainian = polish;
    ukrainian["title"] = json!("Картка з файлу");
    assert_eq!(read("uk").await, ukrainian);
    assert_eq!(versions(&service, "karta").await, ["1 PUBLISHED import"]);
    service.settle().await;
    let query = "{ search(query: \"xy 1\", first: 1) { nodes { externalId } } }";
    let first = service.anyone().ask(query).await.data("/search/nodes/0/externalId");
    assert_eq!(first, "karta");
}

#[tokio::test]
async fn cards_and_units_come_from_lines_of_json_too() {
    let service = empty_service().await;
    let units = Files::new().with(
        "units.jsonl",
        r#"{"code":"SA","name":"Wydział","name_en":"Department","name_uk":"Відділ","kind":"OFFICE_DEPARTMENT"}"#,
    );
    assert_eq!(units.import(&service, Kind::Units).await, fates([(Created, 1)]));
    let cards = Files::new().with(
        "cards.jsonl",
        r#"{"slug":"z-linii","title":"Z linii","unit":"SA","summary":" Co to jest.\r\n","free":true,"deadline":{"text":"od ręki"},"appeal":"Nie przysługuje.","channels":[{"kind":"ONLINE","submit":"YES","collect":"NO"}],"legal_basis":[{"title":"Ustawa"}],"review_due":"2027-11-20"}"#,
    );
    assert_eq!(cards.import(&service, Kind::Cards).await, fates([(Created, 1)]));
    let query = "{ serviceCard(slug: \"z-linii\") { title summary unit { name } } }";
    assert_eq!(
        service.anyone().ask(query).await.data("/serviceCard"),
        json!({ "title": "Z linii", "summary": "Co to jest.", "unit": { "name": "Wydział" } })
    );
}

#[tokio::test]
async fn an_article_needs_only_an_id_a_title_and_a_text() {
    let service = empty_service().await;
    let files = Files::new().with("notes.md", ARTICLE).with(
        "faq.jsonl",
        "{\"id\":\"faq-1\",\"title\":\"Pierwsze\",\"text\":\"Treść.\"}\n\n\
         {\"id\":17,\"title\":\"Drugie\",\"text\":\"Treść.\",\"keywords\":[\"lód\"]}\n\
         {\"id\":\"http://a.pl/3\",\"title\":\"Trzecie\",\"text\":\"Treść.\",\"visibility\":\"STAFF\"}\n",
    );
    assert_eq!(files.import(&service, Kind::Articles).await, fates([(Created, 4)]));
    let query = "{ articles(first: 10) { nodes { slug title visibility text } } }";
    let article = |slug: &str, title: &str, visibility: &str, text: &str| json!({ "slug": slug, "title": title, "visibility": visibility, "text": text });
    let public = [
        article("17", "Drugie", "PUBLIC", "Treść."),
        article("faq-1", "Pierwsze", "PUBLIC", "Treść."),
    ];
    assert_eq!(service.anyone().ask(query).await.data("/articles/nodes"), json!(public));
    let mut all = public.to_vec();
    all.push(article("http://a.pl/3", "Trzecie", "STAFF", "Treść."));
    let text = "Wstęp.\n\n## Hulajnogi\n\nZgłoś porzuconą.";
    all.push(article("notes", "Artykuł z pliku", "STAFF", text));
    let seen = service.staff("consultant").ask(query).await.data("/articles/nodes");
    assert_eq!(seen, json!(all));
}

#[tokio::test]
async fn importing_twice_changes_nothing() {
    let service = service().await;
    let (cards, articles, forms) = content::check_builtin().unwrap();
    let content = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let units = state(&service).await.0.len();
    let before = (head(&service).await, state(&service).await);
    for (kind, path, count) in [
        (Kind::Units, "units.toml", units),
        (Kind::Cards, "cards", cards),
        (Kind::Articles, "articles", articles),
        (Kind::Forms, "forms", forms),
    ] {
        let tally = content::import(service.db(), kind, &[content.join(path)]).await.unwrap();
        assert_eq!(tally, fates([(Unchanged, count)]), "{path}");
    }
    assert!((head(&service).await, state(&service).await) == before);
}

#[tokio::test]
async fn a_file_stands_over_what_is_there() {
    let service = service_with_a_unit().await;
    let all = [
        (Kind::Cards, "karta.md", CARD, "Co to jest."),
        (Kind::Articles, "notes.md", ARTICLE, "Wstęp."),
        (Kind::Units, "units.toml", UNIT, "Spraw"),
    ];
    Files::new().with("karta.md", CARD).import(&service, Kind::Cards).await;
    Files::new().with("notes.md", ARTICLE).import(&service, Kind::Articles).await;
    for (kind, name, text, part) in all {
        let files = Files::new().with(name, text.replace(part, "Nowe"));
        assert_eq!(files.import(&service, kind).await, fates([(Updated, 1)]), "{name}");
        assert_eq!(files.import(&service, kind).await, fates([(Unchanged, 1)]), "{name}");
    }
    let (units, cards, articles) = state(&service).await;
    assert_eq!(units[0].name, "Wydział Nowe Administracyjnych");
    assert_eq!(cards["karta"].summary, "Nowe");
    assert_eq!(articles["notes"].text, "Nowe\n\n## Hulajnogi\n\nZgłoś porzuconą.");
    let expected = ["2 PUBLISHED import", "1 SUPERSEDED import"];
    assert_eq!(versions(&service, "karta").await, expected);
}

#[tokio::test]
async fn a_card_that_was_withdrawn_is_live_again_when_its_file_is_imported() {
    let service = service().await;
    let card = "{ serviceCard(slug: \"mobywatel\") { id version } }";
    let card = service.anyone().ask(card).await.data("/serviceCard");
    let version = card["version"].as_i64().unwrap();
    let publisher = service.staff("publisher");
    crate::harness::cards::step(&publisher, "withdrawServiceCard", &card["id"], version).await;
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/cards/mobywatel.md");
    let tally = content::import(service.db(), Kind::Cards, &[file]).await.unwrap();
    assert_eq!(tally, fates([(Updated, 1)]));
    let expected = ["2 PUBLISHED import", "1 WITHDRAWN builtin"];
    assert_eq!(versions(&service, "mobywatel").await, expected);
}

#[tokio::test]
async fn files_from_windows_and_hidden_files_beside_do_no_harm() {
    let service = service_with_a_unit().await;
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let cards = Files::new()
        .with("karta.md", windows(CARD))
        .with("karta.en.md", windows(ENGLISH))
        .with(".DS_Store", [0xff, 0x00]);
    assert_eq!(cards.import(&service, Kind::Cards).await, fates([(Created, 1)]));
    let cards = Files::new().with("karta.md", CARD).with("karta.en.md", ENGLISH);
    assert_eq!(cards.import(&service, Kind::Cards).await, fates([(Unchanged, 1)]));
    let line = "{\"id\":\"a\",\"title\":\"A\",\"text\":\"Raz\\r\\ndwa \"}\n";
    let lines = Files::new().with("faq.jsonl", windows(line));
    assert_eq!(lines.import(&service, Kind::Articles).await, fates([(Created, 1)]));
    assert_eq!(state(&service).await.2["a"].text, "Raz\ndwa");
}

#[tokio::test]
async fn ten_thousand_articles_are_imported_and_found() {
    let service = empty_service().await;
    let line = |number: usize| {
        let rare = if number.is_multiple_of(100) { "Hulajnoga stoi na chodniku." } else { "" };
        format!("{{\"id\":{number},\"title\":\"Pytanie k{number}\",\"text\":\"Treść. {rare}\"}}\n")
    };
    let files = Files::new().with("faq.jsonl", (0..10_000).map(line).collect::<String>());
    assert_eq!(files.import(&service, Kind::Articles).await, fates([(Created, 10_000)]));
    // One event for each batch, not for each article.
    assert_eq!(head(&service).await, 20);
    service.settle().await;
    assert_eq!(found_articles(&service, "hulajnoga").await.0, 100);
    assert_eq!(found_articles(&service, "k7777").await, (1, json!("7777")));
    assert_eq!(files.import(&service, Kind::Articles).await, fates([(Unchanged, 10_000)]));
    assert_eq!(head(&service).await, 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_imports_at_once_the_second_finds_what_the_first_has_written() {
    let service = service_with_a_unit().await;
    let line = |number: usize| format!("{{\"id\":{number},\"title\":\"A\",\"text\":\"B\"}}\n");
    let articles = Files::new().with("faq.jsonl", (0..1_200).map(line).collect::<String>());
    let cards = (0..60).fold(Files::new(), |files, i| files.with(&format!("karta-{i}.md"), CARD));
    for (files, kind, count) in [(articles, Kind::Articles, 1_200), (cards, Kind::Cards, 60)] {
        let (one, other) = tokio::join!(files.import(&service, kind), files.import(&service, kind));
        let of = |fate| [&one, &other].into_iter().filter_map(|tally| tally.get(&fate)).sum();
        let (created, unchanged): (usize, usize) = (of(Created), of(Unchanged));
        assert_eq!((created, unchanged), (count, count), "{one:?} {other:?}");
    }
}

#[tokio::test]
async fn cards_imported_in_one_batch_are_one_event() {
    let service = service_with_a_unit().await;
    let before = head(&service).await;
    let files = Files::new().with("a.md", CARD).with("b.md", CARD).with("c.md", CARD);
    assert_eq!(files.import(&service, Kind::Cards).await, fates([(Created, 3)]));
    assert_eq!(head(&service).await, before + 1);
    service.settle().await;
    let query = "{ search(query: \"karta z pliku\") { totalCount } }";
    assert_eq!(service.anyone().ask(query).await.data("/search/totalCount"), 3);
}
