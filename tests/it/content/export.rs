//! What was exported imports to the same state, whatever was written.

use kontakt::{
    content::{self, Kind},
    imported::Imported::{Created, Unchanged, Updated},
};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Files, fates, files::service_with_a_unit, head, state};
use crate::harness::{
    Service,
    cards::{call, content, step},
    empty_service, service,
};

/// Exports everything to a new folder.
async fn exported(service: &Service) -> TempDir {
    let folder = TempDir::new().unwrap();
    let exported = content::export(service.db(), folder.path()).await.unwrap();
    assert_eq!(exported.strangers, Vec::<std::path::PathBuf>::new());
    folder
}

/// Imports an export, and gives what became of units, cards and articles.
async fn import(service: &Service, folder: &TempDir) -> [content::Tally; 3] {
    let import = async |kind, name| {
        content::import(service.db(), kind, &[folder.path().join(name)]).await.unwrap()
    };
    [
        import(Kind::Units, "units.toml").await,
        import(Kind::Cards, "cards").await,
        import(Kind::Articles, "articles").await,
    ]
}

/// Creates a card with this content and brings it live.
async fn publish(service: &Service, slug: &str, content: Value) {
    let input = json!({ "slug": slug, "content": content });
    let answer = call(&service.staff("editor"), "createServiceCard", input).await;
    assert_eq!(answer.refusals("createServiceCard"), Vec::<String>::new());
    let id = answer.data("/createServiceCard/serviceCard/id");
    let publisher = service.staff("publisher");
    let version = step(&service.staff("editor"), "submitServiceCard", &id, 1).await;
    let version = step(&publisher, "approveServiceCard", &id, version).await;
    step(&publisher, "publishServiceCard", &id, version).await;
}

/// A content in which every text is odd, in Polish and in English.
fn odd_content() -> Value {
    let odd = "  \u{a0}\"Cudzysłów\" 'i' \\ ukośnik,\ttabulator \r\n\r\n# nie nagłówek\n+++\n#### 😀 \
               '''\"\"\" {{ $x }} \u{1} \u{202e}\r  wcięty\n\n";
    let line = " \"Krok\" \\n 😀 ## 2. + = '''";
    let mut content = content(odd);
    for field in ["summary", "criteria", "outcome", "appeal", "notes"] {
        content[field] = json!(odd);
    }
    content["symbol"] = json!("");
    content["free"] = json!(false);
    for field in ["audience", "keywords", "unverified", "related"] {
        content[field] = json!([odd, line, ""]);
    }
    content["steps"] = json!([line, "2. drugi"]);
    content["questions"] =
        json!([{ "question": line, "answer": odd }, { "question": "?", "answer": "" }]);
    content["documents"] = json!([{ "name": odd, "when": line, "form": { "title": odd, "url": "https://a.pl/\"?x=1 2" } }]);
    content["fees"] =
        json!([{ "label": odd, "validFrom": "2026-01-01" }, { "label": line, "amount": "0.00" }]);
    content["places"] = json!([{ "name": odd, "address": "", "hours": odd }]);
    content["channels"] =
        json!([{ "kind": "POST", "submit": "PARTIAL", "collect": "NO", "guidance": odd }]);
    content["sources"] = json!([{ "url": "http://a.pl", "checkedOn": "2026-11-20", "note": odd }]);
    content["en"] = json!({
        "title": odd, "summary": odd, "criteria": " \n", "steps": [line], "deadline": odd,
        "questions": [{ "question": line, "answer": odd }], "keywords": [odd],
        "documents": [{ "name": odd }], "channels": [{}]
    });
    content["uk"] = json!({});
    content
}

