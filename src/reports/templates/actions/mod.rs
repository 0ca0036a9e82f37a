//! What can be done with templates.

mod read;
mod write;

pub use read::{all, by_ids, known, list};
pub use write::{delete, import, save, unit_of};
