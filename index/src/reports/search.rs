//! One search over reports, from the words to the page.

use std::collections::HashMap;

use levenshtein_automata::DFA;
use tantivy::schema::Field;
use tantivy::{DocAddress, Searcher, Term};

use crate::analyzer::Analyzer;
use crate::clauses::PIN;
use crate::model::check_page;
use crate::near::Near;
use crate::question::Question;
use crate::reports::clauses::clauses;
use crate::reports::collect::{Candidate, First, Found, ids};
use crate::reports::model::{ReportHit, ReportPage, ReportQuery, Sight, Sorted};
use crate::reports::schema::{Reports, Texts};
use crate::rerank::{Matches, RERANKED};
use crate::vocabulary::Words;
use crate::{Error, Labels, spelling};

/// Understands the question, finds reports, looks at the best again, cuts the page.
pub(super) fn search(
    searcher: &Searcher,
    fields: &Reports,
    analyzer: &dyn Analyzer,
    query: &ReportQuery,
    labels: &Labels,
    tag: &dyn Fn(&str) -> String,
) -> Result<ReportPage, Error> {
    let values = query.filter.iter().map(Vec::len).sum();
    check_page(query.offset, query.limit, values, query.filter.len())?;
    let mut question = Question::new(&query.text, false, analyzer);
    let words = Seen::by(searcher, fields, query);
    spelling::repair(&mut question, &words, analyzer)?;
    let meant = labels.meant(&question);
    let meant: Vec<_> = meant.into_iter().map(|(label, places)| (tag(label), places)).collect();

    let sorted = if question.is_empty() { Sorted::Newest } else { query.sorted };
    let keep = RERANKED.max(query.offset + query.limit);
    let first = First { sorted, range: query.range.clone(), keep };
    let found = searcher.search(&clauses(query, &question, &meant, fields), &first)?;
    page(searcher, &words, &question, sorted, query, found)
}

fn page(
    searcher: &Searcher,
    words: &Seen<'_>,
    question: &Question,
    sorted: Sorted,
    query: &ReportQuery,
    found: Found,
) -> Result<ReportPage, Error> {
    let mut ranked: Vec<Ranked> = found.first.into_iter().map(Ranked::of).collect();
    if sorted == Sorted::Best {
        look_again(searcher, words, question, &mut ranked)?;
    }
    let best = ranked.iter().map(|one| one.score).fold(0.0, f32::max);
    let shown: Vec<&Ranked> = ranked.iter().skip(query.offset).take(query.limit).collect();
    let places: Vec<DocAddress> = shown.iter().map(|one| one.at).collect();
    let hit = |(id, one): (_, &&Ranked)| {
        // What was asked for by its number fits as well as anything.
        let score = if one.pinned { best } else { one.score };
        ReportHit { id, score, coverage: one.coverage }
    };
    let hits: Vec<ReportHit> = ids(searcher, &places)?.into_iter().zip(&shown).map(hit).collect();
    let has_next = query.offset + hits.len() < found.total;
    Ok(ReportPage { total: found.total, best, hits, has_next })
}

/// A report in its place.
struct Ranked {
    pinned: bool,
    score: f32,
    coverage: f32,
    seq: u64,
    at: DocAddress,
}

impl Ranked {
    fn of(found: Candidate) -> Self {
        let (pinned, score) = (found.score >= PIN, found.score % PIN);
        Self { pinned, score, coverage: 0.0, seq: found.seq(), at: found.at }
    }
}

/// Puts those first that have most of the words, and close together.
fn look_again(
    searcher: &Searcher,
    words: &Seen<'_>,
    question: &Question,
    ranked: &mut [Ranked],
) -> Result<(), Error> {
    let best = ranked.len().min(RERANKED);
    let best = &mut ranked[..best];
    let places: Vec<DocAddress> = best.iter().map(|one| one.at).collect();
    let [text, beside @ ..] = words.lemmas.as_slice() else { return Ok(()) };
    let matches = Matches::find(searcher, (*text, beside), words, question, &places)?;
    for (one, found) in best.iter_mut().zip(&matches.passages) {
        one.score *= matches.factor(found, &matches.window(found));
        one.coverage = matches.coverage(found);
    }
    best.sort_unstable_by(|one, other| {
        let by_score = other.score.total_cmp(&one.score);
        other.pinned.cmp(&one.pinned).then(by_score).then(other.seq.cmp(&one.seq))
    });
    Ok(())
}

/// The words that somebody sees in every report that is seen.
struct Seen<'a> {
    searcher: &'a Searcher,
    lemmas: Vec<Field>,
    folds: Vec<Field>,
}

impl<'a> Seen<'a> {
    /// Reports of one's own unit are not looked through for words: which of all are its own is known
    /// of a report, not of a word.
    fn by(searcher: &'a Searcher, fields: &Reports, query: &ReportQuery) -> Self {
        let mut texts: Vec<Texts> = vec![fields.public];
        if query.reports == Sight::Everything {
            texts.push(fields.closed);
            if query.staff_texts == Sight::Everything {
                texts.push(fields.staff);
            }
        }
        let lemmas = texts.iter().map(|texts| texts.lem).collect();
        Self { searcher, lemmas, folds: texts.iter().map(|texts| texts.fold).collect() }
    }
}

impl Words for Seen<'_> {
    fn texts(&self) -> u64 {
        self.searcher.num_docs()
    }

    fn having(&self, term: &str) -> tantivy::Result<u64> {
        let having = |field: &Field| self.searcher.doc_freq(&Term::from_field_text(*field, term));
        self.lemmas.iter().map(having).sum()
    }

    fn near(&self, dfa: &DFA) -> tantivy::Result<HashMap<String, u64>> {
        let mut found = HashMap::new();
        for segment in self.searcher.segment_readers() {
            for field in &self.folds {
                let inverted = segment.inverted_index(*field)?;
                let mut near = inverted.terms().search(Near(dfa)).into_stream()?;
                while let Some((form, info)) = near.next() {
                    if let Ok(form) = str::from_utf8(form) {
                        *found.entry(form.to_owned()).or_default() += u64::from(info.doc_freq);
                    }
                }
            }
        }
        Ok(found)
    }

    fn surface(&self, fold: &str) -> tantivy::Result<Option<String>> {
        for field in &self.folds {
            if self.searcher.doc_freq(&Term::from_field_text(*field, fold))? > 0 {
                return Ok(Some(fold.to_owned()));
            }
        }
        Ok(None)
    }
}
