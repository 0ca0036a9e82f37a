//! `kontakt serve`: the first start, the next one, what stops it, and what it refuses. But for the
//! last, on SQLite only: these are about the data folder of a machine on which nothing was set up.

use std::net::TcpListener;

use kontakt::{app::App, clock::Clock};
use sea_orm::{ConnectionTrait, Statement};

use super::Kontakt;
use crate::harness::{Start, now};

/// The query that a greeting proposes, as the shell would hand it to curl.
fn proposed(greeting: &str) -> &str {
    greeting.split("-d '").nth(1).unwrap().split('\'').next().unwrap()
}

#[test]
fn the_first_start_needs_nothing_and_proposes_a_query_that_works() {
    let kontakt = Kontakt::new();
    let serving = kontakt.serve(&[]);
    let address = serving.address();
    let greeting = &serving.greeting;
    assert!(greeting.contains(&format!("Explorer  http://{address}/graphql\n")), "{greeting}");
    assert!(greeting.contains(&format!("curl -s http://{address}/graphql -H ")), "{greeting}");
    let answer = serving.ask(proposed(greeting));
    let first = "{\"data\":{\"search\":{\"nodes\":[{\"title\":\"Wydanie ";
    assert!(answer.starts_with(first), "{answer}");
    let explorer = serving.send("GET", "/graphql", "accept: text/html\r\n", "");
    assert!(explorer.starts_with("HTTP/1.1 200 OK\r\n"), "{explorer}");
    assert!(kontakt.data().join("kontakt.sqlite").exists());
}

#[test]
fn sigterm_ends_it_well_and_the_next_start_goes_on() {
    let kontakt = Kontakt::new().with("KONTAKT_CONTENT", "none");
    let (code, log) = kontakt.serve(&[]).terminate();
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("\"message\":\"stopped\""), "{log}");
    let (code, log) = kontakt.serve(&[]).terminate();
    assert_eq!(code, Some(0), "{log}");
    assert!(!log.contains("the database schema was brought to date"), "{log}");
    // That of reports, which nobody waits for, may have been cut short by the signal.
    assert!(!log.contains("\"index\":\"index\""), "{log}");
}

#[test]
fn a_port_that_is_taken_is_told_and_nothing_is_made() {
    let kontakt = Kontakt::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refusal = kontakt.refused(&["--listen", &address]);
    assert_eq!(
        refusal,
        format!(
            "cannot listen on {address}: Address already in use (os error 98); stop what uses it, or give another --listen"
        )
    );
    assert!(!kontakt.data().exists());
}

#[test]
fn a_data_folder_that_cannot_be_written_is_told() {
    let kontakt = Kontakt::new();
    // A file in its place: a folder without rights would not stop root, who may run the tests.
    kontakt.write("data", "a file");
    for command in ["serve", "migrate", "reindex", "search"] {
        let words: &[&str] = if command == "search" { &["dowód"] } else { &[] };
        let refusal = kontakt.refused(&[&["--listen", "127.0.0.1:0", command], words].concat());
        assert_eq!(
            refusal,
            "the data folder ./data cannot be written: File exists (os error 17); give another --data or the right to write",
            "{command}"
        );
    }
    assert_eq!(kontakt.files("").into_values().collect::<Vec<_>>(), [b"a file"]);
}

#[test]
fn a_second_service_on_the_same_data_folder_is_refused() {
    let kontakt = Kontakt::new().with("KONTAKT_CONTENT", "none");
    let _serving = kontakt.serve(&[]);
    for arguments in [&["--listen", "127.0.0.1:0"][..], &["reindex"]] {
        assert_eq!(
            kontakt.refused(arguments),
            "the index in ./data/index is in use by another process: stop the one that runs on \
             this data folder, or give another --data"
        );
    }
}

#[test]
fn a_database_that_does_not_answer_is_told_without_its_password() {
    let url = "postgres://kontakt:geheim@127.0.0.1:1/kontakt";
    let kontakt = Kontakt::new().with("DATABASE_URL", url);
    let refusal = kontakt.refused(&["--listen", "127.0.0.1:0"]);
    assert!(refusal.starts_with("the database cannot be used: "), "{refusal}");
    assert!(!refusal.contains("geheim"), "{refusal}");
}

#[tokio::test]
async fn what_was_searched_for_just_before_the_end_is_logged() {
    let kontakt = Kontakt::on(Start::Content).await;
    let serving = kontakt.serve(&[]);
    serving.ask(r#"{"query":"{ search(query: \"hulajnogi\") { totalCount } }"}"#);
    assert_eq!(serving.terminate().0, Some(0));
    let config = kontakt.config.as_ref().unwrap();
    let db = App::open_database(config, Clock::standing_at(now()), false).await.unwrap();
    let sql = "SELECT words FROM search_log";
    let backend = db.reader().get_database_backend();
    let row = db.reader().query_one_raw(Statement::from_string(backend, sql)).await.unwrap();
    assert_eq!(row.unwrap().try_get::<String>("", "words").unwrap(), "hulajnogi");
}
