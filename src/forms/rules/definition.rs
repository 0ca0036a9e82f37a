//! What a definition must be like: before it is kept, and before it is published.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::Value;

use crate::{
    error::{Problem, ProblemCode},
    forms::{
        entity::{Field, FieldClass, FieldKind, FieldReader, FormContent, Prefill, Wording},
        rules::{bounds, conditions, reach, values},
    },
    questions, texts,
    words::Message,
};

/// Steps of a form, and fields of all of them together.
const STEPS_MAX: usize = 20;
const FIELDS_MAX: usize = 100;
/// Characters of a title, a label, the name of a choice.
const TITLE_CHARS_MAX: usize = 200;
/// Characters of a clause.
const CLAUSE_CHARS_MAX: usize = 8_000;
/// Characters of any other text.
const TEXT_CHARS_MAX: usize = 2_000;
/// Characters that the answer of a field may be given, at most.
const CHARS_MAX: i32 = 10_000;
/// Files that a field may be given, at most.
const FILES_MAX: i32 = 10;
/// Digits behind the point, at most.
const DECIMALS_MAX: i32 = 3;
/// Characters of a slug.
const SLUG_CHARS_MAX: usize = 80;

/// A field with its path and with the fields that stand above it.
pub struct Placed<'a> {
    pub path: String,
    pub field: &'a Field,
    pub above: HashMap<&'a str, &'a Field>,
}

/// Everything that is wrong with the name of a form in addresses.
pub fn slug_problems(slug: &str) -> Vec<Problem> {
    let mut problems = texts::problems("slug", slug, SLUG_CHARS_MAX);
    if !texts::is_slug(slug) {
        problems.push(at("slug", "", ProblemCode::Invalid, "not-a-slug"));
    }
    problems
}

/// Everything that is wrong with a form that is imported, which goes live at once.
pub fn import_problems(slug: &str, content: &FormContent, units: &[String]) -> Vec<Problem> {
    let mut found = slug_problems(slug);
    found.extend(problems(content, units));
    found.extend(gaps(content));
    found
}

/// Everything that is wrong with a content. Units must be known.
pub fn problems(content: &FormContent, units: &[String]) -> Vec<Problem> {
    let mut problems = texts::content_problems(content, chars_max);
    if !units.contains(&content.unit) {
        let message = Message::new("unknown-unit").with("code", &content.unit);
        problems.push(Problem::at("unit", ProblemCode::Unknown, message));
    }
    let cards = content.cards.iter().enumerate().filter(|(_, card)| !texts::is_slug(card));
    problems.extend(
        cards.map(|(place, _)| at("cards", &place.to_string(), ProblemCode::Invalid, "not-a-slug")),
    );
    problems.extend(size_problems(content));
    let blank = wordings(content).into_iter().filter(|(_, wording)| wording.pl.trim().is_empty());
    problems.extend(blank.map(|(path, _)| at(&path, "pl", ProblemCode::Required, "required")));
    problems.extend(code_problems(content));
    for placed in placed(content) {
        problems.extend(field_problems(&placed));
        problems.extend(conditions::of_field(&placed));
    }
    problems.extend(conditions::of_steps(content));
    if problems.is_empty() {
        problems.extend(reach::problems(content));
    }
    problems
}

/// Everything that a content lacks to be published: translations, the clause, a day of review.
pub fn gaps(content: &FormContent) -> Vec<Problem> {
    let mut gaps = Vec::new();
    for (path, wording) in wordings(content) {
        for (name, text) in [("en", &wording.en), ("uk", &wording.uk)] {
            if text.trim().is_empty() {
                gaps.push(at(&path, name, ProblemCode::Required, "form-translation-missing"));
            }
        }
    }
    if content.clause.is_none() {
        gaps.push(at("clause", "", ProblemCode::Required, "required"));
    }
    if content.review_due.is_none() {
        gaps.push(at("reviewDue", "", ProblemCode::Required, "required"));
    }
    gaps
}

/// Every text in three languages, with its path.
fn wordings(content: &FormContent) -> Vec<(String, &Wording)> {
    let mut all = vec![("title".to_owned(), &content.title), ("summary".into(), &content.summary)];
    all.extend(content.stop.iter().map(|stop| ("stop".into(), stop)));
    all.extend(content.clause.iter().map(|clause| ("clause.text".into(), &clause.text)));
    for (i, step) in content.steps.iter().enumerate() {
        all.push((format!("steps.{i}.title"), &step.title));
        all.extend(step.help.iter().map(|help| (format!("steps.{i}.help"), help)));
        for (j, field) in step.fields.iter().enumerate() {
            let path = format!("steps.{i}.fields.{j}");
            all.push((format!("{path}.label"), &field.label));
            all.extend(field.help.iter().map(|help| (format!("{path}.help"), help)));
            let choices = field.choices.iter().enumerate();
            all.extend(choices.map(|(k, one)| (format!("{path}.choices.{k}.name"), &one.name)));
        }
    }
    all
}

