//! The two halves of a Markdown file: facts as TOML between `+++` lines, prose below.

use std::{collections::HashMap, iter};

use serde::{Serialize, de::DeserializeOwned};
use toml::de::{DeTable, DeValue};

use crate::content::ContentError;

const FENCE: &str = "+++";
/// The facts begin on the second line of a file.
const LINES_BEFORE_FACTS: usize = 1;

/// Keys whose values are days: written bare in TOML, though they are texts elsewhere.
const DAYS: &[&str] =
    &["valid_from", "valid_to", "valid_until", "checked_on", "review_due", "onboarded_on"];

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
    let Some(("+++", rest)) = text.split_once('\n') else {
        return Err(ContentError::new(file, 1, "the first line must be +++"));
    };
    let fences: Vec<usize> = line_starts(rest).filter(|at| is_fence(&rest[*at..])).collect();
    // A fact of several lines may hold such a line too: the facts end where they can be read.
    let whole = fences.iter().find(|end| DeTable::parse(&rest[..**end]).is_ok());
    let Some(end) = whole.or(fences.first()) else {
        return Err(ContentError::new(file, 1, "a second line +++ must close the front matter"));
    };
    let (facts, below) = rest.split_at(*end);
    let body = below.split_once('\n').map_or("", |(_, body)| body);
    Ok(Parts { facts, body, body_line: facts.lines().count() + 3 })
}

fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1))
}

fn is_fence(rest: &str) -> bool {
    rest.lines().next().is_some_and(|line| line.trim_end() == FENCE)
}

impl Parts<'_> {
    /// Reads the facts; unknown keys are refused by name, and so is what stands as prose below
    /// or in a file of its own.
    pub fn read<T: DeserializeOwned>(
        &self,
        file: &str,
        not_facts: &[&str],
    ) -> Result<T, ContentError> {
        let lines = self.lines();
        if let Some((key, line)) = not_facts.iter().find_map(|key| lines.get_key_value(*key)) {
            let reason = format!("{key:?} does not stand between the lines +++");
            return Err(ContentError::new(file, *line, reason));
        }
        read_toml(file, self.facts, LINES_BEFORE_FACTS)
    }

    /// The line of every fact.
    pub fn lines(&self) -> Lines {
        lines(self.facts, LINES_BEFORE_FACTS)
    }
}

/// The line on which a fact stands, by its path such as `fees.0.valid_to`.
pub type Lines = HashMap<String, usize>;

/// The line of everything in a TOML text; `lines_before` stand above it in the file.
pub fn lines(text: &str, lines_before: usize) -> Lines {
    let mut lines = Lines::new();
    if let Ok(table) = DeTable::parse(text) {
        let line = |at: usize| lines_before + line_at(text, at);
        walk("", table.get_ref(), &line, &mut lines);
    }
    lines
}

fn walk(above: &str, table: &DeTable, line: &impl Fn(usize) -> usize, lines: &mut Lines) {
    for (key, value) in table {
        let path = format!("{above}{}", key.get_ref());
        lines.insert(path.clone(), line(key.span().start));
        match value.get_ref() {
            DeValue::Table(table) => walk(&format!("{path}."), table, line, lines),
            DeValue::Array(entries) => {
                for (i, entry) in entries.iter().enumerate() {
                    lines.insert(format!("{path}.{i}"), line(entry.span().start));
                    if let DeValue::Table(table) = entry.get_ref() {
                        walk(&format!("{path}.{i}."), table, line, lines);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The line, from 1, of a place in a text.
fn line_at(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// Reads TOML; `lines_before` stand above it in the file.
pub fn read_toml<T: DeserializeOwned>(
    file: &str,
    text: &str,
    lines_before: usize,
) -> Result<T, ContentError> {
    toml::from_str(text).map_err(|error| {
        let line = line_at(text, error.span().map_or(0, |span| span.start));
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

/// What is true when nothing is said, so that `false` must be written.
const TRUE_BY_DEFAULT: &[&str] = &["active", "open311"];

fn tidy(value: &mut toml::Value) {
    match value {
        toml::Value::Array(list) => list.iter_mut().for_each(tidy),
        toml::Value::Table(table) => {
            table.retain(|key, value| !is_empty(value) || TRUE_BY_DEFAULT.contains(&key));
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
        let error = parts.read::<toml::Table>("a.md", &[]).unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("a.md", 3));
        assert_eq!((parts.body, parts.body_line), ("body", 5));
    }

    #[test]
    fn a_fact_of_several_lines_may_hold_the_fence_and_the_last_line_needs_no_end() {
        let parts = split("a.md", "+++\na = \"\"\"x\n+++\n\"\"\"\n+++\n\nBody.\n+++\n").unwrap();
        assert_eq!(parts.read::<toml::Table>("a.md", &[]).unwrap()["a"].as_str(), Some("x\n+++\n"));
        assert_eq!((parts.body, parts.body_line), ("\nBody.\n+++\n", 6));
        assert_eq!(split("a.md", "+++\na = 1\n+++").unwrap().body, "");
        assert_eq!(split("a.md", "+++\n+++\n").unwrap().facts, "");
    }

    #[test]
    fn every_fact_has_its_line() {
        let text = "+++\nunit = 'SA'\nlist = [\n'a',\n'b']\n\n[[fees]]\nlabel = 'a'\n+++\n";
        let lines = split("a.md", text).unwrap().lines();
        for (path, line) in [("unit", 2), ("list", 3), ("list.1", 5), ("fees.0.label", 8)] {
            assert_eq!(lines[path], line, "{path}");
        }
    }

    #[test]
    fn a_file_without_front_matter_is_refused() {
        assert!(split("a.md", "title").is_err());
        assert!(split("a.md", "+++\ntitle = 1\n").is_err());
    }
}
