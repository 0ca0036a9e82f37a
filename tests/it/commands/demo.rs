//! `kontakt demo`: made-up data.

use kontakt::{app::App, clock::Clock};
use sea_orm::{ConnectionTrait, Statement};

use super::Kontakt;
use crate::harness::{Start, now};

const LOAD: [&str; 2] = ["demo", "press-2025"];
const ALL: i64 = 17_825;

#[tokio::test]
async fn made_up_reports_are_loaded_once() {
    let kontakt = Kontakt::on(Start::Empty).await;
    let first = kontakt.done(&LOAD);
    assert_eq!(first, "17825 made-up reports were loaded.\n");
    let second = kontakt.done(&LOAD);
    assert_eq!(second, "The made-up reports are there already; nothing was changed.\n");
}

#[tokio::test]
async fn loading_that_was_killed_goes_on_where_it_stopped_to_the_same_reports() {
    let whole = Kontakt::on(Start::Content).await;
    whole.done(&LOAD);
    let kontakt = Kontakt::on(Start::Content).await;
    let config = kontakt.config.as_ref().unwrap();
    let db = App::open_database(config, Clock::standing_at(now()), true).await.unwrap();
    let count = async || {
        let sql = "SELECT COUNT(*) FROM reports";
        let asked = Statement::from_string(db.reader().get_database_backend(), sql);
        let row = db.reader().query_one_raw(asked).await.unwrap().unwrap();
        row.try_get_by_index::<i64>(0).unwrap()
    };
    // Before the first commit, early, and in the middle.
    for so_far in [0, 1, ALL / 2] {
        let was_running = kontakt.kill_when(&LOAD, async || count().await >= so_far).await;
        assert!(was_running, "it was done before it was killed");
    }
    let there = count().await;
    assert!((ALL / 2..ALL).contains(&there), "{there}");
    let rest = kontakt.done(&LOAD);
    assert_eq!(rest, format!("{} made-up reports were loaded.\n", ALL - there));
    let export = ["export", "reports", "--format", "jsonl", "-"];
    assert!(kontakt.done(&export) == whole.done(&export), "the reports differ");
}
