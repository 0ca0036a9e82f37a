//! Commands on reports: open data out, reports of others in.

use std::{
    fs::File,
    io::{BufWriter, ErrorKind, Write, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::NaiveDate;
use clap::Args;

use crate::{
    commands::Failure,
    config::{Config, Content},
    content::{self, BATCH_ROWS, Mapping, ReportImport, Summary},
    db::Db,
    open_data::{Encoder, Format},
    reports::open_data::{Pages, Period},
};

/// What `kontakt export reports` takes.
#[derive(Args)]
pub struct ReportExportArguments {
    /// The format of the file
    #[arg(long, value_enum)]
    format: Format,
    /// The first day of receipt, such as 2025-01-01
    #[arg(long)]
    from: Option<NaiveDate>,
    /// The last day of receipt, included
    #[arg(long)]
    to: Option<NaiveDate>,
    /// The file; - is the standard output
    file: PathBuf,
}

/// What `kontakt import reports` takes.
#[derive(Args)]
pub struct ReportImportArguments {
    /// Files ending in .csv or .jsonl, or folders of them
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// A TOML file that says what the columns are, as examples/import/nyc-311.toml
    #[arg(long)]
    mapping: Option<PathBuf>,
    /// Where the rows come from: the first part of the ids by which they are known again
    #[arg(long)]
    source: Option<String>,
    /// Where rows go that cannot be taken, in the place of FILE.rejected.csv
    #[arg(long)]
    rejected: Option<PathBuf>,
}

/// Writes the public reports to a file.
pub async fn export(db: &Db, arguments: ReportExportArguments) -> Result<(), Failure> {
    let ReportExportArguments { format, from, to, file } = arguments;
    let to_stdout = file == Path::new("-");
    let mut out: Box<dyn Write> = match to_stdout {
        true => Box::new(stdout().lock()),
        false => {
            Box::new(BufWriter::new(File::create(&file).map_err(|error| named(&file, error))?))
        }
    };
    let count = match write(db, format, Period { from, to }, &mut out).await {
        // A reader that has seen enough, such as `head`, ends the command quietly.
        Err(error) if to_stdout && is_broken_pipe(&error) => std::process::exit(0),
        written => written?,
    };
    if !to_stdout {
        println!("{count} reports were written to {}.", file.display());
    }
    Ok(())
}

async fn write(
    db: &Db,
    format: Format,
    period: Period,
    out: &mut dyn Write,
) -> Result<usize, Failure> {
    let reader = db.reader();
    let mut pages = Pages::start(reader, period).await?;
    let (mut encoder, before) = Encoder::begin(format);
    out.write_all(&before)?;
    let mut count = 0;
    loop {
        let rows = pages.next(reader).await?;
        if rows.is_empty() {
            break;
        }
        count += rows.len();
        out.write_all(&encoder.page(&rows))?;
    }
    out.write_all(encoder.end())?;
    out.flush()?;
    Ok(count)
}

/// Imports reports, and tells what became of the rows.
pub async fn import(
    config: &Config,
    db: &Db,
    arguments: ReportImportArguments,
) -> Result<ExitCode, Failure> {
    // Their categories and units, where nothing was started yet.
    if config.content == Content::Builtin {
        content::load_builtin(db).await?;
    }
    let ReportImportArguments { files, mapping, source, rejected } = arguments;
    let mapping = mapping.map(|path| Mapping::read(&path)).transpose()?.unwrap_or_default();
    let import = ReportImport { files, mapping, source, rejected, batch_rows: BATCH_ROWS };
    let summary = content::import_reports(db, import).await?;
    println!("{}", tell(&summary));
    if let Some((line, fields)) = &summary.first_differing {
        let fields: Vec<String> = fields.iter().map(|field| field.name()).collect();
        println!(
            "{} of the unchanged say something else than what is there, the first on line {line}: {}. \
             An import does not edit.",
            summary.differing,
            fields.join(", ")
        );
    }
    for file in &summary.rejected_files {
        println!(
            "The rejected rows, each with its line and the reason, are in {}.",
            file.display()
        );
    }
    Ok(if summary.rejected > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn tell(summary: &Summary) -> String {
    let Summary { read, created, unchanged, rejected, took, .. } = summary;
    let rate = *read as f64 / took.as_secs_f64().max(f64::EPSILON);
    format!(
        "{read} read, {created} created, {unchanged} unchanged, {rejected} rejected; {rate:.0} rows/s"
    )
}

fn named(file: &Path, error: std::io::Error) -> Failure {
    format!("{}: {error}", file.display()).into()
}

fn is_broken_pipe(failure: &Failure) -> bool {
    let error = failure.downcast_ref::<std::io::Error>();
    error.is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
