//! The columns against counting one by one.

use chrono::{Duration, NaiveDate};
use proptest::prelude::*;
use sea_orm::Iterable;

use super::*;
use crate::{reports::Stage, statistics::rules::Period};

/// Enough for three blocks.
const REPORTS: i64 = 9_000;

/// Numbers that look like chance, the same ones for a seed.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn one_of<T: Iterable>(&mut self) -> T {
        let all: Vec<T> = T::iter().collect();
        let at = self.below(all.len());
        all.into_iter().nth(at).unwrap()
    }
}

/// A report that came about `seq` tenths of a day after the start of 2024.
fn report(draw: &mut Draw, seq: i64) -> Stored {
    let received_on = day("2024-01-01") + Duration::days(seq / 10 + draw.below(30) as i64);
    let number = draw.below(7);
    let resolved = draw.below(2) == 0;
    Stored {
        seq,
        kind: draw.one_of(),
        category: format!("category-{number}"),
        group: format!("group-{}", number / 3),
        channel: draw.one_of(),
        district: Some(draw.below(5) as i32).filter(|number| *number > 0),
        stage: draw.one_of(),
        outcome: Some(draw.one_of()).filter(|_| draw.below(5) > 0),
        received_on,
        resolved_on: resolved.then(|| received_on + Duration::days(draw.below(90) as i64)),
        unit: Some(format!("U{}", draw.below(4))).filter(|_| draw.below(5) > 0),
    }
}

fn question(draw: &mut Draw) -> Question {
    let from = day("2023-12-01") + Duration::days(draw.below(800) as i64);
    let to = from + Duration::days(draw.below(600) as i64);
    let mut maybe = |text: String| (draw.below(3) == 0).then_some(text);
    let (unit, category) = (maybe("U1".to_owned()), maybe("group-1".to_owned()));
    let filter = Filter {
        unit,
        district: (draw.below(3) == 0).then(|| draw.below(6) as i32),
        channel: (draw.below(3) == 0).then(|| draw.one_of()),
        category,
        outcome: (draw.below(3) == 0).then(|| draw.one_of()),
    };
    // Every other question is about nothing but a period.
    let filter = if draw.below(2) == 0 { Filter::default() } else { filter };
    Question { kind: None, period: Period { from, to }, filter }
}

fn is_asked_for(report: &Stored, question: &Question) -> bool {
    let filter = &question.filter;
    report.stage.counts()
        && question.kind.is_none_or(|kind| kind == report.kind)
        && (question.period.from..=question.period.to).contains(&report.received_on)
        && (filter.unit.is_none() || filter.unit == report.unit)
        && (filter.district.is_none() || filter.district == report.district)
        && filter.channel.is_none_or(|channel| channel == report.channel)
        && (filter.outcome.is_none() || filter.outcome == report.outcome)
        && filter.category.as_ref().is_none_or(|c| *c == report.category || *c == report.group)
}

