//! Suggestions while somebody types: titles, codes and frequent questions, from memory.
//!
//! Every entry stands in a transducer once for each of its words, as the text from that word on, so
//! that "osobisty" finds "Dowód osobisty". A prefix is then a range of keys, and one mistake an
//! automaton over them; neither asks the index.

use tantivy_fst::map::Stream;
use tantivy_fst::{Automaton, IntoStreamer, Map, MapBuilder, Streamer};

use crate::fold::{code, plain};
use crate::near::{Near, one_beginning};
use crate::text::{tidy, words};

/// Shorter beginnings say nothing.
const TYPED_CHARS_MIN: usize = 2;
/// Of what is typed, so much is read.
const TYPED_CHARS_MAX: usize = 100;
/// Shorter beginnings are not repaired: they are near everything.
const REPAIRED_CHARS_MIN: usize = 4;
/// With fewer suggestions, one mistake is forgiven.
const ENOUGH: usize = 3;
/// So many keys of a range are looked at; a longer beginning has fewer.
const KEYS_MAX: usize = 5_000;

/// Something that may be suggested.
#[derive(Clone, Debug)]
pub struct Suggestion<T> {
    /// What is shown, and found by the beginning of any of its words.
    pub text: String,
    /// Codes that lead to it as well, "SA-10".
    pub codes: Vec<String>,
    /// Of two that fit as well, the heavier comes first.
    pub weight: u32,
    /// What it stands for.
    pub subject: T,
}

/// All suggestions, ready to be asked. Made once, then only read.
pub struct Suggester<T> {
    /// Heaviest first, each with its folded words.
    entries: Vec<(Suggestion<T>, String)>,
    /// Each entry's text from each of its words on, and its codes; gives entry and word.
    keys: Option<Map<Vec<u8>>>,
}

impl<T> Suggester<T> {
    /// Takes everything that may be suggested.
    pub fn new(mut entries: Vec<Suggestion<T>>) -> Suggester<T> {
        entries.sort_by(|one, other| {
            other.weight.cmp(&one.weight).then_with(|| one.text.cmp(&other.text))
        });
        let entries = entries.into_iter().map(|entry| {
            let text = folded(&entry.text);
            (entry, text)
        });
        let entries: Vec<(Suggestion<T>, String)> = entries.collect();
        let mut keys: Vec<(String, u64)> = Vec::new();
        for (number, (entry, text)) in (0_u64..).zip(&entries) {
            let starts = text.match_indices(' ').map(|(at, _)| at + 1);
            for (word, start) in (0_u64..).zip(std::iter::once(0).chain(starts)) {
                // The number keeps equal texts apart; the word ranks what begins so.
                keys.push((
                    format!("{}\0{number:08x}", &text[start..]),
                    number << 8 | word.min(255),
                ));
            }
            for symbol in &entry.codes {
                keys.push((format!("{}\0{number:08x}", code(symbol).to_lowercase()), number << 8));
            }
        }
        keys.sort_unstable();
        keys.dedup_by(|one, other| one.0 == other.0);
        Suggester { entries, keys: map(keys) }
    }

    /// The suggestions for what is typed, best first, at most `limit`, of those that `may` be seen:
    /// what begins so, then what has a word that begins so, then what is one mistake away.
    pub fn suggest(
        &self,
        typed: &str,
        limit: usize,
        may: impl Fn(&T) -> bool,
    ) -> Vec<&Suggestion<T>> {
        let typed = folded(typed);
        let Some(keys) = &self.keys else { return Vec::new() };
        if typed.chars().count() < TYPED_CHARS_MIN {
            return Vec::new();
        }
        let mut found = Found { entries: &self.entries, may, ranked: Vec::new() };
        found.take(beginning(keys, &typed), 0);
        let symbol = code(&typed).to_lowercase();
        if symbol != typed && symbol.contains(|c: char| c.is_ascii_digit()) {
            found.take(beginning(keys, &symbol), 0);
        }
        if found.ranked.len() < limit && typed.contains(' ') {
            found.take_scattered(keys, &typed);
        }
        // A code with another digit is another code.
        let is_words = typed.chars().count() >= REPAIRED_CHARS_MIN
            && !typed.contains(|c: char| c.is_ascii_digit());
        if found.ranked.len() < ENOUGH.min(limit) && is_words {
            found.take(keys.search(Near(&one_beginning(&typed))).into_stream(), 2);
        }
        found.best(limit)
    }
}

/// What was found so far: how well it fits (less is better), and which entry it is.
struct Found<'a, T, M> {
    entries: &'a [(Suggestion<T>, String)],
    may: M,
    ranked: Vec<(u64, usize)>,
}

impl<'a, T, M: Fn(&T) -> bool> Found<'a, T, M> {
    fn take<A: Automaton>(&mut self, mut keys: Stream<'_, A>, tier: u64) {
        for _ in 0..KEYS_MAX {
            let Some((_, value)) = keys.next() else { return };
            let later = u64::from(value & 0xFF > 0);
            self.add((value >> 8) as usize, tier + later);
        }
    }

