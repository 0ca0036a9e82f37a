//! The command line: `kontakt` alone serves.

mod audit;
mod backup;
mod demo;
mod doctor;
mod knowledge;
mod logging;
mod mail;
mod reports;
mod retention;
mod serve;
mod settings;
mod tokens;

use std::{
    fmt::Display,
    io::{ErrorKind, Write, stdout},
    path::PathBuf,
    process::ExitCode,
};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::{
    app::App,
    clock::Clock,
    config::{Config, Effective},
    content::Kind,
    db::Db,
};

/// What a command that fails says, one line a reason.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The contact centre of the city of Krakow: service cards, articles and their search over GraphQL.
#[derive(Parser)]
#[command(name = "kontakt", version, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

const EXAMPLES: &str = "Examples:
  kontakt                                   serve on http://127.0.0.1:8000 with the built-in content
  kontakt search \"jak wyrobic dowod\"        ask in the terminal
  kontakt import articles faq.jsonl         load articles: one {\"id\",\"title\",\"text\"} a line
  kontakt --listen 127.0.0.1:9000 serve     another port
  DATABASE_URL=postgres://… kontakt         PostgreSQL instead of the SQLite file

Every setting is a flag, an environment variable, or a key of kontakt.toml; `kontakt config` shows
the effective ones and where each came from.";

#[derive(Subcommand)]
enum Command {
    /// Serve the API (the default)
    Serve,
    /// Bring the database schema to date and stop
    Migrate,
    /// Load cards, articles, units, districts, categories, routing rules, synonyms or best bets
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    #[command(after_help = "Examples:
  kontakt import cards content/cards               all files of a folder
  kontakt import cards odpis.md odpis.en.md        a card with its translation
  kontakt import articles faq.jsonl                JSON Lines: {\"id\",\"title\",\"text\"}, optional
                                                   visibility (PUBLIC, STAFF), unit, keywords
  kontakt import units units.toml
  kontakt import districts districts.geojson       outlines of all 18 districts, in the place of
                                                   the coarse ones that ship
  kontakt import categories categories.toml        categories of reports with their questions
  kontakt import routing-rules routing.toml        which units get which reports
  kontakt import answer-templates answers.toml     what units answer, by category and outcome
  kontakt import synonyms synonyms.toml            what residents say, and what the cards call it
  kontakt import best-bets best-bets.toml          questions, and what comes first for them

Everything is checked before anything is written; importing the same twice changes nothing.")]
    Import {
        #[command(subcommand)]
        large: Option<LargeImport>,
        /// What the files hold
        #[arg(required = true)]
        kind: Option<Kind>,
        /// Files, or folders of files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Write cards, articles, units, districts, categories, rules and best bets as the files that
    /// import takes
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    #[command(
        after_help = "Example:\n  kontakt export ./backup && kontakt --data ./other import units ./backup/units.toml"
    )]
    Export {
        #[command(subcommand)]
        what: Option<Export>,
        /// The folder to write to
        #[arg(required = true)]
        folder: Option<PathBuf>,
    },
    /// Build the search indexes anew from the database
    Reindex,
    /// Search in the terminal, with highlighted passages
    #[command(
        after_help = "Examples:\n  kontakt search \"zgubilam dowod co robic\"\n  kontakt search --staff \"druga linia\"\n  kontakt search --first 3 \"sa 10\""
    )]
    Search {
        /// The words
        #[arg(required = true)]
        words: Vec<String>,
        /// How many results, 1 to 100
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(i32).range(1..=100))]
        first: i32,
        /// Also search what is for staff only
        #[arg(long)]
        staff: bool,
    },
    /// Print the GraphQL schema
    Schema,
    /// Make, list and revoke access tokens of applications
    #[command(after_help = "Examples:
  kontakt token create --name spacer --scope reports:file --expires 2027-05-31
  kontakt token list
  kontakt token revoke spacer

