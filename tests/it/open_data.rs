//! Open data: what everybody may have of all reports, in three formats.

use std::time::Duration;

use kontakt::{
    actor::Actor,
    imported::Origin,
    open_data,
    reports::{self, open_data::COLUMNS},
};
use serde_json::{Value, json};

use crate::harness::{Answer, Service, imported::import_lines, service, service_with};

/// A lamp with everything that open data leave out.
fn lamp() -> Value {
    json!({
        "id": "1", "category": "lighting", "channel": "APP", "received_at": "2025-03-01T08:00:00Z",
        "description": "Jan Kowalski, tel. 600 100 200", "address": "ul. Długa 7/3",
        "latitude": 50.061_94, "longitude": 19.936_86, "outcome": "RESOLVED",
        "answered_on": "2025-03-04", "closed_on": "2025-03-05", "units": ["ZDMK", "ZIM"],
        "public_answer": "Wymieniliśmy.", "supports": 3
    })
}

fn idea() -> Value {
    json!({
        "id": "2", "category": "idea-traffic", "received_at": "2025-06-30T22:30:00Z",
        "stage": "VERIFIED", "district": 12
    })
}

async fn filled() -> Service {
    let service = service().await;
    let hidden = [
        json!({ "id": "3", "category": "roads", "received_at": "2025-03-02" }),
        json!({ "id": "4", "category": "roads", "received_at": "2025-03-02", "stage": "REJECTED" }),
        json!({ "id": "5", "category": "roads", "received_at": "2025-03-02", "stage": "FORWARDED",
                "sensitive": true }),
    ];
    import_lines(&service, &[&[lamp(), idea()], &hidden[..]].concat()).await;
    service
}

async fn get(service: &Service, path: &str) -> Answer {
    service.anyone().send("GET", &format!("/open-data/{path}"), "").await
}

#[tokio::test]
async fn open_data_hold_public_reports_and_nothing_that_a_person_wrote() {
    let service = filled().await;
    let answer = get(&service, "reports.csv").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    let expected = [
        "number,kind,category,category_name,group,channel,district,latitude,longitude,received_at,expected_by,stage,outcome,outcome_label,units,answered_on,resolved_on,closed_on,supports",
        "KCK-2025-000001,PROBLEM,lighting,Awaria oświetlenia,lighting,APP,1,50.062,19.937,2025-03-01T08:00:00Z,2025-03-08,CLOSED,RESOLVED,problem rozwiązany,ZDMK;ZIM,2025-03-04,2025-03-04,2025-03-05,3",
        "POM-2025-000001,IDEA,idea-traffic,Pomysł: organizacja ruchu,idea-traffic,PHONE,12,,,2025-06-30T22:30:00Z,2025-07-31,VERIFIED,,,,,,,0",
        "",
    ];
    assert_eq!(answer.text, expected.join("\r\n"));
    for private in ["Kowalski", "600", "Długa"] {
        for format in ["csv", "jsonl", "geojson"] {
            let answer = get(&service, &format!("reports.{format}")).await;
            assert!(!answer.text.contains(private), "{private} in {format}");
        }
    }
}

#[tokio::test]
async fn all_formats_hold_the_same() {
    let service = filled().await;
    let lines = get(&service, "reports.jsonl").await.text;
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["latitude"], 50.062);
    assert_eq!(rows[0]["units"], json!(["ZDMK", "ZIM"]));
    assert_eq!(rows[1]["outcome"], Value::Null);
    let map = get(&service, "reports.geojson").await.json();
    assert_eq!(map["type"], "FeatureCollection");
    let features = map["features"].as_array().unwrap();
    let point = json!({ "type": "Point", "coordinates": [19.937, 50.062] });
    assert_eq!(features[0]["geometry"], point);
    assert_eq!(features[1]["geometry"], Value::Null);
    for (feature, row) in features.iter().zip(&rows) {
        let mut row = row.as_object().unwrap().clone();
        row.remove("latitude");
        row.remove("longitude");
        assert_eq!(feature["properties"], Value::Object(row));
    }
}

#[tokio::test]
async fn no_reports_are_a_whole_file_too() {
    let service = service().await;
    assert_eq!(get(&service, "reports.csv").await.text.lines().count(), 1);
    assert_eq!(get(&service, "reports.jsonl").await.text, "");
    assert_eq!(get(&service, "reports.geojson").await.json()["features"], json!([]));
}

