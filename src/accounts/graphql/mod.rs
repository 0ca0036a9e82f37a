//! How accounts are seen, and how sessions are ended.

mod mutations;
mod objects;
mod queries;
mod tokens;

pub use mutations::AccountMutations;
pub use objects::{AccountObject, MeObject, SessionObject};
pub use queries::{AccountQueries, accounts};
pub use tokens::{AccessTokenObject, TokenMutations, TokenQueries};
