//! What is allowed with cards: the steps between states, four eyes, and what a card must say.

use chrono::NaiveDate;

use crate::{
    actor::Actor,
    cards::{
        entity::{CardContent, CardVersion, State, Translation},
        life_events, prose,
    },
    error::{Problem, ProblemCode},
    permissions::Permission,
    texts,
    words::Message,
};

use State::{Approved, Draft, InReview, Published, Superseded, Withdrawn};

/// Who may move a version from one state to another (domain.md f.2 and f.6).
const MOVES: &[(State, State, Permission)] = &[
    (Draft, InReview, Permission::WriteCards),
    (InReview, Draft, Permission::PublishCards),
    (InReview, Approved, Permission::PublishCards),
    (Approved, Draft, Permission::PublishCards),
    (Approved, Published, Permission::PublishCards),
    (Published, Superseded, Permission::PublishCards),
    (Published, Withdrawn, Permission::PublishCards),
];

const TITLE_CHARS_MAX: usize = 200;
const TEXT_CHARS_MAX: usize = 8_000;
const NOTE_CHARS_MAX: usize = 1_000;
const SLUG_CHARS_MAX: usize = 80;

/// The permission that a step needs; `None`: there is no such step.
pub fn step_permission(from: State, to: State) -> Option<Permission> {
    MOVES.iter().find(|(f, t, _)| (*f, *t) == (from, to)).map(|(_, _, permission)| *permission)
}

/// Whether a version may take a step. Approving and publishing need a second pair of eyes.
pub fn check_step(version: &CardVersion, to: State, actor: &Actor) -> Result<(), Problem> {
    if step_permission(version.state, to).is_none() {
        let message = Message::new("wrong-state")
            .with_label("state", "card-state", &version.state)
            .with_label("wanted", "card-state", &to);
        return Err(Problem::at("id", ProblemCode::Conflict, message));
    }
    let own = version.author == actor.handle() && *actor != Actor::System;
    if own && matches!(to, Approved | Published) {
        return Err(Problem::at("id", ProblemCode::NotAllowed, "four-eyes"));
    }
    Ok(())
}

/// The day on which an approved version goes live; `None`: at once.
pub fn publish_on(
    wanted: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, Problem> {
    match wanted {
        Some(day) if day < today => {
            Err(Problem::at("validFrom", ProblemCode::Invalid, "valid-from-past"))
        }
        other => Ok(other.filter(|day| *day > today)),
    }
}

/// What a card lacks to be published (domain.md d), by the name of the field.
pub fn missing_parts(content: &CardContent) -> Vec<&'static str> {
    let said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let parts = [
        ("title", !content.title.trim().is_empty()),
        ("summary", !content.summary.trim().is_empty()),
        ("unit", !content.unit.is_empty()),
        ("channels", !content.channels.is_empty() || !content.places.is_empty()),
        ("deadline", content.deadline.as_ref().is_some_and(|d| !d.text.trim().is_empty())),
        ("fees", content.free || !content.fees.is_empty()),
        ("appeal", said(&content.appeal)),
        ("legalBasis", !content.legal_basis.is_empty()),
        ("reviewDue", content.review_due.is_some()),
    ];
    parts.into_iter().filter(|(_, there)| !there).map(|(part, _)| part).collect()
}

