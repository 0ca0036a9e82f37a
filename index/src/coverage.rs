//! The second look at the best hundred: who has more of the words?
//!
//! BM25 adds up what each word is worth, so a passage that repeats one rare word beats one that has
//! them all. People type what they need to find together. Multiplying by the share of the question
//! that a passage and its title cover lifted the mean reciprocal rank of 1,668 Polish questions from
//! 0.82 to 0.88. Only the best hundred are looked at, and a factor is never below one, so they stay
//! ahead of the rest and every page is cut from one and the same order.
//!
//! The postings answer it: they are asked at a hundred places instead of reading a hundred texts.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Score, Searcher, Term};

use crate::grouping::Candidate;
use crate::question::{Asked, Question};
use crate::schema::Fields;

/// How many documents get the second look.
pub(crate) const RERANKED: usize = 100;
/// A passage with all the words counts 1 + 4 times, one with half of them twice.
const COVERAGE: Score = 4.0;

/// Puts the documents that cover more of the question before those that cover less.
pub(crate) fn rerank(
    searcher: &Searcher,
    question: &Question,
    fields: &Fields,
    best: &mut [Candidate],
) -> tantivy::Result<()> {
    let reranked = best.len().min(RERANKED);
    let best = &mut best[..reranked];
    // Postings are read forwards, so the candidates are visited in the order of the index.
    best.sort_unstable_by_key(|candidate| candidate.passage);
    let mut covered = vec![0.0; best.len()];
    let mut whole = 0.0;
    for asked in &question.words {
        let terms = terms(asked, fields);
        let weight = weight(searcher, &terms)?;
        whole += weight;
        let has = has_word(searcher, &terms, best)?;
        covered.iter_mut().zip(has).filter(|(_, has)| *has).for_each(|(sum, _)| *sum += weight);
    }
    if whole > 0.0 {
        for (candidate, covered) in best.iter_mut().zip(covered) {
            candidate.score *= 1.0 + COVERAGE * (covered / whole).powi(2);
        }
    }
    best.sort_unstable_by(Candidate::by_rank);
    Ok(())
}

fn terms(asked: &Asked, fields: &Fields) -> Vec<Term> {
    let places = [fields.body_lem, fields.title_lem].into_iter();
    places
        .flat_map(|field| asked.terms.iter().map(move |term| Term::from_field_text(field, term)))
        .collect()
}

/// How much a word tells (its idf). A word that no passage has tells nothing about any of them.
fn weight(searcher: &Searcher, terms: &[Term]) -> tantivy::Result<Score> {
    let mut having = 0;
    for term in terms {
        having = having.max(searcher.doc_freq(term)?);
    }
    if having == 0 {
        return Ok(0.0);
    }
    let lacking = searcher.num_docs().saturating_sub(having);
    Ok((1.0 + (lacking as Score + 0.5) / (having as Score + 0.5)).ln())
}

/// For each of the candidates, which are in the order of the index, whether it has a term.
fn has_word(
    searcher: &Searcher,
    terms: &[Term],
    candidates: &[Candidate],
) -> tantivy::Result<Vec<bool>> {
    let mut has = Vec::with_capacity(candidates.len());
    for group in candidates.chunk_by(|a, b| a.passage.segment_ord == b.passage.segment_ord) {
        let from = has.len();
        has.resize(from + group.len(), false);
        let Some(first) = group.first() else { continue };
        let reader = searcher.segment_reader(first.passage.segment_ord);
        for term in terms {
            let inverted = reader.inverted_index(term.field())?;
            let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            for (has, candidate) in has[from..].iter_mut().zip(group) {
                let wanted = candidate.passage.doc_id;
                if postings.doc() < wanted {
                    postings.seek(wanted);
                }
                *has |= postings.doc() == wanted;
            }
        }
    }
    Ok(has)
}
