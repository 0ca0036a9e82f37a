//! The way of a version: written by one, published by another.

use crate::{
    actor::Actor,
    error::{Problem, ProblemCode},
    forms::entity::{
        FormVersion,
        State::{self, Draft, Published, Superseded, Withdrawn},
    },
    permissions::Permission,
    texts,
    words::Message,
};

/// Who may move a version from one state to another (domain.md f.5 and f.6).
const MOVES: &[(State, State, Permission)] = &[
    (Draft, Published, Permission::PublishCards),
    (Published, Superseded, Permission::PublishCards),
    (Published, Withdrawn, Permission::PublishCards),
];

const NOTE_CHARS_MAX: usize = 1_000;

/// The permission that a step needs; `None`: there is no such step.
pub fn step_permission(from: State, to: State) -> Option<Permission> {
    MOVES.iter().find(|(f, t, _)| (*f, *t) == (from, to)).map(|(_, _, permission)| *permission)
}

/// Whether a version may take a step. Publishing needs a second pair of eyes.
pub fn check_step(version: &FormVersion, to: State, actor: &Actor) -> Result<(), Problem> {
    if step_permission(version.state, to).is_none() {
        let message = Message::new("wrong-state")
            .with_label("state", "card-state", &version.state)
            .with_label("wanted", "card-state", &to);
        return Err(Problem::at("slug", ProblemCode::Conflict, message));
    }
    let own = version.author == actor.handle() && *actor != Actor::System;
    if own && to == Published {
        return Err(Problem::at("slug", ProblemCode::NotAllowed, "four-eyes"));
    }
    Ok(())
}

/// Everything that is wrong with a word to the history.
pub fn note_problems(note: Option<&str>) -> Vec<Problem> {
    texts::problems("changeNote", note.unwrap_or_default(), NOTE_CHARS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_takes_the_steps_of_the_table_and_no_others() {
        let all = [Draft, Published, Superseded, Withdrawn];
        for (from, to) in all.iter().flat_map(|from| all.iter().map(move |to| (*from, *to))) {
            let wanted = match (from, to) {
                (Draft, Published) | (Published, Superseded | Withdrawn) => {
                    Some(Permission::PublishCards)
                }
                _ => None,
            };
            assert_eq!(step_permission(from, to), wanted, "{from:?} {to:?}");
        }
    }
}
