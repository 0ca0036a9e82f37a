//! What is allowed with reports. Pure.

mod categories;
mod external;
mod filing;
mod outcomes;
mod stages;
mod texts;
mod work;

pub use categories::{category_list_problems, edited, with_batch};
pub use external::{EXTERNAL_DAYS, external_problems, is_open};
pub use filing::*;
pub use outcomes::{Demand, aggregate};
pub use stages::{Mover, outcome_allows, step};
pub use texts::{Texts, reaches, texts};
pub use work::*;
