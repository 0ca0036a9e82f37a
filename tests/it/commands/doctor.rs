//! `kontakt doctor`: finds what is wrong, and what it names as the mend mends it.

use std::{fs, path::PathBuf};

use image::ImageFormat;
use kontakt::{app::App, clock::Clock};
use kontakt_migrations::{Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;
use serde_json::json;
use tokio::net::TcpListener;

use super::Kontakt;
use crate::{
    harness::{Client, Start, form, now, reports::filed_by},
    nodes::another_node,
};

/// What was found wrong, in lines; none when all is sound.
fn findings(kontakt: &Kontakt) -> Vec<String> {
    let said = kontakt.run(&["doctor"]);
    let bad: Vec<String> =
        said.out.lines().filter_map(|line| line.strip_prefix("BAD  ")).map(str::to_owned).collect();
    assert_eq!(said.code, Some(i32::from(!bad.is_empty())), "{}{}", said.out, said.err);
    bad
}

const REBUILD: &str = "it is built anew at the next start, or by `kontakt reindex`";

#[tokio::test]
async fn a_sound_folder_has_nothing_wrong() {
    let kontakt = Kontakt::on(Start::Content).await;
    let said = kontakt.run(&["doctor"]);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    let (cards, articles, forms) = kontakt::content::check_builtin().unwrap();
    let names: Vec<&str> = said.out.lines().map(|line| line[..19].trim_end()).collect();
    let all = [
        "settings",
        "content",
        "data folder",
        "files",
        "database",
        "spine",
        "letters",
        "districts",
    ];
    let all = [&all[..], &["photos", "index", "reports index"]].concat();
    assert_eq!(names, all.iter().map(|name| format!("ok   {name}")).collect::<Vec<_>>());
    let content =
        format!("{cards} cards, {articles} articles and {forms} forms are built in and sound");
    assert!(said.out.contains(&content), "{}", said.out);
}

#[tokio::test]
async fn coarse_outlines_are_told_until_those_of_the_city_are_there() {
    let kontakt = Kontakt::on(Start::Content).await;
    let told = || {
        let out = kontakt.run(&["doctor"]).out;
        let line = out.lines().find_map(|line| line.strip_prefix("ok   districts      "));
        line.unwrap().to_owned()
    };
    let coarse = "18 of 18 outlines are coarse, wrong by some hundred metres; \
                  `kontakt import districts FILE.geojson` brings those of the city";
    assert_eq!(told(), coarse);
    let outlines = concat!(env!("CARGO_MANIFEST_DIR"), "/content/districts.geojson");
    kontakt.done(&["import", "districts", outlines]);
    assert_eq!(told(), "18 outlines, brought by an operator");
}

#[tokio::test]
async fn photos_of_reports_whose_files_are_gone_are_found() {
    let kontakt = Kontakt::on(Start::Content).await;
    let config = kontakt.config.as_ref().unwrap();
    let (app, _index) = another_node(config).await;
    let router = kontakt::app::router(app);
    let client = Client::new(&router);
    let mut kept = Vec::new();
    for side in [600, 700, 800] {
        let answer = form::upload(&client, &form::photo(side, 9, ImageFormat::Png)).await;
        kept.push(answer.data("/uploadPhoto/photo"));
    }
    let keys = json!([kept[0]["key"], kept[1]["key"]]);
    filed_by(&client, json!({ "photos": keys })).await;
    let photos = || {
        let out = kontakt.run(&["doctor"]).out;
        let line = out.lines().find_map(|line| line.strip_prefix("ok   photos         "));
        line.map(str::to_owned)
    };
    assert_eq!(photos().as_deref(), Some("2 of reports, 3 wait for theirs; 6 files"));
    let url = kept[1]["thumbnailUrl"].as_str().unwrap();
    let name = url.strip_prefix("/files/").unwrap();
    fs::remove_file(kontakt.data().join("files/photos").join(&name[..2]).join(name)).unwrap();
    let gone = format!(
        "photos         1 of 2 photos of reports have no file, the first is {url}; bring the files \
         back from a backup"
    );
    assert!(findings(&kontakt).contains(&gone), "{:?}", findings(&kontakt));
}

#[tokio::test]
async fn files_that_cannot_be_written_or_reached_are_found() {
    let kontakt = Kontakt::on(Start::Content).await;
    kontakt.done(&["reindex"]);
    fs::write(kontakt.data().join("files"), "in the way").unwrap();
    let folder = "files          a folder cannot be used: it does not answer; check who may write to \
                  the folder `files` in the data folder";
    assert_eq!(findings(&kontakt), [folder]);
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let kontakt = kontakt
        .with("KONTAKT_FILES_BUCKET", "photos")
        .with("KONTAKT_FILES_ENDPOINT", &format!("http://{closed}"))
        .with("KONTAKT_FILES_KEY_ID", "the-key")
        .with("KONTAKT_FILES_SECRET", "the-secret");
    let bucket = "files          the bucket photos cannot be used: it does not answer; check the \
                  settings that begin with `files-`, and whether the bucket can be reached";
    assert_eq!(findings(&kontakt), [bucket]);
}

// On SQLite only: it is about a machine on which nothing was set up.
#[test]
fn on_a_bare_machine_every_mend_that_it_names_leads_one_step_further() {
    let kontakt = Kontakt::new();
    let steps = Migrator::migrations().len();
    assert_eq!(
        findings(&kontakt),
        [
            "data folder    ./data is not there: it is made at the first start of `kontakt`"
                .to_owned(),
            format!("database       the database lacks {steps} step(s): run `kontakt migrate`"),
        ]
    );
    assert!(!kontakt.data().exists(), "looking must not make it");
    assert_eq!(kontakt.done(&["migrate"]), "The database schema is up to date.\n");
    let missing = format!("index          missing, stale or damaged: {REBUILD}");
    let no_reports = format!("reports index  missing, stale or damaged: {REBUILD}");
    assert_eq!(findings(&kontakt), [missing, no_reports]);
    let nothing = "0 passages are in the index.\n0 reports are in the index of reports.\n";
    assert_eq!(kontakt.done(&["reindex"]), nothing);
    assert_eq!(findings(&kontakt), Vec::<String>::new());
}

#[tokio::test]
async fn a_damaged_index_is_found_and_mended_by_reindex() {
    let kontakt = Kontakt::on(Start::Content).await;
    let passages = kontakt.done(&["reindex"]);
    let stores = |kontakt: &Kontakt| -> Vec<PathBuf> {
        let files = kontakt.files("index").into_keys();
        files.filter(|path| path.extension().is_some_and(|kind| kind == "store")).collect()
    };
    for store in stores(&kontakt) {
        let mut bytes = fs::read(&store).unwrap();
        bytes[3] ^= 1;
        fs::write(&store, bytes).unwrap();
    }
    let damaged = format!("index          missing, stale or damaged: {REBUILD}");
    assert_eq!(findings(&kontakt), [damaged]);
    assert_eq!(kontakt.done(&["reindex"]), passages);
    assert_eq!(findings(&kontakt), Vec::<String>::new());
}

#[tokio::test]
async fn a_running_service_is_no_fault() {
    let kontakt = Kontakt::on(Start::Content).await;
    let _serving = kontakt.serve(&[]);
    let said = kontakt.run(&["doctor"]);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    assert!(said.out.contains("index          in use by the running service\n"), "{}", said.out);
}

#[tokio::test]
async fn an_event_that_was_set_aside_is_found_until_the_index_is_built_anew() {
    let kontakt = Kontakt::on(Start::Content).await;
    let config = kontakt.config.as_ref().unwrap();
    let db = App::open_database(config, Clock::standing_at(now()), true).await.unwrap();
    let sql = "INSERT INTO parked_events (follower, event_id, at, error)
        VALUES ('index', 7, '2026-11-20 09:00:00+00:00', 'poison')";
    db.write(async |tx| Ok(tx.execute_unprepared(sql).await?)).await.unwrap();
    let aside = "spine          1 events were set aside, the first by index: event 7, poison; \
                 `kontakt reindex` brings the index level";
    assert_eq!(findings(&kontakt), [aside]);
    kontakt.done(&["reindex"]);
    assert_eq!(findings(&kontakt), Vec::<String>::new());
    // One of the letters is taken once more.
    let sql = sql.replace("index", "notifications").replace("7", "1");
    db.write(async |tx| Ok(tx.execute_unprepared(&sql).await?)).await.unwrap();
    let aside = "spine          1 events were set aside, the first by notifications: event 1, poison; \
                 `kontakt mail retry` takes them once more";
    assert_eq!(findings(&kontakt), [aside]);
    kontakt.done(&["mail", "retry"]);
    assert_eq!(findings(&kontakt), Vec::<String>::new());
}

// On SQLite only: it is about its file.
#[tokio::test]
async fn a_damaged_database_file_is_found_and_the_backup_is_named() {
    let kontakt = Kontakt::on(Start::Content).await;
    if kontakt.config.as_ref().unwrap().database_url.is_some() {
        return;
    }
    let file = kontakt.data().join("kontakt.sqlite");
    let whole = fs::read(&file).unwrap();
    let mend = "; stop the service and restore a backup of the data folder";
    let page = |bytes: &mut [u8], at: usize| bytes[at..at + 4096].fill(0xff);
    for (damage, told) in [(0, "the database cannot be used: "), (40, "SQLite reports damage: ")] {
        let mut bytes = whole.clone();
        page(&mut bytes, damage * 4096);
        fs::write(&file, bytes).unwrap();
        let found = findings(&kontakt);
        assert!(found[0].starts_with(&format!("database       {told}")), "{found:?}");
        assert!(found[0].ends_with(mend), "{found:?}");
    }
    fs::write(&file, whole).unwrap();
    assert_eq!(findings(&kontakt), Vec::<String>::new());
}
