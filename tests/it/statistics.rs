//! Statistics of reports: what the city published, to the last report.

use std::{fs, path::Path};

use kontakt::{
    actor::Actor,
    app,
    demo::{self, Demo},
    events::{Event, Kind, Subject},
    geo::Point,
    ids,
    questions::Answers,
    reports::{Channel, Outcome, Report, ReportId, ReportKind, Routing, Stage, report},
    statistics::Statistics,
    units::DistrictPlace,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};

use crate::{
    harness::{Client, Service, empty_service, now, service},
    nodes::another_node,
};

fn operation() -> String {
    let file = "examples/operations/report-statistics.graphql";
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// The answer of the operation that clients rely on.
async fn published(service: &Service, kind: Option<&str>, from: &str, to: &str) -> Value {
    let variables = json!({ "kind": kind, "from": from, "to": to });
    service.anyone().ask_with(&operation(), variables).await.data("/reportStatistics")
}

/// A part of each row of a list, such as `pollution 870 19`.
fn rows(statistics: &Value, list: &str, parts: &[&str]) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
    let row =
        |row: &Value| parts.iter().map(|part| text(&row[*part])).collect::<Vec<_>>().join(" ");
    statistics[list].as_array().unwrap().iter().map(row).collect()
}

const FIRST_HALF_OF_2025: (&str, &str) = ("2025-01-01", "2025-06-30");

/// What was published of the first half of 2025 by kind: total, monthly average, growth,
/// effectiveness; categories, outcomes and times with their counts and shares.
struct Figures {
    kind: Option<&'static str>,
    sums: (i64, i64, f64, i64),
    categories: &'static [&'static str],
    outcomes: &'static [&'static str],
    times: &'static [&'static str],
}

const FIGURES: [Figures; 3] = [
    Figures {
        kind: Some("PROBLEM"),
        sums: (4_579, 763, 88.59, 83),
        categories: &[
            "pollution 870 19",
            "roads 687 15",
            "lighting 641 14",
            "greenery 595 13",
            "tree-felling 412 9",
            "transit-stop 412 9",
            "investment 366 8",
            "dead-animal 229 5",
            "other 367 8",
        ],
        outcomes: &[
            "RESOLVED 2748 60",
            "IN_PROGRESS 1053 23",
            "NOT_FOUND 275 6",
            "OUT_OF_CITY_COMPETENCE 183 4",
            "UNDER_ANALYSIS 137 3",
            "UNFOUNDED 137 3",
            "AWAITING_FUNDS 46 1",
        ],
        times: &[
            "0-7 934 34 34",
            "8-14 440 16 50",
            "15-21 412 15 65",
            "22-30 467 17 82",
            "31-60 385 14 96",
            "61+ 110 4 100",
        ],
    },
    Figures {
        kind: Some("IDEA"),
        sums: (900, 150, 88.68, 58),
        categories: &[
            "idea-traffic 270 30",
            "idea-transit 162 18",
            "idea-roads 117 13",
            "idea-greenery 54 6",
            "idea-other 297 33",
        ],
        outcomes: &[
            "IMPLEMENTED 387 43",
            "IN_IMPLEMENTATION 135 15",
            "UNFOUNDED 162 18",
            "UNDER_ANALYSIS 126 14",
            "AWAITING_FUNDS 36 4",
            "OUT_OF_CITY_COMPETENCE 27 3",
            "TEMPORARY_SOLUTION 27 3",
        ],
        times: &[
            "0-7 73 19 19",
            "8-14 58 15 34",
            "15-21 62 16 50",
            "22-30 66 17 67",
            "31-60 85 22 89",
            "61+ 43 11 100",
        ],
    },
    // The sums of both: the city published of them only the total, its average and its growth.
    Figures {
        kind: None,
        sums: (5_479, 913, 88.61, 79),
        categories: &[
            "pollution 870 16",
            "roads 687 13",
            "lighting 641 12",
            "greenery 595 11",
            "tree-felling 412 8",
            "transit-stop 412 8",
            "investment 366 7",
            "dead-animal 229 4",
            "other 367 7",
            "idea-traffic 270 5",
            "idea-transit 162 3",
            "idea-roads 117 2",
            "idea-greenery 54 1",
            "idea-other 297 5",
        ],
        outcomes: &[
            "RESOLVED 2748 50",
            "IN_PROGRESS 1053 19",
            "NOT_FOUND 275 5",
            "OUT_OF_CITY_COMPETENCE 210 4",
            "UNDER_ANALYSIS 263 5",
            "UNFOUNDED 299 5",
            "AWAITING_FUNDS 82 1",
            "IMPLEMENTED 387 7",
            "IN_IMPLEMENTATION 135 2",
            "TEMPORARY_SOLUTION 27 0",
        ],
        times: &[
            "0-7 1007 32 32",
            "8-14 498 16 48",
            "15-21 474 15 63",
            "22-30 533 17 80",
            "31-60 470 15 95",
            "61+ 153 5 100",
        ],
    },
];

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_on_reports_that_the_city_published_is_read_back() {
    let service = service().await;
    assert_eq!(demo::load(service.db()).await.unwrap(), Demo::Added(17_825));
    for Figures { kind, sums, categories, outcomes, times } in &FIGURES {
        let (from, to) = FIRST_HALF_OF_2025;
        let seen = published(&service, *kind, from, to).await;
        let (total, average, growth, effectiveness) = sums;
        assert_eq!(seen["total"], json!(total), "{kind:?}");
        assert_eq!(seen["monthlyAverage"], json!(average), "{kind:?}");
        assert_eq!(seen["growth"], json!(growth), "{kind:?}");
        assert_eq!(seen["effectiveness"], json!(effectiveness), "{kind:?}");
        assert_eq!(rows(&seen, "byCategory", &["code", "count", "share"]), *categories);
        assert_eq!(rows(&seen, "byOutcome", &["code", "count", "share"]), *outcomes);
        let parts = ["bucket", "count", "share", "cumulativeShare"];
        assert_eq!(rows(&seen, "byResolutionTime", &parts), *times);
    }
    the_other_periods_have_their_totals(&service).await;
    a_second_run_changes_nothing(&service).await;
    months_and_filters_add_up(&service).await;
    made_up_reports_are_whole(&service).await;
}

