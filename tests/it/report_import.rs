//! Reports that were kept elsewhere: what rows become, what is refused, and what happens twice.

use std::{fs, path::Path};

use kontakt::content::{Fault, Mapping, Summary};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::harness::{
    Service,
    imported::{import_files, import_lines, import_text},
    reports::{answer, call, closed, forwarded, holder, take_step, verified},
    service,
};

/// What became of rows, without the time it took.
fn counts(summary: &Summary) -> [u64; 4] {
    [summary.read, summary.created, summary.unchanged, summary.rejected]
}

async fn open_data(service: &Service, format: &str) -> String {
    service.anyone().send("GET", &format!("/open-data/reports.{format}"), "").await.text
}

/// The values of a query of one column of numbers or texts.
async fn column(service: &Service, sql: &str) -> Vec<String> {
    let reader = service.db().reader();
    let statement = Statement::from_string(reader.get_database_backend(), sql);
    let rows = reader.query_all_raw(statement).await.unwrap();
    let text = |row: &sea_orm::QueryResult| {
        let number = row.try_get_by_index::<i64>(0).map(|number| number.to_string());
        number.or_else(|_| row.try_get_by_index::<String>(0)).unwrap()
    };
    rows.iter().map(text).collect()
}

/// Reports of every stage that everybody may see.
fn all_stages() -> Vec<Value> {
    let row = |id: usize, stage: &str, more: Value| {
        let mut row = json!({
            "id": id.to_string(), "category": "roads", "received_at": "2025-05-01T10:00:00Z",
            "stage": stage, "latitude": 50.0647, "longitude": 19.945, "channel": "PORTAL",
            "description": "Dziura; \"duża\",\ngłęboka", "expected_by": "2025-05-20", "supports": id
        });
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        row
    };
    let all = [
        ("VERIFIED", json!({})),
        ("FORWARDED", json!({ "units": ["ZDMK", "ZZM"] })),
        ("IN_HANDLING", json!({ "outcome": "IN_PROGRESS" })),
        ("IN_HANDLING", json!({})),
        ("NEEDS_INFO", json!({ "outcome": "UNDER_ANALYSIS" })),
        ("EXTERNAL", json!({})),
        (
            "ANSWERED",
            json!({ "outcome": "AWAITING_FUNDS", "answered_on": "2025-05-03",
                             "review_on": "2027-01-01" }),
        ),
        ("ANSWERED", json!({ "outcome": "RESOLVED", "answered_on": "2025-05-03" })),
        (
            "CLOSED",
            json!({ "outcome": "UNFOUNDED", "answered_on": "2025-05-03", "reason": "Nie.",
                           "closed_on": "2025-05-04" }),
        ),
        (
            "CLOSED",
            json!({ "outcome": "RESOLVED", "resolved_on": "2025-05-02",
                           "answered_on": "2025-05-03", "closed_on": "2025-05-04" }),
        ),
        ("CLOSED", json!({ "closed_on": "2025-05-30" })),
        ("REOPENED", json!({})),
    ];
    all.into_iter().enumerate().map(|(id, (stage, more))| row(id, stage, more)).collect()
}

#[tokio::test]
async fn what_is_exported_and_imported_elsewhere_is_exported_there_the_same() {
    let first = service().await;
    import_lines(&first, &all_stages()).await;
    for format in ["csv", "jsonl"] {
        let exported = open_data(&first, format).await;
        let other = service().await;
        let name = format!("reports.{format}");
        let summary = import_text(&other, &name, &exported, Mapping::default()).await.unwrap();
        assert_eq!(counts(&summary), [12, 12, 0, 0], "{exported}");
        assert_eq!(open_data(&other, format).await, exported);
        // What comes back to where it was exported is known again by its number.
        let back = import_text(&first, &name, &exported, Mapping::default()).await.unwrap();
        assert_eq!(counts(&back), [12, 0, 12, 0]);
        // Numbers go on behind those that were brought.
        import_lines(
            &other,
            &[json!({ "id": "x", "category": "roads", "received_at": "2025-01-01",
                                       "stage": "VERIFIED" })],
        )
        .await;
        assert!(open_data(&other, format).await.contains("KCK-2025-000013"));
    }
}

