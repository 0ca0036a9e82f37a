//! A service of its own, asked through the router.

use std::path::Path;

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::Request,
};
use kontakt::{
    app::{self, App},
    clock::Clock,
    config::Config,
    content::{self, Kind},
    search::Indexes,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::reports;

/// Anything that goes wrong ends a measurement.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The operation that clients rely on.
const SEARCH: &str = include_str!("../../examples/operations/search.graphql");

/// A running service with a SQLite file in a folder that is thrown away.
pub struct Service {
    /// The service itself.
    pub app: App,
    router: Router,
    data: TempDir,
}

/// What a service starts with.
pub enum Start<'a> {
    /// The content that ships.
    BuiltIn,
    /// Nothing but the articles of this file of JSON lines.
    Articles(&'a Path),
    /// The content that ships, and made-up reports; on a PostgreSQL database where one is named.
    Reports {
        /// How many.
        count: u32,
        /// The address of an empty database.
        postgres: Option<&'a str>,
    },
}

impl Service {
    /// Starts a service, and waits until everything can be found.
    pub async fn start(start: Start<'_>) -> Result<Service, Failure> {
        let data = TempDir::new()?;
        let folder = data.path().display().to_string();
        let mut settings = vec![("data", folder.as_str())];
        if let Start::Reports { postgres: Some(url), .. } = start {
            settings.push(("database-url", url));
        }
        let config = Config::with(&settings)?;
        let db = App::open_database(&config, Clock::machine(), true).await?;
        match start {
            Start::BuiltIn => drop(content::load_builtin(&db).await?),
            Start::Articles(file) => {
                content::import(&db, Kind::Articles, &[file.to_owned()]).await?;
            }
            Start::Reports { count, postgres } => {
                content::load_builtin(&db).await?;
                reports::fill(&reports::connect(data.path(), postgres).await?, count).await?;
            }
        }
        let indexes = Indexes::open(&config.data)?;
        let app = App::start(config, db, indexes).await?;
        app.leveled().await;
        Ok(Service { router: app::router(app.clone()), app, data })
    }

    /// Where the service keeps what it keeps.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Asks the operation `search.graphql` and gives its answer.
    pub async fn search(&self, text: &str, lang: &str, first: usize) -> Result<Value, Failure> {
        let variables = json!({ "q": text, "n": first });
        Ok(self.ask_in(lang, SEARCH, &variables).await?["search"].take())
    }

    /// Asks an operation and gives its data.
    pub async fn ask(&self, query: &str, variables: &Value) -> Result<Value, Failure> {
        self.ask_in("pl", query, variables).await
    }

    /// Asks an operation as bytes and does nothing with its answer but to look for errors: what a client
    /// makes of it is not the work of the service.
    pub async fn run(&self, query: &str, variables: &Value) -> Result<usize, Failure> {
        let bytes = self.send("pl", query, variables).await?;
        match bytes.starts_with(b"{\"data\":") {
            true => Ok(bytes.len()),
            false => Err(String::from_utf8_lossy(&bytes).into()),
        }
    }

    async fn ask_in(&self, lang: &str, query: &str, variables: &Value) -> Result<Value, Failure> {
        let mut answer: Value = serde_json::from_slice(&self.send(lang, query, variables).await?)?;
        match answer.get("errors") {
            Some(errors) => Err(format!("{variables}: {errors}").into()),
            None => Ok(answer["data"].take()),
        }
    }

    async fn send(&self, lang: &str, query: &str, variables: &Value) -> Result<Bytes, Failure> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = Request::post("/graphql")
            .header("content-type", "application/json")
            .header("accept-language", lang)
            .body(Body::from(body))?;
        let response = self.router.clone().oneshot(request).await?;
        Ok(to_bytes(response.into_body(), usize::MAX).await?)
    }

    /// The codes of the categories that are suggested for a text, surest first.
    pub async fn categories(&self, text: &str) -> Result<Vec<String>, Failure> {
        let operation =
            "query($text: String!) { suggestReportCategories(text: $text) { category { code } } }";
        let answer = self.ask(operation, &json!({ "text": text })).await?;
        let all = answer["suggestReportCategories"].as_array().ok_or("no suggestions")?;
        let code = |one: &Value| one["category"]["code"].as_str().unwrap_or_default().to_owned();
        Ok(all.iter().map(code).collect())
    }

    /// The external ids of what is found, best first.
    pub async fn ids(&self, text: &str, lang: &str, first: usize) -> Result<Vec<String>, Failure> {
        let answer = self.search(text, lang, first).await?;
        let nodes = answer["nodes"].as_array().ok_or("no nodes")?;
        let id = |node: &Value| node["externalId"].as_str().unwrap_or_default().to_owned();
        Ok(nodes.iter().map(id).collect())
    }
}
