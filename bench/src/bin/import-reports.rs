//! How fast reports are imported, beside bare SQL: the same rows of the same tables, written with
//! statements of many rows, without parsing and without rules.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use clap::Parser;
use kontakt::{
    app::App,
    clock::Clock,
    config::Config,
    content::{self, BATCH_ROWS, Mapping, ReportImport},
    db::Db,
    reports::{assignment, report, timeline},
};
use kontakt_bench::service::Failure;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, Database, DatabaseConnection,
    DbBackend, EntityTrait, IdenStatic, IntoActiveModel, Iterable, QueryFilter, QueryOrder,
    QuerySelect, Statement, TransactionTrait, Value,
};
use tempfile::TempDir;

#[derive(Parser)]
#[command(
    about = "Measures the import of reports beside bare SQL, on SQLite",
    after_help = "Examples:\n  cargo run --release -p kontakt-bench --bin import-reports\n  cargo run --release -p kontakt-bench --bin import-reports -- --rows 200000"
)]
struct Arguments {
    /// How many reports.
    #[arg(long, default_value_t = 1_000_000)]
    rows: u64,
    /// The folder for the files; one for temporary files without it.
    #[arg(long)]
    folder: Option<PathBuf>,
}

/// Values of one statement of bare SQL, as the import has it.
const VALUES_MAX: usize = 16_000;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let folder = match &arguments.folder {
        Some(folder) => TempDir::new_in(folder)?,
        None => TempDir::new()?,
    };
    let file = folder.path().join("reports.csv");
    generate(&file, arguments.rows)?;
    println!("{} rows, {} MB", arguments.rows, file.metadata()?.len() >> 20);
    let ours = folder.path().join("ours");
    let db = open(&ours).await?;
    let imported = import(&db, &file).await?;
    println!("import        {}", rate(arguments.rows, imported));
    let again = import(&db, &file).await?;
    println!("once more     {}", rate(arguments.rows, again));
    let bare = folder.path().join("bare");
    drop(open(&bare).await?);
    let inserted = insert_bare(db.reader(), &connect(&bare.join("kontakt.sqlite")).await?).await?;
    println!("bare SQL      {}", rate(arguments.rows, inserted));
    println!("ratio         {:.2}", inserted.as_secs_f64() / imported.as_secs_f64());
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
        println!("peak memory   {}", peak.trim_start_matches("VmHWM:").trim());
    }
    Ok(())
}

fn rate(rows: u64, took: Duration) -> String {
    let seconds = took.as_secs_f64();
    format!("{:>8.0} rows/s in {seconds:.1} s", rows as f64 / seconds)
}

async fn open(folder: &Path) -> Result<Db, Failure> {
    std::fs::create_dir_all(folder)?;
    let config = Config::with(&[("data", &folder.display().to_string())])?;
    let db = App::open_database(&config, Clock::machine(), true).await?;
    content::load_builtin(&db).await?;
    Ok(db)
}

async fn import(db: &Db, file: &Path) -> Result<Duration, Failure> {
    let mapping = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/import/nyc-311.toml");
    let import = ReportImport {
        files: vec![file.to_owned()],
        mapping: Mapping::read(&mapping)?,
        source: None,
        rejected: None,
        batch_rows: BATCH_ROWS,
    };
    let summary = content::import_reports(db, import).await?;
    match summary.rejected {
        0 => Ok(summary.took),
        _ => Err(format!("{summary:?}").into()),
    }
}

