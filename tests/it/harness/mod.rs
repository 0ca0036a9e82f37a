//! A service of its own for every test, and a client that asks it.

pub mod authority;
mod browser;
pub mod bucket;
pub mod cards;
mod client;
mod database;
pub mod form;
pub mod forms;
pub mod gaps;
pub mod imported;
pub mod logs;
pub mod mail;
pub mod post;
pub mod proposals;
pub mod provider;
pub mod reports;
pub mod routing;
pub mod rules;
mod wire;

use std::{fs, path::Path, time::Duration};

use axum::Router;
use chrono::{DateTime, Utc};
use kontakt::{
    app::{self, App},
    clock::Clock,
    config::Config,
    content,
    db::Db,
    events,
    search::Indexes,
};
use kontakt_index::Mark;
use serde_json::json;
use tempfile::TempDir;

pub use browser::Browser;
pub use client::{Answer, Client};
pub use database::{Fresh, Start, fresh};
pub use wire::{Socket, Wire};

/// The instant at which every test begins: 20 November 2026, ten o'clock in Krakow.
pub const NOW: &str = "2026-11-20T09:00:00Z";

/// A running service with a database and an index of its own.
pub struct Service {
    pub app: App,
    pub router: Router,
    pub clock: Clock,
    pub data: TempDir,
}

/// A service with the built-in content.
pub async fn service() -> Service {
    start(Start::Content, &[]).await
}

/// A service with an empty database.
pub async fn empty_service() -> Service {
    start(Start::Empty, &[]).await
}

/// A service with an empty database and some settings of its own.
pub async fn empty_service_with(settings: &[(&str, &str)]) -> Service {
    start(Start::Empty, settings).await
}

/// A service with some settings of its own.
pub async fn service_with(settings: &[(&str, &str)]) -> Service {
    start(Start::Content, settings).await
}

async fn start(start: Start, settings: &[(&str, &str)]) -> Service {
    let clock = Clock::standing_at(now());
    let Fresh { data, config } = fresh(start, settings).await;
    let db = App::open_database(&config, clock.clone(), true).await.unwrap();
    let indexes = Indexes::open(&config.data).unwrap();
    let app = App::start(config, db, indexes).await.unwrap();
    let service = Service { router: app::router(app.clone()), app, clock, data };
    service.settle().await;
    service.app.leveled().await;
    service
}

/// The instant at which every test begins.
pub fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

/// The names of all files below a folder, which may be missing.
pub fn files_below(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let entries = entries.map(|entry| entry.unwrap().path());
    let below = |path: std::path::PathBuf| match path.is_dir() {
        true => files_below(&path),
        false => vec![path.display().to_string()],
    };
    entries.flat_map(below).collect()
}

/// Settings as the command line would read them.
pub fn config(settings: &[(&str, &str)]) -> Config {
    Config::with(settings).unwrap()
}

/// Whatever was done with it, nothing was logged that must not be.
impl Drop for Service {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            logs::assert_clean();
        }
    }
}

impl Service {
    /// A client without a token.
    pub fn anyone(&self) -> Client<'_> {
        Client::new(&self.router)
    }

    /// A client with a development token, such as `editor` or `officer:ZDMK`.
    pub fn staff(&self, role: &str) -> Client<'_> {
        self.anyone().header("authorization", &format!("Bearer dev:{role}"))
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.app.db
    }

    /// Imports articles in one batch, each with its slug, its title, and who may read it.
    pub async fn import_articles(&self, articles: &[(&str, &str, &str)]) {
        let line = |(slug, title, readers): &(&str, &str, &str)| {
            json!({ "id": slug, "title": title, "text": "Treść.", "visibility": readers })
                .to_string()
        };
        let lines: Vec<String> = articles.iter().map(line).collect();
        let file = self.data.path().join("articles.jsonl");
        fs::write(&file, lines.join("\n")).unwrap();
        content::import(self.db(), content::Kind::Articles, &[file]).await.unwrap();
    }

    /// How many statements an operation takes. The spine is polled meanwhile now and then, so the least
    /// of several runs counts.
    pub async fn statements(&self, client: &Client<'_>, query: &str) -> u64 {
        let mut least = u64::MAX;
        for _ in 0..5 {
            let before = self.db().statements();
            client.ask(query).await;
            least = least.min(self.db().statements() - before);
        }
        least
    }

    /// Waits until the indexes have taken everything that the spine holds.
    pub async fn settle(&self) {
        let head = events::head(self.db().reader()).await.unwrap();
        let lags = |mark: Option<Mark>| mark.is_none_or(|mark| mark.cursor < head);
        let level = async {
            while lags(self.app.index.mark()) || lags(self.app.report_search.index.mark()) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), level).await.expect("the index lags behind");
    }
}
