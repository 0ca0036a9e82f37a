//! The audit: what people with power did, which personal data they saw, and who was refused. It is only
//! ever added to, and every entry carries the hash of the one before, so that none can be changed or
//! taken out unseen.
//!
//! An entry is written in the same write as what it tells of. It holds ids and codes, never a person's
//! words, so that it may outlast the data.

mod actions;
mod entity;
mod failures;
mod graphql;
mod looks;
mod rules;

pub use actions::{about, count, deny, list, verify};
pub use entity::{Act, AuditEntry, AuditFilter, LookReason, Record, append};
pub use failures::{Failures, WRITE_SECONDS};
pub use graphql::{AuditObject, AuditQueries};
pub use looks::{Looks, Period, looks};
pub use rules::{Break, Sound};
