//! Polish full-text search over passages, on tantivy. Knows no database and no web.
//!
//! A [`Document`] (a service card, an article) is fed as its [`Passage`]s; a search finds documents
//! and shows of each the passage that answers best. The index is derived data: it keeps the
//! [`Mark`] up to which it was fed, and when it is missing, stale or damaged it says so by having
//! none, serves nothing, and waits to be rebuilt. All calls block.

/// The handle: open, search, apply, rebuild.
mod index;
/// What goes in and what comes out.
mod model;
/// A new generation, built beside the serving one.
mod rebuild;
/// What editors teach the search.
mod rules;

/// The tantivy query: what must hold, and what each match is worth.
mod clauses;
/// The second look at the best hundred: who has more of the words?
mod coverage;
/// The window of a passage that is shown, with the found words marked.
mod excerpt;
/// Hits grouped by document, each with its best passage.
mod grouping;
/// The words asked for, as terms and codes.
mod question;
/// One search, from the words to the page.
mod search;

/// One word's index terms: the trait, and Snowball Polish.
mod analyzer;
/// Letters without their marks.
mod fold;
/// Words that ask but say nothing.
mod stopwords;
/// Text split into words, and made tidy.
mod text;

/// What can go wrong.
mod error;
/// The folder: its lock, its generations, and which of them serves.
mod folder;
/// One index on disk: opened with suspicion, written in whole commits.
mod generation;
/// The fields of a passage, and how a document fills them.
mod schema;

#[cfg(test)]
mod tests;

pub use error::Error;
pub use fold::plain;
pub use index::Index;
pub use model::{
    Change, Document, Excerpt, FILTER_VALUES_MAX, Hit, LIMIT_MAX, Lang, Mark, OFFSET_MAX, Page,
    Passage, Query,
};
pub use rebuild::Rebuild;
pub use rules::{BestBet, Rules, Synonym};
