//! What a template must be like, which ones fit a report, and how their variables are filled in. Pure.

use chrono::NaiveDate;

use crate::{
    error::{Problem, ProblemCode},
    permissions::NO_UNIT,
    reports::{
        entity::{Category, Report},
        rules::{TEXT_CHARS_MAX, needed},
        templates::entity::TemplateContent,
    },
    texts,
    words::{self, Lang, Message},
};

/// Templates: all of them are listed for whoever answers.
pub const TEMPLATES_MAX: usize = 500;
const TITLE_CHARS_MAX: usize = 100;
const CODE_CHARS_MAX: usize = 100;
const CATEGORIES_MAX: usize = 50;

/// What a text may name in braces.
const VARIABLES: [&str; 6] =
    ["number", "category", "address", "received_on", "unit", "expected_by"];

/// What a template may name.
pub struct Known {
    /// All categories.
    pub categories: Vec<Category>,
    /// The codes of the units.
    pub units: Vec<String>,
}

impl TemplateContent {
    /// The same with nothing blank around its texts.
    pub fn tidied(self) -> Self {
        let unit = self.unit.filter(|unit| !unit.trim().is_empty());
        Self { title: texts::tidied(&self.title), text: texts::tidied(&self.text), unit, ..self }
    }

    /// The unit whose coordinator may write it.
    pub fn owner(&self) -> &str {
        self.unit.as_deref().unwrap_or(NO_UNIT)
    }
}

/// Everything that is wrong with a tidy template.
pub fn problems(template: &TemplateContent, known: &Known) -> Vec<Problem> {
    let mut problems = needed("code", &template.code, CODE_CHARS_MAX);
    problems.extend(needed("title", &template.title, TITLE_CHARS_MAX));
    problems.extend(needed("text", &template.text, TEXT_CHARS_MAX));
    problems.extend(unknown_variables(&template.text));
    if let Some(unit) = template.unit.as_ref().filter(|unit| !known.units.contains(unit)) {
        let message = Message::new("unknown-unit").with("code", unit);
        problems.push(Problem::at("unit", ProblemCode::Unknown, message));
    }
    if template.categories.len() > CATEGORIES_MAX {
        let message = Message::new("too-many").with("max", CATEGORIES_MAX);
        problems.push(Problem::at("categories", ProblemCode::TooLong, message));
        return problems;
    }
    for (place, code) in template.categories.iter().enumerate() {
        let path = format!("categories.{place}");
        match known.categories.iter().find(|category| category.code == *code) {
            None => {
                let message = Message::new("unknown-category").with("code", code);
                problems.push(Problem::at(&path, ProblemCode::Unknown, message));
            }
            Some(category) if !category.kind.outcomes().contains(&template.outcome) => {
                problems.push(Problem::at(&path, ProblemCode::Invalid, "template-of-other-kind"));
            }
            Some(_) => {}
        }
    }
    problems
}

fn unknown_variables(text: &str) -> Vec<Problem> {
    let unknown = parts(text).filter_map(|part| match part {
        Part::Variable(name) if !VARIABLES.contains(&name) => {
            let known = VARIABLES.map(|known| format!("{{{known}}}")).join(", ");
            let message = Message::new("unknown-variable").with("name", name).with("known", known);
            Some(Problem::at("text", ProblemCode::Unknown, message))
        }
        _ => None,
    });
    unknown.collect()
}

/// A part of a template's text.
enum Part<'a> {
    Text(&'a str),
    Variable(&'a str),
}

/// A text in its parts. A brace that nothing closes opens a variable as far as the text goes, so that
/// it is refused.
fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    text.split('{').enumerate().flat_map(|(place, piece)| {
        if place == 0 {
            return [Part::Text(piece), Part::Text("")];
        }
        match piece.split_once('}') {
            Some((name, rest)) => [Part::Variable(name), Part::Text(rest)],
            None => [Part::Variable(piece), Part::Text("")],
        }
    })
}

/// Whether a template is for reports like this one.
pub fn fits(template: &TemplateContent, report: &Report) -> bool {
    let codes = [&report.category, &report.category_group];
    report.kind.outcomes().contains(&template.outcome)
        && (template.categories.is_empty()
            || template.categories.iter().any(|code| codes.contains(&code)))
}

