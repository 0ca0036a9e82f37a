//! Whether answers fit a version of a form.

use chrono::NaiveDate;
use serde_json::Value;

use crate::{
    error::{Problem, ProblemCode},
    forms::{
        entity::{Answers, Field, FieldKind, FormContent},
        rules::{computed, values},
    },
    words::Message,
};

/// Answers of one form, as JSON. The texts of all fields together could be far longer.
const ANSWERS_BYTES_MAX: usize = 200_000;

/// Answers, and to which version of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// The number of the version that was filled in.
    pub version: i32,
    /// The answers.
    pub answers: Answers,
}

/// Answers that fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    /// What was answered.
    pub answers: Answers,
    /// What was worked out.
    pub computed: Answers,
    /// The codes of the fields that are shown, in their order.
    pub shown: Vec<String>,
}

/// Answers without what stands around them, and without what says nothing: so they are kept, and so
/// they are checked.
pub fn tidied(content: &FormContent, answers: Answers) -> Answers {
    let tidy = |(code, value): (String, Value)| {
        let kind = content.fields().find(|field| field.code == code).map(|field| field.kind);
        Some((code, values::tidied(kind, value)?))
    };
    answers.into_iter().filter_map(tidy).collect()
}

/// Accepts tidied answers to a version, on a day. Otherwise everything that is wrong, each problem at
/// the path of its field below `answers`.
pub fn check(
    content: &FormContent,
    number: i32,
    filled: &Filled,
    today: NaiveDate,
) -> Result<Accepted, Vec<Problem>> {
    if filled.version != number {
        let message = Message::new("form-other-version")
            .with("given", filled.version)
            .with("current", number);
        return Err(vec![Problem::at("version", ProblemCode::Conflict, message)]);
    }
    let size = serde_json::to_string(&filled.answers).map_or(0, |text| text.len());
    if size > ANSWERS_BYTES_MAX {
        let message = Message::new("form-answers-too-long").with("max", ANSWERS_BYTES_MAX);
        return Err(vec![Problem::at("answers", ProblemCode::TooLong, message)]);
    }
    let mut reading = Reading::new(&filled.answers, today);
    for step in &content.steps {
        let skipped = step.is_skipped(&reading.answers);
        for field in &step.fields {
            reading.read(field, skipped);
        }
    }
    for code in filled.answers.keys() {
        if !content.fields().any(|field| field.code == *code) {
            reading.refuse(code, ProblemCode::Unknown, "form-unknown-field");
        }
    }
    reading.done()
}

/// Answers that are read field by field: a condition looks back only, so when a field is read, all
/// that it depends on was.
struct Reading<'a> {
    given: &'a Answers,
    today: NaiveDate,
    answers: Answers,
    computed: Answers,
    shown: Vec<String>,
    problems: Vec<Problem>,
}

impl<'a> Reading<'a> {
    fn new(given: &'a Answers, today: NaiveDate) -> Self {
        Self {
            given,
            today,
            answers: Answers::new(),
            computed: Answers::new(),
            shown: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn read(&mut self, field: &Field, skipped: bool) {
        let shown = !skipped && field.is_shown(&self.answers);
        let given = self.given.get(&field.code);
        if shown {
            self.shown.push(field.code.clone());
        }
        if let Some(computation) = &field.computed {
            if given.is_some() {
                self.refuse(&field.code, ProblemCode::NotAllowed, "form-computed-field");
            }
            let value = computed::value(computation, field.kind, &self.answers);
            if let Some(value) = value.filter(|_| shown) {
                self.computed.insert(field.code.clone(), value);
            }
            return;
        }
        match given {
            Some(_) if !shown => {
                self.refuse(&field.code, ProblemCode::NotAllowed, "form-hidden-field");
            }
            Some(value) => self.take(field, value),
            None if shown && field.is_needed(&self.answers) => {
                let message = match field.kind {
                    FieldKind::Declaration => "form-declare",
                    _ => "required",
                };
                self.refuse(&field.code, ProblemCode::Required, message);
            }
            None => {}
        }
    }

    fn take(&mut self, field: &Field, value: &Value) {
        let path = format!("answers.{}", field.code);
        self.problems.extend(values::problems(&path, field, value, self.today));
        self.answers.insert(field.code.clone(), value.clone());
    }

    fn refuse(&mut self, code: &str, kind: ProblemCode, message: &'static str) {
        // Not by a dotted path: the code may be anything that somebody has sent.
        let field = vec!["answers".to_owned(), code.to_owned()];
        self.problems.push(Problem { code: kind, field, message: message.into() });
    }

    fn done(self) -> Result<Accepted, Vec<Problem>> {
        let Self { answers, computed, shown, problems, .. } = self;
        if problems.is_empty() { Ok(Accepted { answers, computed, shown }) } else { Err(problems) }
    }
}
