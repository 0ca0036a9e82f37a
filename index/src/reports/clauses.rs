//! The tantivy query over reports: what must hold, and what each match is worth.

use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur};

use crate::clauses::{Clause, PIN, SAME_FORM, any, best, boost, silent, term};
use crate::question::{Asked, Question};
use crate::reports::model::{ReportQuery, Sight};
use crate::reports::schema::{Reports, bare};

/// The tag of what everybody may see.
pub(super) const PUBLIC: &str = "public";
/// What it is worth that a report is of a category that a word stands for.
const LABEL: f32 = 1.0;

/// What matches the question, is seen and passes the filter. `labels` are tags, each with the words
/// that it stands for.
pub(super) fn clauses(
    query: &ReportQuery,
    question: &Question,
    labels: &[(String, Vec<usize>)],
    fields: &Reports,
) -> BooleanQuery {
    let mut must: Vec<Clause> =
        query.filter.iter().map(|one| silent(any(fields.tag, one))).collect();
    match &query.reports {
        Sight::Everything => {}
        Sight::Nothing => must.push(silent(term(fields.tag, PUBLIC))),
        Sight::Tagged(own) => {
            must.push(silent(any(fields.tag, &[PUBLIC.to_owned(), own.clone()])));
        }
    }
    if !question.is_empty() {
        must.push(wanted(query, question, labels, fields));
    } else if must.is_empty() {
        must.push(Box::new(AllQuery));
    }
    BooleanQuery::new(must.into_iter().map(|clause| (Occur::Must, clause)).collect())
}

/// Most of the words, or the number.
fn wanted(
    query: &ReportQuery,
    question: &Question,
    labels: &[(String, Vec<usize>)],
    fields: &Reports,
) -> Clause {
    let words = question.asked().enumerate().map(|(place, asked)| {
        let tags = labels.iter().filter(|(_, places)| places.contains(&place)).map(|(tag, _)| tag);
        word(query, asked, &tags.cloned().collect::<Vec<_>>(), fields)
    });
    let words: Vec<Clause> = words.collect();
    // Both of two, two of three, three of four.
    let needed = if query.any_word { 1 } else { (2 * words.len()).div_ceil(3) };
    let words = BooleanQuery::union_with_minimum_required_clauses(words, needed.max(1));
    let numbers = numbers(question).iter().map(|number| term(fields.number, number)).collect();
    let number = ConstScoreQuery::new(Box::new(BooleanQuery::union(numbers)), PIN);
    Box::new(BooleanQuery::union(vec![Box::new(words), Box::new(number)]))
}

/// What may be a report's number: whole wherever it stands; the digits alone only when nothing else
/// is asked, because houses have numbers too.
fn numbers(question: &Question) -> Vec<String> {
    let mut numbers = question.codes.clone();
    if let [only] = &question.words[..]
        && only.fold.bytes().all(|byte| byte.is_ascii_digit())
    {
        numbers.push(bare(&only.fold));
    }
    numbers
}

fn word(query: &ReportQuery, asked: &Asked, labels: &[String], fields: &Reports) -> Clause {
    let mut seen = vec![fields.public];
    if query.reports != Sight::Nothing {
        seen.push(fields.closed);
    }
    let mut some: Vec<Clause> = Vec::new();
    for texts in seen {
        some.push(boost(best(texts.lem, &asked.alternatives), asked.weight));
        let same = Box::new(ConstScoreQuery::new(term(texts.fold, &asked.fold), SAME_FORM));
        some.push(same);
    }
    let staff = || best(fields.staff.lem, &asked.alternatives);
    match &query.staff_texts {
        Sight::Nothing => {}
        Sight::Everything => some.push(staff()),
        Sight::Tagged(own) => {
            let own = vec![silent(term(fields.tag, own)), staff()];
            some.push(Box::new(BooleanQuery::intersection(own)));
        }
    }
    if !labels.is_empty() {
        some.push(Box::new(ConstScoreQuery::new(any(fields.tag, labels), LABEL)));
    }
    Box::new(BooleanQuery::union(some))
}