/// How many of the reports have each key, in the order in which the columns tell it.
fn by_hand<K: PartialEq>(
    reports: &[&Stored],
    key: impl Fn(&Stored) -> Option<K>,
) -> Vec<(K, Count)> {
    let mut counts: Vec<(K, Count)> = Vec::new();
    for report in reports {
        let Some(key) = key(report) else { continue };
        let one =
            Count { all: 1, effective: report.outcome.is_some_and(Outcome::is_effective).into() };
        match counts.iter_mut().find(|(known, _)| *known == key) {
            Some((_, count)) => *count = count.plus(one),
            None => counts.push((key, one)),
        }
    }
    counts
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn in_any_order<K: std::fmt::Debug>(counts: Vec<(K, Count)>) -> Vec<String> {
    let mut lines: Vec<_> = counts.iter().map(|count| format!("{count:?}")).collect();
    lines.sort();
    lines
}

fn assert_counted(counted: Counted, reports: &[&Stored]) {
    use chrono::Datelike;
    let settled = |report: &Stored| {
        let on =
            report.resolved_on.filter(|_| report.outcome.is_some_and(Outcome::is_resolution))?;
        Some(TimeBucket::of((on - report.received_on).num_days()))
    };
    assert_eq!(counted.total.all as usize, reports.len());
    let same = |counted: Vec<String>, by_hand: Vec<String>| assert_eq!(counted, by_hand);
    same(in_any_order(counted.groups), in_any_order(by_hand(reports, |r| Some(r.group.clone()))));
    same(in_any_order(counted.outcomes), in_any_order(by_hand(reports, |r| Some(r.outcome))));
    same(in_any_order(counted.times), in_any_order(by_hand(reports, settled)));
    same(in_any_order(counted.units), in_any_order(by_hand(reports, |r| Some(r.unit.clone()))));
    same(in_any_order(counted.districts), in_any_order(by_hand(reports, |r| Some(r.district))));
    same(in_any_order(counted.channels), in_any_order(by_hand(reports, |r| Some(r.channel))));
    let month = |report: &Stored| report.received_on.with_day(1);
    same(in_any_order(counted.months), in_any_order(by_hand(reports, month)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn what_is_counted_is_what_counting_one_by_one_gives(seed: u64) {
        let mut draw = Draw(seed);
        let mut reports: Vec<Stored> = (1..=REPORTS).map(|seq| report(&mut draw, seq)).collect();
        let mut columns = Columns::default();
        columns.put(reports.clone()).unwrap();
        // Some change afterwards.
        for _ in 0..50 {
            let seq = draw.below(reports.len()) as i64 + 1;
            let changed = report(&mut draw, seq);
            columns.put(vec![changed.clone()]).unwrap();
            reports[seq as usize - 1] = changed;
        }
        prop_assert_eq!(columns.last(), REPORTS);
        for _ in 0..10 {
            let both = question(&mut draw);
            for kind in [None, Some(ReportKind::Problem), Some(ReportKind::Idea)] {
                let question = Question { kind, ..both.clone() };
                let asked: Vec<_> = reports.iter().filter(|r| is_asked_for(r, &question)).collect();
                assert_counted(columns.count(&question), &asked);
            }
        }
    }

    #[test]
    fn problems_and_ideas_add_up_and_so_do_the_months_of_a_period(seed: u64) {
        let mut draw = Draw(seed);
        let mut columns = Columns::default();
        columns.put((1..=REPORTS).map(|seq| report(&mut draw, seq)).collect()).unwrap();
        for _ in 0..10 {
            let both = question(&mut draw);
            let of = |kind| columns.count(&Question { kind, ..both.clone() }).total;
            let sum = of(Some(ReportKind::Problem)).plus(of(Some(ReportKind::Idea)));
            prop_assert_eq!(of(None), sum);
            let months = columns.count(&both).months.into_iter();
            prop_assert_eq!(sum, months.fold(Count::default(), |sum, (_, count)| sum.plus(count)));
        }
    }
}

#[test]
fn a_report_takes_twelve_bytes() {
    assert_eq!(size_of::<Row>(), 12);
}

#[test]
fn reports_may_come_in_any_order() {
    let mut draw = Draw(1);
    let mut columns = Columns::default();
    columns.put(vec![report(&mut draw, REPORTS)]).unwrap();
    assert_eq!(columns.last(), REPORTS);
    columns.put((1..REPORTS).rev().map(|seq| report(&mut draw, seq)).collect()).unwrap();
    assert_eq!(columns.last(), REPORTS);
    let broken = Stored { seq: 0, ..report(&mut draw, 1) };
    assert!(columns.put(vec![broken]).is_err());
}

#[test]
fn days_that_no_report_can_be_from_are_in_no_period() {
    let mut draw = Draw(1);
    let mut columns = Columns::default();
    let on = |seq, text| {
        let mut known = report(&mut Draw(1), seq);
        (known.stage, known.received_on) = (Stage::Received, day(text));
        known
    };
    columns
        .put(vec![
            on(1, "1970-01-01"),
            on(2, "1969-12-31"),
            on(3, "2149-06-06"),
            on(4, "9999-01-01"),
        ])
        .unwrap();
    let total = |from, to| {
        let period = Period { from: day(from), to: day(to) };
        columns.count(&Question { kind: None, period, filter: Filter::default() }).total.all
    };
    assert_eq!(total("1960-01-01", "1969-12-31"), 0);
    assert_eq!(total("1969-12-31", "1970-01-01"), 1);
    assert_eq!(total("2149-06-01", "2158-01-01"), 1);
    assert_eq!(total("9998-01-01", "9999-12-31"), 0);
    let filter = Filter { unit: Some("nobody".to_owned()), ..question(&mut draw).filter };
    let period = Period { from: day("1969-01-01"), to: day("1971-01-01") };
    assert_eq!(columns.count(&Question { kind: None, period, filter }), Counted::default());
}
