//! A service of its own, asked through the router.

use std::path::Path;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
};
use kontakt::{
    app::{self, App},
    clock::Clock,
    config::Config,
    content::{self, Kind},
};
use kontakt_index::Index;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

/// Anything that goes wrong ends a measurement.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The operation that clients rely on.
const SEARCH: &str = include_str!("../../examples/operations/search.graphql");

/// A running service with a SQLite file in a folder that is thrown away.
pub struct Service {
    /// The service itself.
    pub app: App,
    router: Router,
    _data: TempDir,
}

/// What a service starts with.
pub enum Start<'a> {
    /// The content that ships.
    BuiltIn,
    /// Nothing but the articles of this file of JSON lines.
    Articles(&'a Path),
}

impl Service {
    /// Starts a service, and waits until everything can be found.
    pub async fn start(start: Start<'_>) -> Result<Service, Failure> {
        let data = TempDir::new()?;
        let folder = data.path().display().to_string();
        let config = Config::with(&[("data", &folder)])?;
        let db = App::open_database(&config, Clock::machine(), true).await?;
        match start {
            Start::BuiltIn => drop(content::load_builtin(&db).await?),
            Start::Articles(file) => {
                content::import(&db, Kind::Articles, &[file.to_owned()]).await?;
            }
        }
        let index = Index::open(&config.data.join("index"))?;
        let app = App::start(config, db, index).await?;
        app.leveled().await;
        Ok(Service { router: app::router(app.clone()), app, _data: data })
    }

    /// Asks the operation `search.graphql` and gives its answer.
    pub async fn search(&self, text: &str, lang: &str, first: usize) -> Result<Value, Failure> {
        let body = json!({ "query": SEARCH, "variables": { "q": text, "n": first } }).to_string();
        let request = Request::post("/graphql")
            .header("content-type", "application/json")
            .header("accept-language", lang)
            .body(Body::from(body))?;
        let response = self.router.clone().oneshot(request).await?;
        let bytes = to_bytes(response.into_body(), usize::MAX).await?;
        let mut answer: Value = serde_json::from_slice(&bytes)?;
        match answer.get("errors") {
            Some(errors) => Err(format!("{text}: {errors}").into()),
            None => Ok(answer["data"]["search"].take()),
        }
    }

    /// The external ids of what is found, best first.
    pub async fn ids(&self, text: &str, lang: &str, first: usize) -> Result<Vec<String>, Failure> {
        let answer = self.search(text, lang, first).await?;
        let nodes = answer["nodes"].as_array().ok_or("no nodes")?;
        let id = |node: &Value| node["externalId"].as_str().unwrap_or_default().to_owned();
        Ok(nodes.iter().map(id).collect())
    }
}