An application sends its token as `Authorization: Bearer …`. Scopes: reports:file, reports:read,
statistics:read; what everybody may read needs none. docs/accounts.md tells what they allow.")]
    Token {
        #[command(subcommand)]
        command: tokens::TokenCommand,
    },
    /// Check database, index, content and settings, and say how to mend what is wrong
    #[command(after_help = "Examples:
  kontakt doctor                                   the installation; the exit code tells
  kontakt doctor content                           what each live card lacks
  kontakt doctor links                             asks every web address of the live cards
  kontakt doctor links --limit 20 --seconds 5      a few of them, with less patience")]
    Doctor {
        #[command(subcommand)]
        look: Option<Look>,
    },
    /// See whether the audit is what was written, and who saw what
    Audit {
        #[command(subcommand)]
        what: audit::Audit,
    },
    /// Load made-up data to look at
    #[command(after_help = "Example:
  kontakt --data ./demo demo press-2025 && kontakt --data ./demo

Makes the data folder, loads the built-in content, and adds 17,825 made-up reports from which the
statistics give every figure on reports that the city published for the first half of 2025. Refused
where there are other reports; loading twice changes nothing.")]
    Demo {
        /// Which data
        set: DemoData,
    },
    /// Look at letters, and send again what was given up
    #[command(after_help = "Examples:
  kontakt mail preview report-answered --language uk
  kontakt mail retry                               after the mail server was mended")]
    Mail {
        #[command(subcommand)]
        what: mail::Mail,
    },
    /// Show what is kept for how long, and delete what is over, as the service does every night
    #[command(after_help = "Examples:
  kontakt retention --dry-run                      how much of each class is over
  kontakt retention                                delete it now

docs/privacy.md tells what each class is. What was deleted is in `deletions` of the API.")]
    Retention {
        /// Only show
        #[arg(long)]
        dry_run: bool,
    },
    /// Copy the SQLite database while it is in use: everything without keys, and the keys apart
    #[command(after_help = "Example:
  kontakt backup ./backup-2026-11-20

Makes kontakt.sqlite, in which no contact data can be read, and kontakt-keys.sqlite, with which it can.
With PostgreSQL use pg_dump; docs/privacy.md has the commands.")]
    Backup {
        /// A folder that is not there yet, or empty
        folder: PathBuf,
    },
    /// Take keys into a database that was put back from a backup
    #[command(after_help = "Example:
  cp ./backup-2026-11-20/kontakt.sqlite ./data/ && kontakt restore-keys ./newest/kontakt-keys.sqlite

Take the newest keys that there are: who was erased since then stays erased. Stop the service before, and
run `kontakt reindex` after it.")]
    RestoreKeys {
        /// The file of keys
        file: PathBuf,
    },
    /// Show the effective settings and where each came from; secrets are hidden
    Config,
}

/// Made-up data.
#[derive(Clone, Copy, ValueEnum)]
enum DemoData {
    /// Reports of 2024 and 2025, behind the press release of the city
    #[value(name = "press-2025")]
    Press2025,
}

/// What is imported row by row, however many there are.
#[derive(Subcommand)]
enum LargeImport {
    /// Load reports that were kept elsewhere, from CSV or JSON Lines
    #[command(after_help = "Examples:
  kontakt import reports reports.csv               what `kontakt export reports` writes
  kontakt import reports --mapping examples/import/nyc-311.toml examples/import/nyc-311.csv

A row is known again by its id: importing the same twice changes nothing, and an import that was
broken off goes on where it stopped. Rows that cannot be taken are written to FILE.rejected.csv with
line and reason; the exit code is 1 then. docs/open-data.md describes the formats.")]
    Reports(reports::ReportImportArguments),
}

/// What is exported beside the knowledge.
#[derive(Subcommand)]
enum Export {
    /// Write the open data on reports: what is public, without personal data
    #[command(after_help = "Examples:
  kontakt export reports --format csv reports.csv
  kontakt export reports --format geojson --from 2025-01-01 --to 2025-06-30 - | gzip > half.gz

docs/open-data.md describes the columns.")]
    Reports(reports::ReportExportArguments),
}

