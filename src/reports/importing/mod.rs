//! Reports that were kept elsewhere: checked row by row, written in batches.
//!
//! A report is known again by its id where it comes from, so that importing it twice changes nothing
//! and an import that was broken off goes on where it stopped. Contacts are never taken over.

mod difference;
mod fields;
mod rules;
mod there;
mod values;
mod write;

pub use difference::differing;
pub use fields::{Field, Raw};
pub use rules::{Incoming, Known, Outside, accept};
pub use values::Dates;
pub use write::{Fate, import, insert};
