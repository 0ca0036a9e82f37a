//! Knowledge in files: imported, exported, and kept by the binary.

mod broken;
mod builtin;
mod districts;
mod export;
mod files;
mod import;

use std::collections::BTreeMap;

use kontakt::{
    articles::{self, ArticleContent},
    cards::{self, CardContent},
    events,
    imported::Imported,
    units::{self, UnitContent},
};
use serde_json::{Value, json};

use crate::harness::Service;
use files::Files;

/// The fates of records, with their numbers.
fn fates<const N: usize>(fates: [(Imported, usize); N]) -> BTreeMap<Imported, usize> {
    fates.into()
}

/// The id of the newest event.
async fn head(service: &Service) -> i64 {
    events::head(service.db().reader()).await.unwrap()
}

/// Everything that is live: units in their order, cards and articles by their names.
type State = (Vec<UnitContent>, BTreeMap<String, CardContent>, BTreeMap<String, ArticleContent>);

async fn state(service: &Service) -> State {
    let db = service.db().reader();
    let units = units::all(db).await.unwrap().into_iter().map(|unit| unit.content).collect();
    let cards = cards::all_live(db).await.unwrap();
    let cards =
        cards.into_iter().map(|listed| (listed.card.slug, listed.version.content)).collect();
    let articles = articles::all(db, "", 20_000).await.unwrap();
    let articles = articles.into_iter().map(|article| (article.slug, article.content)).collect();
    (units, cards, articles)
}

/// The versions of a card, newest first, as `number state author`.
async fn versions(service: &Service, slug: &str) -> Vec<String> {
    let query =
        format!("{{ serviceCard(slug: \"{slug}\") {{ versions {{ number state author }} }} }}");
    let versions = service.staff("publisher").ask(&query).await.data("/serviceCard/versions");
    let text = |version: &Value| {
        let [state, author] = ["state", "author"].map(|key| version[key].as_str().unwrap());
        format!("{} {state} {author}", version["number"])
    };
    versions.as_array().unwrap().iter().map(text).collect()
}

/// What a search for articles finds: how many, and the name of the first.
async fn found_articles(service: &Service, words: &str) -> (u64, Value) {
    let query = "query($q: String!) { search(query: $q, first: 1, filter: { kinds: [ARTICLE] }) {
        totalCount nodes { externalId } } }";
    let found = service.anyone().ask_with(query, json!({ "q": words })).await.data("/search");
    (found["totalCount"].as_u64().unwrap(), found["nodes"][0]["externalId"].clone())
}
