//! What is wrong with a file: its name, the line, and the reason.

use std::fmt;

use crate::{
    error::{Error, Problem},
    words::Lang,
};

/// One mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and how to mend it.
    pub reason: String,
}

impl ContentError {
    /// A mistake at a line of a file.
    pub fn new(file: &str, line: usize, reason: impl fmt::Display) -> Self {
        Self { file: file.to_owned(), line, reason: reason.to_string().trim().to_owned() }
    }

    /// What the rules of a slice say about a record that begins at a line.
    pub fn of(file: &str, line: usize, problem: &Problem) -> Self {
        let field = problem.field.iter().map(|part| key(part)).collect::<Vec<_>>().join(".");
        Self::new(file, line, format!("{field}: {}", problem.message.say(Lang::En)))
    }
}

/// What is wrong with a line of JSON. The parser counts it as line 1, which would mislead.
pub(super) fn json_reason(error: serde_json::Error) -> String {
    let reason = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match reason.strip_suffix(&place) {
        Some(reason) => format!("{reason} (column {})", error.column()),
        None => reason,
    }
}

/// The name of a field in a file: `legalBasis` of the API is `legal_basis` there.
pub(super) fn key(field: &str) -> String {
    let mut key = String::new();
    for c in field.chars() {
        if c.is_ascii_uppercase() {
            key.push('_');
        }
        key.push(c.to_ascii_lowercase());
    }
    key
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// Why content could not be loaded, imported or exported.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The files are broken; nothing was written.
    #[error("{}", list(.0))]
    Content(Vec<ContentError>),
    /// A file could not be read or written.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// The service refused or failed.
    #[error(transparent)]
    Service(#[from] Error),
}

/// Mistakes that are shown at once.
const SHOWN_MAX: usize = 20;

fn list(errors: &[ContentError]) -> String {
    let mut lines: Vec<String> = errors.iter().take(SHOWN_MAX).map(ToString::to_string).collect();
    if errors.len() > SHOWN_MAX {
        lines.push(format!("and {} more", errors.len() - SHOWN_MAX));
    }
    lines.push("nothing was imported".to_owned());
    lines.join("\n")
}
