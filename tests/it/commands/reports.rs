//! Commands on reports: open data out, reports of others in.

use super::Kontakt;
use crate::harness::Start;

const ROWS: &str =
    "id,category,received_at,stage\n1,roads,2025-01-01,VERIFIED\n2,roads,2025-02-01,VERIFIED\n";

#[tokio::test]
async fn reports_are_imported_and_exported_and_the_exit_code_tells_of_rejected_rows() {
    let kontakt = Kontakt::on(Start::Content).await;
    kontakt.write("reports.csv", ROWS);
    let out = kontakt.done(&["import", "reports", "reports.csv"]);
    assert!(out.starts_with("2 read, 2 created, 0 unchanged, 0 rejected; "), "{out}");
    kontakt.write("more.csv", &format!("{ROWS}3,castles,2025-01-01,\n"));
    let said = kontakt.run(&["import", "reports", "--rejected", "bad.csv", "more.csv"]);
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(said.out.starts_with("3 read, 0 created, 2 unchanged, 1 rejected; "), "{}", said.out);
    assert!(said.out.ends_with(" are in bad.csv.\n"), "{}", said.out);
    let rejected = std::fs::read_to_string(kontakt.path("bad.csv")).unwrap();
    assert!(
        rejected.ends_with("4,\"category: there is no \"\"castles\"\"\",3,castles,2025-01-01,\n")
    );
    let out = kontakt.done(&["export", "reports", "--format", "csv", "out.csv"]);
    assert_eq!(out, "2 reports were written to out.csv.\n");
    let january = ["export", "reports", "--format", "jsonl", "--to", "2025-01-31", "-"];
    let lines = kontakt.done(&january);
    assert!(lines.starts_with("{\"number\":\"KCK-2025-000001\",") && lines.lines().count() == 1);
    assert_eq!(kontakt.run(&["export", "reports", "out.csv"]).code, Some(2));
    assert_eq!(kontakt.run(&["export"]).code, Some(2));
    let both = ["import", "reports", "--rejected", "bad.csv", "reports.csv", "more.csv"];
    assert!(kontakt.refused(&both).contains("leave out --rejected"));
}

#[tokio::test]
async fn reports_are_imported_into_a_folder_in_which_nothing_was_started_yet() {
    let kontakt = Kontakt::on(Start::Nothing).await;
    kontakt.write("reports.csv", ROWS);
    let said = kontakt.refused(&["import", "reports", "--content", "none", "reports.csv"]);
    assert!(said.contains("there are no categories yet"), "{said}");
    let out = kontakt.done(&["import", "reports", "reports.csv"]);
    assert!(out.starts_with("2 read, 2 created, 0 unchanged, 0 rejected; "), "{out}");
}
