//! The tantivy query: what must hold, and what each match is worth.
//!
//! It is built by hand: `QueryParser` would turn the several terms of one word into a phrase.
//!
//! What may not be read is ruled out inside the query, so it is neither found nor counted. Only how
//! rare a word is, is taken from all documents, as everywhere in BM25.

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Term};

use crate::Query;
use crate::question::{Asked, Question};
use crate::schema::Fields;

type Clause = Box<dyn tantivy::query::Query>;

/// A word in the title says more than one in the text (measured, together with `coverage`).
const TITLE: Score = 1.3;
/// The very form that was typed counts a little on top of the term.
const SAME_FORM: Score = 0.2;
/// A word of the title that begins with what is being typed.
const PREFIX_TITLE: Score = 0.3;
/// A word of the text that does.
const PREFIX_BODY: Score = 0.1;
/// More than words can add up to (32 words score below 2,500, five times that for coverage).
const CODE: Score = 100_000.0;

/// What matches the question, may be read and passes the filter.
pub(crate) fn clauses(query: &Query, question: &Question, fields: &Fields) -> BooleanQuery {
    let mut must = vec![wanted(question, fields), silent(any(fields.reader, &query.readers))];
    must.extend(query.filter.iter().map(|group| silent(any(fields.tag, group))));
    BooleanQuery::new(must.into_iter().map(|clause| (Occur::Must, clause)).collect())
}

/// Any of the words or codes; the more, the better.
fn wanted(question: &Question, fields: &Fields) -> Clause {
    let mut some: Vec<Clause> = Vec::new();
    for asked in &question.words {
        word(asked, fields, &mut some);
    }
    if let Some(prefix) = &question.prefix {
        some.push(boost(begins(fields.title_fold, prefix), PREFIX_TITLE));
        some.push(boost(begins(fields.body_fold, prefix), PREFIX_BODY));
    }
    if !question.codes.is_empty() {
        some.push(Box::new(ConstScoreQuery::new(any(fields.code, &question.codes), CODE)));
    }
    Box::new(BooleanQuery::union(some))
}

fn word(asked: &Asked, fields: &Fields, some: &mut Vec<Clause>) {
    some.push(best(fields.body_lem, &asked.terms));
    some.push(boost(best(fields.title_lem, &asked.terms), TITLE));
    some.push(boost(term(fields.body_fold, &asked.fold), SAME_FORM));
    some.push(boost(term(fields.title_fold, &asked.fold), SAME_FORM));
}

/// The best of several terms of one word: adding them up would favour ambiguous words.
fn best(field: Field, terms: &[String]) -> Clause {
    Box::new(DisjunctionMaxQuery::new(terms.iter().map(|one| term(field, one)).collect()))
}

fn any(field: Field, values: &[String]) -> Clause {
    Box::new(BooleanQuery::union(values.iter().map(|value| term(field, value)).collect()))
}

fn term(field: Field, text: &str) -> Clause {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn begins(field: Field, prefix: &str) -> Clause {
    Box::new(FuzzyTermQuery::new_prefix(Term::from_field_text(field, prefix), 0, false))
}

fn boost(clause: Clause, by: Score) -> Clause {
    Box::new(BoostQuery::new(clause, by))
}

/// Has to hold, but says nothing about how well a passage answers.
fn silent(clause: Clause) -> Clause {
    Box::new(ConstScoreQuery::new(clause, 0.0))
}
