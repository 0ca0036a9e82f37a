//! Hits grouped by document, each with its best passage.
//!
//! The count is exact without comparing segments: a document's passages are written as one batch,
//! which tantivy puts into one segment, and merging keeps segments whole. Within a segment the ids
//! are numbered in order ("ordinals"), so a plain list indexed by ordinal does the grouping.

use std::cmp::Ordering;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{BytesColumn, Column};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};
use uuid::Uuid;

use crate::Lang;
use crate::schema::lang_number;

/// A passage in the preferred language is shown when it scores within a tenth of the best.
const PREFERENCE: Score = 1.1;

/// Collects the best documents.
pub(crate) struct ByParent {
    /// The language to show.
    pub(crate) preferred: Lang,
    /// How many documents to keep.
    pub(crate) keep: usize,
}

/// Documents, best first, and how many there are in all.
#[derive(Default)]
pub(crate) struct Groups {
    pub(crate) total: usize,
    pub(crate) best: Vec<Candidate>,
}

/// A document that matches.
pub(crate) struct Candidate {
    pub(crate) id: Uuid,
    /// Of its best passage.
    pub(crate) score: Score,
    /// The passage to show.
    pub(crate) passage: DocAddress,
}

impl Candidate {
    /// The order of results: by falling score, then by id.
    pub(crate) fn by_rank(&self, other: &Candidate) -> Ordering {
        other.score.total_cmp(&self.score).then(self.id.cmp(&other.id))
    }
}

impl Collector for ByParent {
    type Fruit = Groups;
    type Child = InSegment;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<InSegment> {
        let columns = reader.fast_fields();
        let missing = || TantivyError::SchemaError("the column `parent` is missing".to_owned());
        let parents = columns.bytes("parent")?.ok_or_else(missing)?;
        Ok(InSegment {
            segment,
            groups: vec![None; parents.num_terms()],
            parents,
            langs: columns.u64("lang")?,
            preferred: lang_number(self.preferred),
            keep: self.keep,
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Groups>>) -> tantivy::Result<Groups> {
        let mut all = Groups::default();
        for segment in segments {
            let segment = segment?;
            all.total += segment.total;
            all.best.extend(segment.best);
        }
        all.best.sort_unstable_by(Candidate::by_rank);
        all.best.truncate(self.keep);
        Ok(all)
    }
}

/// The documents of one segment.
pub(crate) struct InSegment {
    segment: SegmentOrdinal,
    parents: BytesColumn,
    langs: Column<u64>,
    preferred: u64,
    keep: usize,
    /// One place per document of the segment, in the order of their ids.
    groups: Vec<Option<Group>>,
}

#[derive(Clone, Copy)]
struct Group {
    score: Score,
    shown: DocId,
    /// The score of the shown passage, with the preference for its language.
    shown_score: Score,
}

impl SegmentCollector for InSegment {
    type Fruit = tantivy::Result<Groups>;

    fn collect(&mut self, passage: DocId, score: Score) {
        let Some(ordinal) = self.parents.ords().first(passage) else { return };
        let Some(place) = self.groups.get_mut(ordinal as usize) else { return };
        let is_preferred = self.langs.first(passage) == Some(self.preferred);
        let shown_score = if is_preferred { score * PREFERENCE } else { score };
        let group = place.get_or_insert(Group { score, shown: passage, shown_score });
        group.score = group.score.max(score);
        // Of equals the first is kept: passages come in the order of the document.
        if shown_score > group.shown_score {
            (group.shown, group.shown_score) = (passage, shown_score);
        }
    }

    fn harvest(self) -> tantivy::Result<Groups> {
        let mut found: Vec<(u64, Group)> = (0..)
            .zip(&self.groups)
            .filter_map(|(ordinal, group)| group.map(|group| (ordinal, group)))
            .collect();
        let total = found.len();
        if found.len() > self.keep {
            found.select_nth_unstable_by(self.keep, |(one, a), (two, b)| {
                b.score.total_cmp(&a.score).then(one.cmp(two))
            });
            found.truncate(self.keep);
        }
        let best = found.into_iter().map(|(ordinal, group)| self.candidate(ordinal, group));
        Ok(Groups { total, best: best.collect::<tantivy::Result<_>>()? })
    }
}

impl InSegment {
    fn candidate(&self, ordinal: u64, group: Group) -> tantivy::Result<Candidate> {
        let mut bytes = Vec::new();
        self.parents.ord_to_bytes(ordinal, &mut bytes)?;
        let id = Uuid::from_slice(&bytes)
            .map_err(|error| TantivyError::InternalError(format!("parent is no id: {error}")))?;
        let passage = DocAddress::new(self.segment, group.shown);
        Ok(Candidate { id, score: group.score, passage })
    }
}
