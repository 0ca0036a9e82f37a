//! What is allowed when a report is filed.

use chrono::{DateTime, Datelike, Utc};

use crate::{
    actor::Actor,
    clock::local_day,
    error::{Problem, ProblemCode},
    geo::Point,
    permissions::{NO_UNIT, Permission},
    questions,
    reports::entity::{
        Category, Channel, ContactInput, FileReportInput, LocationInput, ReportKind,
    },
    texts,
    words::Message,
};

/// Characters of the description of a report, as Open311 has it.
pub const DESCRIPTION_CHARS_MAX: usize = 4_000;
/// Characters of an address in words.
pub const ADDRESS_CHARS_MAX: usize = 200;
/// Photos of one report.
pub const PHOTOS_MAX: usize = 10;
/// Characters of an idempotency key.
pub const KEY_CHARS_MIN: usize = 16;
const KEY_CHARS_MAX: usize = 255;
const CONTACT_CHARS_MAX: usize = 200;

/// Everything that is wrong with a report that somebody files.
pub fn filing_problems(
    input: &FileReportInput,
    category: Option<&Category>,
    actor: &Actor,
) -> Vec<Problem> {
    let mut problems = category_problems(input, category);
    problems.extend(needed("description", &input.description, DESCRIPTION_CHARS_MAX));
    problems.extend(location_problems("location", input.location.as_ref(), input.kind));
    problems.extend(input.contact.iter().flat_map(contact_problems));
    problems.extend(key_problems(&input.idempotency_key));
    if !may_use(actor, input.channel) {
        problems.push(Problem::at("channel", ProblemCode::NotAllowed, "channel-of-staff"));
    }
    if input.photos.len() > PHOTOS_MAX {
        let message = Message::new("too-many").with("max", PHOTOS_MAX);
        problems.push(Problem::at("photos", ProblemCode::TooLong, message));
    }
    problems
}

fn category_problems(input: &FileReportInput, category: Option<&Category>) -> Vec<Problem> {
    let offered = |category: &&Category| {
        category.active && (category.open311 || input.channel != Channel::Open311)
    };
    let Some(category) = category.filter(offered) else {
        let message = Message::new("unknown-category").with("code", &input.category);
        return vec![Problem::at("category", ProblemCode::Unknown, message)];
    };
    let mut problems = questions::problems(&category.questions, &input.answers);
    if category.kind != input.kind {
        let message = Message::new("category-of-other-kind").with("code", &category.code);
        problems.push(Problem::at("category", ProblemCode::Invalid, message));
    }
    problems
}

/// Everything that is wrong with a place. A problem has one; an idea may be for the whole city.
pub fn location_problems(
    path: &str,
    location: Option<&LocationInput>,
    kind: ReportKind,
) -> Vec<Problem> {
    let Some(location) = location else {
        let missing = kind == ReportKind::Problem;
        let problem = || Problem::at(path, ProblemCode::Required, "place-missing");
        return missing.then(problem).into_iter().collect();
    };
    let address = location.address.as_deref().unwrap_or_default();
    let below = |name: &str| format!("{path}.{name}");
    let mut problems = texts::problems(&below("address"), address, ADDRESS_CHARS_MAX);
    let manager = location.land_manager.as_deref().unwrap_or_default();
    problems.extend(texts::problems(&below("landManager"), manager, CONTACT_CHARS_MAX));
    match (location.latitude, location.longitude) {
        (Some(latitude), Some(longitude)) if Point::new(latitude, longitude).is_none() => {
            problems.push(Problem::at(path, ProblemCode::Invalid, "not-a-point"));
        }
        (Some(_), None) | (None, Some(_)) => {
            problems.push(Problem::at(path, ProblemCode::Required, "half-a-point"));
        }
        (None, None) if address.trim().is_empty() => {
            problems.push(Problem::at(path, ProblemCode::Required, "place-missing"));
        }
        _ => {}
    }
    problems
}

/// Everything that is wrong with a contact.
pub fn contact_problems(contact: &ContactInput) -> Vec<Problem> {
    let fields = [
        ("contact.name", &contact.name),
        ("contact.email", &contact.email),
        ("contact.phone", &contact.phone),
    ];
    let mut problems: Vec<Problem> = fields
        .into_iter()
        .filter_map(|(path, text)| Some((path, text.as_deref()?)))
        .flat_map(|(path, text)| texts::problems(path, text, CONTACT_CHARS_MAX))
        .collect();
    if contact.email.as_deref().is_some_and(|email| !texts::is_email(email)) {
        problems.push(Problem::at("contact.email", ProblemCode::Invalid, "not-an-email"));
    }
    if contact.phone.as_deref().is_some_and(|phone| questions::dialled(phone).is_none()) {
        problems.push(Problem::at("contact.phone", ProblemCode::Invalid, "not-a-phone"));
    }
    problems
}

/// Everything that is wrong with an idempotency key.
pub fn key_problems(key: &str) -> Vec<Problem> {
    let chars = key.chars().count();
    let mut problems = texts::problems("idempotencyKey", key, KEY_CHARS_MAX);
    if chars < KEY_CHARS_MIN {
        let message = Message::new("short-key").with("min", KEY_CHARS_MIN);
        problems.push(Problem::at("idempotencyKey", ProblemCode::Invalid, message));
    }
    problems
}

/// A text that is needed.
pub fn needed(path: &str, text: &str, chars_max: usize) -> Vec<Problem> {
    let mut problems = texts::problems(path, text, chars_max);
    if text.trim().is_empty() {
        problems.push(Problem::at(path, ProblemCode::Required, "required"));
    }
    problems
}

/// What a member of staff takes down came on another way than what residents file by themselves.
fn may_use(actor: &Actor, channel: Channel) -> bool {
    match channel {
        Channel::Portal | Channel::App => !matches!(actor, Actor::Client(_)),
        Channel::Phone | Channel::Email | Channel::Point => {
            matches!(actor, Actor::Staff(_) | Actor::System)
        }
        Channel::Open311 => matches!(actor, Actor::Client(_) | Actor::System),
    }
}

/// Who may file: everybody but those of the staff who have nothing to do with reports, and
/// applications that were not allowed to.
pub fn may_file(actor: &Actor) -> bool {
    match actor {
        Actor::Anyone | Actor::Resident(_) => true,
        Actor::Client(_) | Actor::Staff(_) | Actor::System => {
            actor.may(Permission::FileReports, NO_UNIT)
        }
    }
}

/// The public number of a report, such as `KCK-2026-004571`: the series of its kind, the local year,
/// its place in both.
pub fn number(series: &str, place: i64) -> String {
    format!("{series}-{place:06}")
}

/// The series in which numbers are counted, such as `KCK-2026`.
pub fn series(kind: ReportKind, received: DateTime<Utc>) -> String {
    let name = match kind {
        ReportKind::Problem => "KCK",
        ReportKind::Idea => "POM",
    };
    format!("{name}-{}", local_day(received).year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_counts_in_the_local_year() {
        let new_year = "2025-12-31T23:30:00Z".parse().unwrap();
        assert_eq!(series(ReportKind::Problem, new_year), "KCK-2026");
        assert_eq!(number(&series(ReportKind::Idea, new_year), 4_571), "POM-2026-004571");
        assert_eq!(number("KCK-2026", 1_234_567), "KCK-2026-1234567");
    }
}
