//! What is asked: words, each with all that may stand for it, codes, quotations, and the aspect.

use std::ops::Range;

use crate::analyzer::Analyzer;
use crate::aspect;
use crate::fold::{code, fold, lower};
use crate::stopwords::is_stop_word;
use crate::text::{Word, tidy, words};
use crate::{Aspect, Lang};

/// Of a longer query the rest is not read.
const QUERY_CHARS_MAX: usize = 1_000;
/// Further words are not looked for.
const QUERY_WORDS_MAX: usize = 32;
/// "SA 10/2 b" is a code of four words; longer ones are not tried.
const CODE_WORDS_MAX: usize = 4;
/// One letter begins too many words to say anything.
const PREFIX_CHARS_MIN: usize = 2;
/// "ile kosztuje" asks for a section; its words need not stand there.
const ASPECT_WORD: f32 = 0.3;

/// A query's text, understood.
pub(crate) struct Question {
    /// The text that was read.
    pub(crate) text: String,
    /// All words, in their order; those that say nothing are not asked for.
    pub(crate) words: Vec<Asked>,
    /// Whatever in the text could be a code, as codes are indexed.
    pub(crate) codes: Vec<String>,
    /// The quoted phrases, as folded words: what has them all as they stand comes first.
    pub(crate) quoted: Vec<Vec<String>>,
    /// The last word, when it may be unfinished.
    pub(crate) unfinished: Option<usize>,
    /// The kind of section that answers.
    pub(crate) aspect: Option<Aspect>,
}

/// One word, and what may stand for it.
pub(crate) struct Asked {
    /// Where it stands in the text, in bytes.
    pub(crate) at: Range<usize>,
    pub(crate) fold: String,
    /// What counts as having the word.
    pub(crate) alternatives: Vec<Alternative>,
    /// How much it matters; 0: only for what stands beside it.
    pub(crate) weight: f32,
}

/// Something that stands for a word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alternative {
    /// All of them have to be there; of the terms of a part, any.
    pub(crate) parts: Vec<Vec<String>>,
    /// 1 for the word itself, less for what it may mean.
    pub(crate) weight: f32,
}

impl Question {
    /// Reads the text; anything may stand in it, and nothing is fine.
    pub(crate) fn new(text: &str, typing: bool, analyzer: &dyn Analyzer) -> Question {
        let tidied = tidy(text, QUERY_CHARS_MAX);
        let written: Vec<Word> = words(&tidied).take(QUERY_WORDS_MAX).collect();
        let mut words: Vec<Asked> = written.iter().map(|word| Asked::new(word, analyzer)).collect();
        let folds: Vec<&str> = words.iter().map(|word| word.fold.as_str()).collect();
        let asks = aspect::read(&folds);
        weigh(&mut words, asks.as_ref().map(|(_, words)| words));
        // A space after the last word says that it is finished; tidying has taken the space away.
        let unfinished = typing && !text.ends_with(char::is_whitespace);
        let last = written.len().checked_sub(1).filter(|&last| {
            unfinished
                && written[last].end() == tidied.len()
                && words[last].fold.chars().count() >= PREFIX_CHARS_MIN
        });
        Question {
            codes: codes(&written),
            quoted: quoted(&tidied),
            unfinished: last,
            aspect: asks.map(|(aspect, _)| aspect),
            words,
            text: tidied,
        }
    }

    /// The words that are asked for.
    pub(crate) fn asked(&self) -> impl Iterator<Item = &Asked> {
        self.words.iter().filter(|word| word.weight > 0.0)
    }

    /// What is asked, whatever the form and order of its words.
    pub(crate) fn topic(&self) -> String {
        let first = |word: &Asked| word.alternatives.first()?.parts.first()?.first().cloned();
        let mut terms: Vec<String> = self.asked().filter_map(first).collect();
        terms.sort_unstable();
        terms.join(" ")
    }

    /// Nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.asked().next().is_none() && self.codes.is_empty()
    }
}

impl Asked {
    fn new(word: &Word, analyzer: &dyn Analyzer) -> Asked {
        let lower = lower(word.text);
        let own = Alternative { parts: vec![terms(&lower, analyzer)], weight: 1.0 };
        let at = word.start..word.end();
        Asked { at, fold: fold(&lower), alternatives: vec![own], weight: 1.0 }
    }

    /// The terms of the word itself.
    pub(crate) fn own(&self) -> &[String] {
        self.alternatives.first().and_then(|own| own.parts.first()).map_or(&[], Vec::as_slice)
    }
}

/// The terms of a lower-case word as any of the languages would index it: a question does not say
/// in which it is written.
pub(crate) fn terms(lower: &str, analyzer: &dyn Analyzer) -> Vec<String> {
    let is_cyrillic = lower.contains(|c| ('\u{400}'..='\u{52F}').contains(&c));
    let langs: &[Lang] = if is_cyrillic { &[Lang::Uk] } else { &[Lang::Pl, Lang::En] };
    let mut all = Vec::new();
    for lang in langs {
        for term in analyzer.terms(lower, *lang) {
            if !all.contains(&term) {
                all.push(term);
            }
        }
    }
    all
}

