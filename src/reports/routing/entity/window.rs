//! When a rule holds: days of the week, hours, and a part of the year, all in local time.

use std::{fmt, str::FromStr};

use async_graphql::{
    Enum, InputObject, InputType, InputValueError, InputValueResult, Scalar, ScalarType,
    SimpleObject, Value,
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::clock::local;

/// When a rule holds; every part that is stated must hold.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject,
)]
#[graphql(name = "TimeWindow", input_name = "TimeWindowInput")]
#[serde(deny_unknown_fields)]
pub struct TimeWindow {
    /// The days of the week; empty for all. After midnight it is the next day.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<Weekday>,
    /// The hours of the day; null for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// The part of the year; null for all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub season: Option<Season>,
}

/// Hours of a day, such as 22:00 to 06:00: the night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(name = "Hours", input_name = "HoursInput")]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The first minute.
    pub from: TimeOfDay,
    /// The minute at which it ends; one before `from` is of the next day.
    pub to: TimeOfDay,
}

/// A part of every year, such as 11-01 to 03-31: the winter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(name = "Season", input_name = "SeasonInput")]
#[serde(deny_unknown_fields)]
pub struct Season {
    /// The first day.
    pub from: DayOfYear,
    /// The last day; one before `from` is of the next year.
    pub to: DayOfYear,
}

impl Hours {
    fn holds(self, time: TimeOfDay) -> bool {
        if self.from <= self.to {
            (self.from..self.to).contains(&time)
        } else {
            time >= self.from || time < self.to
        }
    }
}

impl Season {
    fn holds(self, day: DayOfYear) -> bool {
        if self.from <= self.to {
            (self.from..=self.to).contains(&day)
        } else {
            day >= self.from || day <= self.to
        }
    }
}

/// The part of a window that an instant is outside of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// Another day of the week.
    Weekday,
    /// Another time of the day.
    Hours,
    /// Another part of the year.
    Season,
}

impl TimeWindow {
    /// The first part that an instant is outside of; nothing when all parts hold.
    pub fn outside(&self, at: DateTime<Utc>) -> Option<Outside> {
        let now = local(at);
        let weekday = Weekday::of(now.date());
        let day = DayOfYear { month: now.month(), day: now.day() };
        let time = TimeOfDay { hour: now.hour(), minute: now.minute() };
        let parts = [
            (self.weekdays.is_empty() || self.weekdays.contains(&weekday), Outside::Weekday),
            (self.hours.is_none_or(|hours| hours.holds(time)), Outside::Hours),
            (self.season.is_none_or(|season| season.holds(day)), Outside::Season),
        ];
        parts.into_iter().find(|(holds, _)| !holds).map(|(_, part)| part)
    }

    /// Whether it states nothing.
    pub fn is_always(&self) -> bool {
        *self == Self::default()
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    fn of(day: NaiveDate) -> Self {
        match day.weekday() {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }
}

/// A minute of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay {
    hour: u32,
    minute: u32,
}

/// A day of every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayOfYear {
    month: u32,
    day: u32,
}

/// A year that has all days.
const LEAP_YEAR: i32 = 2024;

impl FromStr for TimeOfDay {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = two_numbers(text, ':');
        let known =
            parts.filter(|&(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).is_some());
        let (hour, minute) = known.ok_or_else(|| format!("{text:?} is not a time like 22:00"))?;
        Ok(Self { hour, minute })
    }
}

impl FromStr for DayOfYear {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = two_numbers(text, '-');
        let known =
            parts.filter(|&(month, day)| NaiveDate::from_ymd_opt(LEAP_YEAR, month, day).is_some());
        let (month, day) = known.ok_or_else(|| format!("{text:?} is not a day like 11-01"))?;
        Ok(Self { month, day })
    }
}

/// Two numbers of two digits each.
fn two_numbers(text: &str, between: char) -> Option<(u32, u32)> {
    let number = |part: &str| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok()).flatten()
    };
    let (first, second) = text.split_once(between)?;
    Some((number(first)?, number(second)?))
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl fmt::Display for DayOfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