#[tokio::test]
async fn reports_of_several_units_that_were_handled_here_come_back_elsewhere_the_same() {
    let first = service().await;
    handled(&first).await;
    let exported = open_data(&first, "jsonl").await;
    let outcomes: Vec<Value> =
        exported.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect();
    let standing = |row: &Value| format!("{} {} {}", row["stage"], row["outcome"], row["units"]);
    let standing: Vec<String> = outcomes.iter().map(standing).collect();
    assert_eq!(
        standing,
        [
            "\"VERIFIED\" null []",
            "\"IN_HANDLING\" \"UNDER_ANALYSIS\" [\"ZDMK\",\"ZZM\"]",
            "\"IN_HANDLING\" \"RESOLVED\" [\"ZDMK\",\"ZZM\"]",
            "\"IN_HANDLING\" \"OUT_OF_CITY_COMPETENCE\" [\"ZDMK\",\"ZZM\"]",
            "\"ANSWERED\" \"RESOLVED\" [\"ZDMK\",\"ZZM\"]",
            "\"FORWARDED\" null [\"ZZM\",\"MPO\"]",
            "\"REOPENED\" null []",
        ]
    );
    let other = service().await;
    let summary = import_text(&other, "a.jsonl", &exported, Mapping::default()).await.unwrap();
    assert_eq!(counts(&summary), [7, 7, 0, 0], "{:?}", summary.rejected_files);
    assert_eq!(open_data(&other, "jsonl").await, exported);
    // What was not touched differs in nothing, here or there.
    for service in [&first, &other] {
        let again = import_text(service, "a.jsonl", &exported, Mapping::default()).await.unwrap();
        assert_eq!((counts(&again), again.differing), ([7, 0, 7, 0], 0), "{again:?}");
    }
}

/// Reports on which one unit or two have worked, through the mutations of the API.
async fn handled(service: &Service) {
    let both = &["ZDMK", "ZZM"];
    verified(service, json!({ "description": "Dziura." })).await;
    let taken = async |fields: Value| {
        let filed = forwarded(service, both, json!({})).await;
        take_step(service, "officer:ZDMK", "takeReport", &filed, fields).await;
        filed
    };
    taken(json!({ "outcome": "UNDER_ANALYSIS" })).await;
    answer(service, &taken(json!({})).await, "RESOLVED", json!({})).await;
    let other = json!({ "publicAnswer": "Nie nasze.", "reason": "Wspólnota." });
    let half = taken(json!({})).await;
    answer(service, &half, "OUT_OF_CITY_COMPETENCE", other.clone()).await;
    let whole = taken(json!({})).await;
    answer(service, &whole, "RESOLVED", json!({})).await;
    take_step(service, "officer:ZZM", "takeReport", &whole, json!({})).await;
    let mut fields = other.clone();
    fields["outcome"] = json!("OUT_OF_CITY_COMPETENCE");
    take_step(service, "officer:ZZM", "answerReport", &whole, fields).await;
    // Given first to the unit that comes last by its name.
    let late = forwarded(service, &["ZZM"], json!({})).await;
    service.clock.advance(chrono::Duration::minutes(5));
    take_step(service, "consultant", "forwardReport", &late, json!({ "units": ["MPO"] })).await;
    let closed = closed(service).await;
    let reopen = json!({ "report": holder(&closed), "reason": "Nadal ciemno." });
    let reopened = call(&service.anyone(), "reopenReport", reopen).await;
    assert_eq!(reopened.refusals("reopenReport"), [""; 0]);
}

