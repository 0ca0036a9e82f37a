//! Forms: what a person is asked, in steps, and what the answers must be.
//!
//! A form has versions. One is live at most; beside it one may be written:
//! DRAFT → PUBLISHED → SUPERSEDED or WITHDRAWN. What was published once is never changed.

mod actions;
mod entity;
mod graphql;
mod passages;
mod rules;
mod schema;

pub use actions::{Listed, all_live, at_work, import, live_by_ids, live_revisions};
pub use entity::*;
pub use graphql::{FormLoader, FormMutations, FormObject, FormQueries, nodes};
pub use passages::passages;
pub use rules::{Accepted, Filled, check, import_problems as problems, tidied};
