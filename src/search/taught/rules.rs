//! What a synonym and a best bet must be like.

use kontakt_index::plain;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    error::{Problem, ProblemCode},
    ids::NodeKind,
    scalars::Date,
    search::taught::entity::{Answer, BestBetContent, RuleKind, SynonymContent},
    texts,
    words::Message,
};

/// Characters of a phrase and of what it means.
const PHRASE_CHARS_MAX: usize = 100;
/// Entries of what a phrase means.
const MEANS_MAX: usize = 10;
/// Characters of a question.
const QUESTION_CHARS_MAX: usize = 200;
/// Answers that come first for one question.
const ANSWERS_MAX: usize = 5;
const NOTE_CHARS_MAX: usize = 1_000;
/// Rules of one kind: every node keeps all of them in memory.
pub const RULES_MAX: u64 = 2_000;

/// What synonyms and best bets have in common.
pub trait Rule: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync {
    /// How it is told from others in the table.
    const KIND: RuleKind;
    /// How its global ids are told from others.
    const NODE: NodeKind;
    /// The field that holds what the rule is about.
    const ABOUT: &'static str;

    /// What the rule is about.
    fn about(&self) -> &str;

    /// The last day on which it holds.
    fn valid_until(&self) -> Option<Date>;

    /// Everything that an editor may look for.
    fn words(&self) -> Vec<&str>;

    /// The same with single spaces in its texts, and with every entry once.
    fn tidied(self) -> Self;

    /// Everything that is wrong with it when it is tidy, but for answers that do not exist.
    fn problems(&self) -> Vec<Problem>;

    /// What it is about, in lower case and without marks: no two rules of a kind have the same.
    fn name(&self) -> String {
        plain(self.about())
    }
}

impl Rule for SynonymContent {
    const KIND: RuleKind = RuleKind::Synonym;
    const NODE: NodeKind = NodeKind::Synonym;
    const ABOUT: &'static str = "phrase";

    fn about(&self) -> &str {
        &self.phrase
    }

    fn valid_until(&self) -> Option<Date> {
        None
    }

    fn words(&self) -> Vec<&str> {
        [&self.phrase].into_iter().chain(&self.means).map(String::as_str).collect()
    }

    fn tidied(self) -> Self {
        let mut means: Vec<String> = Vec::new();
        for entry in self.means.iter().map(|entry| one_line(entry)) {
            if means.iter().all(|known| plain(known) != plain(&entry)) {
                means.push(entry);
            }
        }
        Self { phrase: one_line(&self.phrase), means, note: tidied_note(self.note), ..self }
    }

    fn problems(&self) -> Vec<Problem> {
        let mut problems = text_problems("phrase", &self.phrase, PHRASE_CHARS_MAX);
        problems.extend(count_problem("means", self.means.len(), MEANS_MAX));
        for (i, entry) in self.means.iter().take(MEANS_MAX).enumerate() {
            let path = format!("means.{i}");
            problems.extend(text_problems(&path, entry, PHRASE_CHARS_MAX));
            if plain(entry) == self.name() {
                problems.push(Problem::at(&path, ProblemCode::Invalid, "means-itself"));
            }
        }
        if self.acronym && !self.phrase.chars().all(char::is_alphanumeric) {
            problems.push(Problem::at("phrase", ProblemCode::Invalid, "acronym-one-word"));
        }
        problems.extend(note_problems(self.note.as_deref()));
        problems
    }
}

impl Rule for BestBetContent {
    const KIND: RuleKind = RuleKind::BestBet;
    const NODE: NodeKind = NodeKind::BestBet;
    const ABOUT: &'static str = "question";

    fn about(&self) -> &str {
        &self.question
    }

    fn valid_until(&self) -> Option<Date> {
        self.valid_until
    }

    fn words(&self) -> Vec<&str> {
        [self.question.as_str()].into_iter().chain(self.answers.iter().map(Answer::slug)).collect()
    }

    fn tidied(self) -> Self {
        let mut answers: Vec<Answer> = Vec::new();
        for answer in self.answers {
            if !answers.contains(&answer) {
                answers.push(answer);
            }
        }
        let (question, note) = (one_line(&self.question), tidied_note(self.note));
        Self { question, answers, note, ..self }
    }

