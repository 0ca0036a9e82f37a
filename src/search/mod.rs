//! Search: asks the index, feeds it from the spine, and tells live clients what changed.

mod actions;
mod feed;
mod graphql;
mod taught;
mod teach;

pub use actions::{Found, SearchFilter, SearchKind, SearchRequest, Subject, search};
pub use feed::{FOLLOWER, IndexFollower, catch_up, rebuild};
pub use graphql::{SearchQueries, SearchSubscriptions};
pub use taught::*;
