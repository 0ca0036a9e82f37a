//! One word's index terms: the trait, and Snowball Polish.

use frostem::{Algorithm, Stemmer};

use crate::Lang;
use crate::fold::fold;

/// The stemmer's version: another one makes other terms. A test holds it to Cargo.toml.
pub(crate) const FROSTEM_VERSION: &str = "1.20260821.8";

/// Turns a word into the terms it is indexed under, the same for documents and queries.
///
/// There may be several: a dictionary gives every lemma ("mam" is "mieć" and "mama"), and a word
/// matches when one of them does.
pub(crate) trait Analyzer: Send + Sync {
    /// The name and version: indexes of another one are rebuilt.
    fn version(&self) -> String;

    /// The terms of a lower-case word, none empty, none twice.
    fn terms(&self, lower: &str, lang: Lang) -> Vec<String>;
}

/// Polish words are stemmed by Snowball and folded; words of other languages are only folded.
pub(crate) struct SnowballPolish(Stemmer);

impl SnowballPolish {
    pub(crate) fn new() -> SnowballPolish {
        SnowballPolish(Stemmer::new(Algorithm::Polish))
    }

    fn stem(&self, lower: &str) -> String {
        fold(&self.0.stem(lower))
    }
}

impl Analyzer for SnowballPolish {
    fn version(&self) -> String {
        format!("snowball-polish 1, frostem {FROSTEM_VERSION}")
    }

    /// The stemmer knows endings by their marks ("-łam", "-ów"), so a word typed without them may
    /// keep its ending. Hence Polish words get both stems, and meet in one of them: questions typed
    /// without diacritics then find nearly as much as clean ones.
    fn terms(&self, lower: &str, lang: Lang) -> Vec<String> {
        let folded = fold(lower);
        let mut terms = match lang {
            Lang::Pl => vec![self.stem(lower), self.stem(&folded)],
            Lang::En | Lang::Uk => vec![folded],
        };
        terms.dedup();
        terms.retain(|term| !term.is_empty());
        terms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_meet_in_a_term() {
        let analyzer = SnowballPolish::new();
        for (one, other) in [
            ("dowodu", "dowodów"),
            ("osobisty", "osobistych"),
            ("zgubiłam", "zgubilam"),
            ("rejestracja", "rejestracji"),
            ("pojazdów", "pojazdow"),
        ] {
            let terms = analyzer.terms(one, Lang::Pl);
            let meets = analyzer.terms(other, Lang::Pl).iter().any(|term| terms.contains(term));
            assert!(meets, "{one} {terms:?}, {other} {:?}", analyzer.terms(other, Lang::Pl));
        }
    }

    #[test]
    fn other_languages_are_folded_but_not_stemmed() {
        let analyzer = SnowballPolish::new();
        assert_eq!(analyzer.terms("cards", Lang::En), ["cards"]);
        assert_eq!(analyzer.terms("посвідчення", Lang::Uk), ["посвідчення"]);
    }

    #[test]
    fn a_word_of_marks_alone_has_no_term() {
        for lang in [Lang::Pl, Lang::En, Lang::Uk] {
            assert_eq!(SnowballPolish::new().terms("\u{301}", lang), [""; 0]);
        }
    }

    #[test]
    fn the_version_is_the_one_that_is_linked() {
        let pin = format!("frostem = {{ version = \"={FROSTEM_VERSION}\"");
        assert!(include_str!("../Cargo.toml").contains(&pin));
    }
}
