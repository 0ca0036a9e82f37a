//! Polish full-text search over passages, on tantivy. Knows no database and no web.
//!
//! A [`Document`] (a service card, an article) is fed as its [`Passage`]s; a search finds documents
//! and shows of each the passage that answers best. The index is derived data: it keeps the
//! [`Mark`] up to which it was fed, and when it is missing, stale or damaged it says so by having
//! none, serves nothing, and waits to be rebuilt. All calls block.

/// The index of passages.
mod index;
/// What goes in and what comes out.
mod model;
/// A new generation, built beside the serving one.
mod rebuild;
/// The index of reports.
mod reports;
/// What editors teach the search.
mod rules;
/// The handle of an index: open, apply, rebuild.
mod store;

/// What a question wants to know: cost, time, place, documents.
mod aspect;
/// The tantivy query: what must hold, and what each match is worth.
mod clauses;
/// The window of a passage that is shown, with the found words marked.
mod excerpt;
/// Hits grouped by document, each with its best passage.
mod grouping;
/// Labels that a text speaks of, such as the categories of reports.
mod labels;
/// What is asked: words, codes, quotations.
mod question;
/// The second look at the best hundred: who has the words, and how close together?
mod rerank;
/// One search, from the words to the page.
mod search;
/// Words that no text has, and what they may have been meant to be.
mod spelling;
/// Suggestions while somebody types.
mod suggest;
/// What words mean, by the rules of editors.
mod synonyms;

/// One word's index terms: the trait, and the morphology of three languages.
mod analyzer;
/// The Polish dictionary.
mod dictionary;
/// Letters without their marks.
mod fold;
/// Words that differ by a letter or two.
mod near;
/// Words that ask but say nothing.
mod stopwords;
/// How terms are handed to tantivy.
mod terms;
/// Text split into words, and made tidy.
mod text;
/// A light stemmer for Ukrainian.
mod ukrainian;
/// What words the index has.
mod vocabulary;

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
pub use index::{Index, Passages};
pub use labels::Labels;
pub use model::{
    Aspect, Change, Document, Excerpt, FILTER_VALUES_MAX, Hit, LIMIT_MAX, Lang, Mark, OFFSET_MAX,
    Page, Passage, Query,
};
pub use rebuild::Rebuild;
pub use reports::{
    Area, ReportDocument, ReportHit, ReportIndex, ReportPage, ReportQuery, ReportRange, Reports,
    Sight, Sorted,
};
pub use rules::{BestBet, Rules, Synonym};
pub use store::{Kind, Store};
pub use suggest::{Suggester, Suggestion};
