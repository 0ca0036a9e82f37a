//! Hits grouped by document, each with its best passages.
//!
//! A document's passages are written as one batch, which tantivy puts into one segment side by
//! side, and merging keeps their order. So the passages of a document come one after another, and
//! grouping needs to remember only the one document that is being read.

use std::cmp::Ordering;
use std::collections::HashMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};
use uuid::Uuid;

use crate::clauses::QUOTED;
use crate::schema::{is_about, is_in};
use crate::{Aspect, Lang};

/// A passage in the preferred language is looked at first when it scores within a tenth.
const PREFERRED_LANG: Score = 1.1;
/// A section of the kind that was asked for, unless it has much less of the question.
const PREFERRED_ASPECT: Score = 4.0;
/// The overview, when no kind was asked for.
const PREFERRED_OVERVIEW: Score = 1.5;
/// How many passages of a document get the second look.
const PASSAGES: usize = 4;

/// Collects the best documents.
pub(crate) struct ByParent {
    /// The language to show.
    pub(crate) lang: Lang,
    /// The kind of section to show; none was asked for: the overview.
    pub(crate) aspect: Option<Aspect>,
    /// Whether to count tags.
    pub(crate) facets: bool,
    /// How many documents to keep.
    pub(crate) keep: usize,
}

/// Documents, best first, and how many there are in all.
#[derive(Default)]
pub(crate) struct Groups {
    pub(crate) total: usize,
    pub(crate) best: Vec<Candidate>,
    pub(crate) tags: HashMap<String, usize>,
}

/// A document that matches.
pub(crate) struct Candidate {
    pub(crate) id: Uuid,
    /// Of its best passage.
    pub(crate) score: Score,
    /// Its best passages, most preferred first.
    pub(crate) passages: Vec<Passage>,
}

/// A passage that matches.
pub(crate) struct Passage {
    pub(crate) at: DocAddress,
    pub(crate) score: Score,
    /// How much its language and section speak for showing it; 1 or more.
    pub(crate) preference: Score,
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
        let tags = if self.facets { columns.str("tag")? } else { None };
        Ok(InSegment {
            segment,
            parents: (columns.u64("parent_high")?, columns.u64("parent_low")?),
            traits: columns.u64("traits")?,
            lang: self.lang,
            aspect: self.aspect.unwrap_or(Aspect::Overview),
            preferred: if self.aspect.is_some() { PREFERRED_ASPECT } else { PREFERRED_OVERVIEW },
            counts: vec![0; tags.as_ref().map_or(0, |tags| tags.num_terms())],
            tags,
            keep: self.keep,
            total: 0,
            current: None,
            found: Vec::new(),
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
            for (tag, count) in segment.tags {
                *all.tags.entry(tag).or_default() += count;
            }
        }
        all.best.sort_unstable_by(Candidate::by_rank);
        all.best.truncate(self.keep);
        Ok(all)
    }
}

/// The documents of one segment.
pub(crate) struct InSegment {
    segment: SegmentOrdinal,
    /// The halves of the documents' ids.
    parents: (Column<u64>, Column<u64>),
    traits: Column<u64>,
    tags: Option<StrColumn>,
    lang: Lang,
    aspect: Aspect,
    /// How much a section of that kind is preferred.
    preferred: Score,
    keep: usize,
    /// How many documents have each tag, by its number in the segment.
    counts: Vec<usize>,
    total: usize,
    /// The document whose passages are coming in.
    current: Option<Group>,
    found: Vec<Group>,
}

#[derive(Clone, Copy)]
struct Group {
    /// The lower half of its id.
    parent: u64,
    score: Score,
    /// The most preferred passages, in falling order; those without preference are empty places.
    passages: [Place; PASSAGES],
}

#[derive(Clone, Copy, Default)]
struct Place {
    passage: DocId,
    score: Score,
    preference: Score,
}

impl Place {
    fn rank(&self) -> Score {
        // What was pinned or quoted adds the same to each passage that has it.
        (self.score % QUOTED) * self.preference + (self.score - self.score % QUOTED)
    }
}

impl SegmentCollector for InSegment {
    type Fruit = tantivy::Result<Groups>;

    fn collect(&mut self, passage: DocId, score: Score) {
        // Half of the id tells neighbours apart.
        let Some(parent) = self.parents.1.first(passage) else { return };
        let traits = self.traits.first(passage).unwrap_or_default();
        let mut preference = 1.0;
        if is_in(traits, self.lang) {
            preference *= PREFERRED_LANG;
        }
        if is_about(traits, self.aspect) {
            preference *= self.preferred;
        }
        let place = Place { passage, score, preference };
        match &mut self.current {
            Some(group) if group.parent == parent => group.take(place),
            _ => {
                self.finish();
                let mut passages = [Place::default(); PASSAGES];
                passages[0] = place;
                self.current = Some(Group { parent, score, passages });
            }
        }
    }

    fn harvest(mut self) -> tantivy::Result<Groups> {
        self.finish();
        self.prune();
        let best = self.found.iter().map(|group| self.candidate(group)).collect();
        let mut tags = HashMap::new();
        if let Some(column) = &self.tags {
            for (number, count) in (0..).zip(&self.counts).filter(|(_, count)| **count > 0) {
                let mut tag = String::new();
                column.ord_to_str(number, &mut tag)?;
                tags.insert(tag, *count);
            }
        }
        Ok(Groups { total: self.total, best, tags })
    }
}

impl InSegment {
    /// Puts the document away whose passages have all come.
    fn finish(&mut self) {
        let Some(group) = self.current.take() else { return };
        self.total += 1;
        if let Some(tags) = &self.tags {
            for number in tags.term_ords(group.passages[0].passage) {
                if let Some(count) = self.counts.get_mut(number as usize) {
                    *count += 1;
                }
            }
        }
        self.found.push(group);
        // Twice as many as needed, so that they are looked through only now and then.
        if self.found.len() >= 2 * self.keep.max(1) {
            self.prune();
        }
    }

    fn prune(&mut self) {
        let (found, high) = (&mut self.found, &self.parents.0);
        if found.len() > self.keep {
            let id = |group: &Group| (high.first(group.passages[0].passage), group.parent);
            found.select_nth_unstable_by(self.keep, |one, other| {
                // As pages are ordered, so that they neither overlap nor leave gaps.
                other.score.total_cmp(&one.score).then_with(|| id(one).cmp(&id(other)))
            });
            found.truncate(self.keep);
        }
    }

    fn candidate(&self, group: &Group) -> Candidate {
        let passage = |place: &Place| Passage {
            at: DocAddress::new(self.segment, place.passage),
            score: place.score,
            preference: place.preference,
        };
        let high = self.parents.0.first(group.passages[0].passage);
        let places = group.passages.iter().take_while(|place| place.preference > 0.0);
        Candidate {
            id: Uuid::from_u64_pair(high.unwrap_or_default(), group.parent),
            score: group.score,
            passages: places.map(passage).collect(),
        }
    }
}

impl Group {
    fn take(&mut self, place: Place) {
        self.score = self.score.max(place.score);
        // Of equals the first stays before: passages come in the order of the document.
        if let Some(at) = self.passages.iter().position(|other| place.rank() > other.rank()) {
            self.passages[at..].rotate_right(1);
            self.passages[at] = place;
        }
    }
}
