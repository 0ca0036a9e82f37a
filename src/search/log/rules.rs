//! What is kept of a question: never a number that stands for a person or a thing of one.

/// Characters of a question that are kept.
const WORDS_CHARS_MAX: usize = 200;
/// What stands in the place of what is not kept.
const MARK: &str = "#";
/// As many digits are a telephone number, a PESEL, a card or an account.
const DIGITS_MIN: usize = 7;
/// Signs between two digits of one number.
const GAP_CHARS_MAX: usize = 3;
/// "KR 123 45" is a registration plate of three words; longer ones are not tried.
const PLATE_WORDS_MAX: usize = 3;

/// The words of a question as they are kept: in lower case, with single spaces, and without e-mail
/// addresses, long numbers, registration plates and numbers of identity cards.
///
/// Names of people cannot be told from other words. They are kept, and shown to nobody unless
/// it was asked three times, perhaps by one person.
pub fn normalised(question: &str) -> String {
    let tidy: Vec<&str> = question.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let words: Vec<&str> = tidy.into_iter().filter(|word| !word.is_empty()).collect();
    let kept: Vec<&str> =
        words.iter().map(|word| if is_address(word) { MARK } else { word }).collect();
    let kept = without_plates(&without_numbers(&kept.join(" ")));
    kept.to_lowercase().chars().take(WORDS_CHARS_MAX).collect::<String>().trim_end().to_owned()
}

fn is_address(word: &str) -> bool {
    word.contains('@') && word.chars().any(char::is_alphanumeric)
}

/// The text with a mark for every run of digits that is long enough, whatever stands between them.
fn without_numbers(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let (end, digits) = number_at(&chars, at);
        if digits >= DIGITS_MIN {
            // The sign of an international number goes with it.
            if kept.ends_with('+') {
                kept.pop();
            }
            kept.push_str(MARK);
            at = end;
        } else if digits > 0 {
            kept.extend(&chars[at..end]);
            at = end;
        } else {
            kept.push(*c);
            at += 1;
        }
    }
    kept
}

/// Where a number that begins at a place ends, and how many digits it has.
fn number_at(chars: &[char], start: usize) -> (usize, usize) {
    let (mut end, mut digits, mut at) = (start, 0, start);
    while let Some(c) = chars.get(at) {
        if c.is_numeric() {
            digits += 1;
            end = at + 1;
        } else if digits == 0 || at - end >= GAP_CHARS_MAX || !is_gap(*c) {
            break;
        }
        at += 1;
    }
    (end, digits)
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '.' | '-' | '–' | '—' | '(' | ')')
}

/// The text with a mark for every registration plate and number of an identity card.
fn without_plates(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut kept: Vec<&str> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let length = (1..=PLATE_WORDS_MAX)
            .rev()
            .find(|length| words.get(at..at + length).is_some_and(names_somebodys_thing));
        kept.push(if length.is_some() { MARK } else { words[at] });
        at += length.unwrap_or(1);
    }
    kept.join(" ")
}

/// Two or three letters and what follows: a plate (KR 12345, KRA 12AB) or an identity card
/// (ABC 123456), but not a symbol of a card (SA-10) or an acronym with a year (BO 2026).
fn names_somebodys_thing(words: &[&str]) -> bool {
    let bare: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let all = bare.concat();
    let letters = all.chars().take_while(char::is_ascii_alphabetic).count();
    let alone = bare.len() == 1;
    if !alone && (bare[0].len() > letters || !(2..=3).contains(&bare[0].len())) {
        return false;
    }
    // Alone, the letters that follow the prefix run into it: KRA1234, KRAA12.
    let prefixes = if alone { 2..=3 } else { bare[0].len()..=bare[0].len() };
    prefixes.into_iter().any(|length| {
        let Some((prefix, rest)) = all.split_at_checked(length) else { return false };
        prefix.len() <= letters && (is_plate(prefix, rest) || is_identity_card(prefix, rest))
    })
}

/// A word in lower case, without the signs around and within it; empty when it has other letters.
fn bare(word: &str) -> String {
    let kept: String = word.chars().filter(|c| !c.is_ascii_punctuation()).collect();
    if kept.is_ascii() && !word.contains('/') { kept.to_lowercase() } else { String::new() }
}

/// The first letters of the voivodeships.
const VOIVODESHIPS: &str = "bcdefgklnoprstwz";
/// Letters that a plate does not have behind its prefix, because they look like digits.
const NEVER_BEHIND: &str = "bdioz";
/// Words that stand before numbers that are no plates: "do 15000".
const NO_PREFIXES: &[&str] = &["do", "na", "nr", "od", "ok", "za"];
/// The orders of digits and letters behind a prefix.
const BEHIND_TWO: &[&str] = &["ddddd", "ddddl", "dddll", "dlddd", "dlldd"];
const BEHIND_THREE: &[&str] =
    &["lddd", "ddld", "dldd", "ddll", "dlld", "lldd", "ddddd", "ddddl", "dddll"];

