//! What a category must be like.

use async_graphql::MaybeUndefined;

use crate::{
    error::{Problem, ProblemCode},
    questions,
    reports::{
        entity::{Category, EditReportCategoryInput},
        rules::needed,
    },
    texts,
    words::Message,
};

const NAME_CHARS_MAX: usize = 200;
const TEXT_CHARS_MAX: usize = 1_000;
/// Days in which an answer is proposed.
const DAYS_MAX: i32 = 365;

/// Everything that is wrong with a category, which stands in a list of all, given the units that there
/// are.
pub fn category_list_problems(
    category: &Category,
    all: &[Category],
    units: &[String],
) -> Vec<Problem> {
    let mut problems = texts::content_problems(category, |_| TEXT_CHARS_MAX);
    if !texts::is_slug(&category.code) {
        problems.push(Problem::at("code", ProblemCode::Invalid, "not-a-slug"));
    }
    for (path, name) in
        [("name", &category.name), ("nameEn", &category.name_en), ("nameUk", &category.name_uk)]
    {
        problems.extend(needed(path, name, NAME_CHARS_MAX));
    }
    problems.extend(parent_problem(category, all));
    problems.extend(needed("promise", &category.promise, TEXT_CHARS_MAX));
    if !units.contains(&category.unit) {
        let message = Message::new("unknown-unit").with("code", &category.unit);
        problems.push(Problem::at("unit", ProblemCode::Unknown, message));
    }
    if !(1..=DAYS_MAX).contains(&category.days) {
        let message = Message::new("bad-promise").with("max", DAYS_MAX);
        problems.push(Problem::at("days", ProblemCode::Invalid, message));
    }
    if let Some(screen) = &category.stop_screen {
        problems.extend(needed("stopScreen.text", &screen.text, TEXT_CHARS_MAX));
        problems.extend(needed("stopScreen.phone", &screen.phone, NAME_CHARS_MAX));
    }
    problems.extend(questions::definition_problems("questions", &category.questions));
    problems
}

/// A category with what is changed of it.
pub fn edited(category: &Category, input: EditReportCategoryInput) -> Category {
    let tidied = |new: Option<String>, old: &String| match new {
        Some(new) => texts::tidied(&new),
        None => old.clone(),
    };
    Category {
        name: tidied(input.name, &category.name),
        name_en: tidied(input.name_en, &category.name_en),
        name_uk: tidied(input.name_uk, &category.name_uk),
        keywords: input.keywords.unwrap_or_else(|| category.keywords.clone()),
        unit: input.unit.unwrap_or_else(|| category.unit.clone()),
        days: input.days.unwrap_or(category.days),
        days_kind: input.days_kind.unwrap_or(category.days_kind),
        promise: tidied(input.promise, &category.promise),
        stop_screen: match input.stop_screen {
            MaybeUndefined::Undefined => category.stop_screen.clone(),
            MaybeUndefined::Null => None,
            MaybeUndefined::Value(screen) => Some(screen),
        },
        active: input.active.unwrap_or(category.active),
        open311: input.open311.unwrap_or(category.open311),
        ..category.clone()
    }
}

/// A category stands below one of its kind that stands below none: the groups of the statistics.
fn parent_problem(category: &Category, all: &[Category]) -> Option<Problem> {
    let code = category.parent.as_ref()?;
    let parent = all.iter().find(|known| known.code == *code);
    let has_children = || all.iter().any(|known| known.parent.as_ref() == Some(&category.code));
    let message = match parent {
        None => Message::new("unknown-category").with("code", code),
        Some(parent) if parent.kind != category.kind => {
            Message::new("category-of-other-kind").with("code", code)
        }
        Some(parent) if parent.parent.is_some() || has_children() => "category-too-deep".into(),
        Some(_) => return None,
    };
    let problem = if parent.is_none() { ProblemCode::Unknown } else { ProblemCode::Invalid };
    Some(Problem::at("parent", problem, message))
}

/// What categories would be with those of a batch among them.
pub fn with_batch(known: Vec<Category>, batch: &[Category]) -> Vec<Category> {
    let stays = |category: &Category| batch.iter().all(|new| new.code != category.code);
    known.into_iter().filter(stays).chain(batch.iter().cloned()).collect()
}