/// Every field with its path, in their order.
pub fn placed(content: &FormContent) -> Vec<Placed<'_>> {
    let mut all = Vec::new();
    let mut above = HashMap::new();
    for (i, step) in content.steps.iter().enumerate() {
        for (j, field) in step.fields.iter().enumerate() {
            let path = format!("steps.{i}.fields.{j}");
            all.push(Placed { path, field, above: above.clone() });
            above.insert(field.code.as_str(), field);
        }
    }
    all
}

/// How long the text at a path may be.
fn chars_max(path: &str) -> usize {
    let names: Vec<&str> = path.rsplit('.').take(2).collect();
    match (path.starts_with("clause."), names.get(1)) {
        (true, _) => CLAUSE_CHARS_MAX,
        (_, Some(&("title" | "label" | "name"))) => TITLE_CHARS_MAX,
        _ => TEXT_CHARS_MAX,
    }
}

fn size_problems(content: &FormContent) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !(1..=STEPS_MAX).contains(&content.steps.len()) {
        let message = Message::new("form-count").with("max", STEPS_MAX);
        problems.push(Problem::at("steps", ProblemCode::Invalid, message));
    }
    let fields = content.fields().count();
    if fields > FIELDS_MAX {
        let message = Message::new("too-many").with("max", FIELDS_MAX);
        problems.push(Problem::at("steps", ProblemCode::TooLong, message));
    }
    for (i, step) in content.steps.iter().enumerate() {
        if step.fields.is_empty() {
            let path = format!("steps.{i}.fields");
            problems.push(at(&path, "", ProblemCode::Required, "form-empty-step"));
        }
    }
    problems
}

/// Codes of steps differ, and codes of all fields do.
fn code_problems(content: &FormContent) -> Vec<Problem> {
    let steps = content.steps.iter().enumerate();
    let steps = steps.map(|(i, step)| (format!("steps.{i}.code"), step.code.as_str()));
    let mut problems = questions::key_problems(steps);
    let fields = placed(content);
    let fields = fields.iter().map(|one| (format!("{}.code", one.path), one.field.code.as_str()));
    problems.extend(questions::key_problems(fields));
    problems
}

fn field_problems(Placed { path, field, .. }: &Placed) -> Vec<Problem> {
    let is_list = matches!(field.kind, FieldKind::Choice | FieldKind::Choices);
    let keys: Vec<&str> = field.choices.iter().map(|choice| choice.key.as_str()).collect();
    let mut problems = questions::choice_problems(&format!("{path}.choices"), is_list, &keys);
    problems.extend(attribute_problems(path, field));
    problems.extend(range_problems(path, field));
    problems.extend(need_problems(path, field));
    problems.extend(care_problems(path, field));
    problems.extend(example_problems(path, field));
    problems
}

/// What is said of a field that fields of its kind do not have.
fn attribute_problems(path: &str, field: &Field) -> Vec<Problem> {
    use FieldKind::{Choices, Date, Email, File, LongText, Number, Text};
    let prefill: &[FieldKind] = match field.prefill {
        Some(Prefill::AccountEmail) => &[Email],
        _ => &[Text],
    };
    let said: [(&str, bool, &[FieldKind]); 8] = [
        ("min", field.min.is_some(), &[Number]),
        ("max", field.max.is_some(), &[Number]),
        ("decimals", field.decimals.is_some(), &[Number]),
        ("charsMax", field.chars_max.is_some(), &[Text, LongText]),
        ("entriesMax", field.entries_max.is_some(), &[Choices, File]),
        ("earliest", field.earliest.is_some(), &[Date]),
        ("latest", field.latest.is_some(), &[Date]),
        ("prefill", field.prefill.is_some(), prefill),
    ];
    let wrong = said.into_iter().filter(|(_, is_said, of)| *is_said && !of.contains(&field.kind));
    wrong.map(|(name, ..)| at(path, name, ProblemCode::Invalid, "form-other-attribute")).collect()
}

