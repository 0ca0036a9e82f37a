//! Typed fields: what a category asks, and the one rule book that checks answers, those of forms too.

mod values;

use std::collections::HashSet;

use async_graphql::{Enum, InputObject, SimpleObject};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::{
    error::{Problem, ProblemCode},
    texts,
    words::Message,
};

pub use values::{PHONE_CHARS_MAX, Wanted, dialled, problems as value_problems};

/// Characters of an answer of one line.
const LINE_CHARS_MAX: usize = 200;
/// Characters of a longer answer.
const TEXT_CHARS_MAX: usize = 2_000;

/// What an answer must be. The names are those of Open311's `datatype`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "QuestionType")]
pub enum Datatype {
    /// One line, at most 200 characters.
    String,
    /// A number, such as `2` or `1.5`.
    Number,
    /// A day as `YYYY-MM-DD`.
    Datetime,
    /// Several lines, at most 2,000 characters.
    Text,
    /// One of the values.
    Singlevaluelist,
    /// Any of the values.
    Multivaluelist,
}

/// A value that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
#[serde(deny_unknown_fields)]
#[graphql(name = "QuestionValue")]
pub struct Choice {
    /// The key that an answer gives.
    pub key: String,
    /// What people read.
    pub name: String,
}

/// A question that a category asks beside the description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
#[serde(deny_unknown_fields)]
#[graphql(name = "QuestionDefinition")]
pub struct Question {
    /// The code that an answer names.
    pub code: String,
    /// The question, in Polish.
    pub text: String,
    /// What an answer must be.
    pub datatype: Datatype,
    /// Whether there must be an answer.
    #[serde(default)]
    pub required: bool,
    /// How to answer, in Polish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What can be chosen; empty unless the type is a list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Choice>,
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(name = "Answer", input_name = "AnswerInput")]
pub struct Answer {
    /// The code of the question.
    pub question: String,
    /// The answer; several values only where several can be chosen, which are given by their keys.
    pub values: Vec<String>,
}

/// The answers to the questions of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Answers(pub Vec<Answer>);

/// Questions of one thing.
const QUESTIONS_MAX: usize = 20;
/// Values of one list.
const VALUES_MAX: usize = 50;
/// Characters of a question, of its hint, and of the name of a value.
const QUESTION_CHARS_MAX: usize = 200;

/// Everything that is wrong with questions themselves, each at `<path>.<place>`.
pub fn definition_problems(path: &str, questions: &[Question]) -> Vec<Problem> {
    let mut problems = Vec::new();
    if questions.len() > QUESTIONS_MAX {
        let message = Message::new("too-many").with("max", QUESTIONS_MAX);
        problems.push(at(path, ProblemCode::TooLong, message));
    }
    let codes = questions.iter().map(|question| question.code.as_str()).enumerate();
    problems
        .extend(key_problems(codes.map(|(place, code)| (format!("{path}.{place}.code"), code))));
    for (place, question) in questions.iter().enumerate() {
        let path = format!("{path}.{place}");
        problems.extend(name_problems(&format!("{path}.text"), &question.text));
        let hint = question.hint.as_deref().unwrap_or_default();
        problems.extend(texts::problems(&format!("{path}.hint"), hint, QUESTION_CHARS_MAX));
        let path = format!("{path}.values");
        let keys: Vec<&str> = question.values.iter().map(|choice| choice.key.as_str()).collect();
        let is_list =
            matches!(question.datatype, Datatype::Singlevaluelist | Datatype::Multivaluelist);
        problems.extend(choice_problems(&path, is_list, &keys));
        for (place, choice) in question.values.iter().enumerate().take(VALUES_MAX) {
            problems.extend(name_problems(&format!("{path}.{place}.name"), &choice.name));
        }
    }
    problems
}

