//! Values that mean the same in a file, in the database and in the API: a day, an amount.

use std::{fmt, str::FromStr};

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A calendar day, such as 2026-11-20.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

/// A calendar day of Europe/Warsaw as `YYYY-MM-DD`.
#[Scalar(name = "Date", specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text.parse().map_err(InputValueError::custom),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // The parser takes 2026-1-1 too; one day has one form.
        let day = text.parse().ok().filter(|day: &NaiveDate| day.to_string() == text);
        day.map(Self).ok_or_else(|| format!("{text:?} is not a day like 2026-11-20"))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads a text (JSON) as well as a bare date (TOML).
impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateVisitor;

        impl<'de> de::Visitor<'de> for DateVisitor {
            type Value = Date;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a day like 2026-11-20")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Date, A::Error> {
                let access = de::value::MapAccessDeserializer::new(map);
                let date = toml::value::Datetime::deserialize(access)?;
                date.to_string().parse().map_err(de::Error::custom)
            }
        }

        deserializer.deserialize_any(DateVisitor)
    }
}

/// An amount of money in złoty, exact to the grosz.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount {
    grosze: i64,
}

/// The largest amount that there may be, in grosze: ten million złoty.
const GROSZE_MAX: i64 = 1_000_000_000;

impl Amount {
    /// The sum of amounts, which may be more than any of them may be.
    pub fn sum(amounts: impl Iterator<Item = Self>) -> Self {
        Self { grosze: amounts.map(|amount| amount.grosze).sum() }
    }
}

/// A decimal number as text with two places, such as `22.00`; never a float.
#[Scalar(name = "Decimal", specified_by_url = "https://www.w3.org/TR/xmlschema-2/#decimal")]
impl ScalarType for Amount {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text.parse().map_err(InputValueError::custom),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.grosze / 100, self.grosze % 100)
    }
}

impl FromStr for Amount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = || format!("{text:?} is not an amount like 22.00");
        let (whole, part) = text.split_once('.').unwrap_or((text, "00"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() != 2 || whole.len() > 8 {
            return Err(refuse());
        }
        let grosze: i64 = format!("{whole}{part}").parse().map_err(|_| refuse())?;
        if grosze > GROSZE_MAX { Err(refuse()) } else { Ok(Self { grosze }) }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Row {
        day: Date,
        amount: Amount,
    }

    #[test]
    fn a_day_reads_from_json_and_from_toml_alike() {
        let json: Row = serde_json::from_str(r#"{"day":"2026-11-20","amount":"22.00"}"#).unwrap();
        let toml: Row = toml::from_str("day = 2026-11-20\namount = '22.00'").unwrap();
        assert_eq!(json.day, toml.day);
        assert_eq!((json.amount, toml.amount.to_string()), (toml.amount, "22.00".to_owned()));
    }

    #[test]
    fn a_day_has_one_form() {
        assert_eq!("2026-11-20".parse::<Date>().unwrap().to_string(), "2026-11-20");
        for bad in ["", "2026-1-1", "+2026-01-01", " 2026-01-01", "2026-02-30", "26-01-01", "x"] {
            assert_eq!(bad.parse::<Date>(), Err(format!("{bad:?} is not a day like 2026-11-20")));
        }
    }

    #[test]
    fn an_amount_is_two_places_and_nothing_else() {
        for good in ["0.00", "1000.00", "22", "12.50"] {
            assert!(good.parse::<Amount>().is_ok(), "{good}");
        }
        for bad in ["", "-1.00", "1.5", "1,50", "1e3", ".50", "999999999.00", "١.00"] {
            assert!(bad.parse::<Amount>().is_err(), "{bad}");
        }
    }
}