    /// Entries with a word for each of the typed ones, wherever they stand.
    fn take_scattered(&mut self, keys: &Map<Vec<u8>>, typed: &str) {
        let wanted: Vec<&str> = typed.split(' ').collect();
        let Some(longest) = wanted.iter().max_by_key(|word| word.chars().count()) else { return };
        let mut seen = None;
        let mut keys = beginning(keys, longest);
        for _ in 0..KEYS_MAX {
            let Some((_, value)) = keys.next() else { return };
            let number = (value >> 8) as usize;
            if seen.replace(number) == Some(number) {
                continue;
            }
            let Some((_, text)) = self.entries.get(number) else { continue };
            let has = |wanted: &&str| text.split(' ').any(|word| word.starts_with(*wanted));
            if wanted.iter().all(has) {
                self.add(number, 2);
            }
        }
    }

    fn add(&mut self, number: usize, tier: u64) {
        if self.entries.get(number).is_some_and(|(entry, _)| (self.may)(&entry.subject)) {
            self.ranked.push((tier, number));
        }
    }

    /// Each entry once. Entries are in the order of their weights.
    fn best(mut self, limit: usize) -> Vec<&'a Suggestion<T>> {
        self.ranked.sort_unstable();
        let mut best: Vec<&Suggestion<T>> = Vec::new();
        for (_, number) in self.ranked {
            let (entry, _) = &self.entries[number];
            if best.len() < limit && best.iter().all(|other| other.text != entry.text) {
                best.push(entry);
            }
        }
        best
    }
}

/// The keys that begin so; no byte of UTF-8 is 255.
fn beginning<'a>(keys: &'a Map<Vec<u8>>, prefix: &str) -> Stream<'a> {
    keys.range().ge(prefix).lt([prefix.as_bytes(), &[0xFF]].concat()).into_stream()
}

/// The words of a text without marks, one space between them.
fn folded(text: &str) -> String {
    let tidied = tidy(text, TYPED_CHARS_MAX);
    words(&tidied).map(|word| plain(word.text)).collect::<Vec<_>>().join(" ")
}

fn map(keys: Vec<(String, u64)>) -> Option<Map<Vec<u8>>> {
    let mut builder = MapBuilder::memory();
    for (key, value) in keys {
        builder.insert(key, value).ok()?;
    }
    Map::from_bytes(builder.into_inner().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggester() -> Suggester<bool> {
        let entry = |text: &str, codes: &[&str], weight, is_public| Suggestion {
            text: text.to_owned(),
            codes: codes.iter().map(|code| (*code).to_owned()).collect(),
            weight,
            subject: is_public,
        };
        Suggester::new(vec![
            entry("Wydanie dowodu osobistego", &["SA-10"], 10, true),
            entry("Zgłoszenie utraty dowodu osobistego", &["SA-11"], 10, true),
            entry("zgubiony dowód", &[], 5, true),
            entry("Zameldowanie na pobyt stały", &["SA-14"], 10, true),
            entry("Rozmowa: zgubiony dowód", &[], 1, false),
        ])
    }

    fn suggest(typed: &str) -> Vec<String> {
        let all = suggester();
        all.suggest(typed, 8, |public| *public).into_iter().map(|one| one.text.clone()).collect()
    }

    #[test]
    fn any_word_may_begin_as_is_typed_and_the_first_counts_more() {
        assert_eq!(suggest("zgub"), ["zgubiony dowód"]);
        assert_eq!(
            suggest("DOWÓD"),
            ["Wydanie dowodu osobistego", "Zgłoszenie utraty dowodu osobistego", "zgubiony dowód"]
        );
        assert_eq!(suggest("utraty dow"), ["Zgłoszenie utraty dowodu osobistego"]);
    }

    #[test]
    fn words_may_stand_anywhere() {
        assert_eq!(suggest("osobistego wyd"), ["Wydanie dowodu osobistego"]);
    }

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        for typed in ["sa-14", "SA 14", "sa14"] {
            assert_eq!(suggest(typed), ["Zameldowanie na pobyt stały"], "{typed}");
        }
    }

    #[test]
    fn one_mistake_is_forgiven() {
        assert_eq!(suggest("zamledow"), ["Zameldowanie na pobyt stały"]);
        assert_eq!(suggest("zamlxdow"), [""; 0]);
    }

    #[test]
    fn what_may_not_be_seen_is_not_suggested() {
        assert_eq!(suggest("rozmowa"), [""; 0]);
        assert_eq!(suggester().suggest("rozmowa", 8, |_| true).len(), 1);
    }

    #[test]
    fn nothing_breaks_the_suggestions() {
        for typed in
            ["", "z", " ", "\0", "🙂🙂🙂🙂", "\u{FFFF}\u{10FFFF}ab", "-- --", &"x".repeat(10_000)]
        {
            assert_eq!(suggest(typed), [""; 0], "{typed:?}");
        }
        assert!(Suggester::<()>::new(Vec::new()).suggest("dowod", 8, |()| true).is_empty());
        assert!(suggester().suggest("dowod", 0, |_| true).is_empty());
    }
}