/// A list offers something to choose, by keys that differ, and nothing else does.
pub fn choice_problems(path: &str, is_list: bool, keys: &[&str]) -> Vec<Problem> {
    match keys.len() {
        0 if is_list => return vec![at(path, ProblemCode::Required, "list-without-values")],
        0 => return Vec::new(),
        _ if !is_list => return vec![at(path, ProblemCode::Invalid, "values-without-list")],
        count if count > VALUES_MAX => {
            let message = Message::new("too-many").with("max", VALUES_MAX);
            return vec![at(path, ProblemCode::TooLong, message)];
        }
        _ => {}
    }
    let keys = keys.iter().enumerate();
    key_problems(keys.map(|(place, key)| (format!("{path}.{place}.key"), *key)))
}

/// Keys are plain, so that they can stand in addresses and columns, and tell one thing from another.
/// Each comes with its path.
pub fn key_problems<'a>(keys: impl Iterator<Item = (String, &'a str)>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen = HashSet::new();
    for (path, key) in keys {
        if !texts::is_slug(key) {
            problems.push(at(&path, ProblemCode::Invalid, "not-a-slug"));
        } else if !seen.insert(key) {
            problems.push(at(&path, ProblemCode::Taken, Message::new("taken").with("value", key)));
        }
    }
    problems
}

fn name_problems(path: &str, name: &str) -> Vec<Problem> {
    let mut problems = texts::problems(path, name, QUESTION_CHARS_MAX);
    if name.trim().is_empty() {
        problems.push(at(path, ProblemCode::Required, "required"));
    }
    problems
}

/// Everything that is wrong with answers, each at `answers.<place>.values`, what is missing at
/// `answers`.
pub fn problems(questions: &[Question], answers: &[Answer]) -> Vec<Problem> {
    if answers.len() > QUESTIONS_MAX {
        let message = Message::new("too-many").with("max", QUESTIONS_MAX);
        return vec![at("answers", ProblemCode::TooLong, message)];
    }
    let mut problems = Vec::new();
    let mut seen = HashSet::new();
    for (place, answer) in answers.iter().enumerate() {
        let path = format!("answers.{place}");
        match questions.iter().find(|question| question.code == answer.question) {
            Some(_) if !seen.insert(&answer.question) => {
                problems.push(at(
                    &format!("{path}.question"),
                    ProblemCode::Invalid,
                    "answered-twice",
                ));
            }
            Some(question) => problems.extend(answer_problems(question, answer, &path)),
            None => {
                let message = Message::new("unknown-question").with("code", &answer.question);
                problems.push(at(&format!("{path}.question"), ProblemCode::Unknown, message));
            }
        }
    }
    for question in questions.iter().filter(|question| question.required) {
        let given = answers.iter().find(|answer| answer.question == question.code);
        if given.is_none_or(|answer| answer.values.iter().all(|value| value.trim().is_empty())) {
            let message = Message::new("answer-missing").with("question", &question.text);
            problems.push(at("answers", ProblemCode::Required, message));
        }
    }
    problems
}

fn answer_problems(question: &Question, answer: &Answer, path: &str) -> Vec<Problem> {
    let path = format!("{path}.values");
    let several = question.datatype == Datatype::Multivaluelist;
    if !several && answer.values.len() > 1 {
        return vec![at(&path, ProblemCode::Invalid, "one-answer")];
    }
    if answer.values.len() > VALUES_MAX {
        let message = Message::new("too-many").with("max", VALUES_MAX);
        return vec![at(&path, ProblemCode::TooLong, message)];
    }
    let wanted = wanted(question);
    let values = answer.values.iter();
    // What is left empty is no answer; whether there must be one is asked elsewhere.
    let said = values.filter(|value| is_text(question) || !value.trim().is_empty());
    said.flat_map(|value| values::problems(&path, &wanted, value)).collect()
}

fn is_text(question: &Question) -> bool {
    matches!(question.datatype, Datatype::String | Datatype::Text)
}

/// What an answer to a question must be.
fn wanted(question: &Question) -> Wanted<'_> {
    match question.datatype {
        Datatype::String => Wanted::Line(LINE_CHARS_MAX),
        Datatype::Text => Wanted::Lines(TEXT_CHARS_MAX),
        Datatype::Number => Wanted::Number,
        Datatype::Datetime => Wanted::Day,
        Datatype::Singlevaluelist | Datatype::Multivaluelist => {
            Wanted::OneOf(question.values.iter().map(|choice| choice.key.as_str()).collect())
        }
    }
}

