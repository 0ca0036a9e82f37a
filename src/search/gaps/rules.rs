//! What is allowed with gaps, and which topics are one gap.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{
    error::{Problem, ProblemCode},
    permissions::Permission,
    search::gaps::entity::GapState,
    texts,
    words::Message,
};

use GapState::{Assigned, New, Rejected, Verified, Written};

/// Who may move a gap from one state to another. A verified one is opened again by Kontakt itself.
const MOVES: &[(GapState, GapState, Permission)] = &[
    (New, Assigned, Permission::DirectGaps),
    (Assigned, Assigned, Permission::DirectGaps),
    (Assigned, Written, Permission::AnswerGaps),
    (Written, Assigned, Permission::DirectGaps),
    (Written, Verified, Permission::DirectGaps),
    (New, Rejected, Permission::DirectGaps),
    (Assigned, Rejected, Permission::DirectGaps),
    (Written, Rejected, Permission::DirectGaps),
    (Verified, New, Permission::DirectGaps),
];

/// Searches in vain that make a gap, or open one again.
pub const TIMES_MIN: i64 = 3;
const NOTE_CHARS_MAX: usize = 1_000;
/// The part of their words that two topics share when they are one gap, in tenths.
const ALIKE_TENTHS: usize = 6;

/// The permission that a step needs; `None`: there is no such step.
pub fn step_permission(from: GapState, to: GapState) -> Option<Permission> {
    MOVES.iter().find(|(f, t, _)| (*f, *t) == (from, to)).map(|(_, _, permission)| *permission)
}

/// What is said of a step that there is not.
pub fn wrong_state(from: GapState, to: GapState) -> Problem {
    let message = Message::new("wrong-gap-state")
        .with_label("state", "gap-state", &from)
        .with_label("wanted", "gap-state", &to);
    Problem::at("id", ProblemCode::Conflict, message)
}

/// Everything that is wrong with an assignment.
pub fn assignment_problems(
    unit: &str,
    due_on: NaiveDate,
    note: Option<&str>,
    units: &[String],
    today: NaiveDate,
) -> Vec<Problem> {
    let mut problems = texts::problems("note", note.unwrap_or_default(), NOTE_CHARS_MAX);
    if !units.iter().any(|known| known == unit) {
        let message = Message::new("unknown-unit").with("code", unit);
        problems.push(Problem::at("unit", ProblemCode::Unknown, message));
    }
    if due_on < today {
        problems.push(Problem::at("dueOn", ProblemCode::Invalid, "valid-from-past"));
    }
    problems
}

/// Everything that is wrong with a reason.
pub fn reason_problems(reason: &str) -> Vec<Problem> {
    let mut problems = texts::problems("reason", reason, NOTE_CHARS_MAX);
    if reason.trim().is_empty() {
        problems.push(Problem::at("reason", ProblemCode::Required, "required"));
    }
    problems
}

/// The gap to which a topic belongs: of those that share most of their words with it, the nearest,
/// and of equally near ones the first.
pub fn nearest<'a, T>(topic: &str, gaps: impl IntoIterator<Item = (&'a str, T)>) -> Option<T> {
    let mut best: Option<((usize, usize), T)> = None;
    for (known, gap) in gaps {
        let (shared, all) = likeness(topic, known);
        let near = shared > 0 && shared * 10 >= all * ALIKE_TENTHS;
        if near && best.as_ref().is_none_or(|((s, a), _)| shared * a > s * all) {
            best = Some(((shared, all), gap));
        }
    }
    best.map(|(_, gap)| gap)
}

/// How many words two topics share, of how many that they have together.
fn likeness(one: &str, other: &str) -> (usize, usize) {
    let words = |topic: &'_ str| -> BTreeSet<String> {
        topic.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (one, other) = (words(one), words(other));
    (one.intersection(&other).count(), one.union(&other).count())
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn exactly_the_steps_of_the_table_are_there_over_all_pairs() {
        use Permission::{AnswerGaps, DirectGaps};
        let wanted = |from, to| match (from, to) {
            (Assigned, Written) => Some(AnswerGaps),
            (New | Assigned | Written, Assigned | Rejected) => Some(DirectGaps),
            (Written, Verified) | (Verified, New) => Some(DirectGaps),
            _ => None,
        };
        for from in GapState::iter() {
            for to in GapState::iter() {
                assert_eq!(step_permission(from, to), wanted(from, to), "{from:?} {to:?}");
            }
        }
    }

    #[test]
    fn a_rejected_gap_stays_rejected() {
        assert!(GapState::iter().all(|to| step_permission(Rejected, to).is_none()));
    }

    #[test]
    fn topics_that_share_most_words_are_one_gap() {
        let gaps = [("akt chrzest", 1), ("metro budowa stacja", 2), ("budowa metro", 3)];
        for (topic, gap) in [
            ("akt chrzest", Some(1)),
            ("akt", None),
            ("akt chrzest odpis", Some(1)),
            ("akt chrzest odpis stary", None),
            ("budowa metro", Some(3)),
            ("budowa linia metro", Some(3)),
            ("metro", None),
            ("", None),
        ] {
            assert_eq!(nearest(topic, gaps), gap, "{topic}");
        }
        let twins = [("a b", 1), ("b a", 2)];
        assert_eq!(nearest("a b", twins), Some(1), "of equally near ones the first");
    }

    #[test]
    fn an_assignment_names_a_unit_and_a_day_to_come() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        let units = ["SA".to_owned()];
        assert_eq!(assignment_problems("SA", day(20), None, &units, day(20)), []);
        let found = assignment_problems("XX", day(19), Some("a\0"), &units, day(20));
        let fields: Vec<_> = found.iter().map(|problem| problem.field.join(".")).collect();
        assert_eq!(fields, ["note", "unit", "dueOn"]);
        assert_eq!(reason_problems(" ").len(), 1);
    }
}
