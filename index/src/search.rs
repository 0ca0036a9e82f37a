//! One search, from the words to the page.

use std::cmp::Ordering;
use std::ops::Range;

use tantivy::schema::Value;
use tantivy::{DocAddress, DocId, Score, Searcher, TantivyDocument};
use uuid::Uuid;

use crate::analyzer::Analyzer;
use crate::clauses::{PIN, QUOTED, clauses};
use crate::excerpt::excerpt;
use crate::grouping::{ByParent, Candidate};
use crate::question::Question;
use crate::rerank::{Match, Matches, RERANKED, Window};
use crate::schema::{Fields, is_in, lang_of};
use crate::synonyms::Thesaurus;
use crate::vocabulary::Vocabulary;
use crate::{Error, Excerpt, Hit, Lang, Page, Query, spelling};

/// A document in its place.
struct Ranked {
    id: Uuid,
    /// An editor's best bets come first, in their order; then what was asked for by its code.
    pinned: Pinned,
    score: Score,
    /// The passage that is shown, and what was found in it.
    shown: DocAddress,
    found: Match,
    window: Window,
}

/// Why a document stands before what merely has the words; the lesser comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pinned {
    BestBet(usize),
    Code,
    /// It has the phrases that were quoted.
    Quoted,
    No,
}

/// Understands the question, finds documents, looks at the best again, cuts the page.
pub(crate) fn search(
    searcher: &Searcher,
    fields: &Fields,
    analyzer: &dyn Analyzer,
    thesaurus: &Thesaurus,
    query: &Query,
) -> Result<Page, Error> {
    query.check()?;
    let mut question = Question::new(&query.text, query.typing, analyzer);
    if question.is_empty() {
        return Ok(Page::default());
    }
    let best_bets = thesaurus.best_bets(&question);
    thesaurus.explain(&mut question);
    let vocabulary = Vocabulary::new(searcher, fields, &query.readers);
    spelling::complete(&mut question, &vocabulary, analyzer)?;
    let did_you_mean = spelling::repair(&mut question, &vocabulary, analyzer)?;

    let collector = ByParent {
        lang: query.lang.unwrap_or_default(),
        aspect: question.aspect,
        facets: query.facets,
        keep: RERANKED.max(query.offset + query.limit),
    };
    let found = searcher.search(&clauses(query, &question, best_bets, fields), &collector)?;
    let page = query.offset..query.offset + query.limit;
    let ranked = rank(searcher, fields, &vocabulary, &question, best_bets, found.best, &page)?;
    let best = ranked.iter().map(|one| one.score).fold(0.0, Score::max);
    let hits = ranked
        .into_iter()
        .skip(query.offset)
        .take(query.limit)
        .map(|one| hit(searcher, fields, query.lang, one, best))
        .collect::<Result<Vec<_>, Error>>()?;
    let mut facets: Vec<(String, usize)> = found.tags.into_iter().collect();
    facets.sort_unstable();
    let has_next = query.offset + hits.len() < found.total;
    Ok(Page { total: found.total, best, hits, has_next, did_you_mean, facets })
}

