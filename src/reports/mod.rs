//! Reports of residents: so far their categories, with default units and promised days.

mod actions;
mod entity;
mod graphql;

pub use actions::import_categories;
pub use entity::{Category, ReportKind};
pub use graphql::ReportQueries;
