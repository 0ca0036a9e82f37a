//! Reports in any number, the same ones in every run, and what raw SQL says of them.

use std::path::Path;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};

use crate::service::Failure;

/// Days over which the reports came: 2022 to 2025.
const DAYS: u32 = 1_461;
/// Reports of one statement.
const ROWS: u32 = 50_000;

const PROBLEMS: [&str; 9] = [
    "pollution",
    "roads",
    "lighting",
    "greenery",
    "tree-felling",
    "transit-stop",
    "investment",
    "dead-animal",
    "other",
];
const IDEAS: [&str; 5] =
    ["idea-traffic", "idea-transit", "idea-roads", "idea-greenery", "idea-other"];
const OUTCOMES: [&str; 7] = [
    "RESOLVED",
    "IN_PROGRESS",
    "NOT_FOUND",
    "OUT_OF_CITY_COMPETENCE",
    "UNDER_ANALYSIS",
    "UNFOUNDED",
    "AWAITING_FUNDS",
];
const UNITS: [&str; 8] = ["MPO", "ZDMK", "ZZM", "ZTP", "ZIM", "WS", "SM", "WK"];
const CHANNELS: [&str; 4] = ["PORTAL", "APP", "PHONE", "EMAIL"];

/// An index that has everything that the statistics ask about.
const COVERING: &str = "CREATE INDEX bench_statistics ON reports \
    (received_on, stage, kind, category_group, outcome, resolved_on)";

/// A connection for raw SQL to the database of a service.
pub async fn connect(data: &Path, postgres: Option<&str>) -> Result<DatabaseConnection, Failure> {
    let file = format!("sqlite://{}", data.join("kontakt.sqlite").display());
    let mut options = ConnectOptions::new(postgres.unwrap_or(&file));
    options.max_connections(1).sqlx_logging(false);
    Ok(Database::connect(options).await?)
}

/// Fills the table of reports.
pub async fn fill(db: &DatabaseConnection, count: u32) -> Result<(), Failure> {
    let postgres = db.get_database_backend() == DbBackend::Postgres;
    let mut first = 1;
    while first <= count {
        let last = count.min(first + ROWS - 1);
        db.execute_unprepared(&insert(first, last, count, postgres)).await?;
        first = last + 1;
    }
    db.execute_unprepared(COVERING).await?;
    db.execute_unprepared(if postgres { "VACUUM ANALYZE reports" } else { "ANALYZE" }).await?;
    Ok(())
}

/// The reports from a place to another: a mixture that only depends on the place.
fn insert(first: u32, last: u32, count: u32, postgres: bool) -> String {
    let day = |days: &str| match postgres {
        true => format!("(DATE '2022-01-01' + CAST({days} AS integer))"),
        false => format!("date('2022-01-01', '+' || ({days}) || ' days')"),
    };
    let id = match postgres {
        true => "CAST(lpad(to_hex(seq), 32, '0') AS uuid)",
        false => "unhex(printf('%032x', seq))",
    };
    let at =
        if postgres { "TIMESTAMPTZ '2025-12-31 09:00:00Z'" } else { "'2025-12-31 09:00:00+00:00'" };
    let json = |text: &str| match postgres {
        true => format!("CAST('{text}' AS jsonb)"),
        false => format!("'{text}'"),
    };
    let categories: Vec<&str> = PROBLEMS.into_iter().chain(IDEAS).collect();
    let category = pick("c", &categories);
    let received = format!("seq * {DAYS} / {count}");
    let resolved = format!("{received} + d % 90");
    format!(
        "INSERT INTO reports (id, seq, number, kind, category, category_group, channel, description,
            answers, latitude, longitude, district, stage, outcome, received_at, received_on,
            resolved_on, expected_by, unit, sensitive, public, supports, sent_back, reopened, routing,
            revision, updated_at)
        WITH RECURSIVE n(seq) AS (
            SELECT CAST({first} AS bigint) UNION ALL SELECT seq + 1 FROM n WHERE seq < {last}),
        m AS (SELECT seq, seq * 48271 % 2147483647 / 64 % 14 AS c, seq * 69621 % 2147483647 / 64 % 7 AS o,
            seq * 39373 % 2147483647 / 64 AS d FROM n)
        SELECT {id}, seq, 'KCK-' || seq, CASE WHEN c < 9 THEN 'PROBLEM' ELSE 'IDEA' END, {category},
            {category}, {channel}, 'Przy wiacie leżą worki, których nikt nie zabrał od tygodnia.', {answers},
            50.0 + d % 1000 / 10000.0, 19.9 + d % 997 / 10000.0, d % 18 + 1, 'CLOSED', {outcome}, {at},
            {received}, CASE WHEN o = 0 THEN {resolved} END, {received}, {unit}, FALSE, TRUE, 0, 0, 0,
            {routing}, 1, {at} FROM m",
        channel = pick("d % 4", &CHANNELS),
        outcome = pick("o", &OUTCOMES),
        unit = pick("d % 8", &UNITS),
        answers = json("[]"),
        routing = json("{}"),
        received = day(&received),
        resolved = day(&resolved),
    )
}

fn pick(number: &str, some: &[&str]) -> String {
    let cases = some.iter().enumerate().map(|(at, text)| format!("WHEN {at} THEN '{text}'"));
    format!("CASE {number} {} END", cases.collect::<Vec<_>>().join(" "))
}