#[tokio::test]
async fn a_row_that_says_something_else_than_what_is_there_is_told_and_changes_nothing() {
    let service = service().await;
    let row = |more: Value| {
        let mut row = json!({ "id": "1", "category": "roads", "received_at": "2025-05-01T10:00:00Z",
            "latitude": 50.06471, "longitude": 19.94501, "stage": "VERIFIED", "supports": 4,
            "description": "Dziura" });
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        row
    };
    import_lines(&service, &[row(json!({}))]).await;
    let before = column(&service, "SELECT MAX(id) FROM events").await;
    for (more, differing) in [
        (json!({}), ""),
        (json!({ "latitude": 50.065, "longitude": 19.945 }), ""),
        (json!({ "description": null, "supports": null }), ""),
        (json!({ "supports": 5 }), "supports"),
        (json!({ "description": "Wielka dziura" }), "description"),
        (json!({ "latitude": 50.066 }), "latitude"),
        (
            json!({ "stage": "CLOSED", "outcome": "RESOLVED", "closed_on": "2025-05-04" }),
            "stage outcome closed_on",
        ),
        (json!({ "category": "lighting", "channel": "APP" }), "category channel"),
    ] {
        let lines = [row(more.clone()), row(more.clone())].map(|row| row.to_string()).join("\n");
        let summary = import_text(&service, "b.jsonl", lines, Mapping::default()).await.unwrap();
        let count = if differing.is_empty() { 0 } else { 2 };
        assert_eq!((counts(&summary), summary.differing), ([2, 0, 2, 0], count), "{more}");
        let (line, fields) = summary.first_differing.unwrap_or((1, Vec::new()));
        let fields: Vec<String> = fields.iter().map(|field| field.name()).collect();
        assert_eq!((line, fields.join(" ")), (1, differing.to_owned()), "{more}");
    }
    assert_eq!(column(&service, "SELECT MAX(id) FROM events").await, before);
    assert_eq!(column(&service, "SELECT description FROM reports").await, ["Dziura"]);
}

#[tokio::test]
async fn numbers_are_dense_and_importing_twice_changes_nothing() {
    let service = service().await;
    let mut rows = all_stages();
    rows.push(
        json!({ "id": "i", "category": "idea-traffic", "received_at": "2024-12-31T23:30:00Z" }),
    );
    rows.push(json!({ "id": "j", "category": "roads", "received_at": "2024-06-01" }));
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    let import = async || {
        import_text(&service, "a.jsonl", lines.join("\n"), Mapping::default()).await.unwrap()
    };
    assert_eq!(counts(&import().await), [14, 14, 0, 0]);
    let state = async || {
        let all = "SELECT number FROM reports ORDER BY seq";
        (column(&service, all).await, column(&service, "SELECT MAX(id) FROM events").await)
    };
    let before = state().await;
    assert_eq!(counts(&import().await), [14, 0, 14, 0]);
    assert_eq!(state().await, before);
    let seqs = column(&service, "SELECT seq FROM reports ORDER BY seq").await;
    assert_eq!(seqs, (1..=14).map(|seq| seq.to_string()).collect::<Vec<_>>());
    let mut numbers: Vec<String> = (1..=12).map(|place| format!("KCK-2025-{place:06}")).collect();
    // Midnight has passed in Krakow.
    numbers.extend(["POM-2025-000001".to_owned(), "KCK-2024-000001".to_owned()]);
    assert_eq!(before.0, numbers);
    // A report has an entry of its history for each of its revisions.
    let sql = "SELECT COUNT(*) FROM reports WHERE revision <>
               (SELECT COUNT(*) FROM report_timeline WHERE report_id = reports.id)";
    assert_eq!(column(&service, sql).await, ["0"]);
}

