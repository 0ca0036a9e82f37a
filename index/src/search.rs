//! One search, from the words to the page.

use tantivy::schema::Value;
use tantivy::{Searcher, TantivyDocument};

use crate::analyzer::Analyzer;
use crate::clauses::clauses;
use crate::coverage::{RERANKED, rerank};
use crate::excerpt::Marker;
use crate::grouping::{ByParent, Candidate};
use crate::question::Question;
use crate::schema::{Fields, lang_of};
use crate::{Error, Excerpt, Hit, Page, Query};

/// Understands the question, finds documents, looks at the best again, cuts the page.
pub(crate) fn search(
    searcher: &Searcher,
    fields: &Fields,
    analyzer: &dyn Analyzer,
    query: &Query,
) -> Result<Page, Error> {
    query.check()?;
    let question = Question::new(&query.text, query.typing, analyzer);
    if question.is_empty() {
        return Ok(Page::default());
    }
    let keep = RERANKED.max(query.offset + query.limit);
    let collector = ByParent { preferred: query.lang.unwrap_or_default(), keep };
    let mut found = searcher.search(&clauses(query, &question, fields), &collector)?;
    rerank(searcher, &question, fields, &mut found.best)?;
    let marker = Marker::new(&question, analyzer);
    let page = found.best.iter().skip(query.offset).take(query.limit);
    let hits = page
        .map(|candidate| hit(searcher, fields, &marker, candidate))
        .collect::<Result<Vec<_>, Error>>()?;
    let has_next = query.offset + hits.len() < found.total;
    let best = found.best.first().map_or(0.0, |candidate| candidate.score);
    Ok(Page { total: found.total, best, hits, has_next })
}

fn hit(
    searcher: &Searcher,
    fields: &Fields,
    marker: &Marker,
    candidate: &Candidate,
) -> Result<Hit, Error> {
    let row: TantivyDocument = searcher.doc(candidate.passage)?;
    let stored = |field| row.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
    let lang = row.get_first(fields.lang).and_then(|value| value.as_u64()).unwrap_or_default();
    let lang = lang_of(lang);
    let (text, html) = marker.excerpt(stored(fields.text), lang);
    let passage = Excerpt { section: stored(fields.section).to_owned(), lang, text, html };
    Ok(Hit { id: candidate.id, score: candidate.score, passage })
}
