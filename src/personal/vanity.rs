//! Number plates that somebody has chosen: a letter for the voivodeship, a digit, and a word, such as
//! `K1 ROWER`. Much else has this form, so they are looked for only in a text that speaks of cars.

use crate::personal::ends;

/// The first letters: one for each voivodeship.
const VOIVODESHIPS: &str = "BCDEFGKLNOPRSTWZ";
const WORD_CHARS_MIN: usize = 3;
const WORD_CHARS_MAX: usize = 5;
/// So many characters at the end of the word may be digits.
const WORD_DIGITS_MAX: usize = 2;

/// How words begin that speak of cars and their numbers; shorter ones stand alone, in [`WORDS`].
const STEMS: &[&str] = &[
    "rejestrac",
    "samochod",
    "samochód",
    "pojazd",
    "tablic",
    "kierowc",
    "motocykl",
    "motor",
    "ciężarów",
    "osobów",
    "dostawcz",
    "zaparkowa",
    "parkuj",
    "parkow",
    "numer",
    "skuter",
    "taksów",
];
const WORDS: &[&str] =
    &["auto", "auta", "autem", "aucie", "autu", "aut", "nr", "rej", "bus", "busa", "busem", "wóz"];

/// Whether a text speaks of cars, and how loud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk {
    /// Of something else.
    Other,
    /// Of cars.
    OfCars,
    /// Of cars, IN CAPITAL LETTERS, in which any short word could be the one of a plate.
    OfCarsLoud,
}

/// What a text speaks of. What stands in square brackets does not count: there stand the notes of
/// what was left out, and a text that was masked is to be found clean.
pub fn talk(text: &str) -> Talk {
    let mut depth = 0_u32;
    let mut outside = |c: char| {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    };
    let bare: String = text.chars().map(|c| if outside(c) { c } else { ' ' }).collect();
    let words =
        || bare.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().nth(1).is_some());
    let is_of_cars = |word: &str| {
        let small = word.to_lowercase();
        WORDS.contains(&&*small) || STEMS.iter().any(|stem| small.starts_with(stem))
    };
    let is_small = |word: &str| word.contains(char::is_lowercase);
    match (words().any(is_of_cars), words().any(is_small)) {
        (false, _) => Talk::Other,
        (true, true) => Talk::OfCars,
        (true, false) => Talk::OfCarsLoud,
    }
}

/// How many bytes a plate takes with which a part of a text begins. What the whole speaks of is asked
/// only for what could be one.
pub fn length(text: &str, talk: &impl Fn() -> Talk) -> Option<usize> {
    let [letter, digit] = *text.as_bytes().first_chunk()?;
    if !letter.is_ascii_alphabetic() || !digit.is_ascii_digit() {
        return None;
    }
    let capital = char::from(letter.to_ascii_uppercase());
    let gap = text[2..].chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '-'));
    let start = 2 + gap.map_or(0, char::len_utf8);
    let rest = &text[start..];
    let word = &rest[..rest.bytes().take_while(u8::is_ascii_alphanumeric).count()];
    let end = start + word.len();
    if !VOIVODESHIPS.contains(capital) || !is_word(word) || !ends(text, end) {
        return None;
    }
    // With a gap and in small letters it would be any short word, and S7 is a road.
    let is_clear = || capital != 'S' && text[..end] == text[..end].to_ascii_uppercase();
    let is_plate = match talk() {
        Talk::Other => false,
        Talk::OfCars => gap.is_none() || is_clear(),
        Talk::OfCarsLoud => gap.is_none(),
    };
    is_plate.then_some(end)
}

/// Three to five characters, of which the last two may be digits.
fn is_word(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    (WORD_CHARS_MIN..=WORD_CHARS_MAX).contains(&word.len())
        && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !letters.is_empty()
        && word.len() - letters.len() <= WORD_DIGITS_MAX
}
