//! The cases of a resident: everything that an account has filed, supports, follows, has said and was
//! told, as one timeline.
//!
//! A reader: it keeps nothing but up to when the person has looked. Reports are the only cases so far;
//! others join the union of subjects and the statement of `actions`.

mod actions;
mod entity;
pub mod export;
mod graphql;
mod rules;

pub use graphql::{CaseMutations, CaseQueries, TimelineEntryObject};
