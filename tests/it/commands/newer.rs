//! A database that a newer version has written is left as it is, by every command.

use kontakt::{app::App, clock::Clock};
use sea_orm::ConnectionTrait;

use super::Kontakt;
use crate::harness::{Start, now};

const REFUSAL: &str = "the database was written by a newer version of kontakt (it has the step \
    m9999_future): run that version, or restore a backup; nothing was changed";

/// A data folder whose database has a step that this binary does not know.
async fn newer() -> Kontakt {
    let kontakt = Kontakt::on(Start::Content).await;
    let config = kontakt.config.as_ref().unwrap();
    let db = App::open_database(config, Clock::standing_at(now()), true).await.unwrap();
    let sql = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)";
    db.write(async |tx| Ok(tx.execute_unprepared(sql).await?)).await.unwrap();
    let reader = db.reader().clone();
    drop(db);
    reader.close().await.unwrap();
    // A generation of the index as that version might have left it.
    let index = kontakt.data().join("index");
    let generation = index.join("0123456789abcdef-000099");
    std::fs::create_dir(&generation).unwrap();
    std::fs::write(generation.join("meta.json"), "newer").unwrap();
    std::fs::write(index.join("current"), "0123456789abcdef-000099").unwrap();
    kontakt
}

#[tokio::test]
async fn every_command_refuses_it_and_leaves_the_index_alone() {
    let kontakt = newer().await;
    let before = kontakt.files("index");
    assert!(!before.is_empty());
    kontakt.write("faq.jsonl", "{\"id\":1,\"title\":\"A\",\"text\":\"B\"}\n");
    for command in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["migrate"],
        &["import", "articles", "faq.jsonl"],
        &["export", "copy"],
        &["reindex"],
        &["search", "dowód"],
    ] {
        assert_eq!(kontakt.refused(command), REFUSAL, "{command:?}");
    }
    assert!(!kontakt.path("copy").exists());
    assert!(kontakt.files("index") == before);
}

#[tokio::test]
async fn doctor_names_it_and_the_mend() {
    let kontakt = newer().await;
    let before = kontakt.files("index");
    let said = kontakt.run(&["doctor"]);
    assert_eq!(said.code, Some(1));
    assert!(said.out.contains(&format!("BAD  database       {REFUSAL}\n")), "{}", said.out);
    assert!(kontakt.files("index") == before);
}
