//! The tantivy query over reports: what must hold, and what each match is worth.

use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur};

use crate::clauses::{
    Clause, PIN, QUOTED_WORDS_MIN, SAME_FORM, any, best, boost, side_by_side, silent, term,
};
use crate::question::{Asked, Question};
use crate::reports::model::{ReportQuery, Sight};
use crate::reports::schema::{Reports, Texts, bare};

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

/// Most of the words with all that is quoted, or the number.
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
    let mut all: Vec<Clause> = vec![Box::new(words)];
    // Whoever looks for anything alike does not mean what a text happens to quote.
    if !query.any_word {
        let quoted = question.quoted.iter().filter(|phrase| phrase.len() >= QUOTED_WORDS_MIN);
        all.extend(quoted.map(|phrase| quotation(query, phrase, fields)));
    }
    let numbers = numbers(question).iter().map(|number| term(fields.number, number)).collect();
    let number = ConstScoreQuery::new(Box::new(BooleanQuery::union(numbers)), PIN);
    Box::new(BooleanQuery::union(vec![Box::new(BooleanQuery::intersection(all)), Box::new(number)]))
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
    let mut some: Vec<Clause> = Vec::new();
    for texts in seen(query, fields) {
        some.push(boost(best(texts.lem, &asked.alternatives), asked.weight));
        let same = Box::new(ConstScoreQuery::new(term(texts.fold, &asked.fold), SAME_FORM));
        some.push(same);
    }
    some.extend(of_staff(query, fields, |texts| best(texts.lem, &asked.alternatives)));
    if !labels.is_empty() {
        some.push(Box::new(ConstScoreQuery::new(any(fields.tag, labels), LABEL)));
    }
    Box::new(BooleanQuery::union(some))
}

/// The words side by side in any of the texts that are seen; in which, says nothing of how well it fits.
fn quotation(query: &ReportQuery, phrase: &[String], fields: &Reports) -> Clause {
    let within = |texts: Texts| side_by_side(texts.fold, phrase);
    let mut some: Vec<Clause> = seen(query, fields).into_iter().map(within).collect();
    some.extend(of_staff(query, fields, within));
    silent(Box::new(BooleanQuery::union(some)))
}

/// The texts that are read by whoever sees a report.
fn seen(query: &ReportQuery, fields: &Reports) -> Vec<Texts> {
    match query.reports {
        Sight::Nothing => vec![fields.public],
        _ => vec![fields.public, fields.closed],
    }
}

/// What is looked for in the texts of staff, where they may be read.
fn of_staff(
    query: &ReportQuery,
    fields: &Reports,
    clause: impl FnOnce(Texts) -> Clause,
) -> Option<Clause> {
    match &query.staff_texts {
        Sight::Nothing => None,
        Sight::Everything => Some(clause(fields.staff)),
        Sight::Tagged(own) => {
            let own = vec![silent(term(fields.tag, own)), clause(fields.staff)];
            Some(Box::new(BooleanQuery::intersection(own)))
        }
    }
}
