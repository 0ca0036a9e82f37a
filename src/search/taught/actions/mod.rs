//! What can be done with rules, whatever their kind.

mod answers;
mod import;
mod read;
mod write;

pub use answers::{answers_of, known_answers, refuse_unknown};
pub use import::import;
pub use read::{all, by_ids, in_force, list};
pub use write::{anything_over, delete, end_past, save, save_best_bet};