/// A slug made of a title: "Wniosek o dowód" becomes "wniosek-o-dowod".
pub fn slug_of(title: &str) -> String {
    let folded = kontakt_index::plain(title);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// What is said of a part without which a card cannot be published.
pub fn missing_part(part: &'static str) -> Problem {
    let message = Message::new("part-missing").with_label("part", "part", &part);
    Problem::at(part, ProblemCode::Required, message)
}

/// Everything that is wrong with a slug.
pub fn slug_problems(slug: &str) -> Vec<Problem> {
    let sound = !slug.is_empty()
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !slug.starts_with('-');
    let mut problems = Vec::new();
    if !sound {
        problems.push(Problem::at("slug", ProblemCode::Invalid, "not-a-slug"));
    }
    problems.extend(texts::problems("slug", slug, SLUG_CHARS_MAX));
    problems
}

/// Everything that is wrong with a word to the history.
pub fn note_problems(field: &str, note: Option<&str>) -> Vec<Problem> {
    texts::problems(field, note.unwrap_or_default(), NOTE_CHARS_MAX)
}

/// Everything that is wrong with a card that is imported.
pub fn import_problems(slug: &str, content: &CardContent, units: &[String]) -> Vec<Problem> {
    let mut problems = slug_problems(slug);
    problems.extend(self::problems(content, "", units, &life_events::codes()));
    let missing = missing_parts(content).into_iter();
    problems.extend(missing.map(missing_part));
    problems
}

/// Everything that is wrong with a tidied content, under `path`. Units and life events must be known.
pub fn problems(
    content: &CardContent,
    path: &str,
    units: &[String],
    events: &[&str],
) -> Vec<Problem> {
    let mut problems = Vec::new();
    if content.title.trim().is_empty() {
        problems.push(Problem::at("title", ProblemCode::Required, "required"));
    }
    problems.extend(texts::content_problems(content, chars_max));
    problems.extend(prose::problems(content));
    if !units.contains(&content.unit) {
        let message = Message::new("unknown-unit").with("code", &content.unit);
        problems.push(Problem::at("unit", ProblemCode::Unknown, message));
    }
    for code in content.life_events.iter().filter(|code| !events.contains(&code.as_str())) {
        let message =
            Message::new("unknown-life-event").with("code", code).with("known", events.join(", "));
        problems.push(Problem::at("lifeEvents", ProblemCode::Unknown, message));
    }
    deadline_problems(content, &mut problems);
    fee_problems(content, &mut problems);
    for (field, translation) in [("en", &content.en), ("uk", &content.uk)] {
        if let Some(translation) = translation {
            translation_problems(content, translation, field, &mut problems);
        }
    }
    for problem in &mut problems {
        if !path.is_empty() {
            problem.field.insert(0, path.to_owned());
        }
    }
    problems
}

/// How long the text at a path may be.
fn chars_max(path: &str) -> usize {
    if matches!(path, "title" | "en.title" | "uk.title") { TITLE_CHARS_MAX } else { TEXT_CHARS_MAX }
}

fn deadline_problems(content: &CardContent, problems: &mut Vec<Problem>) {
    let Some(iso) = content.deadline.as_ref().and_then(|deadline| deadline.iso.as_ref()) else {
        return;
    };
    if !is_duration(iso) {
        let message = Message::new("not-a-duration").with("value", iso);
        problems.push(Problem::at("deadline.iso", ProblemCode::Invalid, message));
    }
}

/// Whether a text is an ISO 8601 duration of whole years, months, weeks, days, hours or minutes.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    let parts = |text: &str, units: &str| {
        let mut units = units.chars();
        let mut digits = 0;
        text.chars().all(|c| {
            if c.is_ascii_digit() {
                digits += 1;
                return digits <= 4;
            }
            let in_order = digits > 0 && units.any(|unit| unit == c);
            digits = 0;
            in_order
        }) && !text.ends_with(|c: char| c.is_ascii_digit())
    };
    let time_is_sound = time.is_none_or(|time| !time.is_empty() && parts(time, "HM"));
    !rest.is_empty() && parts(date, "YMWD") && time_is_sound
}

fn fee_problems(content: &CardContent, problems: &mut Vec<Problem>) {
    if content.free && !content.fees.is_empty() {
        problems.push(Problem::at("fees", ProblemCode::Invalid, "free-and-fees"));
    }
    for (i, fee) in content.fees.iter().enumerate() {
        if let (Some(from), Some(to)) = (fee.valid_from, fee.valid_to)
            && to < from
        {
            let message = Message::new("fee-ends-before-start").with("from", from).with("to", to);
            problems.push(Problem::at(&format!("fees.{i}.validTo"), ProblemCode::Invalid, message));
        }
    }
}

