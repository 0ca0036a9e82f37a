//! What of a case stands in whose timeline, and in which order.

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::ActiveEnum;
use uuid::Uuid;

use crate::{
    cases::entity::{CaseEvent, EventKind, EventKind::*},
    error::{Error, Result},
    reports::Step,
};

/// Which steps of a report are told: to the person who filed it, and whether to those who follow it too.
const STEPS: &[(Step, EventKind, bool)] = &[
    (Step::File, Filed, false),
    (Step::Verify, Verified, false),
    (Step::Merge, Merged, false),
    (Step::Reject, Rejected, false),
    (Step::Withdraw, Withdrawn, false),
    (Step::Supplement, Supplemented, false),
    (Step::Ask, Asked, false),
    (Step::Forward, Forwarded, true),
    (Step::Take, Taken, true),
    (Step::SendOutside, SentOutside, true),
    (Step::ReturnFromOutside, Returned, true),
    (Step::Answer, Answered, true),
    (Step::Resume, Resumed, true),
    (Step::Close, Closed, true),
    (Step::Reopen, Reopened, true),
];

/// What the person does: it is no news to the same person.
const OWN: &[EventKind] = &[Filed, Claimed, Supported, Followed, Rated, Supplemented, Withdrawn];

/// The steps that are told to the person who filed a report, or to whoever follows it.
pub fn told_steps(to_followers: bool) -> impl Iterator<Item = String> {
    let told = STEPS.iter().filter(move |(.., followers)| *followers || !to_followers);
    told.map(|(step, ..)| step.to_value())
}

/// How the statement names what makes an entry of a kind.
pub fn code(kind: EventKind) -> String {
    let step = STEPS.iter().find(|(_, known, _)| *known == kind);
    step.map_or_else(|| crate::words::code(&kind), |(step, ..)| step.to_value())
}

/// The kind that a name of the statement stands for.
pub fn kind(code: &str) -> Option<EventKind> {
    let step = STEPS.iter().find(|(step, ..)| step.to_value() == code);
    step.map(|(_, kind, _)| *kind).or_else(|| EventKind::of_code(code))
}

/// Whether an entry is news to somebody who has seen the timeline up to an instant.
pub fn is_new(event: &CaseEvent, seen_at: Option<DateTime<Utc>>) -> bool {
    !OWN.contains(&event.kind) && seen_at.is_none_or(|seen| event.at > seen)
}

/// Where an entry stands in the order.
pub fn key(event: &CaseEvent) -> String {
    let at = event.at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    format!("{at} {} {}", event.report, event.place)
}

/// The place in the order that a key names. Errors: `BadRequest`.
pub fn place(key: &str) -> Result<(DateTime<Utc>, Uuid, i64)> {
    let parse = || {
        let mut parts = key.split(' ');
        let at = parts.next()?.parse().ok()?;
        let report = parts.next()?.parse().ok()?;
        Some((at, report, parts.next()?.parse().ok()?))
    };
    parse().ok_or_else(|| Error::BadRequest("bad-cursor".into()))
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    fn event(kind: EventKind) -> CaseEvent {
        let at = "2026-11-20T09:00:00.123456Z".parse().unwrap();
        CaseEvent { at, kind, report: Uuid::from_u128(7), place: 12 }
    }

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        for one in EventKind::iter() {
            assert_eq!(kind(&code(one)), Some(one), "{one:?}");
        }
        assert_eq!(kind("NOTE"), None, "what staff notes is told to nobody");
    }

    #[test]
    fn followers_are_told_nothing_that_is_between_the_author_and_the_city() {
        let followers: Vec<String> = told_steps(true).collect();
        for step in [Step::File, Step::Ask, Step::Supplement, Step::Note, Step::Escalate] {
            assert!(!followers.contains(&step.to_value()), "{step:?}");
        }
        assert_eq!(told_steps(false).count(), STEPS.len());
    }

    #[test]
    fn what_others_did_since_the_last_look_is_new() {
        let answered = event(Answered);
        assert!(is_new(&answered, None));
        assert!(!is_new(&answered, Some(answered.at)));
        assert!(is_new(&answered, Some(answered.at - chrono::TimeDelta::seconds(1))));
        assert!(!is_new(&event(Filed), None));
    }

    #[test]
    fn a_key_names_its_place() {
        let event = event(Answered);
        assert_eq!(place(&key(&event)).unwrap(), (event.at, event.report, event.place));
        assert!(place("x").is_err());
        assert!(place("2026-11-20T09:00:00Z x 1").is_err());
    }
}
