//! The prose of a card: a summary, then sections under fixed headings.

use crate::{
    cards::{Question, Section},
    content::ContentError,
    words::Lang,
};

/// The sections that stand as prose, in their order.
const SECTIONS: &[Section] = &[
    Section::Criteria,
    Section::Steps,
    Section::Outcome,
    Section::Appeal,
    Section::Notes,
    Section::Questions,
];

/// What stands below the front matter of a card.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// What stands before the first heading.
    pub summary: String,
    /// Kogo dotyczy.
    pub criteria: Option<String>,
    /// Krok po kroku.
    pub steps: Vec<String>,
    /// Efekt.
    pub outcome: Option<String>,
    /// Odwołanie.
    pub appeal: Option<String>,
    /// Warto wiedzieć.
    pub notes: Option<String>,
    /// Pytania i odpowiedzi.
    pub questions: Vec<Question>,
}

/// A line of the body with its number in the file.
type Line<'a> = (usize, &'a str);

/// Reads the body of a card that begins on `first_line` of a file.
pub fn read(file: &str, body: &str, first_line: usize, lang: Lang) -> Result<Prose, ContentError> {
    let mut prose = Prose::default();
    let mut section = None;
    let mut seen = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    for (number, line) in (first_line..).zip(body.lines()) {
        let Some(heading) = line.strip_prefix("## ") else {
            lines.push((number, line));
            continue;
        };
        fill(file, &mut prose, section, &lines)?;
        lines.clear();
        let found = SECTIONS.iter().find(|known| known.label(lang) == heading.trim());
        let Some(found) = found else { return Err(unknown(file, number, heading, lang)) };
        if seen.contains(found) {
            return Err(ContentError::new(file, number, format!("\"## {heading}\" is twice")));
        }
        seen.push(*found);
        section = Some(*found);
    }
    fill(file, &mut prose, section, &lines)?;
    Ok(prose)
}

fn unknown(file: &str, line: usize, heading: &str, lang: Lang) -> ContentError {
    let known: Vec<String> = SECTIONS.iter().map(|known| known.label(lang)).collect();
    let reason =
        format!("\"## {heading}\" is not a heading of a card; known: {}", known.join(", "));
    ContentError::new(file, line, reason)
}

fn fill(
    file: &str,
    prose: &mut Prose,
    section: Option<Section>,
    lines: &[Line],
) -> Result<(), ContentError> {
    let text = || joined(lines.iter().map(|(_, line)| *line));
    match section {
        None => prose.summary = text(),
        Some(Section::Criteria) => prose.criteria = Some(text()),
        Some(Section::Outcome) => prose.outcome = Some(text()),
        Some(Section::Appeal) => prose.appeal = Some(text()),
        Some(Section::Notes) => prose.notes = Some(text()),
        Some(Section::Steps) => prose.steps = steps(file, lines)?,
        Some(Section::Questions) => prose.questions = questions(file, lines)?,
        // Not among `SECTIONS`, so never found as a heading.
        Some(_) => {}
    }
    Ok(())
}

fn joined<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// A numbered list, one line a step.
fn steps(file: &str, lines: &[Line]) -> Result<Vec<String>, ContentError> {
    let mut steps = Vec::new();
    for (number, line) in lines.iter().filter(|(_, line)| !line.trim().is_empty()) {
        let wanted = steps.len() + 1;
        let Some(step) = line.strip_prefix(&format!("{wanted}. ")) else {
            let reason = format!("a step stands on one line and begins with \"{wanted}. \"");
            return Err(ContentError::new(file, *number, reason));
        };
        steps.push(step.trim().to_owned());
    }
    Ok(steps)
}

/// Questions as third-level headings, each with its answer below.
fn questions(file: &str, lines: &[Line]) -> Result<Vec<Question>, ContentError> {
    let mut questions: Vec<Question> = Vec::new();
    for (number, line) in lines {
        match (line.strip_prefix("### "), questions.last_mut()) {
            (Some(question), _) => questions
                .push(Question { question: question.trim().to_owned(), answer: String::new() }),
            (None, Some(last)) => {
                last.answer.push_str(line);
                last.answer.push('\n');
            }
            (None, None) if line.trim().is_empty() => {}
            (None, None) => {
                return Err(ContentError::new(file, *number, "a question begins with \"### \""));
            }
        }
    }
    for question in &mut questions {
        question.answer = question.answer.trim().to_owned();
    }
    Ok(questions)
}

/// Writes the body of a card.
pub fn write(prose: &Prose, lang: Lang) -> String {
    let mut body = format!("{}\n", prose.summary.trim());
    let steps: Vec<String> =
        (1..).zip(&prose.steps).map(|(number, step)| format!("{number}. {step}")).collect();
    let questions: Vec<String> = prose
        .questions
        .iter()
        .map(|question| format!("### {}\n\n{}", question.question, question.answer))
        .collect();
    for section in SECTIONS {
        let text = match section {
            Section::Criteria => prose.criteria.clone(),
            Section::Steps => Some(steps.join("\n")),
            Section::Outcome => prose.outcome.clone(),
            Section::Appeal => prose.appeal.clone(),
            Section::Notes => prose.notes.clone(),
            _ => Some(questions.join("\n\n")),
        };
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            body += &format!("\n## {}\n\n{}\n", section.label(lang), text.trim());
        }
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_the_same() {
        let prose = Prose {
            summary: "Opis.\n\nDrugi akapit.".into(),
            steps: vec!["Jeden".into(), "Dwa".into()],
            appeal: Some("Nie przysługuje.".into()),
            questions: vec![Question { question: "Ile?".into(), answer: "Nic.".into() }],
            ..Default::default()
        };
        for lang in [Lang::Pl, Lang::En, Lang::Uk] {
            assert_eq!(read("a.md", &write(&prose, lang), 1, lang).unwrap(), prose);
        }
    }

    #[test]
    fn a_mistake_in_the_prose_is_told_with_its_line() {
        let cases = [
            ("Opis.\n\n## Cennik\n", 12),
            ("Opis.\n## Krok po kroku\n1. Raz\n3. Trzy\n", 13),
            ("## Efekt\nA\n## Efekt\nB\n", 12),
            ("## Pytania i odpowiedzi\nBez pytania.\n", 11),
        ];
        for (body, line) in cases {
            assert_eq!(read("a.md", body, 10, Lang::Pl).unwrap_err().line, line, "{body}");
        }
    }
}
