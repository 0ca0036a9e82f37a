//! What an article must be like, and how it is cut into passages.

use kontakt_index::Passage;

use crate::{
    articles::entity::ArticleContent,
    error::{Problem, ProblemCode},
    texts,
    words::{Lang, Message},
};

const SLUG_CHARS_MAX: usize = 200;
const TITLE_CHARS_MAX: usize = 300;
const TEXT_CHARS_MAX: usize = 100_000;
const ENTRY_CHARS_MAX: usize = 2_000;

/// The code of the section of an article's text, as a search hit names it.
const TEXT: &str = "TEXT";

/// Everything that is wrong with an article.
pub fn problems(slug: &str, content: &ArticleContent, units: &[String]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (field, text) in [("id", slug), ("title", &content.title), ("text", &content.text)] {
        if text.trim().is_empty() {
            problems.push(Problem::at(field, ProblemCode::Required, "required"));
        }
    }
    problems.extend(texts::problems("id", slug, SLUG_CHARS_MAX));
    problems.extend(texts::content_problems(content, chars_max));
    if let Some(unit) = content.unit.as_ref().filter(|unit| !units.contains(unit)) {
        let message = Message::new("unknown-unit").with("code", unit);
        problems.push(Problem::at("unit", ProblemCode::Unknown, message));
    }
    problems
}

/// How long the text at a path may be.
fn chars_max(path: &str) -> usize {
    match path {
        "text" => TEXT_CHARS_MAX,
        "title" => TITLE_CHARS_MAX,
        _ => ENTRY_CHARS_MAX,
    }
}

/// The parts of a Markdown text: each second-level heading, with what stands below it.
pub fn sections(text: &str) -> Vec<(Option<&str>, String)> {
    let mut parts: Vec<(Option<&str>, String)> = vec![(None, String::new())];
    for line in text.lines() {
        match (line.strip_prefix("## "), parts.last_mut()) {
            (Some(heading), _) => parts.push((Some(heading.trim()), String::new())),
            (None, Some((_, body))) => {
                body.push_str(line);
                body.push('\n');
            }
            (None, None) => {}
        }
    }
    parts.retain(|(_, body)| !body.trim().is_empty());
    parts
}

/// The passages of an article: one per second-level heading.
pub fn passages(content: &ArticleContent) -> Vec<Passage> {
    let passage = |(heading, body): (Option<&str>, String)| Passage {
        lang: Lang::Pl,
        section: heading.unwrap_or(TEXT).to_owned(),
        answers: None,
        title: format!("{} {}", content.title, heading.unwrap_or_default()).trim().to_owned(),
        keywords: content.keywords.clone(),
        text: body.trim().to_owned(),
    };
    sections(&content.text).into_iter().map(passage).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_heading_starts_a_passage_of_its_own() {
        let parts = sections("Wstęp.\n\n## Pierwszy\nA\n## Pusty\n## Drugi\nB\n");
        let headings: Vec<_> = parts.iter().map(|(heading, _)| *heading).collect();
        assert_eq!(headings, [None, Some("Pierwszy"), Some("Drugi")]);
    }
}
