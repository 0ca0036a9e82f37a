//! How forms are seen.

mod mutations;
mod object;
mod queries;
mod version;

pub use mutations::FormMutations;
pub use object::FormObject;
pub use queries::{FormLoader, FormQueries, nodes};
