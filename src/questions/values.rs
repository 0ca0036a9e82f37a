//! What one value must be: the rules that questions of categories and fields of forms share.

use crate::{
    error::{Problem, ProblemCode},
    personal,
    scalars::{Amount, Date},
    texts,
    words::Message,
};

/// Characters of a telephone number as people write it.
pub const PHONE_CHARS_MAX: usize = 40;

/// What a value that is written as text must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted<'a> {
    /// One line of so many characters at most.
    Line(usize),
    /// Several lines of so many characters at most.
    Lines(usize),
    /// A number, such as `2` or `1.5`.
    Number,
    /// A day.
    Day,
    /// One of these keys.
    OneOf(Vec<&'a str>),
    /// An amount of money.
    Amount,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// The number of a person.
    Pesel,
    /// The number of a taxpayer.
    Nip,
    /// The number of an enterprise.
    Regon,
    /// A postal code of Poland.
    PostalCode,
}

use Wanted::{
    Amount as Money, Day, Email, Line, Lines, Nip, Number, OneOf, Pesel, Phone, PostalCode, Regon,
};

/// Everything that is wrong with a value.
pub fn problems(path: &str, wanted: &Wanted, value: &str) -> Vec<Problem> {
    let chars_max = match wanted {
        Line(max) | Lines(max) => *max,
        Email => texts::EMAIL_CHARS_MAX,
        Phone => PHONE_CHARS_MAX,
        _ => usize::MAX,
    };
    let mut problems = texts::problems(path, value, chars_max);
    if let Some(message) = refusal(wanted, value) {
        problems.push(Problem::at(path, ProblemCode::Invalid, message));
    }
    problems
}

/// Why a value is not of the form that is wanted.
fn refusal(wanted: &Wanted, value: &str) -> Option<Message> {
    let (is, key) = match wanted {
        Lines(_) => return None,
        Line(_) => (!value.contains('\n'), "one-line"),
        Number => (value.trim().parse::<f64>().is_ok_and(f64::is_finite), "not-a-number"),
        Day => (value.parse::<Date>().is_ok(), "not-a-day"),
        Money => (value.parse::<Amount>().is_ok(), "not-an-amount"),
        Email => (texts::is_email(value), "not-an-email"),
        Phone => (dialled(value).is_some(), "not-a-phone"),
        Pesel => (personal::is_pesel(value), "not-a-pesel"),
        Nip => (is_nip(value), "not-a-nip"),
        Regon => (is_regon(value), "not-a-regon"),
        PostalCode => (is_postal_code(value), "not-a-postal-code"),
        OneOf(keys) if keys.contains(&value) => return None,
        OneOf(keys) => {
            return Some(Message::new("not-a-choice").with("known", keys.join(", ")));
        }
    };
    (!is).then(|| Message::new(key))
}

/// A telephone number as it is dialled: 7 to 15 digits, and a plus before the code of a country; none
/// for what no call could ever reach.
pub fn dialled(text: &str) -> Option<String> {
    let number: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let digits = number.strip_prefix('+').unwrap_or(&number);
    let is_sound = (7..=15).contains(&digits.len())
        && !digits.contains('+')
        && text.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c));
    is_sound.then_some(number)
}

/// Ten digits of which the last is the sum of the others by weights; a remainder of ten was never
/// given out.
fn is_nip(text: &str) -> bool {
    digits(text).is_some_and(|digits| {
        digits.len() == 10 && weighed(&digits, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) == digits[9]
    })
}

/// Nine digits, or these with five more for a part of the enterprise.
fn is_regon(text: &str) -> bool {
    let Some(digits) = digits(text) else { return false };
    let check = |weights: &[u32], at: usize| weighed(&digits, weights) % 10 == digits[at];
    let is_short = digits.len() >= 9 && check(&[8, 9, 2, 3, 4, 5, 6, 7], 8);
    match digits.len() {
        9 => is_short,
        14 => is_short && check(&[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8], 13),
        _ => false,
    }
}

fn weighed(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11
}

fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

fn is_postal_code(text: &str) -> bool {
    text.split_once('-').is_some_and(|(area, place)| {
        area.len() == 2 && place.len() == 3 && digits(area).is_some() && digits(place).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_must_be_what_is_wanted() {
        for (wanted, right, wrong) in [
            (Email, &["a@b.pl", "a.b+c@x.krakow.pl"][..], &["a@b", "a b@c.pl", "@b.pl"][..]),
            (Phone, &["12 616 55 55", "+48 600-100-200"], &["112", "abc1234567"]),
            (
                Pesel,
                &["44051401359", "02070803628"],
                &["44051401358", "4405140135", "440514-01359"],
            ),
            (Nip, &["1234563218", "5260001246"], &["1234563219", "123456321", "526-000-12-46"]),
            (Regon, &["123456785", "12345678512347"], &["123456784", "12345678512348", "1234"]),
            (PostalCode, &["31-004"], &["31004", "3-1004", "31-0045", "ab-cde"]),
            (Money, &["12.50", "12"], &["12,50", "-1.00", "99999999.00"]),
            (Line(3), &["abc"], &["a\nb", "abcd"]),
            (Lines(3), &["a\nb"], &["abcd"]),
            (OneOf(vec!["a", "b"]), &["a"], &["c", "A"]),
        ] {
            for value in right {
                assert_eq!(problems("v", &wanted, value), Vec::new(), "{wanted:?} {value}");
            }
            for value in wrong {
                assert_eq!(problems("v", &wanted, value).len(), 1, "{wanted:?} {value}");
            }
        }
    }
}
