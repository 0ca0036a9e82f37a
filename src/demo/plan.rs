//! How many reports there are of each sort. The numbers of the first half of 2025 are those from which
//! every published percent follows; the other halves are spread like it. Pure.

use chrono::{Duration, NaiveDate};

use crate::reports::{
    Outcome::{self, *},
    ReportKind,
};

/// A report to be made up.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// What it is.
    pub kind: ReportKind,
    /// The code of its category, the top one.
    pub category: &'static str,
    /// What becomes of it.
    pub outcome: Outcome,
    /// After how many days that is said.
    pub days: u32,
    /// The day of its receipt.
    pub received_on: NaiveDate,
}

/// How many reports of a kind there are of each sort.
struct Spread {
    kind: ReportKind,
    categories: &'static [(&'static str, u32)],
    outcomes: &'static [(Outcome, u32)],
    /// First and last day of each span in which a matter was settled.
    times: &'static [((u32, u32), u32)],
}

/// The problems of the first half of 2025. What the city published as "other" is 1,374: the last four.
const PROBLEMS: Spread = Spread {
    kind: ReportKind::Problem,
    categories: &[
        ("pollution", 870),
        ("lighting", 641),
        ("roads", 687),
        ("greenery", 595),
        ("tree-felling", 412),
        ("transit-stop", 412),
        ("investment", 366),
        ("dead-animal", 229),
        ("other", 367),
    ],
    outcomes: &[
        (Resolved, 2_748),
        (InProgress, 1_053),
        (NotFound, 275),
        (OutOfCityCompetence, 183),
        (UnderAnalysis, 137),
        (Unfounded, 137),
        (AwaitingFunds, 46),
    ],
    times: &[
        ((0, 7), 934),
        ((8, 14), 440),
        ((15, 21), 412),
        ((22, 30), 467),
        ((31, 60), 385),
        ((61, 120), 110),
    ],
};

/// The ideas of the first half of 2025.
const IDEAS: Spread = Spread {
    kind: ReportKind::Idea,
    categories: &[
        ("idea-traffic", 270),
        ("idea-transit", 162),
        ("idea-roads", 117),
        ("idea-greenery", 54),
        ("idea-other", 297),
    ],
    outcomes: &[
        (Implemented, 387),
        (InImplementation, 135),
        (Unfounded, 162),
        (UnderAnalysis, 126),
        (AwaitingFunds, 36),
        (OutOfCityCompetence, 27),
        (TemporarySolution, 27),
    ],
    times: &[
        ((0, 7), 73),
        ((8, 14), 58),
        ((15, 21), 62),
        ((22, 30), 66),
        ((31, 60), 85),
        ((61, 120), 43),
    ],
};

/// First day, last day, and how many problems and ideas came.
const HALVES: [(&str, &str, u32, u32); 3] = [
    ("2024-01-01", "2024-06-30", 2_428, 477),
    ("2025-01-01", "2025-06-30", 4_579, 900),
    ("2025-07-01", "2025-12-31", 7_890, 1_551),
];

/// Outcomes that are not published with a time are said within so many days.
const OTHER_DAYS: usize = 45;

/// All reports in the order in which they came.
pub fn plan() -> Vec<Planned> {
    let mut draw = Draw::default();
    let mut all = Vec::new();
    for (from, to, problems, ideas) in HALVES {
        let (Ok(from), Ok(to)) = (from.parse(), to.parse()) else { continue };
        let mut half = spread(&PROBLEMS, problems, from, to, &mut draw);
        half.extend(spread(&IDEAS, ideas, from, to, &mut draw));
        half.sort_by_key(|planned| planned.received_on);
        all.extend(half);
    }
    all
}

/// So many reports of a kind, mixed.
fn spread(
    spread: &Spread,
    total: u32,
    from: NaiveDate,
    to: NaiveDate,
    draw: &mut Draw,
) -> Vec<Planned> {
    let categories = mixed(scaled(spread.categories, total), draw);
    let outcomes = scaled(spread.outcomes, total);
    let settled: u32 = outcomes
        .iter()
        .filter(|(outcome, _)| outcome.is_resolution())
        .map(|(_, count)| count)
        .sum();
    let mut spans = mixed(scaled(spread.times, settled), draw).into_iter();
    let days_of_half = (to - from).num_days() as usize + 1;
    let planned = |(category, outcome): (&'static str, Outcome)| {
        let span = if outcome.is_resolution() { spans.next() } else { None };
        let days = match span {
            Some((first, last)) => first + draw.below((last - first) as usize + 1) as u32,
            None => 1 + draw.below(OTHER_DAYS) as u32,
        };
        let received_on = from + Duration::days(draw.below(days_of_half) as i64);
        Planned { kind: spread.kind, category, outcome, days, received_on }
    };
    let outcomes =
        outcomes.iter().flat_map(|(outcome, n)| std::iter::repeat_n(*outcome, *n as usize));
    categories.into_iter().zip(outcomes).map(planned).collect()
}

/// The same parts of another total, to the largest remainders, so that they add up to it.
fn scaled<K: Copy>(parts: &[(K, u32)], total: u32) -> Vec<(K, u32)> {
    let whole: u64 = parts.iter().map(|(_, count)| u64::from(*count)).sum();
    let exact = |count: u32| u64::from(count) * u64::from(total);
    let mut scaled: Vec<(K, u32)> =
        parts.iter().map(|(key, count)| (*key, (exact(*count) / whole) as u32)).collect();
    let missing = total - scaled.iter().map(|(_, count)| count).sum::<u32>();
    let mut by_remainder: Vec<usize> = (0..parts.len()).collect();
    by_remainder.sort_by_key(|at| std::cmp::Reverse(exact(parts[*at].1) % whole));
    for at in by_remainder.into_iter().take(missing as usize) {
        scaled[at].1 += 1;
    }
    scaled
}

/// Every key as often as it is counted, in no order.
fn mixed<K: Copy>(counts: Vec<(K, u32)>, draw: &mut Draw) -> Vec<K> {
    let repeated = |(key, count)| std::iter::repeat_n(key, count as usize);
    let mut all: Vec<K> = counts.into_iter().flat_map(repeated).collect();
    for at in (1..all.len()).rev() {
        all.swap(at, draw.below(at + 1));
    }
    all
}

/// Numbers that look like chance and are the same in every run.
pub struct Draw(u64);

impl Default for Draw {
    fn default() -> Self {
        Self(2_025)
    }
}

impl Draw {
    /// Numbers of their own for a place, whatever was drawn before.
    pub fn at(place: usize) -> Self {
        Self((place as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        let state = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = state.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    /// One of some things.
    pub fn of<T: Copy>(&mut self, some: &[T]) -> Option<T> {
        some.get(self.below(some.len())).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_total_add_up_to_it() {
        let parts = [("a", 1), ("b", 1), ("c", 1)];
        assert_eq!(scaled(&parts, 4), [("a", 2), ("b", 1), ("c", 1)]);
        assert_eq!(scaled(&parts, 0), [("a", 0), ("b", 0), ("c", 0)]);
        assert_eq!(scaled(PROBLEMS.categories, 4_579), PROBLEMS.categories);
        assert_eq!(scaled(IDEAS.outcomes, 900), IDEAS.outcomes);
    }

    #[test]
    fn the_plan_is_the_same_in_every_run_and_in_the_order_of_days() {
        let all = plan();
        assert_eq!(all, plan());
        assert_eq!(all.len(), 2_905 + 5_479 + 9_441);
        assert!(all.is_sorted_by_key(|planned| planned.received_on));
    }
}