#[tokio::test]
async fn a_row_that_is_wrong_is_written_beside_with_line_and_reason_and_the_rest_is_imported() {
    let service = service().await;
    let long = "x".repeat(4_001);
    let rows = [
        ("1,roads,2025-01-01,,,,,", ""),
        ("2,castles,2025-01-01,,,,,", "category: there is no \"castles\""),
        ("3,roads,yesterday,,,,,", "received_at: \"yesterday\" is not a day or a time"),
        ("4,roads,2125-01-01,,,,,", "received_at: it must be from 1990 to now"),
        ("5,roads,,,,,,", "received_at: it is missing"),
        ("6,roads,2025-01-01,52.23,21.01,,,", "latitude: the point is 2"),
        ("7,roads,2025-01-01,50.06,,,,", "latitude: a point has a latitude and a longitude"),
        ("8,roads,2025-01-01,200,19.9,,,", "latitude: there is no such point on the earth"),
        (&format!("9,roads,2025-01-01,,,{long},,"), "description: "),
        ("10,roads,2025-01-01,,,a\0b,,", "description: "),
        ("11,roads,2025-01-01", "3 cells instead of 8"),
        (",roads,2025-01-01,,,,,", "id: it is missing"),
        ("13,roads,2025-01-01,,,,IMPLEMENTED,", "outcome: it is of the other kind of reports"),
        ("14,roads,2025-01-01,,,,RESOLVED,", "answered_on: it is missing"),
        (
            "15,roads,2025-01-01,,,,RESOLVED,2024-12-31",
            "closed_on: it is before the day of receipt",
        ),
        ("16,roads,2025-01-01,,,\"two\nlines\",,", ""),
        ("17,roads,2025-01-01,,,,DONE,", "outcome: there is no \"DONE\""),
    ];
    let header = "id,category,received_at,latitude,longitude,description,outcome,closed_on";
    let mut text = format!("\u{feff}{header}\n").into_bytes();
    for (row, _) in &rows {
        text.extend_from_slice(row.as_bytes());
        text.push(b'\n');
    }
    text.extend_from_slice(b"18,roads,2025-01-01,,,\xff\xfe,,\n");
    let summary = import_text(&service, "bad.csv", text, Mapping::default()).await.unwrap();
    assert_eq!(counts(&summary), [18, 2, 0, 16]);
    let file = service.data.path().join("bad.csv.rejected.csv");
    assert_eq!(summary.rejected_files, std::slice::from_ref(&file));
    let written = fs::read_to_string(&file).unwrap();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(written.as_bytes());
    let header = format!("rejected_line,rejected_reason,{header}");
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>().join(","), header);
    let refused: Vec<_> = reader.records().map(Result::unwrap).collect();
    // The row of two lines stands before the last two.
    let expected = rows.iter().zip(2..).filter(|((_, reason), _)| !reason.is_empty());
    for (record, ((_, reason), line)) in refused.iter().zip(expected) {
        let line = if line > 17 { line + 1 } else { line };
        assert_eq!(record[0], line.to_string(), "{record:?}");
        assert!(record[1].starts_with(reason), "{record:?} {reason}");
    }
    assert_eq!(&refused[15][1], "it is not UTF-8");
    assert_eq!(
        column(&service, "SELECT external_id FROM reports ORDER BY seq").await,
        ["kontakt:1", "kontakt:16"]
    );
    // Mended, the file can be imported as it is.
    let mended = written.replace("castles", "roads");
    let summary = import_text(&service, "mended.csv", mended, Mapping::default()).await.unwrap();
    // The other is the one that was not UTF-8: marks stand there now for what could not be read.
    assert_eq!(summary.created, 2);
}

#[tokio::test]
async fn a_file_that_makes_no_sense_is_refused_before_anything_is_written() {
    let service = service().await;
    for (name, text, reason) in [
        ("a.csv", "", "a.csv:1: there is no column \"category\""),
        ("a.csv", "category\n", "a.csv:1: there is no column \"received_at\""),
        ("a.csv", "category,received_at,colour\n", "a.csv:1: the column \"colour\" is not known"),
        ("a.txt", "x", "a.txt:1: the name must end in .csv or .jsonl"),
    ] {
        let fault = import_text(&service, name, text, Mapping::default()).await.unwrap_err();
        assert!(fault.to_string().contains(reason), "{fault}");
    }
    let only_header = "category,received_at\n";
    let summary = import_text(&service, "a.csv", only_header, Mapping::default()).await.unwrap();
    assert_eq!(counts(&summary), [0, 0, 0, 0]);
    assert!(import_files(&service, vec!["nowhere.csv".into()], Mapping::default()).await.is_err());
}

