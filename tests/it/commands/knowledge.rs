//! Commands on the knowledge: search, import, export, reindex, migrate.

use std::{
    thread,
    time::{Duration, Instant},
};

use kontakt_migrations::{Migrator, MigratorTrait};

use super::Kontakt;
use crate::harness::Start;

#[tokio::test]
async fn search_prints_the_right_card_first_with_the_words_marked() {
    let kontakt = Kontakt::on(Start::Content).await;
    let out = kontakt.done(&["search", "jak wyrobic dowod"]);
    let mut lines = out.lines();
    let total: usize = {
        let counted = lines.next().unwrap().split(" of ").nth(1).unwrap();
        counted.split(' ').next().unwrap().parse().unwrap()
    };
    assert!(total > 5, "{out}");
    let first = lines.nth(1).unwrap();
    assert!(first.starts_with("1. Wydanie "), "{out}");
    assert!(first.contains("  (wydanie-dowodu-osobistego, "), "{out}");
    assert!(out.contains("*dowód*"), "{out}");
    assert!(!out.contains(['<', '\u{1b}']), "{out}");
    assert!(out.contains("\n5. ") && !out.contains("\n6. "), "{out}");
    // Several words need no quotes, and a smaller page is cut.
    let fewer = kontakt.done(&["search", "--first", "1", "jak", "wyrobic", "dowod"]);
    let hits = |out: &str| out.split_once('\n').unwrap().1.to_owned();
    assert!(hits(&out).starts_with(&hits(&fewer)), "{fewer}");
}

#[tokio::test]
async fn search_says_so_when_it_finds_nothing_and_shows_staff_articles_only_when_asked() {
    let kontakt = Kontakt::on(Start::Content).await;
    let out = kontakt.done(&["search", "qqqqxxxxyyyy"]);
    assert_eq!(out, "Nothing was found. Try other words, or call 12 616 55 55.\n");
    let words = ["search", "--first", "100", "co trafia na drugą linię"];
    let staff = "(co-trafia-na-druga-linie, ";
    assert!(!kontakt.done(&words).contains(staff));
    let out = kontakt.done(&[&words[..], &["--staff"]].concat());
    assert!(out.contains(staff), "{out}");
    // An article's section is its own heading.
    assert!(!out.contains(", section-"), "{out}");
    assert_eq!(kontakt.run(&["search", "--first", "0", "a"]).code, Some(2));
}

// On SQLite only: it is about a machine on which nothing was set up.
#[test]
fn search_is_a_first_command_too() {
    let kontakt = Kontakt::new();
    let out = kontakt.done(&["search", "--first", "1", "sa 10"]);
    assert!(out.contains("  (wydanie-dowodu-osobistego, "), "{out}");
    assert!(kontakt.data().join("kontakt.sqlite").exists());
}