fn at(path: &str, code: ProblemCode, message: impl Into<Message>) -> Problem {
    Problem::at(path, code, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(code: &str, datatype: Datatype, required: bool) -> Question {
        let values = ["lamp", "pole"].map(|key| Choice { key: key.into(), name: key.into() });
        Question {
            code: code.into(),
            text: code.into(),
            datatype,
            required,
            hint: None,
            values: values.into(),
        }
    }

    fn answer(question: &str, values: &[&str]) -> Answer {
        let values = values.iter().map(|&value| value.to_owned()).collect();
        Answer { question: question.into(), values }
    }

    fn found(questions: &[Question], answers: &[Answer]) -> Vec<String> {
        let problems = problems(questions, answers);
        problems.iter().map(|p| format!("{:?} {}", p.code, p.field.join("."))).collect()
    }

    #[test]
    fn an_answer_must_be_what_its_question_asks_for() {
        use Datatype::*;
        for (datatype, values, right) in [
            (String, &["słup 14"][..], true),
            (String, &["a\nb"], false),
            (String, &["a", "b"], false),
            (Text, &["a\nb"], true),
            (Number, &["1.5"], true),
            (Number, &["NaN"], false),
            (Number, &["dwa"], false),
            (Datetime, &["2026-11-20"], true),
            (Datetime, &["2026-02-30"], false),
            (Singlevaluelist, &["lamp"], true),
            (Singlevaluelist, &["tree"], false),
            (Multivaluelist, &["lamp", "pole"], true),
            (Multivaluelist, &["lamp", "tree"], false),
        ] {
            let found = found(&[question("q", datatype, false)], &[answer("q", values)]);
            assert_eq!(found.is_empty(), right, "{datatype:?} {values:?}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_question_is_told_by_field() {
        let sound = || question("lamp-post", Datatype::Singlevaluelist, true);
        let found = |questions: &[Question]| -> Vec<String> {
            let problems = definition_problems("questions", questions);
            problems.iter().map(|p| format!("{:?} {}", p.code, p.field.join("."))).collect()
        };
        let plain =
            |code: &str| Question { values: Vec::new(), ..question(code, Datatype::Text, false) };
        let choice = |key: &str, name: &str| Choice { key: key.into(), name: name.into() };
        for (questions, expected) in [
            (vec![sound(), plain("b")], &[][..]),
            (vec![plain("Ż")], &["Invalid questions.0.code"][..]),
            (vec![plain("a"), plain("a")], &["Taken questions.1.code"]),
            (vec![Question { text: " ".into(), ..plain("a") }], &["Required questions.0.text"]),
            (
                vec![Question { hint: Some("a".repeat(201)), ..plain("a") }],
                &["TooLong questions.0.hint"],
            ),
            (vec![Question { values: Vec::new(), ..sound() }], &["Required questions.0.values"]),
            (
                vec![Question { values: sound().values, ..plain("a") }],
                &["Invalid questions.0.values"],
            ),
            (
                vec![Question { values: vec![choice("a", ""), choice("a", "A")], ..sound() }],
                &["Taken questions.0.values.1.key", "Required questions.0.values.0.name"],
            ),
            (
                vec![Question { values: vec![choice("a", "A"); 51], ..sound() }],
                &["TooLong questions.0.values"],
            ),
        ] {
            assert_eq!(found(&questions), expected, "{questions:?}");
        }
    }

    #[test]
    fn what_is_required_must_be_answered_and_nothing_else_may_be() {
        let questions =
            [question("q", Datatype::String, true), question("r", Datatype::Text, false)];
        assert_eq!(found(&questions, &[answer("q", &["x"])]), Vec::<std::string::String>::new());
        assert_eq!(found(&questions, &[]), ["Required answers"]);
        assert_eq!(found(&questions, &[answer("q", &[" "])]), ["Required answers"]);
        let twice = [answer("q", &["x"]), answer("q", &["y"]), answer("z", &["x"])];
        assert_eq!(
            found(&questions, &twice),
            ["Invalid answers.1.question", "Unknown answers.2.question"]
        );
    }
}
