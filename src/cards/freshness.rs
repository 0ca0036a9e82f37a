//! What a card lacks, and how long its review has been due.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::Value;

use crate::{
    cards::{entity::CardContent, rules},
    words::Lang,
};

/// Something that a card lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// A part without which it cannot be published, by the name of the field.
    Part(&'static str),
    /// Its review has been due for so many days.
    Review(i64),
    /// So many of its facts could not be checked.
    Checks(usize),
    /// Questions that callers ask.
    Questions,
    /// Words that residents use.
    Keywords,
    /// Cards that it names as related, and that are not published.
    Related(Vec<String>),
}

/// Everything that a card lacks; `is_known` tells whether a card with a slug is published.
pub fn lacks(
    content: &CardContent,
    today: NaiveDate,
    is_known: impl Fn(&str) -> bool,
) -> Vec<Lack> {
    let unknown: Vec<String> =
        content.related.iter().filter(|slug| !is_known(slug)).cloned().collect();
    let overdue = days_overdue(content, today);
    let checks = content.unverified.len();
    let parts = rules::missing_parts(content).into_iter().map(Lack::Part);
    let others = [
        (overdue > 0).then_some(Lack::Review(overdue)),
        (checks > 0).then_some(Lack::Checks(checks)),
        content.questions.is_empty().then_some(Lack::Questions),
        content.keywords.is_empty().then_some(Lack::Keywords),
        (!unknown.is_empty()).then_some(Lack::Related(unknown)),
    ];
    parts.chain(others.into_iter().flatten()).collect()
}

/// How many days ago the review was due; 0 when it is not due yet, or has no day.
pub fn days_overdue(content: &CardContent, today: NaiveDate) -> i64 {
    content.review_due.map_or(0, |due| (today - due.0).num_days().max(0))
}

/// The languages into which a card is translated (true), or is not (false).
pub fn translations(content: &CardContent, translated: bool) -> Vec<Lang> {
    let langs = [Lang::En, Lang::Uk].into_iter();
    langs.filter(|lang| content.translation(*lang).is_some() == translated).collect()
}

/// Every web address that a card names, in its fields and in its prose.
pub fn links(content: &CardContent) -> BTreeSet<String> {
    let mut links = BTreeSet::new();
    // A content always has a form in JSON: that is how it is stored.
    walk(&serde_json::to_value(content).unwrap_or_default(), &mut links);
    links
}

fn walk(value: &Value, links: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => links.extend(links_in(text)),
        Value::Array(entries) => entries.iter().for_each(|entry| walk(entry, links)),
        Value::Object(fields) => fields.values().for_each(|field| walk(field, links)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The addresses in a text: a field is one as a whole, in prose it ends before a blank, a bracket or
/// a quotation mark, and before the sign that ends the sentence.
fn links_in(text: &str) -> Vec<String> {
    let begins = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    if begins(text) && !text.contains(char::is_whitespace) {
        return vec![text.to_owned()];
    }
    let starts = text.match_indices("http").map(|(at, _)| &text[at..]).filter(|rest| begins(rest));
    let link = |rest: &str| {
        let ends = |c: char| c.is_whitespace() || "()[]<>\"„”'`".contains(c);
        let whole = rest.split(ends).next().unwrap_or_default();
        whole.trim_end_matches(['.', ',', ';', ':', '!', '?']).to_owned()
    };
    starts.map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cards::entity::Question, scalars::Date};

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn whole() -> CardContent {
        serde_json::from_value(serde_json::json!({
            "title": "Karta", "summary": "O co chodzi.", "unit": "SA", "free": true,
            "deadline": { "text": "od ręki" }, "appeal": "Nie przysługuje.",
            "channels": [{ "kind": "ONLINE", "submit": "YES", "collect": "NO" }],
            "legal_basis": [{ "title": "Ustawa" }], "review_due": "2026-11-20",
            "keywords": ["karta"], "questions": [{ "question": "Ile?", "answer": "Nic." }],
            "related": ["inna"]
        }))
        .unwrap()
    }

    #[test]
    fn a_card_with_everything_lacks_nothing_until_its_review_is_due() {
        assert_eq!(lacks(&whole(), day(20), |slug| slug == "inna"), []);
        assert_eq!(lacks(&whole(), day(23), |_| true), [Lack::Review(3)]);
    }

    #[test]
    fn everything_that_a_card_lacks_is_told() {
        let content = CardContent {
            summary: String::new(),
            questions: Vec::new(),
            keywords: Vec::new(),
            unverified: vec!["godziny".into(), "opłata".into()],
            review_due: Some(Date(day(19))),
            ..whole()
        };
        let expected = [
            Lack::Part("summary"),
            Lack::Review(1),
            Lack::Checks(2),
            Lack::Questions,
            Lack::Keywords,
            Lack::Related(vec!["inna".into()]),
        ];
        assert_eq!(lacks(&content, day(20), |_| false), expected);
    }

    #[test]
    fn a_card_has_translations_and_lacks_others() {
        let content = CardContent { uk: Some(Default::default()), ..whole() };
        assert_eq!(translations(&content, true), [Lang::Uk]);
        assert_eq!(translations(&content, false), [Lang::En]);
    }

    #[test]
    fn links_are_found_in_fields_and_in_prose() {
        let content = CardContent {
            notes: Some("Zob. https://a.pl/x, [tu](http://b.pl/y?z=1) i http://a.pl/x.".into()),
            questions: vec![Question { question: "?".into(), answer: "<https://c.pl>".into() }],
            ..serde_json::from_value(serde_json::json!({
                "sources": [{ "url": "https://d.pl/(e),f", "checked_on": "2026-11-20" }]
            }))
            .unwrap()
        };
        let expected = [
            "http://a.pl/x",
            "http://b.pl/y?z=1",
            "https://a.pl/x",
            "https://c.pl",
            "https://d.pl/(e),f",
        ];
        assert_eq!(links(&content).into_iter().collect::<Vec<_>>(), expected);
        assert!(links(&whole()).is_empty());
    }
}
