//! A database and an index for every test, copied from a template that is made once.

use std::{
    fs,
    path::Path,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use kontakt::{
    app::App,
    clock::Clock,
    config::Config,
    content,
    db::{Db, facts},
    search::{self, Indexes, Knowledge, Reports},
};
use sea_orm::{ConnectionTrait, Database, DbBackend};
use tempfile::TempDir;

use super::{config, logs, now};

/// What a test begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Nothing at all: not even tables.
    Nothing,
    /// The tables.
    Empty,
    /// The built-in content.
    Content,
}

/// A data folder, and settings that point to it and to a database of its own.
pub struct Fresh {
    pub data: TempDir,
    pub config: Config,
}

/// The two templates, each made at its first use.
static EMPTY: OnceLock<Template> = OnceLock::new();
static CONTENT: OnceLock<Template> = OnceLock::new();

struct Template {
    folder: TempDir,
    /// The name of the template database on PostgreSQL.
    name: String,
}

/// The PostgreSQL server to test on, if one is named.
#[expect(clippy::disallowed_methods, reason = "the one setting of the tests")]
fn server() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok()
}

/// A fresh copy of a template.
pub async fn fresh(start: Start, settings: &[(&str, &str)]) -> Fresh {
    logs::listen();
    let data = TempDir::new().unwrap();
    let template = match start {
        Start::Nothing => None,
        Start::Empty => Some(template(&EMPTY, start)),
        Start::Content => Some(template(&CONTENT, start)),
    };
    let url = match server() {
        Some(server) => Some(create(&server, template.map(|known| known.name.as_str())).await),
        None => {
            if let Some(template) = template {
                let file = "kontakt.sqlite";
                fs::copy(template.folder.path().join(file), data.path().join(file)).unwrap();
            }
            None
        }
    };
    if let Some(template) = template {
        for index in ["index", "index-reports"] {
            copy(&template.folder.path().join(index), &data.path().join(index));
        }
    }
    let config = settings_for(&data, url.as_deref(), settings);
    Fresh { data, config }
}

fn settings_for(data: &TempDir, url: Option<&str>, settings: &[(&str, &str)]) -> Config {
    let folder = data.path().to_str().unwrap().to_owned();
    let mut all = vec![("data", folder.as_str()), ("database-connections", "4")];
    all.extend(url.map(|url| ("database-url", url)));
    all.extend_from_slice(settings);
    config(&all)
}

fn template(known: &'static OnceLock<Template>, start: Start) -> &'static Template {
    // On a thread of its own: the template must not live in the runtime of one test.
    known.get_or_init(|| {
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(build(start))
        })
        .join()
        .unwrap()
    })
}

async fn build(start: Start) -> Template {
    let folder = TempDir::new().unwrap();
    let url = match server() {
        Some(server) => Some(create(&server, None).await),
        None => None,
    };
    let config = settings_for(&folder, url.as_deref(), &[]);
    let db = App::open_database(&config, Clock::standing_at(now()), true).await.unwrap();
    if start == Start::Content {
        content::load_builtin(&db).await.unwrap();
    }
    let epoch = db.write(async |tx| facts::epoch(tx).await).await.unwrap();
    let Indexes { passages, reports } = Indexes::open(folder.path()).unwrap();
    search::rebuild::<Knowledge>(&db, &passages, epoch).await.unwrap();
    search::rebuild::<Reports>(&db, &reports, epoch).await.unwrap();
    close(db, folder.path()).await;
    let name = url.map(|url| url.rsplit('/').next().unwrap().to_owned()).unwrap_or_default();
    Template { folder, name }
}

/// Closes all connections, so that the file is whole and the database can be copied.
async fn close(db: Db, folder: &Path) {
    let reader = db.reader().clone();
    let is_file = reader.get_database_backend() == DbBackend::Sqlite;
    drop(db);
    reader.close().await.unwrap();
    if is_file {
        // What stands in the write-ahead log is moved into the file.
        let file = format!("sqlite://{}", folder.join("kontakt.sqlite").display());
        let last = Database::connect(file).await.unwrap();
        last.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
        last.close().await.unwrap();
    }
}

/// Makes a database on the server, from a template if one is named; gives its address.
async fn create(server: &str, template: Option<&str>) -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("test_{}_{number}", std::process::id());
    let admin = Database::connect(server).await.unwrap();
    let from = template.map_or(String::new(), |template| format!(" TEMPLATE {template}"));
    admin.execute_unprepared(&format!("CREATE DATABASE {name}{from}")).await.unwrap();
    admin.close().await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
