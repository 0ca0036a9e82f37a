//! How cards are seen.

mod freshness;
mod mutations;
mod object;
mod queries;

pub use freshness::{FreshnessObject, FreshnessQueries};
pub use mutations::CardMutations;
pub use object::CardObject;
pub use queries::{CardLoader, CardQueries, connection, node_with_drafts, nodes};
