//! How accounts are seen, and how sessions are ended.

mod mutations;
mod objects;
mod queries;

pub use mutations::AccountMutations;
pub use objects::{AccountObject, MeObject, SessionObject};
pub use queries::{AccountQueries, accounts};
