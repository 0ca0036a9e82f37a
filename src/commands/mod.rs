//! The command line: `kontakt` alone serves.

mod doctor;
mod knowledge;
mod logging;
mod serve;
mod settings;

use std::{
    fmt::Display,
    io::{ErrorKind, Write, stdout},
    path::PathBuf,
    process::ExitCode,
};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

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
    /// Load cards, articles, units, synonyms or best bets from files
    #[command(after_help = "Examples:
  kontakt import cards content/cards               all files of a folder
  kontakt import cards odpis.md odpis.en.md        a card with its translation
  kontakt import articles faq.jsonl                JSON Lines: {\"id\",\"title\",\"text\"}, optional
                                                   visibility (PUBLIC, STAFF), unit, keywords
  kontakt import units units.toml
  kontakt import synonyms synonyms.toml            what residents say, and what the cards call it
  kontakt import best-bets best-bets.toml          questions, and what comes first for them

Everything is checked before anything is written; importing the same twice changes nothing.")]
    Import {
        /// What the files hold
        kind: Kind,
        /// Files, or folders of files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Write cards, articles, units, synonyms and best bets as the files that import takes
    #[command(
        after_help = "Example:\n  kontakt export ./backup && kontakt --data ./other import units ./backup/units.toml"
    )]
    Export {
        /// The folder to write to
        folder: PathBuf,
    },
    /// Build the search index anew from the database
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
    /// Show the effective settings and where each came from; secrets are hidden
    Config,
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
        Command::Import { kind, files } => {
            knowledge::import(&open(&config, true).await?, kind, &files).await?;
        }
        Command::Export { folder } => {
            knowledge::export(&open(&config, false).await?, &folder).await?;
        }
        Command::Reindex => knowledge::reindex(&config, &open(&config, true).await?).await?,
        Command::Search { words, first, staff } => {
            let db = open(&config, true).await?;
            knowledge::search(&config, &db, &words.join(" "), first, staff).await?;
        }
        Command::Schema => print(crate::graphql::sdl())?,
        Command::Doctor { look: None } => return Ok(doctor::examine(&config).await),
        Command::Doctor { look: Some(Look::Content) } => {
            return doctor::content::examine(&open(&config, false).await?).await;
        }
        Command::Doctor { look: Some(Look::Links { limit, seconds }) } => {
            let links = doctor::links::Links { limit: limit as usize, seconds };
            return doctor::links::examine(&open(&config, false).await?, links).await;
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
