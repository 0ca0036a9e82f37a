//! Telephone numbers, as people in Poland write them.

use crate::personal::ends;

/// Digits of a number in Poland.
const DIGITS: usize = 9;
/// Digits of a number with the code of its country.
const WORLD_DIGITS_MIN: usize = 10;
const WORLD_DIGITS_MAX: usize = 15;
/// Groups of digits that are looked at.
const GROUPS_MAX: usize = 7;
/// Characters between two groups, such as those of "(12) 616".
const GAP_CHARS_MAX: usize = 2;

/// How the nine digits are grouped.
const SHAPES: &[&[usize]] =
    &[&[9], &[3, 3, 3], &[2, 3, 2, 2], &[3, 2, 2, 2], &[2, 7], &[2, 3, 4], &[3, 6]];

/// With which two digits a number begins that belongs to somebody: places, then mobile telephones,
/// then those over the internet. What begins with 70 or 80 is a service.
const BEGINNINGS: &[u32] = &[
    12, 13, 14, 15, 16, 17, 18, 22, 23, 24, 25, 29, 32, 33, 34, 41, 42, 43, 44, 46, 48, 52, 54, 55,
    56, 58, 59, 61, 62, 63, 65, 67, 68, 71, 74, 75, 76, 77, 81, 82, 83, 84, 85, 86, 87, 89, 91, 94,
    95, // places
    45, 50, 51, 53, 57, 60, 66, 69, 72, 73, 78, 79, 88, // mobile
    39,
];

/// Numbers of offices, from `content/units.toml`, and the beginning of those of the City Office.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "12616", "122010241", "122010242", "122570007", "122690554", "124110045", "124232315",
    "124257564", "124304544", "124304546", "124483400", "126199910", "126320022", "126367678",
    "126462361", "126462370", "126591286", "126868000", "515251986",
];

/// How many bytes a telephone number takes with which a text begins.
pub fn length(text: &str) -> Option<usize> {
    let groups = groups(text);
    let first = groups.first()?;
    if text.starts_with('+') {
        return match first.digits.starts_with("48") {
            true => polish(&groups, "48"),
            false => foreign(&groups),
        };
    }
    polish(&groups, "").or_else(|| polish(&groups, "0048")).or_else(|| polish(&groups[..1], "48"))
}

/// Whether a number is one of an office.
pub fn is_of_office(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let own = &digits[digits.len().saturating_sub(DIGITS)..];
    OFFICES.iter().any(|office| own.starts_with(office))
}

/// Digits in a row, where they end in the text, and whether a full stop stands before them.
struct Group<'a> {
    digits: &'a str,
    end: usize,
    is_whole: bool,
    after_stop: bool,
}

/// The groups of digits with which a text begins.
fn groups(text: &str) -> Vec<Group<'_>> {
    let mut groups = Vec::new();
    let mut at = usize::from(text.starts_with('+'));
    let mut after_stop = false;
    while groups.len() < GROUPS_MAX {
        let rest = &text[at..];
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 {
            break;
        }
        let end = at + length;
        groups.push(Group { digits: &rest[..length], end, is_whole: ends(text, end), after_stop });
        let is_gap = |c: &char| " \u{a0}-–./()".contains(*c);
        let gap = text[end..].chars().take(GAP_CHARS_MAX).take_while(is_gap);
        let bytes: usize = gap.map(char::len_utf8).sum();
        after_stop = text[end..].starts_with('.');
        at = end + bytes;
        if bytes == 0 {
            break;
        }
    }
    groups
}

/// Where a number of Poland ends that has this code before it, in its first group or as a group.
fn polish(groups: &[Group<'_>], code: &str) -> Option<usize> {
    let first = groups.first()?.digits.strip_prefix(code)?;
    let skipped = usize::from(first.is_empty());
    let digits = |at: usize| if at == 0 { first } else { groups[at].digits };
    let shape = SHAPES.iter().find(|shape| {
        let mut all = shape.iter().enumerate();
        groups.len() >= skipped + shape.len()
            && all.all(|(i, length)| digits(skipped + i).len() == *length)
    })?;
    let last = &groups[skipped + shape.len() - 1];
    let number: String = (skipped..skipped + shape.len()).map(digits).collect();
    // 50.0619474 is a place, and 500 000 000 is a sum.
    let is_decimal = shape.len() == 2 && last.after_stop;
    let is_sum = number.ends_with("000000");
    let beginning = number[..2].parse().ok()?;
    let is_number = BEGINNINGS.contains(&beginning) && !is_decimal && !is_sum;
    (is_number && last.is_whole).then_some(last.end)
}

/// Where a number of another country ends, which a plus makes plain.
fn foreign(groups: &[Group<'_>]) -> Option<usize> {
    let mut digits = 0;
    let ends = groups.iter().filter_map(|group| {
        digits += group.digits.len();
        let fits = (WORLD_DIGITS_MIN..=WORLD_DIGITS_MAX).contains(&digits);
        (fits && group.is_whole).then_some(group.end)
    });
    ends.last()
}
