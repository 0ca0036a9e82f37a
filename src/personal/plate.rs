//! Polish number plates: two or three letters for the place, then four or five characters.

use crate::personal::ends;

/// The first letters: one for each voivodeship.
const VOIVODESHIPS: &str = "BCDEFGKLNOPRSTWZ";

/// Towns that have two letters.
const TOWNS: &[&str] = &[
    "BI", "BL", "BS", "CB", "CG", "CT", "CW", "DB", "DJ", "DL", "DW", "DX", "ED", "EL", "EP", "ES",
    "FG", "FZ", "GA", "GD", "GS", "KK", "KN", "KR", "KT", "LB", "LC", "LU", "LZ", "NE", "NO", "OP",
    "PK", "PL", "PN", "PO", "PY", "RK", "RP", "RT", "RZ", "SB", "SC", "SD", "SG", "SH", "SI", "SJ",
    "SK", "SL", "SM", "SO", "SR", "ST", "SW", "SY", "SZ", "TK", "WA", "WB", "WD", "WE", "WF", "WH",
    "WI", "WJ", "WK", "WN", "WO", "WP", "WR", "WS", "WT", "WU", "WW", "WX", "WY", "ZK", "ZS",
];

/// The counties around, whose plates are known in small letters too.
const NEIGHBOURS: &[&str] = &[
    "KBA", "KBC", "KBR", "KCH", "KDA", "KGR", "KLI", "KMI", "KMY", "KNS", "KNT", "KOL", "KOS",
    "KPR", "KRA", "KSU", "KTA", "KTT", "KWA", "KWI",
];

/// Three letters that stand before numbers, and before which no car stands.
const ABBREVIATIONS: &[&str] = &[
    "BIP", "BMW", "BUS", "CEN", "CIT", "EUR", "FAX", "GPS", "GUS", "KCK", "KPA", "KRS", "KRZ",
    "LED", "LOT", "NIP", "NFZ", "NRB", "PCK", "PIT", "PKP", "PKS", "PLN", "POZ", "PSP", "RAL",
    "SMS", "TEL", "TIR", "TVP", "WKU", "ZBK", "ZCK", "ZIM", "ZIS", "ZTP", "ZUS", "ZZM",
];

/// Letters that are not used behind the place, because they look like digits.
const NOT_USED: &str = "BDIOQZ";

/// How many bytes a number plate takes with which a text begins.
pub fn length(text: &str) -> Option<usize> {
    [2, 3].into_iter().find_map(|letters| with_place(text, letters))
}

fn with_place(text: &str, letters: usize) -> Option<usize> {
    let place =
        text.get(..letters).filter(|place| place.bytes().all(|b| b.is_ascii_alphabetic()))?;
    let gap = text[letters..].chars().next().filter(|c| matches!(c, ' ' | '\u{a0}'));
    let start = letters + gap.map_or(0, char::len_utf8);
    let rest = &text[start..];
    let number = &rest[..rest.bytes().take_while(u8::is_ascii_alphanumeric).count()];
    // Behind two letters stands a digit; apart from that, letters without a gap are a word.
    let must_begin_with_digit = letters == 2 || gap.is_none();
    let begins = !must_begin_with_digit || number.starts_with(|c: char| c.is_ascii_digit());
    let is_plate = is_place(place, gap.is_none()) && begins && is_number(number);
    let end = start + number.len();
    (is_plate && ends(text, end)).then_some(end)
}

/// Whether the letters are a place. In small letters and with a gap they would be any short word:
/// "po 20000 zł".
fn is_place(place: &str, is_joined: bool) -> bool {
    let capitals = place.to_ascii_uppercase();
    let written = capitals == place || is_joined;
    let known = match place.len() {
        2 => TOWNS.contains(&&*capitals),
        _ if capitals == place => {
            VOIVODESHIPS.contains(&place[..1]) && !ABBREVIATIONS.contains(&place)
        }
        _ => NEIGHBOURS.contains(&&*capitals),
    };
    written && known
}

/// Four or five characters, at least two of them digits; 2026 is a year.
fn is_number(number: &str) -> bool {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let is_year = number.len() == 4 && digits == 4 && ["19", "20"].contains(&&number[..2]);
    let used = number.bytes().all(|b| !NOT_USED.contains(b.to_ascii_uppercase() as char));
    (4..=5).contains(&number.len()) && digits >= 2 && used && !is_year
}
