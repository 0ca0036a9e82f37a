//! The number that everybody in Poland has.

use chrono::NaiveDate;

use crate::personal::ends;

const DIGITS: usize = 11;
const WEIGHTS: [u32; DIGITS] = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];

/// Characters between two digits, such as those of "440514 - 01359".
const GAP_CHARS_MAX: usize = 3;

/// How many bytes a PESEL takes with which a text begins, in one word or with spaces and dashes
/// between its digits.
pub fn length(text: &str) -> Option<usize> {
    let mut digits = Vec::with_capacity(DIGITS);
    let mut gap = 0;
    let mut is_joined = true;
    for (at, c) in text.char_indices() {
        if let Some(digit) = c.to_digit(10) {
            digits.push(digit);
            gap = 0;
        } else if matches!(c, ' ' | '\u{a0}' | '-' | '–') && gap < GAP_CHARS_MAX {
            gap += 1;
            is_joined = false;
        } else {
            return None;
        }
        if digits.len() == DIGITS {
            let end = at + c.len_utf8();
            let is_one = ends(text, end) && is_pesel(&digits, is_joined);
            return is_one.then_some(end);
        }
    }
    None
}

/// Whether a text is a PESEL and nothing else.
pub fn is_one(text: &str) -> bool {
    text.len() == DIGITS && length(text) == Some(DIGITS)
}

/// Numbers stand beside each other by chance more often than eleven digits in one word do, so those
/// are taken for one only with the birthday of somebody who may be alive.
fn is_pesel(digits: &[u32], is_joined: bool) -> bool {
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let month = digits[2] * 10 + digits[3];
    sum.is_multiple_of(10) && birthday(digits).is_some() && (is_joined || month <= 32)
}

/// The century stands in the month: 80 for 18.., 0 for 19.., 20 for 20.., and so on.
fn birthday(digits: &[u32]) -> Option<NaiveDate> {
    let pair = |at: usize| digits[at] * 10 + digits[at + 1];
    let century = match pair(2) / 20 {
        4 => 1800,
        shift => 1900 + 100 * shift,
    };
    NaiveDate::from_ymd_opt((century + pair(0)) as i32, pair(2) % 20, pair(4))
}
