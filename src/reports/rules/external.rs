//! What is allowed with a report that a body outside the city has.

use chrono::{DateTime, Utc};

use crate::{
    error::Problem,
    reports::{
        entity::{External, SendReportOutsideInput},
        rules::{TEXT_CHARS_MAX, needed, optional},
    },
};

/// The token of a body outside the city holds for so many days.
pub const EXTERNAL_DAYS: i64 = 30;
const BODY_CHARS_MAX: usize = 200;

/// Whether its token opens anything: it was not answered, not taken back, and not too long ago.
pub fn is_open(external: &External, now: DateTime<Utc>) -> bool {
    external.answered_at.is_none() && external.taken_back_at.is_none() && now < external.expires_at
}

/// Everything that is wrong with what is sent outside.
pub fn external_problems(input: &SendReportOutsideInput) -> Vec<Problem> {
    let mut problems = needed("body", &input.body, BODY_CHARS_MAX);
    problems.extend(needed("message", &input.message, TEXT_CHARS_MAX));
    problems.extend(optional("note", input.note.as_deref()));
    problems
}
