//! Privacy: what is deleted when, who is forgotten when they ask, and what was deleted.
//!
//! A reader of the other slices: it knows where personal data lies and has each slice forget its own.
//! Deleting reaches backups by the keys of the vault. docs/privacy.md tells all.

mod actions;
mod entity;
mod graphql;
mod rules;

pub use actions::{
    Affected, affected, count_over, delete_some, erase_account, erase_person, night, night_is_over,
};
pub use entity::{Deletion, ErasePersonInput, Erasure, ErasureReason, deletion};
pub use graphql::{AffectedObject, DeletionObject, PrivacyMutations, PrivacyQueries};
pub use rules::{CLASSES, Class};
