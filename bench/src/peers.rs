//! What one would use instead: the full-text search of SQLite and of PostgreSQL, each as its manual
//! says, with the words of a question joined by OR.

use std::time::{Duration, Instant};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement, Value,
};

use crate::service::Failure;

/// A text to find: its id, its title, and all that it says.
pub struct Text {
    /// What an answer names.
    pub id: String,
    /// Its title.
    pub title: String,
    /// All of its text.
    pub body: String,
}

/// Another search engine, filled with texts.
pub struct Peer {
    /// What it is called in the tables.
    pub name: &'static str,
    /// How long it took to fill.
    pub built: Duration,
    db: DatabaseConnection,
    query: &'static str,
}

/// Rows in one statement.
const ROWS: usize = 100;

impl Peer {
    /// SQLite FTS5 in memory: letters without marks, bm25 with the title twice as heavy.
    pub async fn sqlite(texts: &[Text]) -> Result<Peer, Failure> {
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1).sqlx_logging(false);
        let db = Database::connect(options).await?;
        db.execute_unprepared(
            "CREATE VIRTUAL TABLE texts USING fts5 \
             (id UNINDEXED, title, body, tokenize = 'unicode61 remove_diacritics 2')",
        )
        .await?;
        let begun = Instant::now();
        fill(&db, texts).await?;
        let query = "SELECT id, snippet(texts, 2, '<mark>', '</mark>', '…', 32) FROM texts \
                     WHERE texts MATCH ? ORDER BY bm25(texts, 0.0, 2.0, 1.0) LIMIT 10";
        Ok(Peer { name: "SQLite FTS5", built: begun.elapsed(), db, query })
    }

    /// PostgreSQL with the configuration `polish` that `bench/search/peers` makes of hunspell-pl;
    /// title and text with weights, ranked by `ts_rank`.
    pub async fn postgresql(url: &str, texts: &[Text]) -> Result<Peer, Failure> {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false);
        let db = Database::connect(options).await?;
        db.execute_unprepared(
            "DROP TABLE IF EXISTS texts; CREATE TABLE texts (id text, title text, body text, \
             words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('polish', title), 'A') || \
             setweight(to_tsvector('polish', body), 'D')) STORED); \
             CREATE INDEX ON texts USING gin (words)",
        )
        .await?;
        let begun = Instant::now();
        fill(&db, texts).await?;
        db.execute_unprepared("ANALYZE texts").await?;
        // `plainto_tsquery` joins by AND, with which nearly nothing is found.
        let query = "WITH asked AS (SELECT replace(plainto_tsquery('polish', $1)::text, '&', '|')::tsquery AS words) \
                     SELECT id, ts_headline('polish', body, asked.words, 'StartSel=<mark>, StopSel=</mark>') \
                     FROM (SELECT id, body FROM texts, asked WHERE texts.words @@ asked.words \
                     ORDER BY ts_rank(texts.words, asked.words, 1) DESC LIMIT 10) best, asked";
        Ok(Peer { name: "PostgreSQL", built: begun.elapsed(), db, query })
    }

    /// The ids of what is found, best first, with highlighted passages made as well.
    pub async fn ids(&self, text: &str) -> Result<Vec<String>, Failure> {
        let asked = match self.db.get_database_backend() {
            DbBackend::Postgres => text.to_owned(),
            _ => any_of_the_words(text),
        };
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let backend = self.db.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, self.query, [asked.into()]);
        let rows = self.db.query_all_raw(statement).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }
}

async fn fill(db: &DatabaseConnection, texts: &[Text]) -> Result<(), Failure> {
    let backend = db.get_database_backend();
    for some in texts.chunks(ROWS) {
        let place = |at: usize| match backend {
            DbBackend::Postgres => format!("(${}, ${}, ${})", 3 * at + 1, 3 * at + 2, 3 * at + 3),
            _ => "(?, ?, ?)".to_owned(),
        };
        let places: Vec<String> = (0..some.len()).map(place).collect();
        let sql = format!("INSERT INTO texts (id, title, body) VALUES {}", places.join(", "));
        let values = some.iter().flat_map(|text| [&text.id, &text.title, &text.body]);
        let values: Vec<Value> = values.map(|value| value.clone().into()).collect();
        db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}

/// A question as FTS5 reads it, each word quoted.
fn any_of_the_words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" OR ")
}
