//! What holds for every text that people write: how it is tidied, and what is refused.

use serde::Serialize;
use serde_json::Value;

use crate::{
    error::{Problem, ProblemCode},
    words::Message,
};

/// Entries of one list.
const ENTRIES_MAX: usize = 100;

/// A text as it is kept: its lines end with `\n`, and nothing blank stands around it.
pub fn tidied(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

/// Whether a text is small letters, digits and hyphens, at most 100, and neither begins nor ends with
/// a hyphen.
pub fn is_slug(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let ends = text.starts_with('-') || text.ends_with('-');
    (1..=100).contains(&text.len()) && text.bytes().all(known) && !ends
}

/// Characters of an e-mail address, by RFC 5321.
pub const EMAIL_CHARS_MAX: usize = 254;

/// Whether a letter can be sent to an address: only what no mail could ever reach is refused, and what
/// would write more than an address into a letter. Mail itself is the test.
pub fn is_email(text: &str) -> bool {
    let has_dot = text.rsplit_once('@').is_some_and(|(_, host)| host.contains('.'));
    let is_one_word = !text.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    let fits = text.len() <= EMAIL_CHARS_MAX;
    fits && has_dot && is_one_word && text.parse::<lettre::Address>().is_ok()
}

/// Everything that is wrong with one text.
pub fn problems(path: &str, text: &str, chars_max: usize) -> Vec<Problem> {
    let mut problems = Vec::new();
    if text.chars().count() > chars_max {
        let message = Message::new("too-long").with("max", chars_max);
        problems.push(Problem::at(path, ProblemCode::TooLong, message));
    }
    // PostgreSQL keeps every character but this one.
    if text.contains('\0') {
        problems.push(Problem::at(path, ProblemCode::Invalid, "nul-character"));
    }
    problems
}

/// Everything that is wrong with the lists and texts of a content, wherever they stand in it;
/// `chars_max` gives the limit of the text at a path such as `documents.0.name`.
pub fn content_problems(
    content: &impl Serialize,
    chars_max: impl Fn(&str) -> usize,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    // A content always has a form in JSON: that is how it is stored.
    let content = serde_json::to_value(content).unwrap_or_default();
    walk("", &content, &chars_max, &mut problems);
    problems
}

fn walk(
    path: &str,
    value: &Value,
    chars_max: &impl Fn(&str) -> usize,
    problems: &mut Vec<Problem>,
) {
    let below = |name: &str| match path {
        "" => name.to_owned(),
        _ => format!("{path}.{name}"),
    };
    match value {
        Value::String(text) => {
            problems.extend(self::problems(path, text, chars_max(path)));
            let name = path.rsplit('.').next().unwrap_or_default();
            if ADDRESSES.contains(&name) && !is_web_address(text) {
                let message = Message::new("not-a-url").with("value", text);
                problems.push(Problem::at(path, ProblemCode::Invalid, message));
            }
        }
        Value::Array(entries) => {
            if entries.len() > ENTRIES_MAX {
                let message = Message::new("too-many").with("max", ENTRIES_MAX);
                problems.push(Problem::at(path, ProblemCode::TooLong, message));
            }
            for (i, entry) in entries.iter().take(ENTRIES_MAX).enumerate() {
                walk(&below(&i.to_string()), entry, chars_max, problems);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                walk(&below(&camel(name)), field, chars_max, problems);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Fields that become links on pages.
const ADDRESSES: &[&str] = &["url", "bookingUrl", "website"];

/// Only web addresses are taken, no `javascript:`.
fn is_web_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// The name of a field in the API: `legal_basis` becomes `legalBasis`.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        camel.extend(word.chars().take(1).map(|first| first.to_ascii_uppercase()));
        camel.extend(word.chars().skip(1));
    }
    camel
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_is_kept_without_what_stands_around_it_and_with_one_kind_of_line_end() {
        assert_eq!(tidied("  Raz\r\n dwa\rtrzy \u{a0}\n"), "Raz\n dwa\ntrzy");
    }

    #[test]
    fn only_what_no_letter_could_reach_is_no_address() {
        for good in ["a@b.pl", "a.b+c@x.krakow.pl", "ANNA@example.org", "zażółć@example.org"] {
            assert!(is_email(good), "{good}");
        }
        for wrong in [
            "",
            "anna",
            "a@b",
            "@b.pl",
            "a b@c.pl",
            "a@b@c.pl",
            " a@b.pl",
            "A <a@b.pl>",
            "a@example.org\r\nBcc: b@example.org",
            "a@example.org\0",
        ] {
            assert!(!is_email(wrong), "{wrong:?}");
        }
        assert!(!is_email(&format!("{}@example.org", "a".repeat(250))));
    }

    #[test]
    fn what_is_too_long_or_cannot_be_kept_is_found_wherever_it_stands() {
        let content = json!({
            "title": "abc",
            "legal_basis": [{ "title": "ab" }, { "title": "abc" }],
            "keywords": vec!["a"; 101],
            "en": { "summary": "a\0" },
            "sources": [{ "url": "http://a" }, { "url": "javascript:a" }],
            "free": true
        });
        let found = content_problems(&content, |path| match path {
            "title" => 3,
            _ if path.starts_with("sources") => 20,
            _ => 2,
        });
        let mut paths: Vec<_> = found.iter().map(|p| (p.code, p.field.join("."))).collect();
        paths.sort_by(|a, b| a.1.cmp(&b.1));
        let expected = [
            (ProblemCode::Invalid, "en.summary"),
            (ProblemCode::TooLong, "keywords"),
            (ProblemCode::TooLong, "legalBasis.1.title"),
            (ProblemCode::Invalid, "sources.1.url"),
        ];
        assert_eq!(paths, expected.map(|(code, path)| (code, path.to_owned())));
    }
}