/// Words that only ask weigh nothing, unless there are no others; a word counts once.
fn weigh(words: &mut [Asked], asking: Option<&Range<usize>>) {
    let says = |word: &Asked| !word.fold.is_empty() && !is_stop_word(&word.fold);
    let is_asking = |at: usize| asking.is_some_and(|asking| asking.contains(&at));
    let some_say = words.iter().any(says);
    let others_say = words.iter().enumerate().any(|(at, word)| says(word) && !is_asking(at));
    for at in 0..words.len() {
        let (before, rest) = words.split_at_mut(at);
        let Some(word) = rest.first_mut() else { return };
        let again = before.iter().any(|other| other.fold == word.fold);
        word.weight = match () {
            () if again || word.fold.is_empty() || (some_say && !says(word)) => 0.0,
            () if is_asking(at) && others_say => ASPECT_WORD,
            () => 1.0,
        };
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

/// What stands between quotation marks, in any of the three languages' ways.
fn quoted(text: &str) -> Vec<Vec<String>> {
    let is_mark = |c| matches!(c, '"' | '„' | '”' | '“' | '«' | '»');
    let pieces: Vec<&str> = text.split(is_mark).collect();
    // The last piece has no mark after it; every second one stands between two.
    let between = pieces.iter().take(pieces.len() - 1).skip(1).step_by(2);
    // Of all of them together no more words count than of the question.
    let mut left = QUERY_WORDS_MAX;
    let phrase = |piece: &&str| -> Vec<String> {
        let folds = words(piece).map(|word| fold(&lower(word.text)));
        let phrase: Vec<String> = folds.take(left).collect();
        left -= phrase.len();
        phrase
    };
    between.map(phrase).filter(|phrase: &Vec<String>| !phrase.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::Morphology;

    fn ask(text: &str, typing: bool) -> Question {
        Question::new(text, typing, &Morphology::new())
    }

    fn folds(text: &str) -> Vec<String> {
        ask(text, false).asked().map(|word| word.fold.clone()).collect()
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
    fn only_the_last_word_may_be_unfinished() {
        let unfinished = |text| {
            let question = ask(text, true);
            question.unfinished.map(|at| question.words[at].fold.clone())
        };
        assert_eq!(unfinished("zgubiłam dowó").as_deref(), Some("dowo"));
        assert_eq!(ask("zgubiłam dowó", false).unfinished, None);
        assert_eq!(unfinished("dowo\u{301}").as_deref(), Some("dowo"));
        for text in ["zgubiłam dowó ", "zgubiłam dowó?", "zgubiłam d"] {
            assert_eq!(unfinished(text), None, "{text}");
        }
    }

    #[test]
    fn only_so_much_of_a_query_is_read() {
        let many: Vec<String> = (0..50).map(|n| format!("słowo{n}")).collect();
        assert_eq!(ask(&many.join(" "), true).words.len(), 32);
        assert_eq!(ask(&many.join(" "), true).unfinished, None);
        let late = format!("{}dowód", " ".repeat(1_000));
        assert!(ask(&late, false).is_empty());
    }

    #[test]
    fn text_without_words_asks_nothing() {
        for text in ["", " \t\n", "🙂🇵🇱", "\0\u{7}\u{1b}", "— … ''", "\u{301}", "\"\""]
        {
            let question = ask(text, true);
            assert!(question.is_empty(), "{text:?}");
            assert_eq!(question.topic(), "");
        }
    }

    #[test]
    fn a_word_is_understood_in_all_languages() {
        assert_eq!(ask("cards", false).words[0].own(), ["cards", "card"]);
        assert_eq!(ask("паспорта", false).words[0].own(), ["паспорт"]);
    }

    #[test]
    fn what_stands_in_quotation_marks_is_a_phrase() {
        assert_eq!(
            ask("\"pobyt stały\" i „dowód”", false).quoted,
            [vec!["pobyt", "staly"], vec!["dowod"]]
        );
        assert_eq!(ask("otwarte \"bez końca", false).quoted, [[""; 0]; 0]);
    }

    #[test]
    fn questions_that_differ_in_form_have_one_topic() {
        let topic = ask("jak wyrobić dowód osobisty", false).topic();
        assert_eq!(ask("dowodu osobistego wyrobic gdzie", false).topic(), topic);
        assert_ne!(ask("jak wyrobić paszport", false).topic(), topic);
    }

    #[test]
    fn words_that_ask_for_a_section_weigh_less_beside_others() {
        let question = ask("ile kosztuje paszport", false);
        let weights: Vec<(&str, f32)> =
            question.asked().map(|word| (word.fold.as_str(), word.weight)).collect();
        assert_eq!(weights, [("kosztuje", 0.3), ("paszport", 1.0)]);
        assert_eq!(question.aspect, Some(Aspect::Cost));
        assert_eq!(ask("opłaty", false).words[0].weight, 1.0);
    }
}
