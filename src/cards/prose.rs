//! The prose of a card: the texts that stand below the front matter in its files. They are tidied
//! before they are kept, and what a file could not hold is refused, so that every card reads back
//! from an export as it was.

use crate::{
    cards::entity::{CardContent, Question},
    error::{Problem, ProblemCode},
    texts,
    words::Message,
};

/// Begins a section in a card's file.
const SECTION: &str = "## ";
/// Begins a question.
const QUESTION: &str = "### ";

/// A content as it is kept.
pub fn tidied(mut content: CardContent) -> CardContent {
    content.title = texts::tidied(&content.title);
    content.summary = texts::tidied(&content.summary);
    let own =
        [&mut content.criteria, &mut content.outcome, &mut content.appeal, &mut content.notes];
    own.into_iter().for_each(tidy);
    tidy_lists(&mut content.steps, &mut content.questions);
    for read in [&mut content.en, &mut content.uk].into_iter().flatten() {
        let own = [&mut read.title, &mut read.summary, &mut read.criteria, &mut read.outcome];
        own.into_iter().chain([&mut read.appeal, &mut read.notes]).for_each(tidy);
        tidy_lists(&mut read.steps, &mut read.questions);
    }
    content
}

/// A text that says nothing is none.
fn tidy(text: &mut Option<String>) {
    *text = text.take().map(|text| texts::tidied(&text)).filter(|text| !text.is_empty());
}

fn tidy_lists(steps: &mut [String], questions: &mut [Question]) {
    for step in steps {
        *step = texts::tidied(step);
    }
    for Question { question, answer } in questions {
        (*question, *answer) = (texts::tidied(question), texts::tidied(answer));
    }
}

/// Everything in the prose of a tidied content that its files could not hold.
pub fn problems(content: &CardContent) -> Vec<Problem> {
    let texts = [
        ("summary", Some(&content.summary)),
        ("criteria", content.criteria.as_ref()),
        ("outcome", content.outcome.as_ref()),
        ("appeal", content.appeal.as_ref()),
        ("notes", content.notes.as_ref()),
    ];
    let mut problems = prose_problems("", texts, &content.steps, &content.questions);
    for (lang, read) in [("en.", &content.en), ("uk.", &content.uk)] {
        let Some(read) = read else { continue };
        let texts = [
            ("summary", read.summary.as_ref()),
            ("criteria", read.criteria.as_ref()),
            ("outcome", read.outcome.as_ref()),
            ("appeal", read.appeal.as_ref()),
            ("notes", read.notes.as_ref()),
        ];
        problems.extend(prose_problems(lang, texts, &read.steps, &read.questions));
    }
    problems
}

fn prose_problems(
    of: &str,
    texts: [(&str, Option<&String>); 5],
    steps: &[String],
    questions: &[Question],
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (field, text) in texts {
        let text = text.map_or("", String::as_str);
        problems.extend(with_heading(format!("{of}{field}"), text, &[SECTION]));
    }
    for (i, step) in steps.iter().enumerate() {
        problems.extend(not_one_line(format!("{of}steps.{i}"), step));
    }
    for (i, Question { question, answer }) in questions.iter().enumerate() {
        let path = format!("{of}questions.{i}");
        problems.extend(not_one_line(format!("{path}.question"), question));
        problems.extend(with_heading(format!("{path}.answer"), answer, &[SECTION, QUESTION]));
    }
    problems
}

fn with_heading(path: String, text: &str, marks: &[&str]) -> Option<Problem> {
    let begins_a_line = |mark: &&&str| text.lines().any(|line| line.starts_with(**mark));
    let mark = marks.iter().find(begins_a_line)?;
    let message = Message::new("heading-in-text").with("mark", mark);
    Some(Problem::at(&path, ProblemCode::Invalid, message))
}

fn not_one_line(path: String, text: &str) -> Option<Problem> {
    if text.is_empty() {
        Some(Problem::at(&path, ProblemCode::Required, "required"))
    } else if text.contains('\n') {
        Some(Problem::at(&path, ProblemCode::Invalid, "one-line"))
    } else {
        None
    }
}
