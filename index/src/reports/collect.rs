//! Counts the reports that match and lie in the range, and keeps the first of them in their order.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};
use uuid::Uuid;

use crate::reports::model::{Area, ReportRange, Sorted};
use crate::reports::schema::NEVER;

/// Collects the first so many.
pub(super) struct First {
    pub(super) sorted: Sorted,
    pub(super) range: ReportRange,
    pub(super) keep: usize,
}

/// How many there are, and the first of them.
#[derive(Default)]
pub(super) struct Found {
    pub(super) total: usize,
    pub(super) first: Vec<Candidate>,
}

/// A report that matches.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    /// What comes first has the greater place: by score or time, then by its number among all.
    place: (i64, u64),
    pub(super) score: Score,
    pub(super) at: DocAddress,
}

impl Candidate {
    /// The order of what is found without a look at the words again.
    pub(super) fn later(&self) -> std::cmp::Reverse<(i64, u64)> {
        std::cmp::Reverse(self.place)
    }

    /// Of equals the newest first.
    pub(super) fn seq(&self) -> u64 {
        self.place.1
    }
}

impl Collector for First {
    type Fruit = Found;
    type Child = InSegment;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<InSegment> {
        let columns = reader.fast_fields();
        Ok(InSegment {
            segment,
            sorted: self.sorted,
            range: self.range.clone(),
            keep: self.keep,
            seq: columns.u64("seq")?,
            received: columns.i64("received")?,
            day: columns.i64("day")?,
            due: columns.i64("due")?,
            point: (columns.f64("latitude")?, columns.f64("longitude")?),
            found: Found::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sorted == Sorted::Best
    }

    fn merge_fruits(&self, segments: Vec<Found>) -> tantivy::Result<Found> {
        let mut all = Found::default();
        for segment in segments {
            all.total += segment.total;
            all.first.extend(segment.first);
        }
        all.first.sort_unstable_by_key(Candidate::later);
        all.first.truncate(self.keep);
        Ok(all)
    }
}

/// The reports of one segment.
pub(super) struct InSegment {
    segment: SegmentOrdinal,
    sorted: Sorted,
    range: ReportRange,
    keep: usize,
    seq: Column<u64>,
    received: Column<i64>,
    day: Column<i64>,
    due: Column<i64>,
    point: (Column<f64>, Column<f64>),
    found: Found,
}

impl SegmentCollector for InSegment {
    type Fruit = Found;

    fn collect(&mut self, report: DocId, score: Score) {
        if !self.is_within(report) {
            return;
        }
        self.found.total += 1;
        let first = match self.sorted {
            // Scores are not negative, so their bits are in their order.
            Sorted::Best => i64::from(score.to_bits()),
            Sorted::Newest => self.received.first(report).unwrap_or_default(),
        };
        let place = (first, self.seq.first(report).unwrap_or_default());
        let at = DocAddress::new(self.segment, report);
        self.found.first.push(Candidate { place, score, at });
        // Twice as many as needed, so that they are looked through only now and then.
        if self.found.first.len() >= 2 * self.keep.max(1) {
            self.prune();
        }
    }

    fn harvest(mut self) -> Found {
        self.prune();
        self.found
    }
}

impl InSegment {
    fn is_within(&self, report: DocId) -> bool {
        let ReportRange { day: (from, to), late, areas } = &self.range;
        if from.is_some() || to.is_some() {
            let day = self.day.first(report).unwrap_or_default();
            if from.is_some_and(|from| day < from) || to.is_some_and(|to| day > to) {
                return false;
            }
        }
        if let Some((late, today)) = late {
            let due = self.due.first(report).unwrap_or(NEVER);
            if (due < *today) != *late {
                return false;
            }
        }
        areas.is_empty()
            || self
                .point
                .0
                .first(report)
                .zip(self.point.1.first(report))
                .is_some_and(|point| areas.iter().all(|area| area.holds(point)))
    }

    fn prune(&mut self) {
        let first = &mut self.found.first;
        if first.len() > self.keep {
            first.select_nth_unstable_by_key(self.keep, Candidate::later);
            first.truncate(self.keep);
        }
    }
}

impl Area {
    fn holds(&self, (latitude, longitude): (f64, f64)) -> bool {
        match self {
            Self::Box(north, east) => north.contains(&latitude) && east.contains(&longitude),
            Self::Circle { middle, degree, metres } => {
                let north = (latitude - middle.0) * degree.0;
                let east = (longitude - middle.1) * degree.1;
                north * north + east * east <= metres * metres
            }
        }
    }
}

/// The ids of reports, in their order.
pub(super) fn ids(
    searcher: &tantivy::Searcher,
    reports: &[DocAddress],
) -> tantivy::Result<Vec<Uuid>> {
    let id = |at: &DocAddress| {
        let columns = searcher.segment_reader(at.segment_ord).fast_fields();
        let half = |name| -> tantivy::Result<u64> {
            Ok(columns.u64(name)?.first(at.doc_id).unwrap_or_default())
        };
        Ok(Uuid::from_u64_pair(half("id_high")?, half("id_low")?))
    };
    reports.iter().map(id).collect()
}
