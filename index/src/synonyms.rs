//! What words mean, by the rules of editors.

use std::collections::HashMap;

use uuid::Uuid;

use crate::analyzer::Analyzer;
use crate::fold::{fold, lower};
use crate::question::{Alternative, Asked, Question, terms};
use crate::rules::Rules;
use crate::stopwords::is_stop_word;
use crate::text::{tidy, words};

/// What a word means counts less than the word itself.
const MEANT: f32 = 0.85;
/// A rule's phrases are not longer; the rest is not read.
const PHRASE_CHARS_MAX: usize = 200;

/// Rules in the form in which questions look them up.
#[derive(Default)]
pub(crate) struct Thesaurus {
    /// By a term of the phrase's first word.
    synonyms: HashMap<String, Vec<Entry>>,
    /// By the topic of the question.
    best_bets: HashMap<String, Vec<Uuid>>,
}

#[derive(Clone, PartialEq)]
struct Entry {
    /// The terms of each word of the phrase.
    phrase: Vec<Vec<String>>,
    means: Vec<Alternative>,
    /// The folded token, when only that very token counts.
    acronym: Option<String>,
}

impl Thesaurus {
    pub(crate) fn new(rules: &Rules, analyzer: &dyn Analyzer) -> Thesaurus {
        let mut thesaurus = Thesaurus::default();
        for synonym in &rules.synonyms {
            let phrase = parts(&synonym.phrase, analyzer);
            let means = synonym.means.iter().map(|meant| parts(meant, analyzer));
            let means = means.filter(|parts| !parts.is_empty());
            let entry = Entry {
                acronym: synonym.acronym.then(|| fold(&lower(synonym.phrase.trim()))),
                means: means.map(|parts| Alternative { parts, weight: MEANT }).collect(),
                phrase,
            };
            for term in entry.phrase.first().into_iter().flatten() {
                thesaurus.synonyms.entry(term.clone()).or_default().push(entry.clone());
            }
        }
        for bet in &rules.best_bets {
            let topic = Question::new(&bet.question, false, analyzer).topic();
            // Two bets may be one question in other forms: the earlier comes first.
            thesaurus.best_bets.entry(topic).or_default().extend(&bet.documents);
        }
        thesaurus
    }

    /// Lets the question's words stand for what they mean as well.
    pub(crate) fn explain(&self, question: &mut Question) {
        for at in 0..question.words.len() {
            let own = question.words[at].own().to_vec();
            let mut seen: Vec<&Entry> = Vec::new();
            for entry in own.iter().filter_map(|term| self.synonyms.get(term)).flatten() {
                if seen.contains(&entry) {
                    continue;
                }
                seen.push(entry);
                for place in entry.places(question, at).unwrap_or_default() {
                    let word = &mut question.words[place];
                    // "BO" that means something is not the conjunction, which is everywhere.
                    if entry.acronym.is_some() && is_stop_word(&word.fold) {
                        word.alternatives.clear();
                        word.weight = 1.0;
                    }
                    word.alternatives.extend(entry.means.iter().cloned());
                }
            }
        }
    }

    /// The documents that come first for the question.
    pub(crate) fn best_bets(&self, question: &Question) -> &[Uuid] {
        self.best_bets.get(&question.topic()).map_or(&[], Vec::as_slice)
    }
}

impl Entry {
    /// Which words of the question are the phrase, when it begins here; between them may stand
    /// words that say nothing.
    fn places(&self, question: &Question, at: usize) -> Option<Vec<usize>> {
        if let Some(acronym) = &self.acronym {
            let is_it = question.words[at].fold == *acronym && is_acronym(question, at);
            return is_it.then(|| vec![at]);
        }
        let mut places = Vec::with_capacity(self.phrase.len());
        let mut wanted = self.phrase.iter();
        let mut next = wanted.next()?;
        for (place, word) in question.words.iter().enumerate().skip(at) {
            if word.own().iter().any(|term| next.contains(term)) {
                places.push(place);
                match wanted.next() {
                    Some(another) => next = another,
                    None => return Some(places),
                }
            } else if places.is_empty() || !is_stop_word(&word.fold) {
                return None;
            }
        }
        None
    }
}

/// The terms of each word of a phrase that says something.
pub(crate) fn parts(phrase: &str, analyzer: &dyn Analyzer) -> Vec<Vec<String>> {
    let tidied = tidy(phrase, PHRASE_CHARS_MAX);
    let all: Vec<String> = words(&tidied).map(|word| lower(word.text)).collect();
    let says = |word: &&String| all.len() == 1 || !is_stop_word(&fold(word));
    all.iter().filter(says).map(|word| terms(word, analyzer)).collect()
}

/// Whether the token is meant as an acronym: one that is no conjunction, "BO" in capitals among small
/// letters, or the only word.
fn is_acronym(question: &Question, at: usize) -> bool {
    let Asked { fold, at: place, .. } = &question.words[at];
    let written = question.text.get(place.clone()).unwrap_or_default();
    let shouts = !question.text.chars().any(char::is_lowercase);
    let is_capital =
        written.chars().any(char::is_uppercase) && !written.chars().any(char::is_lowercase);
    !is_stop_word(fold) || question.words.len() == 1 || (is_capital && !shouts)
}
