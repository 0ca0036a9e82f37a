//! What the figures are (domain.md f.7). Pure.

mod percents;
mod period;
mod times;

use std::cmp::Reverse;

use chrono::NaiveDate;

pub use period::Period;
pub use times::{TimeBucket, TimeShare};

use crate::{
    reports::{Channel, Outcome, ReportKind},
    statistics::{
        columns::{Count, Counted, Filter},
        rules::{
            percents::{growth, percent, rounded},
            times::times,
        },
    },
};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// Problems or ideas; `None`: both.
    pub kind: Option<ReportKind>,
    /// When they were received.
    pub period: Period,
    /// Which of them.
    pub filter: Filter,
}

/// The figures of a period.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "described by the GraphQL fields")]
pub struct Figures {
    pub total: u32,
    pub monthly_average: u32,
    pub growth: Option<f64>,
    pub effectiveness: Option<u32>,
    pub categories: Vec<Share<String>>,
    pub outcomes: Vec<Share<Option<Outcome>>>,
    pub times: Vec<TimeShare>,
    pub months: Vec<Share<NaiveDate>>,
    pub units: Vec<Share<Option<String>>>,
    pub districts: Vec<Share<Option<i32>>>,
    pub channels: Vec<Share<Channel>>,
}

/// A part of the reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share<K> {
    /// What it is the part of.
    pub key: K,
    /// How many.
    pub count: u32,
    /// In whole percents of all.
    pub share: u32,
    /// How many of them were settled or are being settled, in whole percents.
    pub effectiveness: Option<u32>,
}

/// The figures of what was counted. `before` is the total of a year earlier, `groups` the order of
/// the categories.
pub fn figures(question: &Question, counted: Counted, before: u32, groups: &[String]) -> Figures {
    let Count { all: total, effective } = counted.total;
    let months = question.period.months().map(|month| {
        let found = counted.months.iter().find(|(known, _)| *known == month);
        share(total, month, found.map(|(_, count)| *count).unwrap_or_default())
    });
    Figures {
        total,
        monthly_average: rounded(total, question.period.months().count() as u32),
        growth: growth(total, before),
        effectiveness: (total > 0).then(|| percent(effective, total)),
        categories: in_order(total, counted.groups, groups),
        outcomes: outcomes(question.kind, total, &counted.outcomes),
        times: times(&counted.times),
        months: months.collect(),
        units: largest_first(total, counted.units),
        districts: largest_first(total, counted.districts),
        channels: largest_first(total, counted.channels),
    }
}

fn share<K>(total: u32, key: K, count: Count) -> Share<K> {
    Share {
        key,
        count: count.all,
        share: percent(count.all, total),
        effectiveness: (count.all > 0).then(|| percent(count.effective, count.all)),
    }
}

/// Those that occur, largest first; equal ones stay in their order.
fn largest_first<K>(total: u32, mut counts: Vec<(K, Count)>) -> Vec<Share<K>> {
    counts.sort_by_key(|(_, count)| Reverse(count.all));
    counts.into_iter().map(|(key, count)| share(total, key, count)).collect()
}

/// Those that occur in the order of the list; what is not in it comes last.
fn in_order(total: u32, counts: Vec<(String, Count)>, order: &[String]) -> Vec<Share<String>> {
    let place = |key: &String| order.iter().position(|known| known == key).unwrap_or(order.len());
    let mut shares = largest_first(total, counts);
    shares.sort_by_key(|share| place(&share.key));
    shares
}

/// All outcomes of the kind in the published order, and last those without one, if any.
fn outcomes(
    kind: Option<ReportKind>,
    total: u32,
    counts: &[(Option<Outcome>, Count)],
) -> Vec<Share<Option<Outcome>>> {
    let kinds = kind.map_or(vec![ReportKind::Problem, ReportKind::Idea], |kind| vec![kind]);
    let mut keys: Vec<Option<Outcome>> = Vec::new();
    for outcome in kinds.iter().flat_map(|kind| kind.outcomes()) {
        if !keys.contains(&Some(*outcome)) {
            keys.push(Some(*outcome));
        }
    }
    // What the kind does not have, and yet was imported, is not kept quiet about.
    let others = counts.iter().map(|(key, _)| *key).filter(|key| key.is_some());
    let others: Vec<_> = others.filter(|key| !keys.contains(key)).collect();
    keys.extend(others);
    keys.extend(counts.iter().map(|(key, _)| *key).filter(Option::is_none));
    let count = |key| counts.iter().find(|(known, _)| *known == key).map(|(_, count)| *count);
    keys.into_iter().map(|key| share(total, key, count(key).unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(count: u32) -> Count {
        Count { all: count, effective: 0 }
    }

    #[test]
    fn outcomes_are_all_there_in_the_published_order_and_those_without_one_only_if_any() {
        let keys = |kind, counts: &[(Option<Outcome>, Count)]| -> Vec<Option<Outcome>> {
            outcomes(kind, 9, counts).into_iter().map(|share| share.key).collect()
        };
        let of = |kind: ReportKind| kind.outcomes().iter().copied().map(Some).collect::<Vec<_>>();
        assert_eq!(keys(Some(ReportKind::Idea), &[]), of(ReportKind::Idea));
        let mut expected = of(ReportKind::Problem);
        expected.push(None);
        assert_eq!(keys(Some(ReportKind::Problem), &[(None, all(1))]), expected);
        use Outcome::*;
        assert_eq!(
            keys(None, &[])[7..],
            [Implemented, InImplementation, TemporarySolution].map(Some)
        );
        // Seven of problems and three that only ideas have.
        assert_eq!(keys(None, &[]).len(), 10);
        assert_eq!(
            keys(Some(ReportKind::Problem), &[(Some(Implemented), all(1))])[7],
            Some(Implemented)
        );
    }
}
