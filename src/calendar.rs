//! Deadlines: working days, Polish public holidays, and how much of the time has passed.

use async_graphql::Enum;
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};

use crate::clock::day_start;

/// How days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[graphql(name = "DaysKind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Days {
    /// Every day counts.
    Calendar,
    /// Saturdays, Sundays and public holidays do not count.
    Working,
}

/// Days of a deadline; more are taken as so many.
pub const DEADLINE_DAYS_MAX: u32 = 3_650;

/// The last day of a deadline. The day from which it runs does not count, so that a deadline of one
/// working day that runs from a Friday ends on Monday.
pub fn add_days(from: NaiveDate, days: u32, kind: Days) -> NaiveDate {
    let days = days.min(DEADLINE_DAYS_MAX) as usize;
    let counts = |day: &NaiveDate| kind == Days::Calendar || is_working_day(*day);
    match days.checked_sub(1) {
        None => from,
        Some(before) => {
            from.iter_days().skip(1).filter(counts).nth(before).unwrap_or(NaiveDate::MAX)
        }
    }
}

/// Whether offices work on a day: neither a Saturday, nor a Sunday, nor a public holiday.
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_public_holiday(day)
}

/// Whether a day is free from work by law in all of Poland; true to the law from 1990 on.
pub fn is_public_holiday(day: NaiveDate) -> bool {
    let fixed = FIXED.iter().any(|&(month, of_month, first, last)| {
        (month, of_month) == (day.month(), day.day()) && (first..=last).contains(&day.year())
    });
    fixed || AFTER_EASTER.contains(&(day.ordinal() as i32 - easter(day.year())))
}

/// Month, day, and the first and the last year in which the day is free.
const FIXED: &[(u32, u32, i32, i32)] = &[
    (1, 1, 0, i32::MAX),      // New Year
    (1, 6, 2011, i32::MAX),   // Epiphany
    (5, 1, 0, i32::MAX),      // Labour Day
    (5, 3, 0, i32::MAX),      // Constitution Day
    (8, 15, 0, i32::MAX),     // Assumption
    (11, 1, 0, i32::MAX),     // All Saints
    (11, 11, 0, i32::MAX),    // Independence Day
    (11, 12, 2018, 2018),     // a century of independence, once
    (12, 24, 2025, i32::MAX), // Christmas Eve
    (12, 25, 0, i32::MAX),    // Christmas
    (12, 26, 0, i32::MAX),    // the second day of Christmas
];

/// Days after Easter Sunday: itself, Easter Monday, Pentecost, Corpus Christi.
const AFTER_EASTER: [i32; 4] = [0, 1, 49, 60];

/// Easter Sunday as the day of its year, from 1: the Gregorian computus of Meeus, Jones and Butcher.
fn easter(year: i32) -> i32 {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let moon_shift = century - (century + 8).div_euclid(25);
    let epact = (19 * golden + century - century.div_euclid(4) - (moon_shift + 1).div_euclid(3)
        + 15)
        .rem_euclid(30);
    let weekday = (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - epact - of_century % 4)
        .rem_euclid(7);
    let correction = (golden + 11 * epact + 22 * weekday) / 451;
    let from_march = epact + weekday - 7 * correction + 114;
    let day = NaiveDate::from_ymd_opt(year, from_march as u32 / 31, from_march as u32 % 31 + 1);
    day.map_or(0, |day| day.ordinal() as i32)
}

