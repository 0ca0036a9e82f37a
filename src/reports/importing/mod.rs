//! Reports that were kept elsewhere: checked row by row, written in batches.
//!
//! A report is known again by its id where it comes from, so that importing it twice changes nothing
//! and an import that was broken off goes on where it stopped. Contacts are never taken over.

mod fields;
mod rules;
mod write;

pub use fields::{Field, Raw};
pub use rules::{Dates, Incoming, Known, Outside, accept};
pub use write::{Fate, import, insert};
