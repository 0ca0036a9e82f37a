//! Text split into words, and made tidy.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A longer run of letters is no word that anyone types.
const WORD_CHARS_MAX: usize = 64;

/// A word and where it begins in its text, in bytes.
pub(crate) struct Word<'a> {
    pub(crate) text: &'a str,
    pub(crate) start: usize,
}

impl Word<'_> {
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The words of a tidy text: letters and digits, with the apostrophes between them (пам'ять).
pub(crate) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut next = 0;
    text.split_inclusive(|c| !belongs(c)).filter_map(move |piece| {
        let trimmed = piece.trim_start_matches(is_apostrophe);
        let start = next + piece.len() - trimmed.len();
        next += piece.len();
        let text = trimmed.trim_end_matches(|c| is_apostrophe(c) || !belongs(c));
        let is_word = !text.is_empty() && text.chars().count() <= WORD_CHARS_MAX;
        is_word.then_some(Word { text, start })
    })
}

/// Composed letters (ó may come as o and an accent), no invisible or control characters, single
/// spaces, and at most `chars_max` characters. Line ends stay: they end sentences.
pub(crate) fn tidy(text: &str, chars_max: usize) -> String {
    let mut tidy = String::with_capacity(text.len());
    let (mut space, mut line) = (false, false);
    for c in text.chars().take(chars_max).nfc().filter(|&c| !is_invisible(c)) {
        if c.is_whitespace() || c.is_control() {
            space = true;
            line |= c == '\n';
            continue;
        }
        if space && !tidy.is_empty() {
            tidy.push(if line { '\n' } else { ' ' });
        }
        (space, line) = (false, false);
        tidy.push(c);
    }
    tidy
}

/// The typewriter's, the printer's, and the Ukrainian letter that looks like them.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn belongs(c: char) -> bool {
    c.is_alphanumeric() || is_apostrophe(c) || (!c.is_ascii() && is_combining_mark(c))
}

/// Soft hyphens, zero-width spaces and marks of direction come along when text is copied, and
/// would split words or turn a line around.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).map(|word| word.text).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(
            split("Zdjęcie 35x45, „dowód” (SA-10)."),
            ["Zdjęcie", "35x45", "dowód", "SA", "10"]
        );
        assert_eq!(split("  \t🙂 — … "), [""; 0]);
    }

    #[test]
    fn an_apostrophe_joins_letters_but_does_not_surround_them() {
        assert_eq!(split("'пам'ять' d’Arc ''"), ["пам'ять", "d’Arc"]);
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "ó! 'źdźbło' x";
        for word in words(text) {
            assert_eq!(&text[word.start..word.end()], word.text);
        }
        assert_eq!(words(text).count(), 3);
    }

    #[test]
    fn an_endless_word_is_no_word() {
        assert_eq!(split(&format!("a {} b", "x".repeat(65))), ["a", "b"]);
    }

    #[test]
    fn tidy_text_is_composed_and_evenly_spaced() {
        assert_eq!(tidy(" o\u{301}sma\u{AD}k \0 \n\r\n 2\u{200B}", 100), "ósmak\n2");
        assert_eq!(tidy("dowód osobisty", 5), "dowód");
    }
}
