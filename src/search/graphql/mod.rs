//! How search is seen: hits with passages, suggestions, and live changes of the knowledge.

mod changes;
mod facets;
mod hits;
mod suggest;

pub use changes::SearchSubscriptions;
pub use hits::{SearchQueries, SearchSubject};
pub use suggest::SuggestQueries;