async fn the_other_periods_have_their_totals(service: &Service) {
    for (from, to, total, average) in [
        ("2024-01-01", "2024-06-30", 2_905, 484),
        ("2025-07-01", "2025-12-31", 9_441, 1_574),
        ("2025-01-01", "2025-12-31", 14_920, 1_243),
        ("2023-01-01", "2023-12-31", 0, 0),
    ] {
        let seen = published(service, None, from, to).await;
        assert_eq!((&seen["total"], &seen["monthlyAverage"]), (&json!(total), &json!(average)));
    }
    let published = async |kind| published(service, Some(kind), "2024-01-01", "2024-06-30").await;
    assert_eq!(published("PROBLEM").await["total"], 2_428);
    assert_eq!(published("IDEA").await["total"], 477);
    // There is nothing from 2023 to grow from.
    assert_eq!(published("IDEA").await["growth"], json!(null));
}

async fn a_second_run_changes_nothing(service: &Service) {
    let statements =
        "{ reportStatistics(receivedFrom: \"2024-01-01\", receivedTo: \"2025-12-31\") { total } }";
    assert_eq!(demo::load(service.db()).await.unwrap(), Demo::There);
    assert_eq!(service.anyone().ask(statements).await.data("/reportStatistics/total"), 17_825);
}

async fn months_and_filters_add_up(service: &Service) {
    let lists = "byMonth { month count } byUnit { code count } byDistrict { code count }
        byChannel { code count }";
    let ask = async |filter: &str| {
        let query = format!(
            "{{ reportStatistics(receivedFrom: \"2025-01-15\", receivedTo: \"2025-04-14\", filter: {filter})
                {{ total byCategory {{ code count }} byOutcome {{ code count }} {lists} }} }}"
        );
        service.anyone().ask(&query).await.data("/reportStatistics")
    };
    let whole = ask("{}").await;
    let months = rows(&whole, "byMonth", &["month"]);
    assert_eq!(months, ["2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"]);
    assert_eq!(whole["byDistrict"].as_array().unwrap().len(), 18);
    let lists = ["byMonth", "byUnit", "byDistrict", "byChannel", "byCategory", "byOutcome"];
    for list in lists {
        let all = whole[list].as_array().unwrap();
        let sum: i64 = all.iter().map(|row| row["count"].as_i64().unwrap()).sum();
        assert_eq!(json!(sum), whole["total"], "{list}");
    }
    // What a list says of a code is what the filter by it says of all.
    for (list, filter) in [
        ("byUnit", "unit: \"CODE\""),
        ("byDistrict", "district: CODE"),
        ("byChannel", "channel: CODE"),
        ("byCategory", "category: \"CODE\""),
        ("byOutcome", "outcome: CODE"),
    ] {
        let row = &whole[list][1];
        let code = row["code"].as_str().unwrap();
        let only = ask(&format!("{{ {} }}", filter.replace("CODE", code))).await;
        assert_eq!(only["total"], row["count"], "{list}");
        assert!(only["total"].as_i64().unwrap() > 0, "{list}");
    }
    assert_eq!(ask("{ unit: \"nobody\" }").await["total"], 0);
}