#[tokio::test]
async fn a_period_has_both_its_days_as_krakow_counts_them() {
    let service = filled().await;
    let numbers = async |days: &str| {
        let lines = get(&service, &format!("reports.jsonl?{days}")).await.text;
        lines.lines().map(|line| line[11..26].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(numbers("from=2025-03-01&to=2025-03-01").await, ["KCK-2025-000001"]);
    // Half past ten in the evening in UTC is the next day in Krakow.
    assert_eq!(numbers("from=2025-07-01").await, ["POM-2025-000001"]);
    assert_eq!(numbers("to=2025-02-28").await, [""; 0]);
    for wrong in ["from=1.3.2025", "since=2025-01-01"] {
        assert_eq!(get(&service, &format!("reports.csv?{wrong}")).await.status, 400, "{wrong}");
    }
    assert_eq!(get(&service, "reports.xml").await.status, 404);
    assert_eq!(get(&service, "cards.csv").await.status, 404);
}

#[tokio::test]
async fn the_dictionary_describes_exactly_the_columns_of_the_files() {
    let service = service_with(&[("open-data-licence", "CC0-1.0")]).await;
    let dictionary = get(&service, "dictionary.json").await.json();
    assert_eq!(dictionary["licence"], "CC0-1.0");
    let header = get(&service, "reports.csv").await.text;
    let described = dictionary["columns"].as_array().unwrap().iter();
    let names: Vec<&str> = described.map(|column| column["name"].as_str().unwrap()).collect();
    assert_eq!(names.join(","), header.trim_end());
    let codes = &dictionary["columns"][1]["codes"];
    assert_eq!(codes[0], json!({ "code": "PROBLEM", "label": "problem" }));
    assert_eq!(open_data::dictionary("CC0-1.0"), dictionary);
    let page = include_str!("../../docs/open-data.md");
    for column in COLUMNS {
        let row = format!("| `{}` | {} |", column.name, column.about);
        assert!(page.contains(&row), "docs/open-data.md lacks: {row}");
    }
}

#[tokio::test]
async fn a_text_that_a_spreadsheet_would_run_is_only_a_text() {
    let service = filled().await;
    let mut categories = reports::categories(service.db().reader()).await.unwrap();
    let lighting = categories.iter_mut().find(|known| known.code == "lighting").unwrap();
    lighting.name = "=HYPERLINK(\"http://a\")".to_owned();
    let write = async |tx: &_| {
        reports::import_categories(tx, &Actor::System, categories, Origin::File).await
    };
    service.db().write(write).await.unwrap();
    let csv = get(&service, "reports.csv").await.text;
    assert!(csv.contains(",lighting,\"'=HYPERLINK(\"\"http://a\"\")\",lighting,"), "{csv}");
    let lines = get(&service, "reports.jsonl").await.text;
    assert!(lines.contains(r#""category_name":"=HYPERLINK(\"http://a\")""#), "{lines}");
}

#[tokio::test]
async fn a_file_is_sent_again_only_when_a_report_has_changed() {
    let service = filled().await;
    let path = "/open-data/reports.csv";
    let settled = async |before: &str| {
        let fresh = async {
            loop {
                let tag = service.anyone().send("HEAD", path, "").await.header("etag").to_owned();
                if tag != before {
                    return tag;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), fresh).await.unwrap()
    };
    service.settle().await;
    let tag = settled("").await;
    let again = service.anyone().header("if-none-match", &tag).send("GET", path, "").await;
    assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""));
    let more = json!({ "id": "6", "category": "roads", "received_at": "2025-03-02" });
    import_lines(&service, &[more]).await;
    settled(&tag).await;
    let again = service.anyone().header("if-none-match", &tag).send("GET", path, "").await;
    assert_eq!(again.status, 200);
}

#[tokio::test]
async fn only_some_files_are_made_at_once() {
    let service = filled().await;
    let mut under_way = Vec::new();
    while let Some(permit) = service.app.permits.export() {
        under_way.push(permit);
    }
    assert_eq!(under_way.len(), 3);
    let answer = get(&service, "reports.csv").await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "60"));
    drop(under_way);
    assert_eq!(get(&service, "reports.csv").await.status, 200);
}