#[tokio::test]
async fn an_import_that_was_broken_off_goes_on_where_it_stopped() {
    let service = service().await;
    let row = |id: usize| format!("{id},roads,2025-01-01,a\n");
    let header = "id,category,received_at,description\n".to_owned();
    let whole: String = header.clone() + &(0..9).map(row).collect::<String>();
    // A quote that is never closed takes the rest of a file for one row.
    let open: String = header
        + &(0..5).map(row).collect::<String>()
        + &format!("5,roads,2025-01-01,\"{}", "x".repeat(1 << 21));
    let fault = import_text(&service, "a.csv", open, Mapping::default()).await.unwrap_err();
    assert!(
        matches!(&fault, Fault::File(_, error) if error.to_string().contains("quote")),
        "{fault}"
    );
    assert_eq!(column(&service, "SELECT COUNT(*) FROM reports").await, ["5"]);
    let summary = import_text(&service, "a.csv", whole, Mapping::default()).await.unwrap();
    assert_eq!(counts(&summary), [9, 4, 5, 0]);
    let ids = column(&service, "SELECT external_id FROM reports ORDER BY seq").await;
    assert_eq!(ids, (0..9).map(|id| format!("kontakt:{id}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn requests_as_new_york_publishes_them_are_understood_by_a_mapping() {
    let service = service().await;
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/import");
    let mapping = Mapping::read(&examples.join("nyc-311.toml")).unwrap();
    let copy = service.data.path().join("nyc-311.csv");
    fs::copy(examples.join("nyc-311.csv"), &copy).unwrap();
    let summary = import_files(&service, vec![copy], mapping).await.unwrap();
    assert_eq!(counts(&summary), [5, 5, 0, 0], "{:?}", summary.rejected_files);
    let rows: Vec<Value> = open_data(&service, "jsonl")
        .await
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let shown = |key: &str| rows.iter().map(|row| row[key].clone()).collect::<Vec<_>>();
    // What is open is not verified yet, and not public.
    assert_eq!(shown("category"), ["roads", "illegal-dump", "other", "lighting"]);
    assert_eq!(shown("stage"), ["CLOSED", "IN_HANDLING", "CLOSED", "FORWARDED"]);
    assert_eq!(
        shown("received_at"),
        [
            "2025-01-15T14:30:00Z",
            "2025-01-16T04:05:12Z",
            "2025-07-06T00:15:00Z",
            // In the hour that the clocks leave out.
            "2025-03-09T07:30:00Z"
        ]
    );
    assert_eq!(shown("units"), [json!(["ZDMK"]), json!(["MPO"]), json!(["WK"]), json!(["ZDMK"])]);
    assert_eq!(shown("resolved_on")[0], "2025-01-17");
    assert_eq!(rows[0]["latitude"], 40.748);
    let ids = column(&service, "SELECT external_id FROM reports ORDER BY seq").await;
    assert_eq!(ids[0], "nyc-311:90000001");
    let said = column(&service, "SELECT description FROM reports ORDER BY seq").await;
    assert_eq!(said[1], "Illegal Dumping: Furniture, left on the pavement");
}

#[tokio::test]
async fn a_large_batch_is_one_event_without_ids() {
    let service = service().await;
    let rows: Vec<Value> = (0..501)
        .map(|id| json!({ "id": id, "category": "roads", "received_at": "2025-01-01" }))
        .collect();
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    let file = service.data.path().join("a.jsonl");
    fs::write(&file, lines.join("\n")).unwrap();
    let import = kontakt::content::ReportImport {
        files: vec![file],
        mapping: Mapping::default(),
        source: Some("old".to_owned()),
        rejected: None,
        batch_rows: 1_000,
    };
    let head = kontakt::events::head(service.db().reader()).await.unwrap();
    kontakt::content::import_reports(service.db(), import).await.unwrap();
    let entries = kontakt::events::read_after(service.db().reader(), head, 10).await.unwrap();
    assert_eq!(entries.len(), 1);
    assert!(entries[0].ids().is_empty());
    assert_eq!(entries[0].kind(), Some(kontakt::events::Kind::Imported));
}

#[tokio::test]
async fn a_text_is_public_only_without_what_looks_like_personal_data() {
    let service = service().await;
    let row = json!({ "id": "1", "category": "roads", "received_at": "2025-01-01", "stage": "VERIFIED",
                      "description": "Dzwońcie: 600 100 200" });
    import_lines(&service, &[row]).await;
    let query = "{ report(number: \"KCK-2025-000001\") { description } }";
    let shown = service.anyone().ask(query).await.data("/report/description");
    assert_eq!(shown, "Dzwońcie: [usunięto: telefon]");
}
