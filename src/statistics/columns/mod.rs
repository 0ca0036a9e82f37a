//! The reports in memory, in blocks. A question reads the sums of the blocks that lie whole in its
//! period, and the rows of those that do not or when it filters: so the time of an answer grows with
//! the blocks of the period, not with its reports.

mod block;
mod row;
mod tally;

use std::collections::BTreeSet;

use async_graphql::InputObject;
use chrono::NaiveDate;
use sea_orm::Iterable;

pub use row::Stored;
pub use tally::Count;

use crate::{
    error::{Error, Result},
    reports::{Channel, Outcome, ReportKind},
    statistics::{
        columns::{
            block::{Block, Sieve},
            row::{Codes, Row, UNCOUNTED, month_start},
            tally::{Counts, Tally},
        },
        rules::{Question, TimeBucket},
    },
};

/// Rows of a block: small enough that one that lies half in a period is read in some microseconds.
const BLOCK_ROWS: usize = 4_096;
/// Rows at most: 1.2 GB.
const ROWS_MAX: usize = 100_000_000;

/// Which reports are counted. What is not given is not asked about.
#[derive(Clone, Debug, Default, PartialEq, InputObject)]
#[graphql(name = "ReportStatisticsFilter")]
pub struct Filter {
    /// The code of the unit that was given them first.
    pub unit: Option<String>,
    /// The number of their district.
    pub district: Option<i32>,
    /// The way on which they came.
    pub channel: Option<Channel>,
    /// The code of their category, or of the one above it.
    pub category: Option<String>,
    /// What became of them.
    pub outcome: Option<Outcome>,
}

/// What was counted, by codes; only what occurs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counted {
    pub total: Count,
    /// By the groups of categories.
    pub groups: Vec<(String, Count)>,
    pub outcomes: Vec<(Option<Outcome>, Count)>,
    pub times: Vec<(TimeBucket, Count)>,
    /// By the first day of each month.
    pub months: Vec<(NaiveDate, Count)>,
    pub units: Vec<(Option<String>, Count)>,
    pub districts: Vec<(Option<i32>, Count)>,
    pub channels: Vec<(Channel, Count)>,
}

/// All reports of the installation, each at the place of its `seq`.
#[derive(Default)]
pub struct Columns {
    codes: Codes,
    blocks: Vec<Block>,
}

impl Columns {
    /// The greatest `seq` that has a place.
    pub fn last(&self) -> i64 {
        let full = self.blocks.len().saturating_sub(1) * BLOCK_ROWS;
        (full + self.blocks.last().map_or(0, |block| block.rows.len())) as i64
    }

    /// Takes reports as they are now; each stands for what was known of it before.
    pub fn put(&mut self, reports: Vec<Stored>) -> Result<()> {
        let mut touched = BTreeSet::new();
        for report in reports {
            let place = usize::try_from(report.seq - 1).ok().filter(|place| *place < ROWS_MAX);
            let place = place.ok_or_else(|| Error::internal("a report without a place"))?;
            let row = self.codes.row(report)?;
            *self.at(place) = row;
            touched.insert(place / BLOCK_ROWS);
        }
        for block in touched {
            self.blocks[block].sum_up();
        }
        Ok(())
    }

    /// The row at a place, made if it is not there.
    fn at(&mut self, place: usize) -> &mut Row {
        let (block, within) = (place / BLOCK_ROWS, place % BLOCK_ROWS);
        while self.blocks.len() <= block {
            if let Some(last) = self.blocks.last_mut() {
                last.rows.resize(BLOCK_ROWS, UNCOUNTED);
            }
            self.blocks.push(Block::default());
        }
        let rows = &mut self.blocks[block].rows;
        if rows.len() <= within {
            rows.resize(within + 1, UNCOUNTED);
        }
        &mut rows[within]
    }

    /// Counts the reports that are asked about.
    pub fn count(&self, question: &Question) -> Counted {
        let Some(sieve) = Sieve::of(question, &self.codes) else {
            return Counted::default();
        };
        let [mut problems, mut ideas] = [Tally::default(), Tally::default()];
        for block in &self.blocks {
            block.count(&sieve, &mut problems, &mut ideas);
        }
        self.decoded(&match question.kind {
            Some(ReportKind::Problem) => problems,
            Some(ReportKind::Idea) => ideas,
            None => {
                problems.merge(&ideas);
                problems
            }
        })
    }

    fn decoded(&self, tally: &Tally) -> Counted {
        let mut groups: Vec<(String, Count)> = Vec::new();
        for (place, count) in tally.categories.occurring() {
            let (_, group) = &self.codes.categories.all()[place];
            match groups.iter_mut().find(|(known, _)| known == group) {
                Some((_, sum)) => *sum = sum.plus(count),
                None => groups.push((group.clone(), count)),
            }
        }
        let unit =
            |place: usize| Some(&self.codes.units.all()[place]).filter(|code| !code.is_empty());
        let mut units = by(&tally.units, |place| unit(place).cloned());
        // The order in which they were first seen is another on each node.
        units.sort_by(|(a, _), (b, _)| a.cmp(b));
        groups.sort_by(|(a, _), (b, _)| a.cmp(b));
        let district = |place: usize| i32::try_from(place).ok().filter(|number| *number > 0);
        let outcomes: Vec<_> = [None].into_iter().chain(Outcome::iter().map(Some)).collect();
        let channels: Vec<_> = Channel::iter().collect();
        let months = tally.months.occurring();
        Counted {
            total: tally.total,
            groups,
            outcomes: by(&tally.outcomes, |place| outcomes[place]),
            times: by(&tally.times, TimeBucket::at),
            months: months.filter_map(|(at, count)| Some((month_start(at)?, count))).collect(),
            units,
            districts: by(&tally.districts, district),
            channels: by(&tally.channels, |place| channels[place]),
        }
    }
}

fn by<K>(counts: &Counts, key: impl Fn(usize) -> K) -> Vec<(K, Count)> {
    counts.occurring().map(|(place, count)| (key(place), count)).collect()
}

#[cfg(test)]
mod tests;