#[tokio::test]
async fn what_was_exported_imports_to_the_same_state() {
    let service = service().await;
    let articles = Files::new().with(
        "faq.jsonl",
        "{\"id\":\"HTTP://a.pl/1?x=%2F\",\"title\":\"A\",\"text\":\"## Nagłówek\\n\\nTreść\\n+++\"}\n\
         {\"id\":\"a\",\"title\":\"Mała\",\"text\":\"a\"}\n{\"id\":\"A\",\"title\":\"Duża\",\"text\":\"A\"}\n\
         {\"id\":\"x.en\",\"title\":\"\\u0001 ''' \\n+++\\n\",\"text\":\"x\",\"keywords\":[\" \\n+++\\n\"]}\n",
    );
    assert_eq!(articles.import(&service, Kind::Articles).await, fates([(Created, 4)]));
    publish(&service, "dziwna", odd_content()).await;
    let folder = exported(&service).await;
    let before = (head(&service).await, state(&service).await);
    let (units, cards, articles) = &before.1;
    let all = |fate| [units.len(), cards.len(), articles.len()].map(|count| fates([(fate, count)]));
    assert_eq!(import(&service, &folder).await, all(Unchanged));
    assert!((head(&service).await, state(&service).await) == before);

    let other = empty_service().await;
    assert_eq!(import(&other, &folder).await, all(Created));
    let found = state(&other).await;
    assert_eq!(found.0, *units);
    assert_eq!(found.1, *cards);
    assert_eq!(found.2, *articles);
    assert_eq!(other_lists(&other).await, other_lists(&service).await);
}

