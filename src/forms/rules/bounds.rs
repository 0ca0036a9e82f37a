//! The first and the last day that a field takes.

use chrono::{Days, NaiveDate};

use crate::{
    error::{Problem, ProblemCode},
    forms::entity::Field,
    scalars::Date,
    words::Message,
};

/// Days before or behind today that a bound may name: some 150 years.
const DAYS_MAX: u64 = 55_000;

/// The day of a bound: a day, `today`, or `today` with days such as `today-30`; `None` for anything
/// else.
pub fn day_of(bound: &str, today: NaiveDate) -> Option<NaiveDate> {
    let Some(shift) = bound.strip_prefix("today") else {
        return bound.parse().ok().map(|Date(day)| day);
    };
    if shift.is_empty() {
        return Some(today);
    }
    let sound = |days: &str| -> Option<Days> {
        let digits = days.bytes().all(|byte| byte.is_ascii_digit());
        days.parse().ok().filter(|days| digits && *days <= DAYS_MAX).map(Days::new)
    };
    match shift.strip_prefix('+') {
        Some(days) => today.checked_add_days(sound(days)?),
        None => today.checked_sub_days(sound(shift.strip_prefix('-')?)?),
    }
}

/// What is wrong with a day that lies outside the bounds of its field.
pub fn problems(path: &str, field: &Field, day: NaiveDate, today: NaiveDate) -> Option<Problem> {
    let bound = |bound: &Option<String>| day_of(bound.as_deref()?, today);
    let message = match (bound(&field.earliest), bound(&field.latest)) {
        (Some(first), _) if day < first => Message::new("form-too-early").with("day", first),
        (_, Some(last)) if day > last => Message::new("form-too-late").with("day", last),
        _ => return None,
    };
    Some(Problem::at(path, ProblemCode::Invalid, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_a_day_or_counts_from_today() {
        let today: NaiveDate = "2026-11-20".parse().unwrap();
        for (bound, day) in [
            ("2026-01-31", Some("2026-01-31")),
            ("today", Some("2026-11-20")),
            ("today+14", Some("2026-12-04")),
            ("today-30", Some("2026-10-21")),
            ("today14", None),
            ("today+", None),
            ("today++1", None),
            ("today-99999999", None),
            ("tomorrow", None),
            ("todayż", None),
        ] {
            assert_eq!(day_of(bound, today), day.map(|day| day.parse().unwrap()), "{bound}");
        }
    }
}
