//! The words asked for, as terms and codes.

use crate::Lang;
use crate::analyzer::Analyzer;
use crate::fold::{code, fold, lower};
use crate::stopwords::is_stop_word;
use crate::text::{Word, tidy, words};

/// Of a longer query the rest is not read.
const QUERY_CHARS_MAX: usize = 1_000;
/// Further words are not looked for.
const QUERY_WORDS_MAX: usize = 32;
/// "SA 10/2 b" is a code of four words; longer ones are not tried.
const CODE_WORDS_MAX: usize = 4;
/// One letter begins too many words to say anything.
const PREFIX_CHARS_MIN: usize = 2;

/// A query's text, understood.
pub(crate) struct Question {
    /// The words that say something, each once.
    pub(crate) words: Vec<Asked>,
    /// Whatever in the text could be a code, as codes are indexed.
    pub(crate) codes: Vec<String>,
    /// The folded beginning of a last word that is still being typed.
    pub(crate) prefix: Option<String>,
}

/// One word, and the terms that stand for it.
pub(crate) struct Asked {
    pub(crate) fold: String,
    /// As any of the languages would index it: the query does not say in which it is written.
    pub(crate) terms: Vec<String>,
}

impl Question {
    /// Reads the text; anything may stand in it, and nothing is fine.
    pub(crate) fn new(text: &str, typing: bool, analyzer: &dyn Analyzer) -> Question {
        let tidied = tidy(text, QUERY_CHARS_MAX);
        let written: Vec<Word> = words(&tidied).take(QUERY_WORDS_MAX).collect();
        let mut words: Vec<Asked> = Vec::new();
        for word in &written {
            let asked = Asked::new(word.text, analyzer);
            if !asked.fold.is_empty() && words.iter().all(|other| other.fold != asked.fold) {
                words.push(asked);
            }
        }
        if words.iter().any(|word| !is_stop_word(&word.fold)) {
            words.retain(|word| !is_stop_word(&word.fold));
        }
        // A space after the last word says that it is finished; tidying has taken the space away.
        let unfinished = typing && !text.ends_with(char::is_whitespace);
        let last = written.last().filter(|word| unfinished && word.end() == tidied.len());
        let prefix = last.map(|word| fold(&lower(word.text))).filter(|prefix| {
            prefix.chars().count() >= PREFIX_CHARS_MIN
                && words.iter().any(|word| word.fold == *prefix)
        });
        Question { codes: codes(&written), words, prefix }
    }

    /// The words in their first form, sorted.
    pub(crate) fn topic(&self) -> String {
        let mut terms: Vec<&str> =
            self.words.iter().filter_map(|word| word.terms.first().map(String::as_str)).collect();
        terms.sort_unstable();
        terms.join(" ")
    }

    /// Nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.codes.is_empty()
    }
}

impl Asked {
    fn new(word: &str, analyzer: &dyn Analyzer) -> Asked {
        let lower = lower(word);
        let mut terms = Vec::new();
        for lang in [Lang::Pl, Lang::En, Lang::Uk] {
            for term in analyzer.terms(&lower, lang) {
                if !terms.contains(&term) {
                    terms.push(term);
                }
            }
        }
        Asked { fold: fold(&lower), terms }
    }
}

/// Neighbouring words run together: a code has a digit, or is all that was typed.
fn codes(written: &[Word]) -> Vec<String> {
    let mut codes = Vec::new();
    for length in 1..=CODE_WORDS_MAX {
        for run in written.windows(length) {
            let joined = code(&run.iter().map(|word| word.text).collect::<String>());
            let is_code = joined.contains(|c: char| c.is_ascii_digit());
            let is_all = length == written.len() && !joined.is_empty();
            if (is_code || is_all) && !codes.contains(&joined) {
                codes.push(joined);
            }
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::SnowballPolish;

    fn ask(text: &str, typing: bool) -> Question {
        Question::new(text, typing, &SnowballPolish::new())
    }

    fn folds(text: &str) -> Vec<String> {
        ask(text, false).words.into_iter().map(|word| word.fold).collect()
    }

    #[test]
    fn question_words_are_dropped_unless_nothing_is_left() {
        assert_eq!(folds("Jak wyrobić dowód?"), ["wyrobic", "dowod"]);
        assert_eq!(folds("co i jak"), ["co", "i", "jak"]);
    }

    #[test]
    fn a_word_counts_once() {
        assert_eq!(folds("dowód DOWOD dowód"), ["dowod"]);
    }

    #[test]
    fn a_code_is_seen_however_it_is_typed() {
        for text in ["SA-10", "sa 10", "SA10", "karta SA-10 druk"] {
            assert!(ask(text, false).codes.contains(&"SA10".to_owned()), "{text}");
        }
        assert_eq!(ask("usc", false).codes, ["USC"]);
        assert_eq!(ask("urząd miasta", false).codes, ["URZADMIASTA"]);
        assert_eq!(ask("ślub w urzędzie stanu cywilnego", false).codes, [""; 0]);
    }

    #[test]
    fn only_an_unfinished_last_word_has_a_prefix() {
        assert_eq!(ask("zgubiłam dowó", true).prefix.as_deref(), Some("dowo"));
        assert_eq!(ask("zgubiłam dowó", false).prefix, None);
        assert_eq!(ask("dowo\u{301}", true).prefix.as_deref(), Some("dowo"));
        assert_eq!(ask("zgubiłam dowó ", true).prefix, None);
        assert_eq!(ask("zgubiłam dowó?", true).prefix, None);
        assert_eq!(ask("zgubiłam d", true).prefix, None);
        assert_eq!(ask("dowód do", true).prefix, None);
    }

    #[test]
    fn only_so_much_of_a_query_is_read() {
        let many: Vec<String> = (0..50).map(|n| format!("słowo{n}")).collect();
        assert_eq!(ask(&many.join(" "), true).words.len(), 32);
        assert_eq!(ask(&many.join(" "), true).prefix, None);
        let late = format!("{}dowód", " ".repeat(1_000));
        assert!(ask(&late, false).is_empty());
    }

    #[test]
    fn text_without_words_asks_nothing() {
        for text in ["", " \t\n", "🙂🇵🇱", "\0\u{7}\u{1b}", "— … ''", "\u{301}"] {
            assert!(ask(text, true).is_empty(), "{text:?}");
        }
    }

    #[test]
    fn a_word_stands_for_its_forms_in_every_language() {
        let terms = &ask("cards", false).words[0].terms;
        assert!(terms.contains(&"cards".to_owned()), "{terms:?}");
        assert_eq!(ask("dowodu", false).words[0].terms, ["dowod", "dowodu"]);
    }
}
