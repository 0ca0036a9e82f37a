//! The search log: what was asked, how much was found, what was opened. It holds nothing that tells
//! who asked, and numbers of people and things are taken out before anything is kept.
//!
//! It stands outside the spine: a search writes nothing itself, it leaves a line in a queue of its
//! node, and a full queue drops lines rather than slow anybody down.

mod actions;
mod entity;
mod graphql;
mod insights;
mod queue;
mod rules;

pub use actions::{anything_before, forget_before};
pub use graphql::{LogMutations, LogQueries, note};
pub use insights::{IN_VAIN, WORDING_TIMES_MIN, most_opened};
pub use queue::Log;
