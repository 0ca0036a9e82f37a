//! Parsed documents, cached by their text: parsing is the largest single cost of a small query.

use std::sync::Arc;

use async_graphql::{
    ServerError,
    parser::{parse_query, types::ExecutableDocument},
};
use moka::sync::Cache;

/// Documents that are kept.
const DOCUMENTS_MAX: u64 = 1_000;

/// The cache of parsed documents.
#[derive(Clone)]
pub struct Documents(Cache<String, Arc<ExecutableDocument>>);

impl Default for Documents {
    fn default() -> Self {
        Self(Cache::new(DOCUMENTS_MAX))
    }
}

impl Documents {
    /// The parsed document of a text. What cannot be parsed is not kept.
    pub fn parse(&self, text: &str) -> Result<Arc<ExecutableDocument>, ServerError> {
        if let Some(known) = self.0.get(text) {
            return Ok(known);
        }
        let document = Arc::new(parse_query(text)?);
        self.0.insert(text.to_owned(), Arc::clone(&document));
        Ok(document)
    }
}
