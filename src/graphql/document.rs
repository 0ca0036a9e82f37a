//! Parsed documents, cached by their text: parsing is the largest single cost of a small query.

use std::sync::Arc;

use async_graphql::{
    ServerError,
    parser::{parse_query, types::ExecutableDocument},
};
use moka::sync::Cache;

/// Bytes of text whose parsed form is kept; parsed it takes about fifteen times as much.
const TEXT_BYTES_MAX: u64 = 2 << 20;

/// The cache of parsed documents.
#[derive(Clone)]
pub struct Documents(Cache<String, Arc<ExecutableDocument>>);

impl Default for Documents {
    fn default() -> Self {
        let weigh = |text: &String, _: &Arc<_>| u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(TEXT_BYTES_MAX).weigher(weigh).build())
    }
}

impl Documents {
    /// The parsed document of a text.
    pub fn parse(&self, text: &str) -> Result<Arc<ExecutableDocument>, ServerError> {
        match self.0.get(text) {
            Some(known) => Ok(known),
            None => parse_query(text).map(Arc::new).map_err(ServerError::from),
        }
    }

    /// Keeps a document that passed the limits.
    pub fn keep(&self, text: &str, document: &Arc<ExecutableDocument>) {
        if !self.0.contains_key(text) {
            self.0.insert(text.to_owned(), Arc::clone(document));
        }
    }
}
