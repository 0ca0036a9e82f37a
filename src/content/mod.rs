//! Content in files: what ships in the binary, what an operator imports, and what is exported.
//! The formats are described in `content/README.md`.

mod articles;
mod builtin;
mod cards;
mod errors;
mod export;
mod files;
mod forms;
mod front_matter;
mod import;
mod lists;
mod outlines;
mod prose;
mod records;
mod reports;

pub use builtin::{check as check_builtin, load as load_builtin};
pub use errors::{ContentError, Fault};
pub use export::{Exported, export};
pub use import::{Kind, Tally, import};
pub use reports::{BATCH_ROWS, Mapping, ReportImport, Summary, import_reports};
