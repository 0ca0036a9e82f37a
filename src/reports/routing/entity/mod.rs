//! What is stored of routing rules, and what is put in.

mod rule;
mod window;

pub use rule::*;
pub use window::{Outside, TimeWindow};