/// Requests as New York publishes them, but in Krakow: always the same.
fn generate(path: &Path, rows: u64) -> Result<(), Failure> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(
        file,
        "Unique Key,Created Date,Closed Date,Agency,Complaint Type,Descriptor,Status,Resolution Description,Incident Address,Latitude,Longitude"
    )?;
    let begin: DateTime<Utc> = "2019-01-01T05:00:00Z".parse()?;
    let mut chance = Chance(1);
    let kinds = [
        ("DOT", "Street Condition", "Pothole"),
        ("DOT", "Street Light Condition", "Street Light Out"),
        ("DSNY", "Dirty Condition", "Trash, on the pavement"),
        ("DPR", "Damaged Tree", "Branch Cracked and Will Fall"),
        ("NYPD", "Noise", "Loud Music/Party"),
    ];
    for row in 0..rows {
        let created = begin + TimeDelta::seconds((row * 180) as i64);
        let closed = created + TimeDelta::hours(chance.below(24 * 60) as i64);
        let (agency, complaint, descriptor) = kinds[chance.below(5) as usize];
        let is_closed = chance.below(10) < 8;
        let time = |at: DateTime<Utc>| at.format("%m/%d/%Y %I:%M:%S %p").to_string();
        let (closed, status, said) = match is_closed {
            true => {
                (time(closed), "Closed", "The department inspected the place and did the work.")
            }
            false => (String::new(), "In Progress", ""),
        };
        let north = 50.02 + chance.below(6_000) as f64 / 100_000.0;
        let east = 19.86 + chance.below(18_000) as f64 / 100_000.0;
        writeln!(
            file,
            "{},{},{closed},{agency},{complaint},\"{descriptor}\",{status},{said},ul. Przykładowa {},{north:.5},{east:.5}",
            10_000_000 + row,
            time(created),
            1 + chance.below(200),
        )?;
    }
    Ok(file.flush()?)
}

/// Chance that is the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// A connection with the pragmas of the service.
async fn connect(file: &Path) -> Result<DatabaseConnection, Failure> {
    let mut options = sea_orm::ConnectOptions::new(format!("sqlite://{}", file.display()));
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await?;
    for pragma in ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"] {
        db.execute_unprepared(&format!("PRAGMA {pragma}")).await?;
    }
    Ok(db)
}

/// Writes what was imported once more: only the inserts are timed.
async fn insert_bare(
    from: &DatabaseConnection,
    to: &DatabaseConnection,
) -> Result<Duration, Failure> {
    let mut took = Duration::ZERO;
    let mut after = 0;
    loop {
        let reports = report::Entity::find()
            .filter(report::Column::Seq.gt(after))
            .order_by_asc(report::Column::Seq)
            .limit(BATCH_ROWS as u64)
            .all(from)
            .await?;
        let Some(last) = reports.last() else { return Ok(took) };
        after = last.seq;
        let ids: Vec<_> = reports.iter().map(|report| report.id).collect();
        let assignments = assignment::Entity::find()
            .filter(assignment::Column::ReportId.is_in(ids.iter().copied()))
            .order_by_asc(assignment::Column::Id)
            .all(from)
            .await?;
        let entries = timeline::Entity::find()
            .filter(timeline::Column::ReportId.is_in(ids))
            .order_by_asc(timeline::Column::ReportId)
            .order_by_asc(timeline::Column::Position)
            .all(from)
            .await?;
        let statements = [
            statements::<report::Entity>(reports),
            statements::<assignment::Entity>(assignments),
            statements::<timeline::Entity>(entries),
        ];
        let since = Instant::now();
        let tx = to.begin().await?;
        for statement in statements.into_iter().flatten() {
            tx.execute_raw(statement).await?;
        }
        tx.commit().await?;
        took += since.elapsed();
    }
}

fn statements<E: EntityTrait>(rows: Vec<E::Model>) -> Vec<Statement>
where
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let columns: Vec<E::Column> = E::Column::iter().collect();
    let names: Vec<&str> = columns.iter().map(IdenStatic::as_str).collect();
    let begin = format!("INSERT INTO {} ({}) VALUES ", E::default().table_name(), names.join(", "));
    let marks = format!("({})", vec!["?"; columns.len()].join(", "));
    let values = |row: E::Model| -> Vec<Value> {
        let mut row = row.into_active_model();
        let values = columns.iter().filter_map(|column| match row.take(*column) {
            ActiveValue::Set(value) | ActiveValue::Unchanged(value) => Some(value),
            ActiveValue::NotSet => None,
        });
        values.collect()
    };
    let rows: Vec<Vec<Value>> = rows.into_iter().map(values).collect();
    rows.chunks(VALUES_MAX / columns.len())
        .map(|rows| {
            let sql = begin.clone() + &vec![marks.as_str(); rows.len()].join(", ");
            Statement::from_sql_and_values(DbBackend::Sqlite, sql, rows.concat())
        })
        .collect()
}
