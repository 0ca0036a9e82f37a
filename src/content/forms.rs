//! Forms as files: `<slug>.toml`.

use crate::{
    content::{
        ContentError,
        front_matter::{Lines, lines, read_toml, write_toml},
    },
    forms::FormContent,
};

/// Reads a form, and on which lines its parts stand.
pub fn read(file: &str, text: &str) -> Result<(FormContent, Lines), ContentError> {
    Ok((read_toml(file, text, 0)?, lines(text, 0)))
}

/// The text of a form's file.
pub fn write(content: &FormContent) -> Result<String, toml::ser::Error> {
    write_toml(content, &[])
}
