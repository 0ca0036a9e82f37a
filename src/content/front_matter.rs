//! The two halves of a Markdown file: facts as TOML between `+++` lines, prose below.

use serde::{Serialize, de::DeserializeOwned};

use crate::content::ContentError;

const FENCE: &str = "+++";

/// Keys whose values are days: written bare in TOML, though they are texts elsewhere.
const DAYS: &[&str] = &["valid_from", "valid_to", "checked_on", "review_due", "onboarded_on"];

/// A file taken apart.
pub struct Parts<'a> {
    /// The TOML between the fences.
    facts: &'a str,
    /// What stands below.
    pub body: &'a str,
    /// The line on which the body begins.
    pub body_line: usize,
}

/// Splits a file.
pub fn split<'a>(file: &str, text: &'a str) -> Result<Parts<'a>, ContentError> {
    let text = text.trim_start_matches('\u{feff}');
    let Some(rest) = text.strip_prefix("+++\n") else {
        return Err(ContentError::new(file, 1, "the first line must be +++"));
    };
    let end = if rest.starts_with(FENCE) { Some(0) } else { rest.find("\n+++\n").map(|i| i + 1) };
    let Some(end) = end else {
        return Err(ContentError::new(file, 1, "a second line +++ must close the front matter"));
    };
    let (facts, below) = rest.split_at(end);
    let body = below.trim_start_matches(FENCE).strip_prefix('\n').unwrap_or("");
    Ok(Parts { facts, body, body_line: facts.lines().count() + 3 })
}

impl Parts<'_> {
    /// Reads the facts; unknown keys are refused by name.
    pub fn read<T: DeserializeOwned>(&self, file: &str) -> Result<T, ContentError> {
        // The facts begin on the second line of the file.
        read_toml(file, self.facts, 1)
    }
}

/// Reads TOML; `lines_before` stand above it in the file.
pub fn read_toml<T: DeserializeOwned>(
    file: &str,
    text: &str,
    lines_before: usize,
) -> Result<T, ContentError> {
    toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start).min(text.len());
        let line = text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count() + 1;
        ContentError::new(file, lines_before + line, error.message())
    })
}

/// Writes facts as TOML: without what is empty, with bare days.
pub fn write_toml(facts: &impl Serialize, without: &[&str]) -> Result<String, toml::ser::Error> {
    let mut value = toml::Value::try_from(facts)?;
    if let Some(table) = value.as_table_mut() {
        table.retain(|key, _| !without.contains(&key));
    }
    tidy(&mut value);
    toml::to_string(&value)
}

fn tidy(value: &mut toml::Value) {
    match value {
        toml::Value::Array(list) => list.iter_mut().for_each(tidy),
        toml::Value::Table(table) => {
            table.retain(|_, value| !is_empty(value));
            for (key, value) in table.iter_mut() {
                let day = value.as_str().filter(|_| DAYS.contains(&&**key));
                match day.and_then(|day| day.parse().ok()) {
                    Some(day) => *value = toml::Value::Datetime(day),
                    None => tidy(value),
                }
            }
        }
        _ => {}
    }
}

fn is_empty(value: &toml::Value) -> bool {
    match value {
        toml::Value::Array(list) => list.is_empty(),
        toml::Value::Boolean(said) => !said,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_told_with_the_line_of_the_file() {
        let text = "+++\ntitle = \"a\"\nreview_due = soon\n+++\nbody";
        let parts = split("a.md", text).unwrap();
        let error = parts.read::<toml::Table>("a.md").unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("a.md", 3));
        assert_eq!((parts.body, parts.body_line), ("body", 5));
    }

    #[test]
    fn a_file_without_front_matter_is_refused() {
        assert!(split("a.md", "title").is_err());
        assert!(split("a.md", "+++\ntitle = 1\n").is_err());
    }
}
