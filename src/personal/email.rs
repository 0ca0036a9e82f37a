//! E-mail addresses.

use crate::personal::ends;

/// Bytes before the sign @, by RFC 5321.
const LOCAL_BYTES_MAX: usize = 64;
/// Bytes behind it.
const DOMAIN_BYTES_MAX: usize = 255;

/// Domains of offices; what stands before them is no person's own address.
const OFFICES: &[&str] = &[
    "gov.pl",
    "kontakt.krakow.pl",
    "mops.krakow.pl",
    "mpo.krakow.pl",
    "um.krakow.pl",
    "zbk.krakow.pl",
    "zck-krakow.pl",
    "zdmk.krakow.pl",
    "zim.krakow.pl",
    "zis.krakow.pl",
    "ztp.krakow.pl",
    "zzm.krakow.pl",
];

/// How many bytes an address takes with which a text begins.
pub fn length(text: &str) -> Option<usize> {
    let is_local = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
    let local = run(text, LOCAL_BYTES_MAX, is_local);
    let domain = text[local..].strip_prefix('@').filter(|_| local > 0)?;
    let reach = run(domain, DOMAIN_BYTES_MAX, |c| c.is_alphanumeric() || c == '.' || c == '-');
    // A full stop behind the address ends the sentence.
    let mut ends = (1..=reach).rev().filter(|end| domain.is_char_boundary(*end));
    let is_whole = |end: &usize| ends_word(domain, *end) && is_domain(&domain[..*end]);
    ends.find(is_whole).map(|end| local + 1 + end)
}

/// Whether an address is one of an office.
pub fn is_of_office(address: &str) -> bool {
    let domain = address.rsplit('@').next().unwrap_or_default().to_lowercase();
    let above = |office: &&str| domain.strip_suffix(*office);
    OFFICES.iter().filter_map(above).any(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// How many bytes a text goes on with such characters, up to a limit.
fn run(text: &str, bytes_max: usize, is_one: impl Fn(char) -> bool) -> usize {
    let ends = text.char_indices().take_while(|(_, c)| is_one(*c));
    ends.map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= bytes_max).last().unwrap_or(0)
}

fn ends_word(text: &str, end: usize) -> bool {
    ends(text, end) && text[..end].ends_with(char::is_alphanumeric)
}

fn is_domain(text: &str) -> bool {
    let Some((_, top)) = text.rsplit_once('.') else { return false };
    top.chars().count() >= 2
        && top.chars().all(char::is_alphabetic)
        && text.split('.').all(|label| !label.is_empty())
}
