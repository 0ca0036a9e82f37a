//! One word's index terms: the trait, and the morphology of three languages.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use frostem::{Algorithm, Stemmer};

use crate::Lang;
use crate::dictionary::Dictionary;
use crate::fold::fold;
use crate::ukrainian;

/// The stemmer's version: another one makes other terms. A test holds it to Cargo.toml.
pub(crate) const FROSTEM_VERSION: &str = "1.20260821.8";

/// Turns a word into the terms it is indexed under, the same for documents and queries.
///
/// There may be several: a dictionary gives every lemma ("mam" is "mieć" and "mama"), and a word
/// matches when one of them does.
pub trait Analyzer: Send + Sync {
    /// The name and version: indexes of another one are rebuilt.
    fn version(&self) -> String;

    /// The terms of a lower-case word, none empty, none twice.
    fn terms(&self, lower: &str, lang: Lang) -> Vec<String>;
}

/// Polish words become their lemmas, those that no dictionary knows are stemmed; so are the words
/// of the other languages. All of it without marks.
pub(crate) struct Morphology {
    dictionary: &'static Dictionary,
    polish: Stemmer,
    english: Stemmer,
}

impl Morphology {
    pub(crate) fn new() -> Morphology {
        Morphology {
            dictionary: Dictionary::polish(),
            polish: Stemmer::new(Algorithm::Polish),
            english: Stemmer::new(Algorithm::English),
        }
    }

    fn polish(&self, lower: &str, folded: &str) -> Vec<String> {
        // The numbers and codes of a city are no words: "35x45", "km2".
        if folded.contains(|c: char| c.is_ascii_digit()) {
            return vec![folded.to_owned()];
        }
        let lemmas = self.dictionary.lemmas(folded);
        if !lemmas.is_empty() {
            return lemmas;
        }
        // The stemmer knows endings by their marks ("-łam", "-ów"), so a word typed without them
        // may keep its ending. Hence both stems: the word meets itself in one of them.
        let mut stems = vec![fold(&self.polish.stem(lower)), fold(&self.polish.stem(folded))];
        stems.dedup();
        stems
    }
}

impl Analyzer for Morphology {
    fn version(&self) -> String {
        format!("morphology 1, frostem {FROSTEM_VERSION}, dictionary {}", Dictionary::version())
    }

    fn terms(&self, lower: &str, lang: Lang) -> Vec<String> {
        let folded = fold(lower);
        let mut terms = match lang {
            Lang::Pl => self.polish(lower, &folded),
            Lang::En => vec![self.english.stem(&folded).into_owned()],
            Lang::Uk => vec![ukrainian::stem(&folded).to_owned()],
        };
        terms.retain(|term| !term.is_empty());
        terms
    }
}

/// Remembers the terms of words while many texts are taken in: they use few words, again and again.
pub(crate) struct Memo<'a> {
    analyzer: &'a dyn Analyzer,
    known: Mutex<HashMap<(Lang, String), Vec<String>>>,
}

impl<'a> Memo<'a> {
    pub(crate) fn new(analyzer: &'a dyn Analyzer) -> Memo<'a> {
        Memo { analyzer, known: Mutex::default() }
    }
}

impl Analyzer for Memo<'_> {
    fn version(&self) -> String {
        self.analyzer.version()
    }

    fn terms(&self, lower: &str, lang: Lang) -> Vec<String> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let terms = known.entry((lang, lower.to_owned()));
        terms.or_insert_with(|| self.analyzer.terms(lower, lang)).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_meet_in_a_term() {
        let morphology = Morphology::new();
        for (lang, one, other) in [
            (Lang::Pl, "dowodu", "dowodów"),
            (Lang::Pl, "osobisty", "osobistych"),
            (Lang::Pl, "zgubiłam", "zgubilam"),
            (Lang::Pl, "dziecko", "dzieciom"),
            (Lang::Pl, "rejestracji", "rejestracja"),
            // Not in the dictionary.
            (Lang::Pl, "kryptopojazdów", "kryptopojazdow"),
            (Lang::En, "cards", "card"),
            (Lang::Uk, "паспорта", "паспорт"),
            (Lang::Uk, "реєстрації", "реєстрація"),
        ] {
            let terms = morphology.terms(one, lang);
            let others = morphology.terms(other, lang);
            assert!(others.iter().any(|term| terms.contains(term)), "{terms:?} {others:?}");
        }
    }

    #[test]
    fn a_word_with_a_digit_is_itself() {
        assert_eq!(Morphology::new().terms("35x45", Lang::Pl), ["35x45"]);
    }

    #[test]
    fn a_word_of_marks_alone_has_no_term() {
        for lang in [Lang::Pl, Lang::En, Lang::Uk] {
            assert_eq!(Morphology::new().terms("\u{301}", lang), [""; 0]);
        }
    }

    #[test]
    fn the_version_is_the_one_that_is_linked() {
        let pin = format!("frostem = {{ version = \"={FROSTEM_VERSION}\"");
        assert!(include_str!("../Cargo.toml").contains(&pin));
    }
}
