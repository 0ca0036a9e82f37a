//! How cards are seen.

mod mutations;
mod object;
mod queries;

pub use mutations::CardMutations;
pub use object::CardObject;
pub use queries::{CardLoader, CardQueries, connection, node_with_drafts, nodes};
