//! How accounts are seen, how their owners change them, and how sessions are ended.

mod me;
mod mutations;
mod objects;
mod profiles;
mod queries;
mod tokens;

pub use me::MeObject;
pub use mutations::AccountMutations;
pub use objects::{AccountObject, SessionObject};
pub use profiles::ProfileMutations;
pub use queries::{AccountQueries, accounts};
pub use tokens::{AccessTokenObject, TokenMutations, TokenQueries};
