//! `kontakt doctor`: looks at everything, and says how to mend what is wrong.

mod client;
pub mod content;
mod files;
pub mod links;

use std::process::ExitCode;

use kontakt_index::{Kind, Passages, Reports, Store};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{
    app::App,
    clock::Clock,
    commands::serve::make_data_folder,
    config::Config,
    content as built_in,
    db::{Db, MigrationError},
    events::{self, Installed},
    notifications::{Calls, Notifications},
    outbox::{self, Counts},
    units,
};

/// What one look found: all is well, or what is wrong and how to mend it.
type Finding = Result<String, String>;

/// Looks at everything; the exit code tells whether all is well.
pub async fn examine(config: &Config) -> ExitCode {
    let mut sound = true;
    let mut tell = |what: &str, finding: Finding| {
        let (sign, text) = match &finding {
            Ok(text) => ("ok  ", text),
            Err(text) => ("BAD ", text),
        };
        sound &= finding.is_ok();
        println!("{sign} {what:<14} {text}");
    };
    tell("settings", Ok(format!("profile {:?}, listening on {}", config.profile, config.listen)));
    tell("content", builtin());
    let folder = data_folder(config);
    let has_folder = folder.is_ok();
    tell("data folder", folder);
    let store = if has_folder { Some(files::store(config).await) } else { None };
    let has_files = store.as_ref().is_some_and(Finding::is_ok);
    store.into_iter().for_each(|found| tell("files", found));
    match App::open_database(config, Clock::machine(), false).await {
        Err(error @ MigrationError::Db(_)) => {
            tell("database", Err(format!("{error}; {}", mend(config))));
        }
        Err(error) => tell("database", Err(error.to_string())),
        Ok(db) => {
            tell("database", database(&db).await.map_err(|wrong| wrong + "; " + mend(config)));
            tell("spine", spine(&db).await);
            tell("letters", letters(&db).await);
            tell("districts", districts(&db).await);
            if has_files {
                tell("photos", files::photos(config, &db).await);
            }
            if has_folder {
                tell("index", index::<Passages>(config, &db, "index", "passages").await);
                let reports = index::<Reports>(config, &db, "index-reports", "reports").await;
                tell("reports index", reports);
            }
        }
    }
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn builtin() -> Finding {
    let (cards, articles, forms) = built_in::check_builtin().map_err(|fault| fault.to_string())?;
    Ok(format!("{cards} cards, {articles} articles and {forms} forms are built in and sound"))
}

fn data_folder(config: &Config) -> Finding {
    let folder = config.data.display().to_string();
    // To look must not make it.
    if !config.data.exists() {
        return Err(format!("{folder} is not there: it is made at the first start of `kontakt`"));
    }
    make_data_folder(config).map_err(|failure| failure.to_string())?;
    Ok(folder)
}

/// How to mend a database that cannot be used.
fn mend(config: &Config) -> &'static str {
    match config.database_url {
        Some(_) => "check DATABASE_URL and whether the server runs, or restore a backup",
        None => "stop the service and restore a backup of the data folder",
    }
}

async fn database(db: &Db) -> Finding {
    let backend = db.reader().get_database_backend();
    let (name, check) = match backend {
        DbBackend::Postgres => ("PostgreSQL", "SELECT 'ok' AS verdict"),
        _ => ("SQLite", "SELECT quick_check AS verdict FROM pragma_quick_check"),
    };
    let row = db.reader().query_one_raw(Statement::from_string(backend, check)).await;
    let verdict =
        row.and_then(|row| row.map(|row| row.try_get::<String>("", "verdict")).transpose());
    match verdict {
        Ok(Some(verdict)) if verdict == "ok" => Ok(format!("{name}, schema up to date")),
        Ok(verdict) => {
            let verdict = verdict.unwrap_or_default().replace('\n', " ");
            Err(format!("{name} reports damage: {verdict}"))
        }
        Err(error) => Err(format!("{name} does not answer: {error}")),
    }
}

async fn spine(db: &Db) -> Finding {
    let head = events::head(db.reader()).await.map_err(|error| error.to_string())?;
    let parked = events::parked(db.reader()).await.map_err(|error| error.to_string())?;
    match parked.first() {
        None => Ok(format!("{head} events, none set aside")),
        Some((follower, event, reason)) => Err(format!(
            "{} events were set aside, the first by {follower}: event {event}, {reason}; {}",
            parked.len(),
            match follower.as_str() {
                Notifications::NAME | Calls::NAME => "`kontakt mail retry` takes them once more",
                _ => "`kontakt reindex` brings the index level",
            }
        )),
    }
}

async fn districts(db: &Db) -> Finding {
    let outlines = units::outlines(db.reader()).await.map_err(|error| error.to_string())?;
    let count = outlines.len();
    Ok(match outlines.iter().filter(|outline| outline.coarse).count() {
        _ if count == 0 => "no outlines: in which district a report lies is not known".to_owned(),
        0 => format!("{count} outlines, brought by an operator"),
        coarse => format!(
            "{coarse} of {count} outlines are coarse, wrong by some hundred metres; \
             `kontakt import districts FILE.geojson` brings those of the city"
        ),
    })
}

async fn letters(db: &Db) -> Finding {
    let counts = outbox::counts(db.reader()).await.map_err(|error| error.to_string())?;
    let Counts { queued, failed, dead, last_error } = counts;
    let last = last_error.map(|code| format!(", last {code}")).unwrap_or_default();
    let text = format!("{queued} wait, {failed} are tried again, {dead} were given up{last}");
    match dead {
        0 => Ok(text),
        _ => Err(text + "; mend the cause, then `kontakt mail retry`"),
    }
}

async fn index<K: Kind>(config: &Config, db: &Db, folder: &str, of: &str) -> Finding {
    let index = match Store::<K>::open(&config.data.join(folder)) {
        Ok(index) => index,
        Err(kontakt_index::Error::InUse { .. }) => {
            return Ok("in use by the running service".to_owned());
        }
        Err(error) => return Err(error.to_string()),
    };
    let head = events::head(db.reader()).await.map_err(|error| error.to_string())?;
    let mend = "it is built anew at the next start, or by `kontakt reindex`";
    match index.mark() {
        None => Err(format!("missing, stale or damaged: {mend}")),
        Some(_) if index.verify().is_err() => Err(format!("damaged: {mend}")),
        Some(mark) => {
            Ok(format!("{} {of}, level with event {} of {head}", index.documents(), mark.cursor))
        }
    }
}
