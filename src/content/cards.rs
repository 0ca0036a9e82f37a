//! Cards as files: `<slug>.md` with its translations `<slug>.en.md` and `<slug>.uk.md` beside.

use serde_json::{Map, Value};

use crate::{
    cards::{self, CardContent, Translation},
    content::{
        ContentError,
        errors::json_reason,
        front_matter::{Lines, split, write_toml},
        prose::{self, Prose},
    },
    words::Lang,
};

/// The keys of a content that stand as prose or in files of their own.
const NOT_FACTS: &[&str] =
    &["summary", "criteria", "steps", "outcome", "appeal", "notes", "questions", "en", "uk"];

/// Slug and language of a file's name: `odpis.en.md` is the English text of `odpis`.
pub fn name_parts(name: &str) -> (&str, Lang) {
    let stem = name.strip_suffix(".md").unwrap_or(name);
    match stem.rsplit_once('.') {
        Some((slug, "en")) => (slug, Lang::En),
        Some((slug, "uk")) => (slug, Lang::Uk),
        _ => (stem, Lang::Pl),
    }
}

/// Reads the Polish file of a card, and on which lines its facts stand.
pub fn read(file: &str, text: &str) -> Result<(CardContent, Lines), ContentError> {
    let parts = split(file, text)?;
    let facts: CardContent = parts.read(file, NOT_FACTS)?;
    let prose = prose::read(file, parts.body, parts.body_line, Lang::Pl)?;
    let content = CardContent {
        summary: prose.summary,
        criteria: prose.criteria,
        steps: prose.steps,
        outcome: prose.outcome,
        appeal: prose.appeal,
        notes: prose.notes,
        questions: prose.questions,
        ..facts
    };
    Ok((content, parts.lines()))
}

/// Reads the file of a translation, and on which lines its facts stand.
pub fn read_translation(
    file: &str,
    text: &str,
    lang: Lang,
) -> Result<(Translation, Lines), ContentError> {
    let parts = split(file, text)?;
    let facts: Translation = parts.read(file, NOT_FACTS)?;
    let prose = prose::read(file, parts.body, parts.body_line, lang)?;
    let translation = Translation {
        summary: Some(prose.summary).filter(|summary| !summary.is_empty()),
        criteria: prose.criteria,
        steps: prose.steps,
        outcome: prose.outcome,
        appeal: prose.appeal,
        notes: prose.notes,
        questions: prose.questions,
        ..facts
    };
    Ok((translation, parts.lines()))
}

/// Reads a line of JSON: a `slug` and the fields of a content.
pub fn read_line(line: &str) -> Result<(String, CardContent), String> {
    let mut record: Map<String, Value> = serde_json::from_str(line).map_err(json_reason)?;
    let Some(Value::String(slug)) = record.remove("slug") else {
        return Err("the field \"slug\" must be a text".to_owned());
    };
    let content = serde_json::from_value(Value::Object(record)).map_err(json_reason)?;
    Ok((slug, cards::tidied(content)))
}

/// Puts a translation into its card; gives the one that was there before.
pub fn attach(
    content: &mut CardContent,
    lang: Lang,
    translation: Translation,
) -> Option<Translation> {
    match lang {
        Lang::En => content.en.replace(translation),
        Lang::Uk => content.uk.replace(translation),
        Lang::Pl => None,
    }
}

/// The files of a card: names and texts.
pub fn write(slug: &str, content: &CardContent) -> Result<Vec<(String, String)>, toml::ser::Error> {
    let own = Prose {
        summary: content.summary.clone(),
        criteria: content.criteria.clone(),
        steps: content.steps.clone(),
        outcome: content.outcome.clone(),
        appeal: content.appeal.clone(),
        notes: content.notes.clone(),
        questions: content.questions.clone(),
    };
    let mut files = vec![(format!("{slug}.md"), file(content, &own, Lang::Pl)?)];
    for (lang, tag) in [(Lang::En, "en"), (Lang::Uk, "uk")] {
        let Some(text) = content.translation(lang) else { continue };
        let own = Prose {
            summary: text.summary.clone().unwrap_or_default(),
            criteria: text.criteria.clone(),
            steps: text.steps.clone(),
            outcome: text.outcome.clone(),
            appeal: text.appeal.clone(),
            notes: text.notes.clone(),
            questions: text.questions.clone(),
        };
        files.push((format!("{slug}.{tag}.md"), file(text, &own, lang)?));
    }
    Ok(files)
}

fn file(
    facts: &impl serde::Serialize,
    prose: &Prose,
    lang: Lang,
) -> Result<String, toml::ser::Error> {
    let facts = write_toml(facts, NOT_FACTS)?;
    Ok(format!("+++\n{facts}+++\n\n{}", prose::write(prose, lang)))
}