async fn made_up_reports_are_whole(service: &Service) {
    let all = report::Entity::find().all(service.db().reader()).await.unwrap();
    let mut seqs: Vec<i64> = all.iter().map(|report| report.seq).collect();
    seqs.sort_unstable();
    assert!(seqs.into_iter().eq(1..=17_825), "their places are dense");
    let numbers = |series: &str| all.iter().filter(|r| r.number.starts_with(series)).count();
    assert_eq!([numbers("KCK-2024-"), numbers("POM-2024-")], [2_428, 477]);
    assert_eq!([numbers("KCK-2025-"), numbers("POM-2025-")], [4_579 + 7_890, 900 + 1_551]);
    for report in all {
        let outcome = report.outcome.unwrap();
        assert_eq!(report.stage == Stage::Closed, outcome.is_final(), "{}", report.number);
        assert_eq!(report.resolved_on.is_some(), outcome.is_resolution(), "{}", report.number);
        assert!(report.external_id.unwrap().starts_with("demo:press-2025:"));
        assert!(report.description.contains("przykładowe"));
        assert!(report.kind.outcomes().contains(&outcome));
        let point = Point::new(report.latitude.unwrap(), report.longitude.unwrap()).unwrap();
        let found = service.app.desk.districts.find(point);
        assert_eq!(found, DistrictPlace::Inside(report.district.unwrap()), "{}", report.number);
    }
}

/// A problem that was just received.
fn problem(seq: i64) -> Report {
    let at = now();
    Report {
        id: ReportId(ids::new(at)),
        seq,
        number: format!("KCK-2026-{seq:06}"),
        external_id: None,
        kind: ReportKind::Problem,
        category: "illegal-dump".to_owned(),
        category_group: "pollution".to_owned(),
        channel: Channel::App,
        description: "Opis.".to_owned(),
        public_description: None,
        answers: Answers::default(),
        latitude: None,
        longitude: None,
        address: None,
        district: None,
        land_manager: None,
        stage: Stage::Received,
        outcome: None,
        outcome_at: None,
        reason: None,
        received_at: at,
        received_on: at.date_naive(),
        resolved_on: None,
        expected_by: at.date_naive(),
        closed_at: None,
        paused_at: None,
        wakes_at: None,
        unit: None,
        duplicate_of: None,
        sensitive: false,
        public: false,
        supports: 0,
        sent_back: 0,
        reopened: 0,
        account: None,
        taken_by: None,
        routing: Routing::default(),
        revision: 1,
        updated_at: at,
    }
}

/// Writes a report as it is now, and tells the spine.
async fn write(service: &Service, kind: Kind, report: &Report) {
    let write = async |tx: &kontakt::db::Tx| {
        let row = report.clone().into_active_model();
        match kind {
            Kind::Filed => drop(report::Entity::insert(row).exec_without_returning(tx).await?),
            _ => drop(row.reset_all().update(tx).await?),
        }
        tx.emit(&Actor::System, Event { kind, subject: Subject::Report, ids: vec![report.id.0] });
        Ok(())
    };
    service.db().write(write).await.unwrap();
}

const TODAY: &str = "{ reportStatistics(receivedFrom: \"2026-11-20\", receivedTo: \"2026-11-20\") {
    total monthlyAverage growth effectiveness asOf byCategory { code name } byOutcome { code label count }
    byMonth { month count effectiveness } byUnit { code name } byDistrict { code name } byChannel { code name } } }";

