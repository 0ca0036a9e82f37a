//! Rated questions, and how well answers fit.

use std::{
    collections::{BTreeMap, HashMap},
    fs, io,
    path::Path,
};

use serde::Deserialize;

/// Hits that are looked at.
const DEPTH: usize = 10;

/// A question with the answers that fit.
#[derive(Clone, Debug, Deserialize)]
pub struct Rated {
    /// Its name; odd numbers are for tuning, even ones are kept for reporting.
    pub id: String,
    /// How it is asked: `clean`, `typo`, `colloquial`, ...
    #[serde(default)]
    pub kind: String,
    /// The language of the asker.
    #[serde(default)]
    pub lang: Option<String>,
    /// The words.
    pub text: String,
    /// What answers it, with a grade: 2 answers, 1 helps.
    pub rel: HashMap<String, f64>,
    /// What nobody has judged.
    #[serde(default)]
    pub ignore: Vec<String>,
}

impl Rated {
    /// Reads a file of lines of JSON.
    pub fn read(file: &Path) -> io::Result<Vec<Rated>> {
        let text = fs::read_to_string(file)?;
        text.lines().map(|line| serde_json::from_str(line).map_err(io::Error::other)).collect()
    }

    /// Whether the question is kept for reporting.
    pub fn is_kept(&self) -> bool {
        let digits = self.id.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.parse::<u64>().is_ok_and(|number| number % 2 == 0)
    }
}

/// How well answers fit, summed up over questions.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    count: usize,
    reciprocal_ranks: f64,
    gains: f64,
    found_at: BTreeMap<usize, usize>,
    nothing: usize,
}

/// The depths at which recall is told.
const RECALL_AT: [usize; 4] = [1, 3, 5, 10];

impl Scores {
    /// Takes the answers of a question, best first.
    pub fn take(&mut self, question: &Rated, answers: &[String]) {
        let judged: Vec<&String> =
            answers.iter().filter(|id| !question.ignore.contains(id)).take(DEPTH).collect();
        // An answer helps to find something; only the best grade counts as found.
        let best = question.rel.values().copied().fold(0.0, f64::max);
        let grade = |id: &String| question.rel.get(id).copied().unwrap_or_default();
        let found = judged.iter().position(|id| grade(id) == best);
        self.count += 1;
        self.nothing += usize::from(answers.is_empty());
        if let Some(place) = found {
            self.reciprocal_ranks += 1.0 / (place + 1) as f64;
            for depth in RECALL_AT.iter().filter(|depth| place < **depth) {
                *self.found_at.entry(*depth).or_default() += 1;
            }
        }
        let gain = |grades: &[f64]| -> f64 {
            grades.iter().zip(2..).map(|(grade, rank)| grade / f64::from(rank).log2()).sum()
        };
        let mut ideal: Vec<f64> = question.rel.values().copied().collect();
        ideal.sort_unstable_by(|one, other| other.total_cmp(one));
        ideal.truncate(DEPTH);
        let got: Vec<f64> = judged.iter().map(|id| grade(id)).collect();
        self.gains += gain(&got) / gain(&ideal);
    }

    /// Mean reciprocal rank of the first answer with the best grade, within ten.
    pub fn mrr(&self) -> f64 {
        self.reciprocal_ranks / self.count.max(1) as f64
    }

    /// Normalised discounted cumulative gain, within ten.
    pub fn ndcg(&self) -> f64 {
        self.gains / self.count.max(1) as f64
    }

    /// The share of questions with such an answer among the first `depth`.
    pub fn recall(&self, depth: usize) -> f64 {
        self.found_at.get(&depth).copied().unwrap_or_default() as f64 / self.count.max(1) as f64
    }

    /// A line of the table below `header`.
    pub fn line(&self, name: &str) -> String {
        let recall: String =
            RECALL_AT.iter().map(|depth| format!("{:>7.3}", self.recall(*depth))).collect();
        format!(
            "{name:<16}{:>5}{:>8.4}{:>8.4}{recall}{:>7.1}%",
            self.count,
            self.mrr(),
            self.ndcg(),
            100.0 * self.nothing as f64 / self.count.max(1) as f64
        )
    }
}

/// The heads of the columns.
pub fn header() -> String {
    let recall: String =
        RECALL_AT.iter().map(|depth| format!("{:>7}", format!("R@{depth}"))).collect();
    format!("{:<16}{:>5}{:>8}{:>8}{recall}{:>8}", "", "n", "MRR@10", "nDCG@10", "nothing")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rated(grades: &[(&str, f64)]) -> Rated {
        Rated {
            id: "q1".into(),
            kind: String::new(),
            lang: None,
            text: String::new(),
            rel: grades.iter().map(|(id, grade)| ((*id).to_owned(), *grade)).collect(),
            ignore: vec!["unjudged".into()],
        }
    }

    #[test]
    fn the_second_place_counts_half() {
        let mut scores = Scores::default();
        let answers = ["unjudged", "other", "right"].map(str::to_owned);
        scores.take(&rated(&[("right", 2.0)]), &answers);
        assert_eq!((scores.mrr(), scores.recall(1), scores.recall(3)), (0.5, 0.0, 1.0));
    }

    #[test]
    fn what_only_helps_is_not_the_answer_but_has_a_gain() {
        let mut scores = Scores::default();
        scores.take(&rated(&[("right", 2.0), ("helps", 1.0)]), &["helps".to_owned()]);
        assert_eq!(scores.mrr(), 0.0);
        assert!(scores.ndcg() > 0.3 && scores.ndcg() < 0.5);
    }

    #[test]
    fn even_questions_are_kept() {
        let kept = |id: &str| Rated { id: id.into(), ..rated(&[]) }.is_kept();
        assert!(kept("q002") && !kept("q003") && !kept("x"));
    }
}
