//! The only source of time, so that tests can hold and move it.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::Warsaw;

/// Tells the time: the machine's, or one that a test sets.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    Machine,
    Manual(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// The machine's clock.
    pub fn machine() -> Self {
        Self(Source::Machine)
    }

    /// A clock that stands at `instant` until it is advanced.
    pub fn standing_at(instant: DateTime<Utc>) -> Self {
        Self(Source::Manual(Arc::new(Mutex::new(instant))))
    }

    /// The present instant.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::Machine => Utc::now(),
            Source::Manual(instant) => *instant.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a standing clock; the machine's clock cannot be moved and stays as it is.
    pub fn advance(&self, by: Duration) {
        if let Source::Manual(instant) = &self.0 {
            *instant.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}

/// The calendar day in Krakow at an instant: deadlines and validity are days of Europe/Warsaw.
pub fn local_day(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&Warsaw).date_naive()
}

/// What calendar and clocks in Krakow show at an instant.
pub fn local(instant: DateTime<Utc>) -> NaiveDateTime {
    instant.with_timezone(&Warsaw).naive_local()
}

/// The instant at which a day begins in Krakow; `None` for the last days that a calendar can hold.
pub fn day_start(day: NaiveDate) -> Option<DateTime<Utc>> {
    // Clocks are changed at night, never at midnight, so there is exactly one.
    let local = Warsaw.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest();
    local.map(|start| start.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_krakow_begins_before_the_day_in_utc() {
        let late_evening = "2026-06-30T22:30:00Z".parse().unwrap();
        assert_eq!(local_day(late_evening), NaiveDate::from_ymd_opt(2026, 7, 1).unwrap());
    }

    #[test]
    fn a_day_begins_at_midnight_in_krakow_in_summer_and_in_winter() {
        let start = |day: &str| day_start(day.parse().unwrap()).unwrap().to_rfc3339();
        assert_eq!(start("2026-07-01"), "2026-06-30T22:00:00+00:00");
        assert_eq!(start("2026-11-20"), "2026-11-19T23:00:00+00:00");
    }
}
