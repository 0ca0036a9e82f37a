//! What the text of a field says. Pure.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use sea_orm::ActiveEnum;

use super::{Field, Raw};
use crate::{clock::local_day, texts, words::Lang};

/// How days and times are written.
#[derive(Clone, Debug)]
pub struct Dates {
    /// The zone of times that name none.
    pub zone: Tz,
    /// Formats of chrono, tried in their order before RFC 3339 and `YYYY-MM-DD`.
    pub formats: Vec<String>,
}

/// The value that a code stands for.
pub fn coded<T: ActiveEnum<Value = String>>(raw: &Raw, field: Field) -> Result<Option<T>, String> {
    let Some(code) = raw.get(field) else { return Ok(None) };
    let value = T::try_from_value(&code.to_owned());
    value.map(Some).map_err(|_| format!("{}: there is no \"{code}\"", field.name()))
}

/// A tidied text with a limit.
pub fn text(raw: &Raw, field: Field, chars_max: usize) -> Result<Option<String>, String> {
    let Some(text) = raw.get(field) else { return Ok(None) };
    let text = texts::tidied(text);
    sound(field, &text, chars_max)?;
    Ok(Some(text))
}

/// Refuses a text that cannot be kept.
pub fn sound(field: Field, text: &str, chars_max: usize) -> Result<(), String> {
    match texts::problems(&field.name(), text, chars_max).first() {
        Some(problem) => Err(format!("{}: {}", field.name(), problem.message.say(Lang::En))),
        None => Ok(()),
    }
}

/// A whole number within limits.
pub fn integer(raw: &Raw, field: Field, min: i32, max: i32) -> Result<Option<i32>, String> {
    let Some(text) = raw.get(field) else { return Ok(None) };
    let number = text.parse().ok().filter(|number| (min..=max).contains(number));
    let wanted = format!("a whole number from {min} to {max}");
    number.map(Some).ok_or_else(|| not(field, &wanted, text))
}

/// True or false; false when nothing is told.
pub fn flag(raw: &Raw, field: Field) -> Result<bool, String> {
    match raw.get(field) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(other) => Err(not(field, "true or false", other)),
    }
}

/// A day in Krakow.
pub fn day(raw: &Raw, field: Field, dates: &Dates) -> Result<Option<NaiveDate>, String> {
    Ok(instant(raw, field, dates)?.map(local_day))
}

/// An instant, or the beginning of a day.
pub fn instant(raw: &Raw, field: Field, dates: &Dates) -> Result<Option<DateTime<Utc>>, String> {
    let Some(text) = raw.get(field) else { return Ok(None) };
    dates.read(text).map(Some).ok_or_else(|| not(field, "a day or a time", text))
}

/// Why a text is not what is wanted.
pub fn not(field: Field, wanted: &str, text: &str) -> String {
    let shown: String = text.chars().take(50).collect();
    format!("{}: \"{shown}\" is not {wanted}", field.name())
}

impl Dates {
    fn read(&self, text: &str) -> Option<DateTime<Utc>> {
        for format in &self.formats {
            if let Ok(time) = NaiveDateTime::parse_from_str(text, format) {
                return self.local(time);
            }
            if let Ok(day) = NaiveDate::parse_from_str(text, format) {
                return self.local(day.and_time(chrono::NaiveTime::MIN));
            }
        }
        if let Ok(time) = DateTime::parse_from_rfc3339(text) {
            return Some(time.with_timezone(&Utc));
        }
        let day: NaiveDate = text.parse().ok()?;
        self.local(day.and_time(chrono::NaiveTime::MIN))
    }

    /// In the night in which clocks are put forward an hour is missing: what was noted in it is taken
    /// as an hour later.
    fn local(&self, time: NaiveDateTime) -> Option<DateTime<Utc>> {
        let at = |time: NaiveDateTime| self.zone.from_local_datetime(&time).earliest();
        let at = at(time).or_else(|| at(time + TimeDelta::hours(1)))?;
        Some(at.with_timezone(&Utc))
    }
}