fn is_plate(prefix: &str, rest: &str) -> bool {
    let order: String = rest.chars().map(|c| if c.is_ascii_digit() { 'd' } else { 'l' }).collect();
    let orders = if prefix.len() == 2 { BEHIND_TWO } else { BEHIND_THREE };
    prefix.starts_with(|c| VOIVODESHIPS.contains(c))
        && !NO_PREFIXES.contains(&prefix)
        && !rest.contains(|c| NEVER_BEHIND.contains(c))
        && orders.contains(&&*order)
}

fn is_identity_card(prefix: &str, rest: &str) -> bool {
    prefix.len() == 3 && rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_in_lower_case_with_single_spaces() {
        for (question, kept) in [
            ("  Jak wyrobić\tDOWÓD?\n ", "jak wyrobić dowód?"),
            ("a\0b\u{7}c", "a b c"),
            ("", ""),
            (" \u{a0} ", ""),
        ] {
            assert_eq!(normalised(question), kept, "{question:?}");
        }
    }

    #[test]
    fn a_long_question_is_cut_after_what_is_private_was_taken_out() {
        let long = format!("{} 90010112345", "ą".repeat(197));
        assert_eq!(normalised(&long), format!("{} #", "ą".repeat(197)));
        assert_eq!(normalised(&"słowo ".repeat(100)).chars().count(), 200);
    }

    #[test]
    fn numbers_of_people_are_not_kept_however_they_are_typed() {
        for (question, kept) in [
            ("pesel 90010112345", "pesel #"),
            ("pesel90010112345", "pesel#"),
            ("900101-12345 co dalej", "# co dalej"),
            ("zadzwoń 600 100 200", "zadzwoń #"),
            ("tel. 600-100-200.", "tel. #."),
            ("+48 600.100.200", "#"),
            ("(12) 616 55 55", "(#"),
            ("12 616-55-55 wew. 3", "# wew. 3"),
            ("6161616", "#"),
            ("pl61 1090 1014 0000 0712 1981 2874 przelew", "pl# przelew"),
            ("PL61109010140000071219812874", "pl#"),
            ("karta 4111 – 1111 – 1111 – 1111", "karta #"),
            ("nip 676-101-37-17 regon 351554353", "nip # regon #"),
            ("٩٠٠١٠١١٢٣٤٥", "#"),
            ("paszport EA1234567", "paszport ea#"),
            ("1 2 3 4 5 6 7", "#"),
        ] {
            assert_eq!(normalised(question), kept, "{question}");
        }
    }

    #[test]
    fn addresses_of_people_are_not_kept() {
        for (question, kept) in [
            ("jan.kowalski@example.pl nie dostał", "# nie dostał"),
            ("mail: <Jan@Example.PL>, pilne", "mail: # pilne"),
            ("@", "@"),
        ] {
            assert_eq!(normalised(question), kept, "{question}");
        }
    }

    #[test]
    fn plates_and_identity_cards_are_not_kept() {
        for (question, kept) in [
            ("auto KR 12345 na chodniku", "auto # na chodniku"),
            ("kr12345", "#"),
            ("KR-1A234!", "#"),
            ("KR 123 45", "#"),
            ("KRA 12AC odholowany", "# odholowany"),
            ("kraa123", "#"),
            ("KK 1234C", "#"),
            ("WA 1AC23", "#"),
            ("dowód ABC 123456", "dowód #"),
            ("ABC123456", "#"),
            ("ABC 123 456", "#"),
        ] {
            assert_eq!(normalised(question), kept, "{question}");
        }
    }

    #[test]
    fn symbols_years_sums_and_streets_are_kept() {
        for question in [
            "sa-10",
            "karta sa 10 druk",
            "km-23",
            "ws-119",
            "bo 2026",
            "sct 2026",
            "budżet obywatelski 2026/2027",
            "500 plus",
            "dotacja do 15000 zł",
            "bon 500 zl",
            "art. 13 ust. 2 pkt 3",
            "rozporządzenie ue 2016/679",
            "30-552 kraków",
            "wielicka 28a",
            "c1 prawo jazdy",
            "kod 95",
            "pit 36l",
            "zdjęcie 35x45",
            "kat. b+e",
        ] {
            assert_eq!(normalised(question), question);
        }
    }
}