/// What the operation asks of a half-year, as raw SQL: by category and outcome, by time, and the total
/// of a year earlier. Gives the total.
pub async fn ask(db: &DatabaseConnection, kind: &str, year: i32) -> Result<i64, Failure> {
    let days = match db.get_database_backend() {
        DbBackend::Postgres => "resolved_on - received_on",
        _ => "julianday(resolved_on) - julianday(received_on)",
    };
    let those = |year: i32| {
        format!(
            "received_on BETWEEN '{year}-01-01' AND '{year}-06-30' AND kind = '{kind}'
            AND stage NOT IN ('MERGED', 'WITHDRAWN', 'REJECTED')"
        )
    };
    let this = those(year);
    let groups = query(
        db,
        format!("SELECT COUNT(*), category_group, outcome FROM reports WHERE {this} GROUP BY 2, 3"),
    );
    let total = groups.await?.into_iter().sum();
    let times = format!(
        "SELECT COUNT(*), CASE WHEN {days} <= 7 THEN 0 WHEN {days} <= 14 THEN 1 WHEN {days} <= 21 THEN 2
        WHEN {days} <= 30 THEN 3 WHEN {days} <= 60 THEN 4 ELSE 5 END FROM reports
        WHERE {this} AND outcome IN ('RESOLVED', 'IMPLEMENTED') GROUP BY 2"
    );
    query(db, times).await?;
    query(db, format!("SELECT COUNT(*) FROM reports WHERE {}", those(year - 1))).await?;
    Ok(total)
}

/// The first column of each row.
async fn query(db: &DatabaseConnection, sql: String) -> Result<Vec<i64>, Failure> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}

/// Gives every report a unit that has answered, and a history of four entries.
pub async fn fill_around(db: &DatabaseConnection) -> Result<(), Failure> {
    let postgres = db.get_database_backend() == DbBackend::Postgres;
    let id = if postgres { "gen_random_uuid()" } else { "randomblob(16)" };
    db.execute_unprepared(&format!(
        "INSERT INTO report_assignments (id, report_id, round, unit, stage, outcome, public_answer,
            sent_at, due_on, escalation)
        SELECT {id}, id, 0, unit, 'ANSWERED', outcome, 'Zrobione, dziękujemy.', received_at,
            received_on, 0 FROM reports"
    ))
    .await?;
    db.execute_unprepared(
        "INSERT INTO report_timeline (report_id, position, at, step, stage, outcome, actor)
        SELECT id, position, received_at, step, stage, CASE WHEN position = 4 THEN outcome END, 'system'
        FROM reports CROSS JOIN (SELECT 1 AS position, 'FILE' AS step UNION ALL SELECT 2, 'VERIFY'
            UNION ALL SELECT 3, 'FORWARD' UNION ALL SELECT 4, 'ANSWER') AS steps",
    )
    .await?;
    // The counters go on behind what was filled in.
    db.execute_unprepared(
        "INSERT INTO report_counters (series, last) SELECT 'seq', MAX(seq) FROM reports",
    )
    .await?;
    db.execute_unprepared(if postgres { "VACUUM ANALYZE" } else { "ANALYZE" }).await?;
    Ok(())
}

/// A category and an outcome that some reports have.
pub fn pair(round: u32) -> (&'static str, &'static str) {
    (PROBLEMS[round as usize % PROBLEMS.len()], OUTCOMES[round as usize % OUTCOMES.len()])
}

/// The newest 20 public reports of a category and an outcome with what stands around them, as raw SQL.
pub async fn list(db: &DatabaseConnection, round: u32) -> Result<(), Failure> {
    let backend = db.get_database_backend();
    let (category, outcome) = pair(round);
    let which = format!("category = '{category}' AND outcome = '{outcome}' AND public");
    let newest = format!("FROM reports WHERE {which} ORDER BY received_at DESC, id DESC LIMIT 20");
    let rows =
        db.query_all_raw(Statement::from_string(backend, format!("SELECT * {newest}"))).await?;
    let ids: Vec<uuid::Uuid> =
        rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?;
    let marks = ids.iter().map(|id| match backend {
        DbBackend::Postgres => format!("'{id}'"),
        _ => format!("x'{}'", id.simple()),
    });
    let marks = marks.collect::<Vec<_>>().join(",");
    for table in ["report_assignments", "report_timeline"] {
        let sql = format!("SELECT * FROM {table} WHERE report_id IN ({marks})");
        db.query_all_raw(Statement::from_string(backend, sql)).await?;
    }
    Ok(())
}

/// A report with the first entry of its history, committed, as raw SQL.
pub async fn file(db: &DatabaseConnection, place: u32) -> Result<(), Failure> {
    let seq = u64::from(place) + 100_000_000;
    let copied = "number, kind, category, category_group, channel, description, answers, latitude,
        longitude, district, stage, received_at, received_on, expected_by, sensitive, public,
        supports, sent_back, reopened, routing, revision, updated_at";
    let values = copied.replacen("number", &format!("'RAW-{seq}'"), 1);
    let id = match db.get_database_backend() {
        DbBackend::Postgres => format!("'{}'", uuid::Uuid::from_u128(u128::from(seq))),
        _ => format!("x'{}'", uuid::Uuid::from_u128(u128::from(seq)).simple()),
    };
    db.execute_unprepared(&format!(
        "BEGIN; INSERT INTO reports (id, seq, {copied}) SELECT {id}, {seq}, {values} FROM reports
            WHERE seq = 1;
        INSERT INTO report_timeline (report_id, position, at, step, stage, actor)
            SELECT {id}, 1, updated_at, 'FILE', 'RECEIVED', 'anyone' FROM reports WHERE seq = 1;
        COMMIT"
    ))
    .await?;
    Ok(())
}
