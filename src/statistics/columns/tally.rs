//! Counting rows.

use std::sync::LazyLock;

use crate::{
    reports::Outcome,
    statistics::columns::row::{Row, months},
};

/// How many, and how many of them were settled or are being settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many.
    pub all: u32,
    /// How many of them with an effective outcome.
    pub effective: u32,
}

impl Count {
    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self { all: self.all + other.all, effective: self.effective + other.effective }
    }
}

/// Counts by place; only the places from the first to the last that occur take room.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    first: usize,
    counts: Vec<Count>,
}

impl Counts {
    fn add(&mut self, place: usize, count: Count) {
        if self.counts.is_empty() {
            self.first = place;
        }
        if let Some(missing) = self.first.checked_sub(place) {
            self.counts.splice(0..0, std::iter::repeat_n(Count::default(), missing));
            self.first = place;
        }
        let at = place - self.first;
        if at >= self.counts.len() {
            self.counts.resize(at + 1, Count::default());
        }
        self.counts[at] = self.counts[at].plus(count);
    }

    fn merge(&mut self, other: &Self) {
        for (place, count) in other.occurring() {
            self.add(place, count);
        }
    }

    /// The places that occur.
    pub fn occurring(&self) -> impl Iterator<Item = (usize, Count)> {
        (self.first..).zip(self.counts.iter().copied()).filter(|(_, count)| count.all > 0)
    }
}

/// What is counted of some rows.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub total: Count,
    pub categories: Counts,
    pub units: Counts,
    pub districts: Counts,
    pub channels: Counts,
    /// At 0 those without one.
    pub outcomes: Counts,
    pub times: Counts,
    /// Since 1970.
    pub months: Counts,
}

impl Tally {
    /// Counts a row.
    pub fn take(&mut self, row: &Row) {
        static MONTHS: LazyLock<Vec<u16>> = LazyLock::new(months);
        let effective = row.outcome.is_some_and(Outcome::is_effective);
        let one = Count { all: 1, effective: u32::from(effective) };
        self.total = self.total.plus(one);
        self.categories.add(row.category.into(), one);
        self.units.add(row.unit.into(), one);
        self.districts.add(row.district.into(), one);
        self.channels.add(row.channel as usize, one);
        self.outcomes.add(row.outcome.map_or(0, |outcome| outcome as usize + 1), one);
        self.months.add(MONTHS[usize::from(row.day)].into(), one);
        if let Some(time) = row.time {
            self.times.add(time as usize, one);
        }
    }

    /// Counts what another has counted.
    pub fn merge(&mut self, other: &Self) {
        self.total = self.total.plus(other.total);
        self.categories.merge(&other.categories);
        self.units.merge(&other.units);
        self.districts.merge(&other.districts);
        self.channels.merge(&other.channels);
        self.outcomes.merge(&other.outcomes);
        self.times.merge(&other.times);
        self.months.merge(&other.months);
    }
}
