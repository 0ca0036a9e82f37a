//! Labels that are known by phrases, such as the categories of reports by what residents call them:
//! which of them a text speaks of.

use std::collections::HashMap;

use levenshtein_automata::{DFA, Distance};

use crate::analyzer::{Analyzer, Morphology};
use crate::fold::{fold, lower};
use crate::question::Question;
use crate::spelling;
use crate::synonyms::parts;
use crate::text::words;
use crate::vocabulary::Words;

/// What the words of a text that a label has anywhere say, beside its best phrase.
const ANYWHERE: f32 = 0.5;

/// Labels with their phrases.
pub struct Labels {
    labels: Vec<Label>,
    /// In how many labels each term stands, and each folded form of a word.
    terms: HashMap<String, u64>,
    forms: HashMap<String, u64>,
    analyzer: Box<dyn Analyzer>,
}

struct Label {
    name: String,
    /// Phrase by phrase and word by word, the terms.
    phrases: Vec<Vec<Vec<String>>>,
}

impl Labels {
    /// Labels, each with the phrases that it is known by.
    pub fn new(labels: impl IntoIterator<Item = (String, Vec<String>)>) -> Self {
        let analyzer = Box::new(Morphology::new());
        let mut all =
            Labels { labels: Vec::new(), terms: HashMap::new(), forms: HashMap::new(), analyzer };
        for (name, phrases) in labels {
            let parsed = phrases.iter().map(|phrase| parts(phrase, &*all.analyzer));
            let parsed: Vec<_> = parsed.filter(|phrase| !phrase.is_empty()).collect();
            count(parsed.iter().flatten().flatten().cloned(), &mut all.terms);
            let forms = phrases.iter().flat_map(|phrase| words(phrase));
            count(forms.map(|word| fold(&lower(word.text))), &mut all.forms);
            all.labels.push(Label { name, phrases: parsed });
        }
        all
    }

    /// What speaks for each label, most first; labels that nothing speaks for are left out. A phrase
    /// that stands in the text whole speaks loudest; rare words speak louder than frequent ones.
    pub fn nearest(&self, text: &str) -> Vec<(&str, f32)> {
        let question = self.read(text);
        let mut near: Vec<(&str, f32)> = self
            .labels
            .iter()
            .map(|label| (label.name.as_str(), self.speaks(&question, label)))
            .filter(|(_, weight)| *weight > 0.0)
            .collect();
        near.sort_by(|one, other| other.1.total_cmp(&one.1));
        near
    }

    /// The labels that have a phrase whose words all stand in the question, and the places of these
    /// words among those that are asked for.
    pub(crate) fn meant(&self, question: &Question) -> Vec<(&str, Vec<usize>)> {
        let mut meant = Vec::new();
        for label in &self.labels {
            for phrase in &label.phrases {
                let places: Option<Vec<usize>> =
                    phrase.iter().map(|word| Some(place(question, word)?.0)).collect();
                meant.extend(places.map(|places| (label.name.as_str(), places)));
            }
        }
        meant
    }

    fn read(&self, text: &str) -> Question {
        let mut question = Question::new(text, false, &*self.analyzer);
        // Without an index underneath nothing can fail; a word that stays misspelt says nothing.
        let _ = spelling::repair(&mut question, self, &*self.analyzer);
        question
    }

    fn speaks(&self, question: &Question, label: &Label) -> f32 {
        let weight = |word: &Vec<String>| {
            let rarest = word.iter().filter_map(|term| self.terms.get(term)).max();
            Words::weight(self, rarest.copied().unwrap_or(1))
        };
        let (mut best, mut anywhere) = (0.0_f32, HashMap::new());
        for phrase in &label.phrases {
            let whole: f32 = phrase.iter().map(weight).sum();
            let mut there = 0.0;
            for word in phrase {
                if let Some((place, share)) = place(question, word) {
                    there += share * weight(word);
                    let known = anywhere.entry(place).or_insert(0.0_f32);
                    *known = known.max(share * weight(word));
                }
            }
            best = best.max(there * there / whole);
        }
        best + ANYWHERE * anywhere.values().sum::<f32>()
    }
}

/// Where one of the terms is asked for, and how much of that word it is.
fn place(question: &Question, terms: &[String]) -> Option<(usize, f32)> {
    let shares = question.asked().enumerate().filter_map(|(place, word)| {
        let alternatives = word.alternatives.iter();
        let has = alternatives.filter(|known| {
            known.parts.iter().any(|part| part.iter().any(|term| terms.contains(term)))
        });
        let share = has.map(|known| known.weight).fold(0.0, f32::max);
        (share > 0.0).then_some((place, share))
    });
    shares.max_by(|one, other| one.1.total_cmp(&other.1))
}

/// Counts each once.
fn count(of_label: impl Iterator<Item = String>, known: &mut HashMap<String, u64>) {
    let mut own: Vec<String> = of_label.collect();
    own.sort_unstable();
    own.dedup();
    for one in own {
        *known.entry(one).or_default() += 1;
    }
}

impl Words for Labels {
    fn texts(&self) -> u64 {
        self.labels.len() as u64
    }

    fn having(&self, term: &str) -> tantivy::Result<u64> {
        Ok(self.terms.get(term).copied().unwrap_or_default())
    }

    fn near(&self, dfa: &DFA) -> tantivy::Result<HashMap<String, u64>> {
        let is_near = |form: &str| matches!(dfa.eval(form), Distance::Exact(_));
        let near = self.forms.iter().filter(|(form, _)| is_near(form));
        Ok(near.map(|(form, count)| (form.clone(), *count)).collect())
    }

    fn surface(&self, fold: &str) -> tantivy::Result<Option<String>> {
        Ok(self.forms.contains_key(fold).then(|| fold.to_owned()))
    }
}