/// What the doctor looks at beside the installation.
#[derive(Subcommand)]
enum Look {
    /// List what each live card lacks: parts, checks, questions, keywords, related cards, translations
    Content,
    /// Ask every web address of the live cards, and list those that fail
    Links {
        /// How many addresses at most
        #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
        /// How many seconds one address may take, 1 to 60
        #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=60))]
        seconds: u64,
    },
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let matches = settings::add_flags(Cli::command()).get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let outcome = settings::gather(&matches).map_err(Failure::from).and_then(|values| {
        let config = Config::read(&values)?;
        logging::start(&config)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(dispatch(cli.command.unwrap_or(Command::Serve), config, &values))
    });
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("kontakt: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(
    command: Command,
    config: Config,
    values: &[Effective],
) -> Result<ExitCode, Failure> {
    match command {
        Command::Serve => serve::serve(config).await?,
        Command::Migrate => {
            open(&config, true).await?;
            println!("The database schema is up to date.");
        }
        Command::Import { large: Some(LargeImport::Reports(arguments)), .. } => {
            return reports::import(&config, &open(&config, true).await?, arguments).await;
        }
        Command::Import { large: None, kind, files } => {
            let kind = kind.ok_or("what is to be imported?")?;
            knowledge::import(&open(&config, true).await?, kind, &files).await?;
        }
        Command::Export { what: Some(Export::Reports(arguments)), .. } => {
            reports::export(&open(&config, false).await?, arguments).await?;
        }
        Command::Export { what: None, folder } => {
            let folder = folder.ok_or("where to?")?;
            knowledge::export(&open(&config, false).await?, &folder).await?;
        }
        Command::Reindex => knowledge::reindex(&config, &open(&config, true).await?).await?,
        Command::Search { words, first, staff } => {
            let db = open(&config, true).await?;
            knowledge::search(&config, &db, &words.join(" "), first, staff).await?;
        }
        Command::Token { command } => tokens::run(&open(&config, true).await?, command).await?,
        Command::Schema => print(crate::graphql::sdl())?,
        Command::Doctor { look: None } => return Ok(doctor::examine(&config).await),
        Command::Doctor { look: Some(Look::Content) } => {
            return doctor::content::examine(&open(&config, false).await?).await;
        }
        Command::Doctor { look: Some(Look::Links { limit, seconds }) } => {
            let links = doctor::links::Links { limit: limit as usize, seconds };
            return doctor::links::examine(&open(&config, false).await?, links).await;
        }
        Command::Audit { what: audit::Audit::Verify { head } } => {
            return audit::verify(&open(&config, false).await?, head).await;
        }
        Command::Audit { what: audit::Audit::Affected(which) } => {
            audit::affected(&open(&config, false).await?, which).await?;
        }
        Command::Demo { set: DemoData::Press2025 } => {
            demo::press_2025(&open(&config, true).await?).await?;
        }
        Command::Retention { dry_run } => {
            retention::run(&config, &open(&config, false).await?, dry_run).await?;
        }
        Command::Backup { folder } => backup::back_up(&config, &folder).await?,
        Command::RestoreKeys { file } => backup::restore_keys(&config, &file).await?,
        Command::Mail { what: mail::Mail::Preview(what) } => mail::preview(&what)?,
        Command::Mail { what: mail::Mail::Retry } => {
            mail::retry(&config, &open(&config, false).await?).await?;
        }
        Command::Config => print(settings::show(values, &config))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens the database that the settings name; where it may be written, the data folder is made
/// first.
async fn open(config: &Config, migrate: bool) -> Result<Db, Failure> {
    if migrate {
        serve::make_data_folder(config)?;
    }
    Ok(App::open_database(config, Clock::machine(), migrate).await?)
}

/// Prints an answer. A reader that has seen enough, such as `head`, ends the command quietly.
fn print(text: impl Display) -> Result<(), Failure> {
    match write!(stdout(), "{text}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        written => Ok(written?),
    }
}
