//! Reports of residents: problems and ideas, from the pin on the map to the answer (domain.md f.3, f.4).
//!
//! Where a report stands (`Stage`) and what became of it (`Outcome`) are two things. A report is given
//! to one unit or to several; each has an assignment with an answer of its own, and the rules say what
//! they come to together.

mod actions;
mod desk;
mod entity;
mod graphql;
pub mod importing;
pub mod open_data;
pub mod proposals;
pub mod routing;
mod rules;
pub mod templates;

pub use actions::*;
pub use desk::{Desk, Register};
pub use entity::*;
pub use graphql::*;
pub use rules::{
    REOPENS_DAYS, WAITS_DAYS, category_list_problems, due_on, is_public_step, number, series,
    with_batch,
};
