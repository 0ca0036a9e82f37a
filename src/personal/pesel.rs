//! The number that everybody in Poland has.

use chrono::NaiveDate;

use crate::personal::ends;

const DIGITS: usize = 11;
const WEIGHTS: [u32; DIGITS] = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];

/// How many bytes a PESEL takes with which a text begins.
pub fn length(text: &str) -> Option<usize> {
    let number = text.get(..DIGITS).filter(|_| ends(text, DIGITS))?;
    let digits: Option<Vec<u32>> = number.chars().map(|c| c.to_digit(10)).collect();
    is_pesel(&digits?).then_some(DIGITS)
}

fn is_pesel(digits: &[u32]) -> bool {
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    sum.is_multiple_of(10) && birthday(digits).is_some()
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