/// Puts the best hundred in the order of the second look, and the rest after them as they are.
fn rank(
    searcher: &Searcher,
    fields: &Fields,
    vocabulary: &Vocabulary<'_>,
    question: &Question,
    best_bets: &[Uuid],
    candidates: Vec<Candidate>,
    page: &Range<usize>,
) -> tantivy::Result<Vec<Ranked>> {
    // Of the rest only the page is looked at, and of its documents the passage that is shown.
    let looked_at = |place: usize, candidate: &Candidate| match place {
        _ if place < RERANKED => candidate.passages.len(),
        _ if page.contains(&place) => 1,
        _ => 0,
    };
    let passages: Vec<DocAddress> = candidates
        .iter()
        .enumerate()
        .flat_map(|(place, candidate)| {
            let passages = &candidate.passages[..looked_at(place, candidate)];
            passages.iter().map(|passage| passage.at)
        })
        .collect();
    let texts = (fields.body_lem, &[fields.title_lem, fields.keys_lem][..]);
    let matches = Matches::find(searcher, texts, vocabulary, question, &passages)?;
    let (nothing, mut next) = (Match::default(), 0);
    let mut ranked = Vec::with_capacity(candidates.len());
    for (place, candidate) in candidates.into_iter().enumerate() {
        let is_reranked = place < RERANKED;
        let pinned = match best_bets.iter().position(|id| *id == candidate.id) {
            Some(place) => Pinned::BestBet(place),
            None if candidate.score >= PIN => Pinned::Code,
            None if candidate.score >= QUOTED => Pinned::Quoted,
            None => Pinned::No,
        };
        let Some(first) = candidate.passages.first() else { continue };
        // What stands before the page keeps its place by this, and is not shown.
        let mut score = candidate.score % QUOTED;
        let (mut best, mut shown) = (0.0, (first.at, &nothing, Window::default()));
        let looked_at = looked_at(place, &candidate);
        for passage in &candidate.passages[..looked_at] {
            let found = &matches.passages[next];
            next += 1;
            let window = matches.window(found);
            let factor = if is_reranked { matches.factor(found, &window) } else { 1.0 };
            let own = (passage.score % QUOTED) * factor;
            score = own.max(score);
            let rank = own * passage.preference;
            if rank > best {
                (best, shown) = (rank, (passage.at, found, window));
            }
        }
        let (shown, found, window) = shown;
        let found = found.clone();
        ranked.push(Ranked { id: candidate.id, pinned, score, shown, found, window });
    }
    let reranked = ranked.len().min(RERANKED);
    ranked[..reranked].sort_unstable_by(by_rank);
    Ok(ranked)
}

fn by_rank(one: &Ranked, other: &Ranked) -> Ordering {
    let by_score = other.score.total_cmp(&one.score);
    one.pinned.cmp(&other.pinned).then(by_score).then(one.id.cmp(&other.id))
}

fn hit(
    searcher: &Searcher,
    fields: &Fields,
    asker: Option<Lang>,
    mut one: Ranked,
    best: Score,
) -> Result<Hit, Error> {
    // Who asks in Polish words but reads another language is shown the same section in it.
    let foreign = asker.filter(|asker| *asker != Lang::Pl);
    let translated =
        foreign.map(|lang| translation(searcher, fields, one.shown, lang)).transpose()?;
    if let Some(shown) = translated.flatten().filter(|shown| *shown != one.shown) {
        (one.shown, one.found, one.window) = (shown, Match::default(), Window::default());
    }
    let row: TantivyDocument = searcher.doc(one.shown)?;
    let stored = |field| row.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
    let lang = row.get_first(fields.lang).and_then(|value| value.as_u64()).unwrap_or_default();
    let (text, html) = excerpt(stored(fields.text), &one.found, &one.window);
    let section = stored(fields.section).to_owned();
    let passage = Excerpt { section, lang: lang_of(lang), text, html };
    // What is pinned fits as well as anything.
    let score = if one.pinned == Pinned::No { one.score } else { best };
    Ok(Hit { id: one.id, score, passage })
}

/// The same section of the same document in another language. A document's passages stand side by
/// side, so only its neighbours are looked at.
fn translation(
    searcher: &Searcher,
    fields: &Fields,
    shown: DocAddress,
    lang: Lang,
) -> tantivy::Result<Option<DocAddress>> {
    let reader = searcher.segment_reader(shown.segment_ord);
    let columns = reader.fast_fields();
    let (high, low) = (columns.u64("parent_high")?, columns.u64("parent_low")?);
    let traits = columns.u64("traits")?;
    let is_wanted = |passage: &DocId| traits.first(*passage).is_some_and(|one| is_in(one, lang));
    let parent = |passage| (high.first(passage), low.first(passage));
    let is_sibling = |passage: &DocId| parent(*passage) == parent(shown.doc_id);
    let before = (0..shown.doc_id).rev().take_while(is_sibling);
    let after = (shown.doc_id..reader.max_doc()).take_while(is_sibling);
    let section = |passage: DocId| -> tantivy::Result<Option<String>> {
        let row: TantivyDocument = searcher.doc(DocAddress::new(shown.segment_ord, passage))?;
        Ok(row.get_first(fields.section).and_then(|value| value.as_str()).map(str::to_owned))
    };
    let wanted = section(shown.doc_id)?;
    for passage in before.chain(after).filter(is_wanted) {
        if !reader.is_deleted(passage) && section(passage)? == wanted {
            return Ok(Some(DocAddress::new(shown.segment_ord, passage)));
        }
    }
    Ok(None)
}
