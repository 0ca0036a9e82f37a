//! Some thousand reports one after the other, and a question as it is put to them.

use std::ops::RangeInclusive;

use crate::{
    reports::{Channel, Outcome, ReportKind},
    statistics::{
        columns::{
            row::{Codes, Row, days},
            tally::Tally,
        },
        rules::Question,
    },
};

/// Reports with the days on which they came and with their sums.
#[derive(Default)]
pub struct Block {
    pub rows: Vec<Row>,
    days: Option<RangeInclusive<u16>>,
    problems: Tally,
    ideas: Tally,
}

/// A question in places instead of codes.
pub struct Sieve {
    days: RangeInclusive<u16>,
    unit: Option<u16>,
    district: Option<u16>,
    channel: Option<Channel>,
    outcome: Option<Outcome>,
    /// By the place of a category, whether it is asked for.
    categories: Option<Vec<bool>>,
}

impl Block {
    /// Counts its rows anew.
    pub fn sum_up(&mut self) {
        let counted = || self.rows.iter().filter(|row| row.kind.is_some());
        let least = counted().map(|row| row.day).min();
        self.days = least.zip(counted().map(|row| row.day).max()).map(|(a, z)| a..=z);
        [self.problems, self.ideas] = [Tally::default(), Tally::default()];
        for row in &self.rows {
            tally_of(row, &mut self.problems, &mut self.ideas);
        }
    }

    /// Adds what the question asks of it: its sums where they are the answer, else row by row.
    pub fn count(&self, sieve: &Sieve, problems: &mut Tally, ideas: &mut Tally) {
        let Some(days) = &self.days else { return };
        let apart = days.end() < sieve.days.start() || days.start() > sieve.days.end();
        let within = sieve.days.contains(days.start()) && sieve.days.contains(days.end());
        if within && sieve.is_open() {
            problems.merge(&self.problems);
            ideas.merge(&self.ideas);
        } else if !apart {
            for row in self.rows.iter().filter(|row| sieve.lets(row)) {
                tally_of(row, problems, ideas);
            }
        }
    }
}

fn tally_of(row: &Row, problems: &mut Tally, ideas: &mut Tally) {
    match row.kind {
        Some(ReportKind::Problem) => problems.take(row),
        Some(ReportKind::Idea) => ideas.take(row),
        None => {}
    }
}

impl Sieve {
    /// The question in places; `None` when it asks for what never occurred.
    pub fn of(question: &Question, codes: &Codes) -> Option<Self> {
        let filter = &question.filter;
        let unit = match &filter.unit {
            Some(unit) => Some(codes.units.find(unit)?),
            None => None,
        };
        let district = match filter.district {
            Some(number) => Some(u16::try_from(number).ok().filter(|number| *number > 0)?),
            None => None,
        };
        let categories = filter.category.as_ref().map(|asked| {
            let all = codes.categories.all().iter();
            all.map(|(code, group)| code == asked || group == asked).collect()
        });
        Some(Self {
            days: days(question.period)?,
            unit,
            district,
            channel: filter.channel,
            outcome: filter.outcome,
            categories,
        })
    }

    /// Whether only the days matter.
    fn is_open(&self) -> bool {
        self.unit.is_none()
            && self.district.is_none()
            && self.channel.is_none()
            && self.outcome.is_none()
            && self.categories.is_none()
    }

    fn lets(&self, row: &Row) -> bool {
        self.days.contains(&row.day)
            && self.unit.is_none_or(|unit| unit == row.unit)
            && self.district.is_none_or(|district| district == row.district)
            && self.channel.is_none_or(|channel| channel == row.channel)
            && self.outcome.is_none_or(|outcome| Some(outcome) == row.outcome)
            && self.categories.as_ref().is_none_or(|asked| {
                // An uncounted row may name a category that never occurred.
                asked.get(usize::from(row.category)).is_some_and(|asked| *asked)
            })
    }
}
