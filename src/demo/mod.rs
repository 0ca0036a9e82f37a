//! Made-up reports behind the city's published figures of 2024 and 2025 (domain.md f.7): what the
//! statistics say of them is what the city said. The same ones wherever they are loaded; no report of
//! a resident is among them, and none may be beside them.

mod actions;
mod plan;
mod rows;
mod texts;

pub use actions::{Demo, load};
