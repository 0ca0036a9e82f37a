//! Statistics of a half-year: Kontakt's whole answer over GraphQL beside raw SQL on a covering index.

use std::{
    fs,
    time::{Duration, Instant},
};

use clap::Parser;
use kontakt_bench::{
    reports,
    service::{Failure, Service, Start},
};
use serde_json::{Value, json};

/// The operation that clients rely on.
const OPERATION: &str = include_str!("../../../examples/operations/report-statistics.graphql");
/// The same with a filter, so that reports are looked at one by one.
const FILTERED: &str = "query($kind: ReportKind, $from: Date!, $to: Date!) {
    reportStatistics(kind: $kind, receivedFrom: $from, receivedTo: $to, filter: { district: 3 }) {
        total byOutcome { code count } } }";

#[derive(Parser)]
#[command(
    about = "Measures the statistics of reports beside raw SQL",
    after_help = "Example:\n  cargo run --release -p kontakt-bench --bin report-statistics -- --reports 200000"
)]
struct Arguments {
    /// How many reports, over four years.
    #[arg(long, value_delimiter = ',', default_values_t = [200_000, 2_000_000])]
    reports: Vec<u32>,
    /// How often each question is asked.
    #[arg(long, default_value_t = 300)]
    rounds: usize,
    /// An empty PostgreSQL database to use instead of a SQLite file; with one number of reports.
    #[arg(long)]
    postgres: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    for count in &arguments.reports {
        measure(*count, arguments.rounds, arguments.postgres.as_deref()).await?;
    }
    Ok(())
}

async fn measure(count: u32, rounds: usize, postgres: Option<&str>) -> Result<(), Failure> {
    let before = memory()?;
    let begun = Instant::now();
    let service = Service::start(Start::Reports { count, postgres }).await?;
    let started = begun.elapsed();
    let begun = Instant::now();
    // Answers as soon as all reports are read, or refuses after two seconds.
    while service.ask(OPERATION, &half_year("PROBLEM", 2025)).await.is_err() {}
    let read = begun.elapsed();
    println!(
        "\n{count} reports on {}: filled and started in {:.1} s, read {:.2} s after the start, {} MiB more than before",
        if postgres.is_some() { "PostgreSQL" } else { "SQLite" },
        started.as_secs_f64(),
        read.as_secs_f64(),
        (memory()? - before) / 1_024
    );
    let raw = reports::connect(service.data(), postgres).await?;
    let mut times = [const { Vec::new() }; 3];
    for round in 0..rounds {
        let (kind, year) = ([("PROBLEM"), ("IDEA")][round % 2], 2023 + (round % 3) as i32);
        let variables = half_year(kind, year);
        let begun = Instant::now();
        let answer = service.ask(OPERATION, &variables).await?;
        times[0].push(begun.elapsed());
        let begun = Instant::now();
        service.ask(FILTERED, &variables).await?;
        times[1].push(begun.elapsed());
        let begun = Instant::now();
        let total = reports::ask(&raw, kind, year).await?;
        times[2].push(begun.elapsed());
        if answer["reportStatistics"]["total"] != json!(total) {
            return Err(format!("{} is not {total}", answer["reportStatistics"]["total"]).into());
        }
    }
    println!("{:<32}{:>12}{:>12}{:>9}", "", "p50", "p99", "ratio");
    let [own, filtered, raw] = times;
    let own = line("Kontakt, GraphQL", own, None);
    line("Kontakt, GraphQL, by district", filtered, Some(own));
    line("raw SQL, covering index", raw, Some(own));
    Ok(())
}

fn half_year(kind: &str, year: i32) -> Value {
    json!({ "kind": kind, "from": format!("{year}-01-01"), "to": format!("{year}-06-30") })
}

/// Prints a line, and gives the median.
fn line(name: &str, mut times: Vec<Duration>, own: Option<Duration>) -> Duration {
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    let micros = |time: Duration| format!("{} us", time.as_micros());
    let ratio = own.map_or(1.0, |own| at(50).as_secs_f64() / own.as_secs_f64().max(1e-9));
    println!("{name:<32}{:>12}{:>12}{ratio:>8.1}x", micros(at(50)), micros(at(99)));
    at(50)
}

/// KiB of memory that the process holds.
fn memory() -> Result<u64, Failure> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
