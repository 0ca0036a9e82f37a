//! Everything that is known of one resident, as one document (RODO, art. 15 and 20).

mod actions;
mod entity;
mod graphql;

pub use actions::{of_account, own};
pub use entity::{PersonalData, SCHEMA_VERSION};
pub use graphql::{ExportMutations, ExportQueries};