fn translation_problems(
    content: &CardContent,
    translation: &Translation,
    lang: &str,
    problems: &mut Vec<Problem>,
) {
    let lists = [
        ("documents", translation.documents.len(), content.documents.len()),
        ("fees", translation.fees.len(), content.fees.len()),
        ("channels", translation.channels.len(), content.channels.len()),
    ];
    for (field, found, wanted) in lists {
        if found != 0 && found != wanted {
            let message =
                Message::new("translation-count").with("found", found).with("wanted", wanted);
            problems.push(Problem::at(&format!("{lang}.{field}"), ProblemCode::Invalid, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Utc;
    use sea_orm::Iterable;
    use uuid::Uuid;

    use super::*;
    use crate::{
        actor::{Role, Staff},
        cards::entity::{CardId, VersionId},
    };

    fn version(state: State, author: &str) -> CardVersion {
        CardVersion {
            id: VersionId(Uuid::nil()),
            card_id: CardId(Uuid::nil()),
            number: 1,
            state,
            content: CardContent::default(),
            author: author.into(),
            approver: None,
            change_note: None,
            publish_on: None,
            created_at: chrono::DateTime::<Utc>::UNIX_EPOCH,
            updated_at: chrono::DateTime::<Utc>::UNIX_EPOCH,
            published_at: None,
        }
    }

    fn publisher(name: &str) -> Actor {
        Actor::Staff(Staff { name: name.into(), role: Role::Publisher, unit: None })
    }

    #[test]
    fn exactly_the_steps_of_the_table_are_allowed_over_all_pairs() {
        let mut allowed = Vec::new();
        for from in State::iter() {
            for to in State::iter() {
                if check_step(&version(from, "a"), to, &publisher("b")).is_ok() {
                    allowed.push((from, to));
                }
            }
        }
        let table: Vec<_> = MOVES.iter().map(|(from, to, _)| (*from, *to)).collect();
        assert_eq!(allowed.len(), table.len());
        assert!(table.iter().all(|step| allowed.contains(step)));
    }

    #[test]
    fn nobody_approves_or_publishes_what_they_wrote() {
        for (from, to) in [(InReview, Approved), (Approved, Published)] {
            let problem = check_step(&version(from, "b"), to, &publisher("b")).unwrap_err();
            assert_eq!(problem.code, ProblemCode::NotAllowed);
        }
    }

    #[test]
    fn an_empty_card_lacks_every_part() {
        assert_eq!(
            missing_parts(&CardContent::default()),
            [
                "title",
                "summary",
                "unit",
                "channels",
                "deadline",
                "fees",
                "appeal",
                "legalBasis",
                "reviewDue"
            ]
        );
    }

    #[test]
    fn durations_are_those_of_iso_8601() {
        for good in ["P30D", "P1M", "P0D", "P1Y6M", "PT1H", "P1DT12H", "P2W"] {
            assert!(is_duration(good), "{good}");
        }
        for bad in ["", "P", "30D", "P30", "PD", "P1D1Y", "PT", "P1.5D", "P-1D", "P99999D"] {
            assert!(!is_duration(bad), "{bad}");
        }
    }

    #[test]
    fn a_card_goes_live_today_or_later_never_before() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        assert_eq!(publish_on(None, day(20)), Ok(None));
        assert_eq!(publish_on(Some(day(20)), day(20)), Ok(None));
        assert_eq!(publish_on(Some(day(21)), day(20)), Ok(Some(day(21))));
        assert!(publish_on(Some(day(19)), day(20)).is_err());
    }

    #[test]
    fn a_translation_that_misses_an_entry_is_refused() {
        let document = |name: &str| crate::cards::Document {
            name: name.into(),
            when: None,
            whom: None,
            form: None,
        };
        let content = CardContent {
            title: "Karta".into(),
            unit: "SA".into(),
            documents: vec![document("a"), document("b")],
            en: Some(Translation {
                documents: serde_json::from_str(r#"[{"name":"a"}]"#).unwrap(),
                ..Default::default()
            }),
            ..Default::default()
        };
        let problems = problems(&content, "content", &["SA".into()], &[]);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].field, ["content", "en", "documents"]);
    }
}
