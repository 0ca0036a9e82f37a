//! Listing and filing reports: what one operation costs, beside bare axum and beside raw SQL.

use std::{
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{Router, body::Body, http::Request, routing::get};
use clap::Parser;
use kontakt_bench::{
    reports,
    service::{Failure, Service, Start},
};
use serde_json::json;
use tower::ServiceExt;

/// The operations that clients rely on.
const LIST: &str = include_str!("../../../examples/operations/reports.graphql");
const FILE: &str = include_str!("../../../examples/operations/file-report.graphql");

/// What the statistics refuse while they read.
const COUNTED: &str =
    "{ reportStatistics(receivedFrom: \"2025-01-01\", receivedTo: \"2025-01-31\") { total } }";

#[derive(Parser)]
#[command(
    about = "Measures listing and filing reports in CPU time of the process",
    after_help = "Example:\n  cargo run --release -p kontakt-bench --bin report-operations -- --reports 200000"
)]
struct Arguments {
    /// How many reports there are.
    #[arg(long, value_delimiter = ',', default_values_t = [200_000, 2_000_000])]
    reports: Vec<u32>,
    /// How often each operation runs.
    #[arg(long, default_value_t = 2_000)]
    rounds: u32,
    /// Callers that file at once.
    #[arg(long, default_value_t = 32)]
    writers: u32,
    /// An empty PostgreSQL database to use instead of a SQLite file; with one number of reports. Its own
    /// CPU time is not counted.
    #[arg(long)]
    postgres: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    for count in &arguments.reports {
        measure(*count, &arguments).await?;
    }
    Ok(())
}

async fn measure(count: u32, arguments: &Arguments) -> Result<(), Failure> {
    let postgres = arguments.postgres.as_deref();
    let service = Arc::new(Service::start(Start::Reports { count, postgres }).await?);
    let raw = reports::connect(service.data(), postgres).await?;
    reports::fill_around(&raw).await?;
    println!(
        "\n{count} reports on {}, {} rounds: CPU time of the process for one, in microseconds",
        if postgres.is_some() { "PostgreSQL" } else { "SQLite" },
        arguments.rounds
    );
    // Statistics and the index of reports read all reports after the start, which is not to be counted.
    while service.run(COUNTED, &json!({})).await.is_err()
        || service.app.report_search.index.mark().is_none()
    {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let rounds = arguments.rounds;
    let hello = Router::new().route("/", get(async || "hello"));
    let bare = cpu(rounds, async |_| {
        hello.clone().oneshot(Request::get("/").body(Body::empty())?).await?;
        Ok(())
    })
    .await?;
    println!("{:<44}{bare:>10.1}", "bare axum, hello");
    let filter = |round: u32| {
        let (category, outcome) = reports::pair(round);
        json!({ "category": [category], "outcome": [outcome] })
    };
    let smallest =
        cpu(rounds, async |_| service.run("{ __typename }", &json!({})).await.map(drop)).await?;
    line("GraphQL, { __typename }", smallest, None);
    let raw_list = cpu(rounds, async |round| reports::list(&raw, round).await).await?;
    line("raw SQL, 20 with assignments and history", raw_list, None);
    let counted = cpu(rounds, async |round| {
        service.run(LIST, &json!({ "n": 20, "filter": filter(round) })).await.map(drop)
    })
    .await?;
    line("GraphQL, reports.graphql, 20", counted, Some(raw_list));
    let uncounted = LIST.replace("totalCount", "");
    let uncounted = cpu(rounds, async |round| {
        service.run(&uncounted, &json!({ "n": 20, "filter": filter(round) })).await.map(drop)
    })
    .await?;
    line("  the same without totalCount", uncounted, Some(raw_list));
    let raw_file = cpu(rounds, async |round| reports::file(&raw, count + round).await).await?;
    line("raw SQL, one report and its entry, committed", raw_file, None);
    let filed = file(service, rounds, arguments.writers).await?;
    line(
        &format!("GraphQL, file-report.graphql, {} at once", arguments.writers),
        filed,
        Some(raw_file),
    );
    Ok(())
}

/// Files reports by several callers at once; gives the CPU time of one.
async fn file(service: Arc<Service>, rounds: u32, writers: u32) -> Result<f64, Failure> {
    let (begun, before) = (Instant::now(), process_cpu()?);
    let callers = (0..writers).map(|writer| {
        let service = service.clone();
        tokio::spawn(async move {
            for round in 0..rounds / writers {
                let input = json!({ "input": {
                    "kind": "PROBLEM", "category": "lighting", "channel": "PORTAL",
                    "description": "Nie świeci latarnia przy przejściu dla pieszych.",
                    "location": { "latitude": 50.0619, "longitude": 19.9369, "address": "Rynek Główny 1" },
                    "idempotencyKey": format!("bench-{writer:08}-{round:08}")
                } });
                let answer = service.ask(FILE, &input).await?;
                if answer["fileReport"]["report"].is_null() {
                    return Err(answer.to_string().into());
                }
            }
            Ok::<(), Failure>(())
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await??;
    }
    let done = f64::from(rounds / writers * writers);
    println!(
        "{:<44}{:>10.0} a second",
        "  filed and committed",
        done / begun.elapsed().as_secs_f64()
    );
    Ok((process_cpu()? - before) / done)
}

/// Runs an operation so often; gives the CPU time of one, in microseconds.
async fn cpu(
    rounds: u32,
    operation: impl AsyncFn(u32) -> Result<(), Failure>,
) -> Result<f64, Failure> {
    for round in 0..rounds.min(50) {
        operation(rounds + round).await?;
    }
    let before = process_cpu()?;
    for round in 0..rounds {
        operation(round).await?;
    }
    Ok((process_cpu()? - before) / f64::from(rounds))
}

/// Microseconds that all threads of this process have run: Linux counts hundredths of a second.
fn process_cpu() -> Result<f64, Failure> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let behind_name = stat.rsplit(')').next().ok_or("no stat")?;
    let fields: Vec<&str> = behind_name.split_whitespace().collect();
    let ticks =
        |at: usize| -> Result<f64, Failure> { Ok(fields.get(at).ok_or("no ticks")?.parse()?) };
    Ok((ticks(11)? + ticks(12)?) * 10_000.0)
}

fn line(name: &str, micros: f64, raw: Option<f64>) {
    let ratio = raw.map_or(String::new(), |raw| format!("{:>8.1}x", micros / raw.max(0.1)));
    println!("{name:<44}{micros:>10.0}{ratio}");
}