/// Limits that no answer could keep.
fn range_problems(path: &str, field: &Field) -> Vec<Problem> {
    // Bounds that count from today keep their distance, whatever today is.
    let today = NaiveDate::default();
    let day = |bound: &Option<String>| bound.as_deref().map(|bound| bounds::day_of(bound, today));
    let (earliest, latest) = (day(&field.earliest), day(&field.latest));
    let counted = |bound: &Option<String>| bound.as_ref().is_some_and(|b| b.starts_with("today"));
    let comparable = counted(&field.earliest) == counted(&field.latest);
    let days = earliest.flatten().zip(latest.flatten()).filter(|_| comparable);
    let entries = match field.kind {
        FieldKind::File => FILES_MAX,
        _ => i32::try_from(field.choices.len()).unwrap_or(i32::MAX),
    };
    let number = |number: Option<i64>| number.is_none_or(|n| n.abs() <= values::NUMBER_MAX);
    let checks = [
        ("min", number(field.min)),
        ("max", number(field.max)),
        ("max", field.min.zip(field.max).is_none_or(|(min, max)| min <= max)),
        ("decimals", field.decimals.is_none_or(|digits| (0..=DECIMALS_MAX).contains(&digits))),
        ("charsMax", field.chars_max.is_none_or(|max| (1..=CHARS_MAX).contains(&max))),
        ("entriesMax", field.entries_max.is_none_or(|max| (1..=entries).contains(&max))),
        ("earliest", earliest != Some(None)),
        ("latest", latest != Some(None)),
        ("latest", days.is_none_or(|(first, last)| first <= last)),
    ];
    let wrong = checks.into_iter().filter(|(_, right)| !right);
    wrong.map(|(name, _)| at(path, name, ProblemCode::Invalid, "form-bad-limit")).collect()
}

/// What is asked for and cannot be given.
fn need_problems(path: &str, field: &Field) -> Vec<Problem> {
    let is_needed = field.required || field.required_if.is_some();
    let filled_in = is_needed || field.prefill.is_some() || field.example.is_some();
    let checks = [
        // A consent that must be given is none (article 7 of the GDPR).
        ("required", field.kind == FieldKind::Consent && is_needed, "form-consent-required"),
        ("requiredIf", field.required && field.required_if.is_some(), "form-required-twice"),
        ("computed", field.computed.is_some() && filled_in, "form-computed-and-filled"),
    ];
    let wrong = checks.into_iter().filter(|(_, is, _)| *is);
    wrong.map(|(name, _, key)| at(path, name, ProblemCode::Invalid, key)).collect()
}

/// Who would see what they must not.
fn care_problems(path: &str, field: &Field) -> Vec<Problem> {
    let refused: &[FieldReader] = match field.class {
        FieldClass::Ordinary => &[],
        FieldClass::Identifying => &[FieldReader::Analyst, FieldReader::Public],
        FieldClass::Special | FieldClass::Criminal => {
            &[FieldReader::Consultant, FieldReader::Analyst, FieldReader::Public]
        }
    };
    let readers = field.seen_by.iter().enumerate();
    let wrong = readers.filter(|(_, reader)| refused.contains(reader)).map(|(place, _)| {
        at(path, &format!("seenBy.{place}"), ProblemCode::NotAllowed, "form-seen-by")
    });
    let mut problems: Vec<Problem> = wrong.collect();
    if is_identifying(field.kind) && field.class.is_ordinary() {
        problems.push(at(path, "class", ProblemCode::Invalid, "form-identifying"));
    }
    problems
}

/// Kinds of answers that always tell who somebody is.
fn is_identifying(kind: FieldKind) -> bool {
    use FieldKind::{Email, Pesel, Phone};
    matches!(kind, Email | Pesel | Phone)
}

/// An example shows how to answer, so it must be an answer that is taken.
fn example_problems(path: &str, field: &Field) -> Vec<Problem> {
    let Some(example) = &field.example else { return Vec::new() };
    let value = match field.kind {
        FieldKind::Number => example.parse().map_or(Value::Null, Value::Number),
        _ => Value::String(example.clone()),
    };
    // A day is compared with today elsewhere: an example cannot follow it.
    let plain = Field { earliest: None, latest: None, ..field.clone() };
    values::problems(&format!("{path}.example"), &plain, &value, NaiveDate::default())
}

/// A problem with a part of what stands at a path.
pub fn at(path: &str, name: &str, code: ProblemCode, message: impl Into<Message>) -> Problem {
    Problem::at(&format!("{path}.{name}"), code, message)
}