/// How much of the time from receipt to the end of the day `due` has passed, in whole percents,
/// rounded down; over 100 once it is late.
///
/// `due` is the day that was set at receipt. `paused` is for how long the clock has stood since, up to
/// now: it neither counts as passed nor shortens what is left.
pub fn share_passed(
    received: DateTime<Utc>,
    due: NaiveDate,
    paused: Duration,
    now: DateTime<Utc>,
) -> u32 {
    let end = due.succ_opt().and_then(day_start).unwrap_or(DateTime::<Utc>::MAX_UTC);
    let whole = (end - received).num_seconds();
    let passed = (now - received - paused).num_seconds();
    let percent = match whole {
        1.. => i128::from(passed.max(0)) * 100 / i128::from(whole),
        // Nothing can be due before it was received; should it be, it is late.
        _ => 100,
    };
    u32::try_from(percent).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_falls_on_the_days_of_the_almanac() {
        for sunday in [
            "1999-04-04",
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2029-04-01",
            "2030-04-21",
            "2038-04-25",
        ] {
            let sunday = day(sunday);
            assert_eq!(easter(sunday.year()), sunday.ordinal() as i32, "{sunday}");
        }
    }

    /// Public holidays that are neither Saturdays nor Sundays.
    #[test]
    fn offices_are_closed_on_the_holidays_of_each_year() {
        let table = [
            (2024, "01-01 04-01 05-01 05-03 05-30 08-15 11-01 11-11 12-25 12-26"),
            (2025, "01-01 01-06 04-21 05-01 06-19 08-15 11-11 12-24 12-25 12-26"),
            (2026, "01-01 01-06 04-06 05-01 06-04 11-11 12-24 12-25"),
            (2027, "01-01 01-06 03-29 05-03 05-27 11-01 11-11 12-24"),
            (2028, "01-06 04-17 05-01 05-03 06-15 08-15 11-01 12-25 12-26"),
            (2029, "01-01 04-02 05-01 05-03 05-31 08-15 11-01 12-24 12-25 12-26"),
            (2030, "01-01 04-22 05-01 05-03 06-20 08-15 11-01 11-11 12-24 12-25 12-26"),
        ];
        for (year, holidays) in table {
            let all = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().iter_days();
            let weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            let closed = all
                .take_while(|day| day.year() == year)
                .filter(|day| !weekend(day) && !is_working_day(*day))
                .map(|day| day.format("%m-%d").to_string());
            assert_eq!(closed.collect::<Vec<_>>().join(" "), holidays, "{year}");
        }
    }

    #[test]
    fn a_holiday_is_one_only_while_the_law_says_so() {
        for (workday, holiday) in [
            ("2010-01-06", "2011-01-06"),
            ("2024-12-24", "2025-12-24"),
            ("2019-11-12", "2018-11-12"),
        ] {
            assert!(!is_public_holiday(day(workday)), "{workday}");
            assert!(is_public_holiday(day(holiday)), "{holiday}");
        }
        assert!(is_public_holiday(day("2026-05-24")), "Pentecost is always a Sunday");
    }

    #[test]
    fn the_day_of_receipt_does_not_count() {
        use Days::{Calendar, Working};
        let table = [
            ("2026-11-20", 0, Working, "2026-11-20"),
            ("2026-11-20", 1, Calendar, "2026-11-21"),
            ("2026-11-20", 1, Working, "2026-11-23"),
            ("2026-11-21", 1, Working, "2026-11-23"),
            ("2026-11-20", 14, Calendar, "2026-12-04"),
            ("2026-11-20", 14, Working, "2026-12-10"),
            // Christmas Eve is a Thursday, and free.
            ("2026-12-23", 1, Working, "2026-12-28"),
            ("2024-12-23", 1, Working, "2024-12-24"),
            // Corpus Christi.
            ("2026-06-03", 1, Working, "2026-06-05"),
            ("2024-02-28", 2, Calendar, "2024-03-01"),
        ];
        for (from, days, kind, last) in table {
            assert_eq!(add_days(day(from), days, kind), day(last), "{from} + {days} {kind:?}");
        }
    }

    #[test]
    fn escalation_knows_how_much_of_the_time_has_passed() {
        let received = "2026-11-20T11:00:00Z".parse().unwrap();
        // Until midnight of the 24th in Krakow: 108 hours.
        let due = day("2026-11-24");
        let after = |hours| received + Duration::hours(hours);
        let share =
            |paused, hours| share_passed(received, due, Duration::hours(paused), after(hours));
        assert_eq!(
            [0, 53, 54, 86, 87, 107, 108, 216].map(|hours| share(0, hours)),
            [0, 49, 50, 79, 80, 99, 100, 200]
        );
        assert_eq!(share(54, 108), 50, "the clock stood half of the time");
        assert_eq!(share(5, 3), 0, "never less than nothing");
        assert_eq!(share_passed(received, day("2026-11-01"), Duration::zero(), received), 100);
        assert_eq!(share_passed(received, NaiveDate::MAX, Duration::zero(), after(9)), 0);
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0..40_000_i64).prop_map(|days| day("1990-01-01") + Duration::days(days))
    }

    proptest! {
        #[test]
        fn so_many_working_days_pass_as_are_added(from in any_day(), days in 1..200_u32) {
            let last = add_days(from, days, Days::Working);
            prop_assert!(is_working_day(last));
            let passed = from.iter_days().skip(1).take_while(|day| *day <= last);
            prop_assert_eq!(passed.filter(|day| is_working_day(*day)).count(), days as usize);
        }

        #[test]
        fn who_starts_later_or_takes_longer_never_ends_earlier(
            from in any_day(), days in 0..100_u32, later in 0..10_i64, longer in 0..10_u32,
        ) {
            for kind in [Days::Calendar, Days::Working] {
                let last = add_days(from, days, kind);
                prop_assert!(last <= add_days(from + Duration::days(later), days, kind));
                prop_assert!(last <= add_days(from, days + longer, kind));
            }
        }

        #[test]
        fn easter_is_a_sunday_of_spring(year in 1900..2200_i32) {
            let sunday = NaiveDate::from_yo_opt(year, easter(year) as u32).unwrap();
            prop_assert_eq!(sunday.weekday(), Weekday::Sun);
            let first = NaiveDate::from_ymd_opt(year, 3, 22).unwrap();
            let last = NaiveDate::from_ymd_opt(year, 4, 25).unwrap();
            prop_assert!((first..=last).contains(&sunday));
        }
    }
}
