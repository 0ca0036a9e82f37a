//! What can be done with routing rules.

mod import;
mod read;
mod write;

pub use import::import;
pub use read::{KnownRules, all, by_ids, decide, explain, known, list};
pub use write::{delete, save, unit_of};