/// What the API lists by columns beside the content.
async fn other_lists(service: &Service) -> Value {
    let query = "{ units(first: 100) { nodes { code } } online: serviceCards(first: 100, filter: { online: true }) {
        nodes { slug } } moving: serviceCards(first: 100, filter: { lifeEvent: \"moving\" }) { nodes { slug } } }";
    service.anyone().ask(query).await.data("")
}

#[tokio::test]
async fn a_text_is_kept_without_what_stands_around_it() {
    let service = service_with_a_unit().await;
    publish(&service, "dziwna", odd_content()).await;
    let query = "{ serviceCard(slug: \"dziwna\") { title summary steps { text } symbol } }";
    let text = "\"Cudzysłów\" 'i' \\ ukośnik,\ttabulator \n\n# nie nagłówek\n+++\n#### 😀 '''\"\"\" \
                {{ $x }} \u{1} \u{202e}\n  wcięty";
    assert_eq!(
        service.anyone().ask(query).await.data("/serviceCard"),
        json!({
            "title": text, "summary": text, "symbol": "",
            "steps": [{ "text": "\"Krok\" \\n 😀 ## 2. + = '''" }, { "text": "2. drugi" }]
        })
    );
    let content = &state(&service).await.1["dziwna"];
    assert_eq!(content.en.as_ref().unwrap().criteria, None);
}

#[tokio::test]
async fn what_a_file_could_not_hold_is_refused_in_the_readers_language() {
    let service = service_with_a_unit().await;
    let mut bad = content("Karta");
    bad["summary"] = json!("Raz.\r\n## Dwa");
    bad["notes"] = json!(" ## Efekt");
    bad["steps"] = json!(["Raz\ndwa", " "]);
    bad["questions"] = json!([{ "question": "A\nB", "answer": "### C" }]);
    bad["keywords"] = json!(["a\u{0}"]);
    bad["uk"] = json!({ "appeal": "## A", "steps": ["a\rb"] });
    let input = json!({ "slug": "karta", "content": bad });
    let refusals = async |language: &str| {
        let client = service.staff("editor").header("accept-language", language);
        call(&client, "createServiceCard", input.clone()).await
    };
    let polish = refusals("pl").await;
    assert_eq!(
        polish.refusals("createServiceCard"),
        [
            "INVALID content.keywords.0",
            "INVALID content.summary",
            "INVALID content.notes",
            "INVALID content.steps.0",
            "REQUIRED content.steps.1",
            "INVALID content.questions.0.question",
            "INVALID content.questions.0.answer",
            "INVALID content.uk.appeal",
            "INVALID content.uk.steps.0",
        ]
    );
    let messages = |answer: crate::harness::Answer| {
        [0, 1, 3, 6].map(|i| answer.data(&format!("/createServiceCard/errors/{i}/message")))
    };
    assert_eq!(
        messages(polish),
        [
            "Tekst nie może zawierać znaku U+0000.",
            "Wiersz nie może zaczynać się od „## ”: tak w pliku karty zaczyna się inna część.",
            "To musi być jeden wiersz.",
            "Wiersz nie może zaczynać się od „### ”: tak w pliku karty zaczyna się inna część.",
        ]
    );
    assert_eq!(
        messages(refusals("en").await),
        [
            "A text cannot hold the character U+0000.",
            "A line must not begin with \"## \": that begins another part of the card's file.",
            "This must be one line.",
            "A line must not begin with \"### \": that begins another part of the card's file.",
        ]
    );
    assert_eq!(
        messages(refusals("uk").await),
        [
            "Текст не може містити символ U+0000.",
            "Рядок не може починатися з «## »: так у файлі картки починається інша частина.",
            "Тут має бути один рядок.",
            "Рядок не може починатися з «### »: так у файлі картки починається інша частина.",
        ]
    );
    assert_eq!(state(&service).await.1, Default::default());
}

#[tokio::test]
async fn an_edit_is_tidied_and_held_against_the_same_rules() {
    let service = service().await;
    let editor = service.staff("editor");
    let card = "{ serviceCard(slug: \"mobywatel\") { id version } }";
    let card = service.anyone().ask(card).await.data("/serviceCard");
    let mut edited = content(" Tytuł ");
    let edit = async |content: &Value| {
        let input =
            json!({ "id": card["id"], "expectedVersion": card["version"], "content": content });
        call(&editor, "editServiceCard", input).await
    };
    edited["steps"] = json!(["Raz\ndwa"]);
    let refused = edit(&edited).await;
    assert_eq!(refused.refusals("editServiceCard"), ["INVALID content.steps.0"]);
    edited["steps"] = json!([" Raz "]);
    edit(&edited).await.data("/editServiceCard/serviceCard/id");
    let query = "{ serviceCard(slug: \"mobywatel\") { draft { content { title steps } } } }";
    assert_eq!(
        editor.ask(query).await.data("/serviceCard/draft/content"),
        json!({ "title": "Tytuł", "steps": ["Raz"] })
    );
}

#[tokio::test]
async fn an_export_holds_what_is_live_and_no_draft() {
    let service = service().await;
    crate::harness::cards::draft(&service, "szkic").await;
    let file = Files::new().with("units.toml", super::files::UNIT.replace("Spraw", "Sprawiony"));
    assert_eq!(file.import(&service, Kind::Units).await, fates([(Updated, 1)]));
    let folder = exported(&service).await;
    assert!(folder.path().join("cards/mobywatel.md").exists());
    assert!(!folder.path().join("cards/szkic.md").exists());
    let units = std::fs::read_to_string(folder.path().join("units.toml")).unwrap();
    assert!(units.contains("name = \"Wydział Sprawiony Administracyjnych\""), "{units}");
}

#[tokio::test]
async fn an_export_over_an_older_one_names_what_is_not_of_it() {
    let service = service().await;
    let folder = exported(&service).await;
    let card = "{ serviceCard(slug: \"mobywatel\") { id version } }";
    let card = service.anyone().ask(card).await.data("/serviceCard");
    let version = card["version"].as_i64().unwrap();
    step(&service.staff("publisher"), "withdrawServiceCard", &card["id"], version).await;
    let again = content::export(service.db(), folder.path()).await.unwrap();
    assert_eq!(again.strangers, [folder.path().join("cards/mobywatel.md")]);
}

#[tokio::test]
async fn an_empty_service_exports_what_can_be_imported() {
    let service = empty_service().await;
    let folder = exported(&service).await;
    assert_eq!(import(&empty_service().await, &folder).await, [fates([]), fates([]), fates([])]);
}
