//! The vault: what makes the personal data of one person unreadable everywhere at once, in copies too.
//!
//! Each thing that holds personal data (the contact of a report, an address that follows one) has a key of
//! its own; its texts are stored sealed with that key, and the key is stored wrapped by a master key of the
//! settings. Whoever deletes the row of the key has deleted the data, also in every backup that was made
//! without the table `person_keys` (docs/privacy.md).

mod actions;
mod entity;
mod ring;
mod seal;

pub use actions::{Vault, forget};
pub use entity::TABLE;
pub use seal::{Key, Place};