#[tokio::test]
async fn search_and_import_work_beside_a_running_service_which_finds_the_news() {
    let kontakt = Kontakt::on(Start::Content).await;
    let serving = kontakt.serve(&[]);
    let out = kontakt.done(&["search", "jak wyrobic dowod"]);
    assert!(out.contains("  (wydanie-dowodu-osobistego, "), "{out}");
    kontakt
        .write("faq.jsonl", "{\"id\":\"hulajnoga\",\"title\":\"Hulajnogi\",\"text\":\"Zgłoś.\"}\n");
    assert_eq!(kontakt.done(&["import", "articles", "faq.jsonl"]), "       1 created\n");
    assert!(kontakt.done(&["search", "hulajnogi"]).contains("(hulajnoga, "));
    let query =
        r#"{"query":"{ search(query: \"hulajnogi\", first: 1) { nodes { externalId } } }"}"#;
    let found = r#"{"data":{"search":{"nodes":[{"externalId":"hulajnoga"}]}}"#;
    let since = Instant::now();
    while !serving.ask(query).starts_with(found) {
        assert!(since.elapsed() < Duration::from_secs(20), "the service does not find it");
        thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test]
async fn import_tells_what_became_of_the_records() {
    let kontakt = Kontakt::on(Start::Content).await;
    let line =
        |id: u8, text: &str| format!("{{\"id\":{id},\"title\":\"A\",\"text\":\"{text}\"}}\n");
    kontakt.write("faq.jsonl", &(line(1, "a") + &line(2, "b")));
    let import = || kontakt.done(&["import", "articles", "faq.jsonl"]);
    assert_eq!(import(), "       2 created\n");
    assert_eq!(import(), "       2 unchanged\n");
    kontakt.write("faq.jsonl", &(line(1, "c") + &line(2, "b") + &line(3, "d")));
    assert_eq!(import(), "       1 created\n       1 updated\n       1 unchanged\n");
    kontakt.write("faq.jsonl", "\n");
    assert_eq!(import(), "There was nothing in the files.\n");
    kontakt.write("faq.jsonl", &(line(4, "e") + "{}\n"));
    assert_eq!(
        kontakt.refused(&["import", "articles", "faq.jsonl"]),
        "faq.jsonl:2: the field \"id\" must be a text or a number\nnothing was imported"
    );
    assert!(!kontakt.done(&["search", "--first", "100", "e"]).contains("(4, "));
    assert_eq!(kontakt.run(&["import", "cats", "faq.jsonl"]).code, Some(2));
    assert_eq!(kontakt.run(&["import", "cards"]).code, Some(2));
}

#[tokio::test]
async fn what_is_exported_can_be_imported_into_an_empty_folder() {
    let kontakt = Kontakt::on(Start::Content).await;
    let (cards, articles, forms) = kontakt::content::check_builtin().unwrap();
    let out = kontakt.done(&["export", "copy"]);
    let files: Vec<_> = kontakt.files("copy").into_keys().collect();
    assert_eq!(out, format!("{} files were written below copy.\n", files.len()));
    let dots = |path: &&std::path::PathBuf| {
        path.to_str().unwrap().rsplit('/').next().unwrap().matches('.').count()
    };
    let translations = files.iter().filter(|path| dots(path) > 1).count();
    assert!(translations > 0);
    // Beside them the lists: units, categories, routing, answers, synonyms, best bets.
    assert_eq!(files.len(), cards + translations + articles + forms + 6);
    kontakt.write("copy/cards/stara.md", "");
    let told =
        "These were there before, and an import would take them too:\n  copy/cards/stara.md\n";
    assert_eq!(kontakt.done(&["export", "copy"]), out + told);
    std::fs::remove_file(kontakt.path("copy/cards/stara.md")).unwrap();
    let other = Kontakt::on(Start::Empty).await;
    let copy = |name: &str| kontakt.path("copy").join(name).to_str().unwrap().to_owned();
    let import = |kind: &str, name: &str| other.done(&["import", kind, &copy(name)]);
    assert!(import("units", "units.toml").ends_with(" created\n"));
    assert_eq!(import("cards", "cards"), format!("{cards:>8} created\n"));
    assert_eq!(import("articles", "articles"), format!("{articles:>8} created\n"));
    assert_eq!(import("forms", "forms"), format!("{forms:>8} created\n"));
    assert!(import("categories", "categories.toml").ends_with(" created\n"));
    assert!(import("routing-rules", "routing.toml").ends_with(" created\n"));
    assert!(import("answer-templates", "answer-templates.toml").ends_with(" created\n"));
    assert!(import("synonyms", "synonyms.toml").ends_with(" created\n"));
    assert!(import("best-bets", "best-bets.toml").ends_with(" created\n"));
    other.done(&["export", "copy"]);
    let below = |kontakt: &Kontakt| -> Vec<_> {
        let folder = kontakt.path("copy");
        let files = kontakt.files("copy").into_iter();
        files.map(|(path, text)| (path.strip_prefix(&folder).unwrap().to_owned(), text)).collect()
    };
    assert!(below(&other) == below(&kontakt));
}

#[tokio::test]
async fn reindex_builds_the_index_from_the_database_alone() {
    let kontakt = Kontakt::on(Start::Content).await;
    let before = kontakt.done(&["search", "jak wyrobic dowod"]);
    std::fs::remove_dir_all(kontakt.data().join("index")).unwrap();
    let out = kontakt.done(&["reindex"]);
    let (passages, reports) = out.split_once(" passages are in the index.\n").unwrap();
    assert_eq!(reports, "0 reports are in the index of reports.\n");
    let passages: usize = passages.parse().unwrap();
    assert!(passages > 500, "{out}");
    assert_eq!(kontakt.done(&["search", "jak wyrobic dowod"]), before);
}

#[tokio::test]
async fn migrate_brings_the_schema_to_date_and_does_no_more() {
    let kontakt = Kontakt::on(Start::Nothing).await;
    let told = "The database schema is up to date.\n";
    assert_eq!(kontakt.done(&["migrate"]), told);
    assert_eq!(kontakt.done(&["migrate"]), told);
    assert!(!kontakt.data().join("index").exists());
    assert_eq!(kontakt.done(&["export", "copy"]), "6 files were written below copy.\n");
}

#[tokio::test]
async fn what_only_reads_does_not_migrate() {
    let kontakt = Kontakt::on(Start::Nothing).await;
    let refusal = kontakt.refused(&["export", "copy"]);
    let steps = Migrator::migrations().len();
    assert_eq!(refusal, format!("the database lacks {steps} step(s): run `kontakt migrate`"));
    assert!(!kontakt.path("copy").exists());
}
