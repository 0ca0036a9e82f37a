//! What is allowed with reports. Pure.

mod categories;
mod filing;
mod outcomes;
mod stages;
mod texts;
mod work;

pub use categories::{category_list_problems, with_batch};
pub use filing::*;
pub use outcomes::{Demand, aggregate};
pub use stages::{Mover, outcome_allows, step};
pub use texts::{Texts, reaches, texts};
pub use work::*;
