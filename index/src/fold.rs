//! Letters without their marks.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::text::is_apostrophe;

/// A text in lower case and without marks: "Żółty dom" is "zolty dom".
pub fn plain(text: &str) -> String {
    fold(&lower(text))
}

/// Lower case, without apostrophes.
pub(crate) fn lower(word: &str) -> String {
    let mut lower = word.to_lowercase();
    lower.retain(|c| !is_apostrophe(c));
    lower
}

/// A lower-case word as it would be typed in a hurry: "źdźbło" is "zdzblo".
///
/// Unicode takes most letters apart into a letter and its marks, but not ł and a few others; those
/// are in the table, with the Polish ones, which are looked up most.
pub(crate) fn fold(lower: &str) -> String {
    let mut folded = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            'a'..='z' | '0'..='9' => folded.push(c),
            'ą' => folded.push('a'),
            'ć' => folded.push('c'),
            'ę' => folded.push('e'),
            'ł' => folded.push('l'),
            'ń' => folded.push('n'),
            'ó' | 'ø' => folded.push('o'),
            'ś' => folded.push('s'),
            'ź' | 'ż' => folded.push('z'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ґ' => folded.push('г'),
            _ => decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    folded.push(part);
                }
            }),
        }
    }
    folded
}

/// A code without what people leave out or put in: "SA-10", "sa 10" and "SA10" are one.
pub(crate) fn code(text: &str) -> String {
    fold(&lower(text)).to_uppercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off_in_three_languages() {
        for (word, folded) in [
            ("ZAŻÓŁĆ", "zazolc"),
            ("gęślą", "gesla"),
            ("JAŹŃ", "jazn"),
            ("café", "cafe"),
            ("Straße", "strasse"),
            ("Đặng", "dang"),
            ("Їжак", "іжак"),
            ("ґанок", "ганок"),
            ("пам’ять", "память"),
            ("35X45", "35x45"),
        ] {
            assert_eq!(fold(&lower(word)), folded, "{word}");
        }
    }

    #[test]
    fn a_decomposed_letter_folds_like_a_composed_one() {
        assert_eq!(fold("o\u{301}"), fold("ó"));
        assert_eq!(fold("и\u{306}"), fold("й"));
    }

    #[test]
    fn a_code_is_the_same_however_it_is_written() {
        for written in ["SA-10", "sa 10", "SA10", "Sa – 10", "śa.10"] {
            assert_eq!(code(written), "SA10", "{written}");
        }
    }
}
