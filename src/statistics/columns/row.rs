//! A report as the columns hold it: twelve bytes.

use std::{collections::HashMap, ops::RangeInclusive};

use chrono::{Datelike, NaiveDate};

use crate::{
    error::{Error, Result},
    reports::{Channel, Outcome, ReportKind, Stage},
    statistics::rules::{Period, TimeBucket},
};

/// What statistics read of a report, as it is stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its number among all reports, from 1.
    pub seq: i64,
    /// What it is.
    pub kind: ReportKind,
    /// The code of its category.
    pub category: String,
    /// The code of the category above it.
    pub group: String,
    /// The way on which it came.
    pub channel: Channel,
    /// The number of its district.
    pub district: Option<i32>,
    /// Where it stands.
    pub stage: Stage,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// The local day on which it was received.
    pub received_on: NaiveDate,
    /// The local day on which it was settled.
    pub resolved_on: Option<NaiveDate>,
    /// The unit that was given it first.
    pub unit: Option<String>,
}

/// A report in memory; codes are places in `Codes`.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// `None`: it does not count.
    pub kind: Option<ReportKind>,
    pub day: u16,
    pub category: u16,
    pub unit: u16,
    /// 0: none is known.
    pub district: u16,
    pub channel: Channel,
    pub outcome: Option<Outcome>,
    /// Only of what was settled.
    pub time: Option<TimeBucket>,
}

/// The place of a report that is not there, or does not count.
pub const UNCOUNTED: Row = Row {
    kind: None,
    day: 0,
    category: 0,
    unit: 0,
    district: 0,
    channel: Channel::Portal,
    outcome: None,
    time: None,
};

/// The codes that occur, each with its place.
#[derive(Default)]
pub struct Codes {
    /// Each category with its group.
    pub categories: Places<(String, String)>,
    /// Empty: no unit.
    pub units: Places<String>,
}

/// Things in the order in which they were first seen.
pub struct Places<K> {
    all: Vec<K>,
    places: HashMap<K, u16>,
}

impl<K> Default for Places<K> {
    fn default() -> Self {
        Self { all: Vec::new(), places: HashMap::new() }
    }
}

impl<K: Clone + Eq + std::hash::Hash> Places<K> {
    /// The place of a thing, given to it if it is new.
    fn place(&mut self, key: K) -> Result<u16> {
        if let Some(place) = self.places.get(&key) {
            return Ok(*place);
        }
        let full = |_| Error::internal("more than 65,536 codes in the statistics");
        let place = u16::try_from(self.all.len()).map_err(full)?;
        self.all.push(key.clone());
        self.places.insert(key, place);
        Ok(place)
    }

    /// All, each at its place.
    pub fn all(&self) -> &[K] {
        &self.all
    }

    /// The place of a thing that was seen.
    pub fn find(&self, key: &K) -> Option<u16> {
        self.places.get(key).copied()
    }
}

impl Codes {
    /// The row of a report.
    pub fn row(&mut self, stored: Stored) -> Result<Row> {
        // No report is from before 1970 or after 2149; a slip of the pen counts in no period.
        let day = u16::try_from(since_1970(stored.received_on)).ok();
        let Some(day) = day.filter(|_| stored.stage.counts()) else {
            return Ok(UNCOUNTED);
        };
        let settled =
            stored.resolved_on.filter(|_| stored.outcome.is_some_and(Outcome::is_resolution));
        let days = |on: NaiveDate| (on - stored.received_on).num_days();
        Ok(Row {
            kind: Some(stored.kind),
            day,
            category: self.categories.place((stored.category, stored.group))?,
            unit: self.units.place(stored.unit.unwrap_or_default())?,
            district: stored.district.and_then(|number| number.try_into().ok()).unwrap_or(0),
            channel: stored.channel,
            outcome: stored.outcome,
            time: settled.map(|on| TimeBucket::of(days(on))),
        })
    }
}

/// Days since 1970.
fn since_1970(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}

/// The days of a period since 1970, as far as reports can be from them.
pub fn days(period: Period) -> Option<RangeInclusive<u16>> {
    let first = u16::try_from(since_1970(period.from).max(0)).ok()?;
    let last = u16::try_from(since_1970(period.to).min(u16::MAX.into())).ok()?;
    Some(first..=last)
}

/// Months since 1970 of each day since 1970.
pub fn months() -> Vec<u16> {
    let months = |day: NaiveDate| (day.year() as u16 - 1970) * 12 + day.month0() as u16;
    NaiveDate::default().iter_days().take(usize::from(u16::MAX) + 1).map(months).collect()
}

/// The first day of a month since 1970.
pub fn month_start(month: usize) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(1970 + (month / 12) as i32, (month % 12) as u32 + 1, 1)
}