async fn today(client: &Client<'_>) -> Value {
    client.ask(TODAY).await.data("/reportStatistics")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_before_the_question_is_counted_in_the_answer() {
    let service = service().await;
    for seq in 1..=20 {
        let mut report = problem(seq);
        write(&service, Kind::Filed, &report).await;
        assert_eq!(today(&service.anyone()).await["total"], seq);
        (report.stage, report.outcome) = (Stage::InHandling, Some(Outcome::InProgress));
        write(&service, Kind::Taken, &report).await;
        assert_eq!(today(&service.anyone()).await["byOutcome"][1]["count"], seq);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_merged_withdrawn_or_rejected_no_longer_counts() {
    let service = service().await;
    let stages = [Stage::Merged, Stage::Withdrawn, Stage::Rejected];
    let reports: Vec<Report> = (1..=3).map(problem).collect();
    for report in &reports {
        write(&service, Kind::Filed, report).await;
    }
    for (stage, report) in stages.into_iter().zip(reports) {
        write(&service, Kind::Rejected, &Report { stage, ..report }).await;
    }
    let seen = today(&service.anyone()).await;
    assert_eq!([&seen["total"], &seen["monthlyAverage"]], [0, 0]);
    assert_eq!([&seen["growth"], &seen["effectiveness"]], [&json!(null); 2]);
    assert_eq!(seen["byCategory"], json!([]));
    assert_eq!(
        seen["byMonth"],
        json!([{ "month": "2026-11-01", "count": 0, "effectiveness": null }])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_node_counts_what_this_one_has_written() {
    let service = service().await;
    let (node, _folder) = another_node(&service.app.config).await;
    let router = app::router(node);
    assert_eq!(today(&Client::new(&router)).await["total"], 0);
    write(&service, Kind::Filed, &problem(1)).await;
    assert_eq!(today(&Client::new(&router)).await["total"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_without_unit_district_or_outcome_has_rows_that_say_so_in_the_language_of_the_reader()
 {
    let service = service().await;
    write(&service, Kind::Filed, &problem(1)).await;
    let seen = today(&service.anyone()).await;
    assert_eq!(seen["asOf"], "2026-11-20T09:00:00+00:00");
    assert_eq!(seen["byCategory"], json!([{ "code": "pollution", "name": "Zanieczyszczenia" }]));
    assert_eq!(seen["byUnit"], json!([{ "code": null, "name": "bez jednostki" }]));
    assert_eq!(seen["byDistrict"], json!([{ "code": null, "name": "bez dzielnicy" }]));
    assert_eq!(seen["byChannel"], json!([{ "code": "APP", "name": "aplikacja" }]));
    let last = seen["byOutcome"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last, json!({ "code": null, "label": "bez wyniku", "count": 1 }));
    let english = today(&service.anyone().header("accept-language", "en")).await;
    assert_eq!(english["byCategory"][0]["name"], "Litter and pollution");
    assert_eq!(english["byUnit"][0]["name"], "no unit");
}

#[tokio::test]
async fn outcomes_are_called_as_the_city_calls_them() {
    let service = service().await;
    let labels = async |kind| {
        let (from, to) = FIRST_HALF_OF_2025;
        rows(&published(&service, kind, from, to).await, "byOutcome", &["label"])
    };
    assert_eq!(
        labels(Some("PROBLEM")).await,
        [
            "problem rozwiązany",
            "w trakcie rozwiązywania",
            "nie wykryto problemu",
            "poza kompetencjami miasta",
            "problem w analizie",
            "bezzasadny",
            "oczekiwanie na środki finansowe"
        ]
    );
    assert_eq!(
        labels(Some("IDEA")).await,
        [
            "zrealizowany",
            "w trakcie realizacji",
            "pomysł bezzasadny",
            "w analizie",
            "oczekiwanie na środki finansowe",
            "poza kompetencjami miasta",
            "tymczasowe rozwiązanie"
        ]
    );
    assert_eq!(labels(None).await.len(), 10);
}

#[tokio::test]
async fn a_period_that_makes_no_sense_is_refused_with_a_reason() {
    let service = service().await;
    for (from, to) in [("2025-02-01", "2025-01-31"), ("2015-01-01", "2025-01-01")] {
        let variables = json!({ "kind": null, "from": from, "to": to });
        let answer = service.anyone().ask_with(&operation(), variables).await;
        assert_eq!(answer.error_code(), "BAD_USER_INPUT", "{from} to {to}");
    }
    published(&service, None, "2015-01-02", "2025-01-01").await;
}

#[tokio::test]
async fn a_node_that_has_not_read_all_reports_yet_says_so() {
    let service = empty_service().await;
    let mut app = service.app.clone();
    app.statistics = Statistics::default();
    let router = app::router(app);
    let answer = Client::new(&router).header("accept-language", "en").ask(TODAY).await;
    assert_eq!(answer.error_code(), "UNAVAILABLE");
    let message = "The statistics are still being read. Try again in a moment.";
    assert_eq!(answer.json()["errors"][0]["message"], message);
}

#[tokio::test]
async fn made_up_reports_are_not_put_beside_real_ones() {
    let service = service().await;
    write(&service, Kind::Filed, &problem(1)).await;
    assert_eq!(demo::load(service.db()).await.unwrap(), Demo::Refused);
    assert_eq!(today(&service.anyone()).await["total"], 1);
}