/// A minute of a day in Europe/Warsaw as `HH:MM`, such as `22:00`.
#[Scalar(name = "TimeOfDay")]
impl ScalarType for TimeOfDay {
    fn parse(value: Value) -> InputValueResult<Self> {
        parsed(value)
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

/// A day of every year as `MM-DD`, such as `11-01`.
#[Scalar(name = "DayOfYear")]
impl ScalarType for DayOfYear {
    fn parse(value: Value) -> InputValueResult<Self> {
        parsed(value)
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

fn parsed<T: InputType + FromStr<Err = String>>(value: Value) -> InputValueResult<T> {
    match &value {
        Value::String(text) => text.parse().map_err(InputValueError::custom),
        _ => Err(InputValueError::expected_type(value)),
    }
}

/// Both are written as text in files and in the database.
macro_rules! as_text {
    ($($name:ident),+) => { $(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    )+ };
}

as_text!(TimeOfDay, DayOfYear);

#[cfg(test)]
mod tests {
    use super::*;

    fn window(toml: &str) -> TimeWindow {
        toml::from_str(toml).unwrap()
    }

    #[test]
    fn a_window_holds_in_local_time_over_midnight_and_over_new_year() {
        use Outside::{Hours, Season, Weekday};
        let night = "hours = { from = '22:00', to = '06:00' }";
        let day = "hours = { from = '06:00', to = '22:00' }";
        let winter = "season = { from = '11-01', to = '03-31' }";
        let summer = "season = { from = '04-01', to = '10-31' }";
        let weekend = "weekdays = ['SATURDAY', 'SUNDAY']";
        for (toml, at, outside) in [
            ("", "2026-11-20T09:00:00Z", None),
            // Krakow is an hour ahead of UTC in winter and two in summer.
            (night, "2026-11-20T20:59:59Z", Some(Hours)),
            (night, "2026-11-20T21:00:00Z", None),
            (night, "2026-07-20T20:00:00Z", None),
            (night, "2026-11-21T04:59:59Z", None),
            (night, "2026-11-21T05:00:00Z", Some(Hours)),
            (day, "2026-11-20T21:00:00Z", Some(Hours)),
            (day, "2026-11-20T05:00:00Z", None),
            (winter, "2026-10-31T22:59:59Z", Some(Season)),
            (winter, "2026-10-31T23:00:00Z", None),
            (winter, "2028-02-29T12:00:00Z", None),
            (winter, "2026-03-31T21:59:59Z", None),
            (winter, "2026-03-31T22:00:00Z", Some(Season)),
            (summer, "2026-03-31T22:00:00Z", None),
            (summer, "2026-12-24T12:00:00Z", Some(Season)),
            (weekend, "2026-11-20T22:59:59Z", Some(Weekday)),
            (weekend, "2026-11-20T23:00:00Z", None),
            (weekend, "2026-11-22T12:00:00Z", None),
            (weekend, "2026-11-22T23:00:00Z", Some(Weekday)),
        ] {
            assert_eq!(window(toml).outside(at.parse().unwrap()), outside, "{toml} {at}");
        }
    }

    #[test]
    fn times_and_days_have_one_form() {
        for good in ["00:00", "23:59"] {
            assert_eq!(good.parse::<TimeOfDay>().unwrap().to_string(), good);
        }
        for bad in ["", "24:00", "7:00", "07:60", "07:0", "+7:00", "07-00", "07:00:00"] {
            assert!(bad.parse::<TimeOfDay>().is_err(), "{bad}");
        }
        for good in ["01-01", "02-29", "12-31"] {
            assert_eq!(good.parse::<DayOfYear>().unwrap().to_string(), good);
        }
        for bad in ["", "02-30", "13-01", "1-1", "00-01", "2026-01-01"] {
            assert!(bad.parse::<DayOfYear>().is_err(), "{bad}");
        }
    }
}
