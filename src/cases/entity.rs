//! What stands in the timeline of a resident.

use async_graphql::Enum;
use chrono::{DateTime, Utc};
use sea_orm::Iterable;
use serde::Serialize;
use uuid::Uuid;

/// What happened to a case of a resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, sea_orm::EnumIter, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "CaseEventKind")]
pub enum EventKind {
    /// You filed a report.
    Filed,
    /// You took a report that was filed without an account into yours.
    Claimed,
    /// You began to support a report.
    Supported,
    /// You began to follow a report.
    Followed,
    /// You said what an answer was worth.
    Rated,
    /// You answered what a unit had asked.
    Supplemented,
    /// You took a report back.
    Withdrawn,
    /// Somebody has read it; from now on everybody may.
    Verified,
    /// It was joined to another, which goes on for both.
    Merged,
    /// It was refused.
    Rejected,
    /// It was given to a unit.
    Forwarded,
    /// Somebody of the unit is at work on it.
    Taken,
    /// A unit asks you.
    Asked,
    /// It was passed to a body outside the city.
    SentOutside,
    /// That body has answered.
    Returned,
    /// A unit has answered.
    Answered,
    /// A unit looks at it once more, because what it said was not the last word.
    Resumed,
    /// It was closed.
    Closed,
    /// It was opened again.
    Reopened,
}

impl EventKind {
    /// The kind of a code, as `words::code` writes it.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::iter().find(|kind| crate::words::code(kind) == code)
    }
}

/// An entry of the timeline, without its case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: EventKind,
    /// The report that it happened to.
    pub report: Uuid,
    /// Its place among what happened to this report at the same instant.
    pub place: i64,
}