/// The text of a template for a report, in Polish as the templates are; a variable that is not known
/// stays as it stands.
pub fn fill(text: &str, report: &Report, category: &str, unit: &str) -> String {
    let value = |name: &str| match name {
        "number" => Some(report.number.clone()),
        "category" => Some(category.to_owned()),
        "address" => Some(match &report.address {
            Some(address) => address.clone(),
            None => words::label(Lang::Pl, "template", "no-address"),
        }),
        "received_on" => Some(day(report.received_on)),
        "unit" => Some(unit.to_owned()),
        "expected_by" => Some(day(report.expected_by)),
        _ => None,
    };
    let filled = parts(text).map(|part| match part {
        Part::Text(text) => text.to_owned(),
        Part::Variable(name) => value(name).unwrap_or_else(|| format!("{{{name}}}")),
    });
    filled.collect()
}

/// A day as it is written in Poland.
fn day(day: NaiveDate) -> String {
    day.format("%-d.%m.%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::entity::{Channel, Outcome, ReportId, ReportKind, Stage};

    fn report(category: &str, group: &str, kind: ReportKind) -> Report {
        let at = "2026-11-20T09:00:00Z".parse().unwrap();
        let day: NaiveDate = "2026-11-20".parse().unwrap();
        Report {
            id: ReportId(uuid::Uuid::nil()),
            seq: 1,
            number: "KCK-2026-000001".into(),
            external_id: None,
            kind,
            category: category.into(),
            category_group: group.into(),
            channel: Channel::Portal,
            description: String::new(),
            public_description: None,
            answers: Default::default(),
            latitude: None,
            longitude: None,
            address: Some("ul. {unit} 1".into()),
            district: None,
            land_manager: None,
            stage: Stage::Forwarded,
            outcome: None,
            outcome_at: None,
            reason: None,
            received_at: at,
            received_on: day,
            resolved_on: None,
            expected_by: "2026-12-04".parse().unwrap(),
            closed_at: None,
            paused_at: None,
            wakes_at: None,
            unit: Some("ZDMK".into()),
            duplicate_of: None,
            sensitive: false,
            public: true,
            supports: 0,
            sent_back: 0,
            reopened: 0,
            account: None,
            taken_by: None,
            routing: Default::default(),
            revision: 1,
            updated_at: at,
        }
    }

    fn template(text: &str, categories: &[&str], outcome: Outcome) -> TemplateContent {
        TemplateContent {
            code: "a".into(),
            title: "A".into(),
            unit: None,
            categories: categories.iter().map(|&code| code.to_owned()).collect(),
            outcome,
            text: text.into(),
        }
    }

    #[test]
    fn every_variable_is_filled_in_and_what_is_filled_in_is_not_looked_at_again() {
        let text = "{number}: {category}, {address}, {received_on}, {unit}, {expected_by}. {x} {";
        let mut report = report("lighting", "lighting", ReportKind::Problem);
        assert_eq!(
            fill(text, &report, "Oświetlenie", "ZDMK"),
            "KCK-2026-000001: Oświetlenie, ul. {unit} 1, 20.11.2026, ZDMK, 4.12.2026. {x} {}"
        );
        report.address = None;
        assert_eq!(fill("{address}", &report, "", ""), "miejsce wskazane w zgłoszeniu");
    }

    #[test]
    fn a_variable_that_is_not_known_is_refused() {
        let known = Known { categories: Vec::new(), units: Vec::new() };
        for (text, count) in [
            ("{number} {unit}", 0),
            ("{Number}", 1),
            ("{}", 1),
            ("{numbe", 1),
            ("{ number }", 1),
            ("{a} {b}", 2),
            ("koniec }", 0),
            ("początek {", 1),
        ] {
            let found = problems(&template(text, &[], Outcome::Resolved), &known);
            let unknown = |problem: &Problem| problem.code == ProblemCode::Unknown;
            assert_eq!((found.len(), found.iter().all(unknown)), (count, true), "{text}");
        }
    }

    #[test]
    fn a_template_fits_reports_of_its_categories_and_of_a_kind_with_its_outcome() {
        use ReportKind::{Idea, Problem as Trouble};
        let dump = report("illegal-dump", "pollution", Trouble);
        let idea = report("idea-roads", "idea-roads", Idea);
        for (categories, outcome, of_dump, of_idea) in [
            (&[][..], Outcome::Resolved, true, false),
            (&[], Outcome::Unfounded, true, true),
            (&[], Outcome::Implemented, false, true),
            (&["pollution"], Outcome::Unfounded, true, false),
            (&["lighting", "illegal-dump"], Outcome::Unfounded, true, false),
            (&["idea-roads"], Outcome::Unfounded, false, true),
        ] {
            let template = template("a", categories, outcome);
            let found = (fits(&template, &dump), fits(&template, &idea));
            assert_eq!(found, (of_dump, of_idea), "{categories:?} {outcome:?}");
        }
    }
}
