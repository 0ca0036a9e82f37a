//! What in a text looks like personal data: to warn a resident before a text would be public, and to
//! leave it out where nobody could be warned.
//!
//! It is a net for what has a form; names, addresses and faces have none and slip through.

mod email;
mod pesel;
mod phone;
mod plate;
#[cfg(test)]
mod tests;
mod vanity;

use std::cell::OnceCell;

use async_graphql::Enum;
use serde::Serialize;

use crate::words::{self, Lang, Message};

/// A kind of personal data that can be known by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PersonalDataKind {
    /// A PESEL: eleven digits with a day of birth and the right check digit, also with spaces or dashes
    /// between them.
    Pesel,
    /// A telephone number, but for those of offices.
    Phone,
    /// An e-mail address, but for those of offices.
    Email,
    /// A Polish number plate; one that its owner has chosen, such as K1 ROWER, in a text that speaks of
    /// cars.
    Plate,
}

pub use pesel::is_one as is_pesel;

use PersonalDataKind::{Email, Pesel, Phone, Plate};

/// Something in a text that looks like personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it looks like.
    pub kind: PersonalDataKind,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes, without the last.
    pub end: usize,
}

/// Everything in a text that looks like personal data, in its order, nothing twice.
pub fn find(text: &str) -> Vec<Found> {
    let known = OnceCell::new();
    let talk = || *known.get_or_init(|| vanity::talk(text));
    let mut found = Vec::new();
    let mut start = 0;
    let mut before = None;
    while let Some(first) = text[start..].chars().next() {
        let rest = &text[start..];
        let Some((kind, length)) = at(rest, first, before, &talk) else {
            start += first.len_utf8();
            before = Some(first);
            continue;
        };
        let end = start + length;
        if !is_public(kind, &rest[..length]) {
            found.push(Found { kind, start, end });
        }
        before = text[..end].chars().next_back();
        start = end;
    }
    found
}

/// The text with a note such as "[usunięto: PESEL]" in place of whatever looks like personal data.
pub fn masked(text: &str, lang: Lang) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut start = 0;
    for found in find(text) {
        masked += &text[start..found.start];
        let note = Message::new("personal-data-removed");
        masked += &note.with("what", words::label_of(lang, "personal-data", &found.kind)).say(lang);
        start = found.end;
    }
    masked + &text[start..]
}

/// What a text begins with, and how many bytes it takes. What begins inside a word is none.
fn at(
    text: &str,
    first: char,
    before: Option<char>,
    talk: &impl Fn() -> vanity::Talk,
) -> Option<(PersonalDataKind, usize)> {
    if !first.is_alphanumeric() && first != '+' {
        return None;
    }
    if first != '+' && before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    // An address may begin with a number, and a number may be a plate's or a telephone's.
    email::length(text)
        .map(|length| (Email, length))
        .or_else(|| pesel::length(text).map(|length| (Pesel, length)))
        .or_else(|| phone::length(text).map(|length| (Phone, length)))
        .or_else(|| plate::length(text).map(|length| (Plate, length)))
        .or_else(|| vanity::length(text, talk).map(|length| (Plate, length)))
}

/// Whether it belongs to an office, not to a person.
fn is_public(kind: PersonalDataKind, text: &str) -> bool {
    match kind {
        Phone => phone::is_of_office(text),
        Email => email::is_of_office(text),
        Pesel | Plate => false,
    }
}

/// Whether no word goes on behind so many bytes of a text.
fn ends(text: &str, length: usize) -> bool {
    !text[length..].chars().next().is_some_and(char::is_alphanumeric)
}
