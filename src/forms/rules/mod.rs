//! What is allowed with forms: what an answer must be, what a definition must be like, and the way of
//! a version. Pure.

mod answers;
mod bounds;
mod computed;
mod conditions;
mod definition;
mod reach;
#[cfg(test)]
mod tests;
mod values;
mod versions;

pub use answers::{Accepted, Filled, check, tidied};
pub use definition::{gaps, import_problems, problems, slug_problems};
pub use values::{
    ADDRESS_PARTS, DISTRICTS_MAX, FILE_KEY_CHARS_MAX, NUMBER_MAX, chars_max, entries_max,
};
pub use versions::{check_step, note_problems};
