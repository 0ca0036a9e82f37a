//! How search is seen: hits with passages, and live changes of the knowledge.

mod changes;
mod hits;

pub use changes::SearchSubscriptions;
pub use hits::{SearchQueries, SearchSubject};
