//! Which part of a report is open data, and how all of them are read.
//!
//! Only reports that everybody may see, and of those only what names nobody: no text that a person
//! wrote (what looks like personal data is taken out of it by a machine, which misses names), no
//! address in words (people write "by my house"), no account, no contact, no photo; and the point
//! rounded, because the exact one of a report about a fence is somebody's home.

mod columns;
mod pages;

pub use columns::{COLUMNS, Cell, CellKind, Column, KEPT_BACK, Published};
pub use pages::{Pages, Period};
