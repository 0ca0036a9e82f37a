//! Gaps in the knowledge: what people search for in vain, gathered from the log, given to a unit,
//! written, verified (domain.md f.2).
//!
//! NEW → ASSIGNED → WRITTEN → VERIFIED, or REJECTED from any open state. A verified gap that is asked
//! in vain again is new again, a rejected one stays.

mod actions;
mod entity;
mod gather;
mod graphql;
mod rules;

pub use gather::{GapWindow, gaps_due, gaps_gathered, gather_gaps};
pub use graphql::{GapMutations, GapObject, GapQueries, gaps};