    fn problems(&self) -> Vec<Problem> {
        let mut problems = text_problems("question", &self.question, QUESTION_CHARS_MAX);
        problems.extend(count_problem("answers", self.answers.len(), ANSWERS_MAX));
        problems.extend(note_problems(self.note.as_deref()));
        problems
    }
}

/// A text with single spaces and nothing around it.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn tidied_note(note: Option<String>) -> Option<String> {
    note.map(|note| texts::tidied(&note)).filter(|note| !note.is_empty())
}

/// What is said of an answer that does not exist.
pub fn unknown_answer(path: &str, name: &str) -> Problem {
    Problem::at(path, ProblemCode::Unknown, Message::new("unknown-answer").with("name", name))
}

fn text_problems(path: &str, text: &str, chars_max: usize) -> Vec<Problem> {
    let mut problems = texts::problems(path, text, chars_max);
    // Signs alone are nothing that a question could have.
    if !text.contains(char::is_alphanumeric) {
        problems.push(Problem::at(path, ProblemCode::Required, "required"));
    }
    problems
}

fn count_problem(path: &str, count: usize, max: usize) -> Option<Problem> {
    match count {
        0 => Some(Problem::at(path, ProblemCode::Required, "required")),
        _ if count > max => {
            let message = Message::new("too-many").with("max", max);
            Some(Problem::at(path, ProblemCode::TooLong, message))
        }
        _ => None,
    }
}

fn note_problems(note: Option<&str>) -> Vec<Problem> {
    texts::problems("note", note.unwrap_or_default(), NOTE_CHARS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn synonym(phrase: &str, means: &[&str], acronym: bool) -> SynonymContent {
        let means = means.iter().map(|entry| (*entry).to_owned()).collect();
        SynonymContent { phrase: phrase.into(), means, acronym, note: None }.tidied()
    }

    fn paths(problems: &[Problem]) -> Vec<(ProblemCode, String)> {
        problems.iter().map(|problem| (problem.code, problem.field.join("."))).collect()
    }

    #[test]
    fn a_synonym_is_kept_with_single_spaces_and_every_meaning_once() {
        let tidy = synonym("  Wywóz\n  gruzu ", &["odpady  budowlane", "ODPADY budowlane"], false);
        assert_eq!(
            (&*tidy.phrase, &tidy.means[..]),
            ("Wywóz gruzu", &["odpady budowlane".into()][..])
        );
        assert_eq!(tidy.problems(), []);
    }

    #[test]
    fn a_synonym_leads_from_something_to_something_else() {
        let many: Vec<String> = (0..11).map(|n| format!("m{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let long = "a".repeat(101);
        for (phrase, means, code, path) in [
            ("", &["a"][..], ProblemCode::Required, "phrase"),
            (" ?! ", &["a"], ProblemCode::Required, "phrase"),
            (&long, &["a"], ProblemCode::TooLong, "phrase"),
            ("a", &[], ProblemCode::Required, "means"),
            ("a", &many, ProblemCode::TooLong, "means"),
            ("a", &["b", ""], ProblemCode::Required, "means.1"),
            ("Żółw", &["zolw"], ProblemCode::Invalid, "means.0"),
            ("a\0", &["b"], ProblemCode::Invalid, "phrase"),
        ] {
            let found = synonym(phrase, means, false).problems();
            assert_eq!(paths(&found), [(code, path.to_owned())], "{phrase:?} {means:?}");
        }
    }

    #[test]
    fn an_acronym_is_one_word() {
        assert_eq!(synonym("ePUAP", &["platforma"], true).problems(), []);
        for phrase in ["B O", "B.O.", "e-PUAP"] {
            let found = synonym(phrase, &["budżet"], true).problems();
            assert_eq!(paths(&found), [(ProblemCode::Invalid, "phrase".to_owned())], "{phrase}");
        }
    }

    #[test]
    fn a_best_bet_has_one_to_five_answers_each_once() {
        let bet = |count: usize| {
            let answers = (0..count).map(|n| Answer::Card(format!("karta-{n}"))).collect();
            BestBetContent { question: "Gdzie?".into(), answers, valid_until: None, note: None }
        };
        for (count, sound) in [(0, false), (1, true), (5, true), (6, false)] {
            assert_eq!(bet(count).problems().is_empty(), sound, "{count}");
        }
        let mut twice = bet(2);
        twice.answers.extend(bet(2).answers);
        assert_eq!(twice.tidied().answers, bet(2).answers);
    }
}
