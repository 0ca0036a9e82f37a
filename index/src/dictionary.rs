//! The Polish dictionary: from the forms of words, written without marks, to their lemmas.
//!
//! It is made by `scripts/dictionary` and carried compressed in the binary. Unpacked:
//!
//! ```text
//! u32 bytes of the forms, u32 number of rule sets        (all numbers little-endian)
//! forms: a finite state transducer, form -> number of a rule set
//! u32 for each rule set: where it ends among the rules
//! rules: u8 bytes to cut off the form's end, u8 bytes to append, and these
//! ```

use std::collections::HashMap;
use std::io::Read;
use std::sync::LazyLock;
use std::time::Instant;

use levenshtein_automata::DFA;
use tantivy_fst::{IntoStreamer, Map, Streamer};

use crate::fold::plain;
use crate::near::Near;

const PACKED: &[u8] = include_bytes!("../dictionary/pl.dict.zst");
/// The checksum of the file: another dictionary makes other terms.
const CHECKSUM: &str = include_str!("../dictionary/pl.dict.zst.sha256");
/// Words of the city: the lemma and its forms on a line.
const LOCAL: &str = include_str!("../dictionary/local.txt");

static POLISH: LazyLock<Dictionary> = LazyLock::new(|| {
    let begun = Instant::now();
    let dictionary = Dictionary::load().unwrap_or_else(|error| {
        // Only a damaged binary comes here; stems alone still find most of it.
        tracing::error!("the Polish dictionary cannot be read: {error}");
        Dictionary::default()
    });
    tracing::debug!(milliseconds = begun.elapsed().as_millis(), "the dictionary is loaded");
    dictionary
});

/// Forms and their lemmas, all folded.
#[derive(Default)]
pub(crate) struct Dictionary {
    forms: Option<Map<Vec<u8>>>,
    ends: Vec<u32>,
    rules: Vec<u8>,
    local: HashMap<String, Vec<String>>,
}

impl Dictionary {
    /// The Polish one, which all share. The first call unpacks it.
    pub(crate) fn polish() -> &'static Dictionary {
        &POLISH
    }

    /// Begins to unpack the dictionary, so that the first question need not wait for it.
    pub(crate) fn warm_up() {
        std::thread::spawn(Dictionary::polish);
    }

    /// What decides which lemmas there are.
    pub(crate) fn version() -> String {
        let sum = CHECKSUM.split_whitespace().next().unwrap_or_default();
        format!("{sum}; {LOCAL}")
    }

    /// The lemmas of a folded form; none when the word is not known.
    pub(crate) fn lemmas(&self, form: &str) -> Vec<String> {
        let mut lemmas = self.local.get(form).cloned().unwrap_or_default();
        let set = self.forms.as_ref().and_then(|forms| forms.get(form));
        if let Some(set) = set {
            self.apply(set, form, &mut lemmas);
        }
        lemmas
    }

    /// Whether the folded form is a word.
    pub(crate) fn knows(&self, form: &str) -> bool {
        self.local.contains_key(form)
            || self.forms.as_ref().is_some_and(|forms| forms.contains_key(form))
    }

    /// The forms that are as near as the automaton allows, with their lemmas, at most `limit`.
    pub(crate) fn near(&self, dfa: &DFA, limit: usize) -> Vec<(String, Vec<String>)> {
        let mut near = Vec::new();
        let Some(forms) = &self.forms else { return near };
        let mut stream = forms.search(Near(dfa)).into_stream();
        while let Some((form, set)) = stream.next() {
            let Ok(form) = str::from_utf8(form) else { continue };
            let mut lemmas = Vec::new();
            self.apply(set, form, &mut lemmas);
            near.push((form.to_owned(), lemmas));
            if near.len() == limit {
                break;
            }
        }
        near
    }

    fn load() -> Result<Dictionary, Box<dyn std::error::Error>> {
        let mut bytes = Vec::new();
        ruzstd::decoding::StreamingDecoder::new(PACKED)?.read_to_end(&mut bytes)?;
        let number = |at: usize| -> Option<u32> {
            let four = bytes.get(at..at + 4)?;
            Some(u32::from_le_bytes(four.try_into().ok()?))
        };
        let cut = "the dictionary is cut short";
        let (forms, sets) = (number(0).ok_or(cut)? as usize, number(4).ok_or(cut)? as usize);
        let (after_forms, after_ends) = (8 + forms, 8 + forms + 4 * sets);
        let ends: Option<Vec<u32>> = (0..sets).map(|set| number(after_forms + 4 * set)).collect();
        let ends = ends.ok_or(cut)?;
        let rules = bytes.get(after_ends..).ok_or(cut)?.to_vec();
        bytes.truncate(after_forms);
        bytes.drain(..8);
        bytes.shrink_to_fit();
        Ok(Dictionary { forms: Some(Map::from_bytes(bytes)?), ends, rules, local: local() })
    }

    fn apply(&self, set: u64, form: &str, lemmas: &mut Vec<String>) {
        let set = set as usize;
        let end = |set: usize| self.ends.get(set).map_or(0, |end| *end as usize);
        let start = if set == 0 { 0 } else { end(set - 1) };
        let mut rules = self.rules.get(start..end(set)).unwrap_or_default();
        while let [cut, length, rest @ ..] = rules {
            let Some((append, rest)) = rest.split_at_checked(usize::from(*length)) else { return };
            let kept = form.len().saturating_sub(usize::from(*cut));
            if let (Some(kept), Ok(append)) = (form.get(..kept), str::from_utf8(append)) {
                let lemma = format!("{kept}{append}");
                if !lemmas.contains(&lemma) {
                    lemmas.push(lemma);
                }
            }
            rules = rest;
        }
    }
}

fn local() -> HashMap<String, Vec<String>> {
    let mut local: HashMap<String, Vec<String>> = HashMap::new();
    for line in LOCAL.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<String> = line.split_whitespace().map(plain).collect();
        let Some(lemma) = words.first() else { continue };
        for form in &words {
            local.entry(form.clone()).or_default().push(lemma.clone());
        }
    }
    local
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn forms_lead_to_their_lemmas() {
        let polish = Dictionary::polish();
        for (form, lemma) in [
            ("dowodu", "dowod"),
            ("zgubilam", "zgubic"),
            ("dzieci", "dziecko"),
            ("ludzi", "czlowiek"),
            ("szlam", "isc"),
            ("aut", "auto"),
            ("lepszy", "dobry"),
            ("krakowa", "krakow"),
            ("epuapem", "epuap"),
            ("mdowodzie", "mdowod"),
        ] {
            assert!(
                polish.lemmas(form).contains(&lemma.to_owned()),
                "{form}: {:?}",
                polish.lemmas(form)
            );
        }
    }

    #[test]
    fn a_form_of_several_words_has_several_lemmas() {
        let mut lemmas = Dictionary::polish().lemmas("mam");
        lemmas.sort();
        assert_eq!(lemmas, ["mama", "mamic", "miec"]);
    }

    #[test]
    fn what_is_no_word_has_no_lemma() {
        for form in ["", "xqzw", "dowud", "\u{10FFFF}"] {
            assert_eq!(Dictionary::polish().lemmas(form), [""; 0], "{form}");
            assert!(!Dictionary::polish().knows(form), "{form}");
        }
    }

    #[test]
    fn the_file_is_the_one_of_the_checksum() {
        let sum: String = Sha256::digest(PACKED).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(CHECKSUM, format!("{sum}  pl.dict.zst\n"));
    }
}
