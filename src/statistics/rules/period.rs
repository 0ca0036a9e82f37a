//! Periods of days.

use chrono::{Datelike, Months, NaiveDate};

use crate::{
    error::{Error, Result},
    words::Message,
};

/// Years that one question may ask about.
const PERIOD_YEARS_MAX: u32 = 10;

/// Days of Krakow, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Period {
    /// A period. Errors: `BadRequest` when it ends before it begins, or is longer than 10 years.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Result<Self> {
        if from > to {
            return Err(Error::BadRequest("period-backwards".into()));
        }
        let end = from.checked_add_months(Months::new(12 * PERIOD_YEARS_MAX));
        if end.is_none_or(|end| to >= end) {
            let message = Message::new("period-too-long").with("max", PERIOD_YEARS_MAX);
            return Err(Error::BadRequest(message));
        }
        Ok(Self { from, to })
    }

    /// The same days of the year before; for 29 February the 28th.
    pub fn year_earlier(self) -> Self {
        let earlier = |day: NaiveDate| day.checked_sub_months(Months::new(12)).unwrap_or(day);
        Self { from: earlier(self.from), to: earlier(self.to) }
    }

    /// The first days of the months that it touches.
    pub fn months(self) -> impl Iterator<Item = NaiveDate> {
        let first = self.from.with_day(1);
        let next = |month: &NaiveDate| month.checked_add_months(Months::new(1));
        std::iter::successors(first, next).take_while(move |month| *month <= self.to)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(from: &str, to: &str) -> Period {
        Period::new(day(from), day(to)).unwrap()
    }

    #[test]
    fn a_month_is_touched_by_one_of_its_days() {
        for (from, to, months) in [
            ("2025-01-01", "2025-06-30", 6),
            ("2025-01-31", "2025-02-01", 2),
            ("2025-02-01", "2025-02-01", 1),
            ("2024-12-31", "2026-01-01", 14),
        ] {
            assert_eq!(period(from, to).months().count(), months, "{from} to {to}");
        }
    }

    #[test]
    fn the_year_before_has_no_29_february() {
        for (from, to, earlier) in [
            ("2025-01-01", "2025-06-30", ("2024-01-01", "2024-06-30")),
            ("2024-02-29", "2024-02-29", ("2023-02-28", "2023-02-28")),
            ("2025-02-28", "2025-03-01", ("2024-02-28", "2024-03-01")),
        ] {
            let (from_earlier, to_earlier) = earlier;
            assert_eq!(period(from, to).year_earlier(), period(from_earlier, to_earlier));
        }
    }

    #[test]
    fn a_period_ends_after_it_begins_and_within_ten_years() {
        let refusal = |from, to| match Period::new(day(from), day(to)) {
            Err(Error::BadRequest(message)) => message.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            refusal("2025-02-02", "2025-02-01"),
            "The last day of the period lies before the first."
        );
        assert_eq!(
            refusal("2015-01-01", "2025-01-01"),
            "A period may have 10 years at most: ask for a shorter one."
        );
        assert!(Period::new(day("2015-01-01"), day("2024-12-31")).is_ok());
    }

    proptest! {
        #[test]
        fn months_cover_a_period_and_no_more(from in 0..20_000_i64, days in 0..3_650_i64) {
            let from = NaiveDate::default() + chrono::Duration::days(from);
            let to = from + chrono::Duration::days(days);
            let months: Vec<_> = Period { from, to }.months().collect();
            let months_between = |a: NaiveDate, b: NaiveDate| {
                (b.year() - a.year()) * 12 + b.month() as i32 - a.month() as i32
            };
            prop_assert_eq!(months.len() as i32, months_between(from, to) + 1);
            prop_assert!(months[0] <= from && *months.last().unwrap() <= to);
        }
    }
}
