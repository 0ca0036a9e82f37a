//! What an operator does about privacy at the command line.

use super::Kontakt;
use crate::harness::Start;

#[tokio::test]
async fn a_dry_run_tells_what_is_over_and_deletes_nothing() {
    let kontakt = Kontakt::on(Start::Content).await;
    let said = kontakt.run(&["retention", "--dry-run"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let first: Vec<&str> = said.out.lines().nth(1).unwrap().split_whitespace().collect();
    assert_eq!(first, ["contact", "365", "0", "-"]);
    assert!(said.out.ends_with("Nothing was deleted: this was a dry run.\n"), "{}", said.out);
    let done = kontakt.run(&["retention"]);
    assert_eq!(done.code, Some(0), "{}", done.err);
    assert!(!done.out.contains("dry run"), "{}", done.out);
}

#[tokio::test]
async fn a_backup_is_two_files_and_never_takes_the_place_of_another() {
    let kontakt = Kontakt::on(Start::Content).await;
    let folder = kontakt.path("backup");
    let backup = ["backup", folder.to_str().unwrap()];
    let said = kontakt.run(&backup);
    if kontakt.config.as_ref().unwrap().database_url.is_some() {
        assert!(said.err.contains("pg_dump"), "{}", said.err);
        return;
    }
    assert_eq!(said.code, Some(0), "{}", said.err);
    let keys = folder.join("kontakt-keys.sqlite");
    assert!(folder.join("kontakt.sqlite").exists() && keys.exists());
    assert!(kontakt.run(&backup).err.contains("is there already"));
    let restored = kontakt.run(&["restore-keys", keys.to_str().unwrap()]);
    assert_eq!(restored.out, "0 keys were taken in.\n", "{}", restored.err);
    assert_eq!(kontakt.run(&["restore-keys", "nowhere"]).code, Some(1));
}

#[tokio::test]
async fn whose_data_was_seen_is_printed_for_a_spreadsheet() {
    let kontakt = Kontakt::on(Start::Content).await;
    let said = kontakt.run(&["audit", "affected", "--from", "2026-11-01", "--to", "2026-11-20"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert_eq!(said.out, "report,account,actor,looks,first_at,last_at\n");
}
