//! The tantivy query: what must hold, and what each match is worth.
//!
//! It is built by hand: `QueryParser` would turn the several terms of one word into a phrase.
//!
//! What may not be read is ruled out inside the query, so it is neither found nor counted. Only how
//! rare a word is, is taken from all documents, as everywhere in BM25.

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Term};
use uuid::Uuid;

use crate::Query;
use crate::question::{Alternative, Asked, Question};
use crate::schema::Fields;

pub(crate) type Clause = Box<dyn tantivy::query::Query>;

/// A word in the title says more than one in the text (measured, together with `rerank`).
const TITLE: Score = 1.5;
/// A word that people use for the matter says twice as much as one in the text.
const KEYS: Score = 2.0;
/// The very form that was typed counts a little on top of the term.
pub(crate) const SAME_FORM: Score = 0.2;
/// Keeps what has the quoted phrases among the best: more than words can add up to (32 words score
/// some thousands). A power of two: taking it off again leaves the rest as it was to 1/256.
pub(crate) const QUOTED: Score = 32_768.0;
/// The same for what was pinned, above it.
pub(crate) const PIN: Score = 65_536.0;
/// Words that are quoted one by one are names, and inflected in the texts.
pub(crate) const QUOTED_WORDS_MIN: usize = 2;

/// What matches the question, may be read and passes the filter.
pub(crate) fn clauses(
    query: &Query,
    question: &Question,
    pinned: &[Uuid],
    fields: &Fields,
) -> BooleanQuery {
    let mut must =
        vec![wanted(question, pinned, fields), silent(any(fields.reader, &query.readers))];
    must.extend(query.filter.iter().map(|group| silent(any(fields.tag, group))));
    BooleanQuery::new(must.into_iter().map(|clause| (Occur::Must, clause)).collect())
}

/// Any of the words, codes or pinned documents; the more, the better.
fn wanted(question: &Question, pinned: &[Uuid], fields: &Fields) -> Clause {
    let mut some: Vec<Clause> = Vec::new();
    for asked in question.asked() {
        word(asked, fields, &mut some);
    }
    let mut pins: Vec<Clause> = question.codes.iter().map(|code| term(fields.code, code)).collect();
    pins.extend(
        pinned.iter().map(|id| exactly(Term::from_field_bytes(fields.parent, id.as_bytes()))),
    );
    if !pins.is_empty() {
        some.push(Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::union(pins)), PIN)));
    }
    let quoted = question.quoted.iter().filter(|phrase| phrase.len() >= QUOTED_WORDS_MIN);
    let quoted: Vec<Clause> = quoted.map(|phrase| quotation(phrase, fields)).collect();
    if !quoted.is_empty() {
        let all = Box::new(BooleanQuery::intersection(quoted));
        some.push(Box::new(ConstScoreQuery::new(all, QUOTED)));
    }
    Box::new(BooleanQuery::union(some))
}

fn word(asked: &Asked, fields: &Fields, some: &mut Vec<Clause>) {
    let of = |field| best(field, &asked.alternatives);
    some.push(boost(of(fields.body_lem), asked.weight));
    some.push(boost(of(fields.title_lem), asked.weight * TITLE));
    some.push(boost(of(fields.keys_lem), asked.weight * KEYS));
    some.push(boost(term(fields.body_fold, &asked.fold), asked.weight * SAME_FORM));
    some.push(boost(term(fields.title_fold, &asked.fold), asked.weight * SAME_FORM));
}

/// The best of what stands for a word: adding it up would favour ambiguous words.
pub(crate) fn best(field: Field, alternatives: &[Alternative]) -> Clause {
    let mut clauses: Vec<Clause> = Vec::new();
    for alternative in alternatives {
        if let [terms] = &alternative.parts[..] {
            clauses.extend(terms.iter().map(|one| boost(term(field, one), alternative.weight)));
        } else {
            let part = |terms: &Vec<String>| -> Clause {
                Box::new(DisjunctionMaxQuery::new(
                    terms.iter().map(|one| term(field, one)).collect(),
                ))
            };
            let parts = BooleanQuery::union(alternative.parts.iter().map(part).collect());
            // A phrase does not outweigh the word that it explains.
            let share = alternative.weight / alternative.parts.len() as Score;
            clauses.push(boost(Box::new(parts), share));
        }
    }
    Box::new(DisjunctionMaxQuery::new(clauses))
}

pub(crate) fn any(field: Field, values: &[String]) -> Clause {
    Box::new(BooleanQuery::union(values.iter().map(|value| term(field, value)).collect()))
}

/// The words side by side, in the text or in the title.
fn quotation(phrase: &[String], fields: &Fields) -> Clause {
    let within = |field| side_by_side(field, phrase);
    Box::new(BooleanQuery::union(vec![within(fields.body_fold), within(fields.title_fold)]))
}

/// At least two words as they stand, one behind the other.
pub(crate) fn side_by_side(field: Field, phrase: &[String]) -> Clause {
    let terms = phrase.iter().map(|word| Term::from_field_text(field, word));
    Box::new(PhraseQuery::new(terms.collect()))
}

pub(crate) fn term(field: Field, text: &str) -> Clause {
    exactly(Term::from_field_text(field, text))
}

pub(crate) fn exactly(term: Term) -> Clause {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

pub(crate) fn boost(clause: Clause, by: Score) -> Clause {
    if by == 1.0 { clause } else { Box::new(BoostQuery::new(clause, by)) }
}

/// Has to hold, but says nothing about how well a passage answers.
pub(crate) fn silent(clause: Clause) -> Clause {
    Box::new(ConstScoreQuery::new(clause, 0.0))
}
