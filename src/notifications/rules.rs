//! Who is written to about what.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    accounts::LetterKind,
    events::Kind,
    notifications::entity::Subscription,
    outbox::Template,
    reports::{Report, Stage, Step},
};

/// Days in which an address can be confirmed.
pub const CONFIRM_DAYS: i64 = 7;
/// Addresses are asked at most this often in a day without an answer: nobody's box is filled by others.
pub const ASKS_MAX: u64 = 5;
/// The day of that limit.
pub const ASKS_HOURS: i64 = 24;

/// Which change makes which letter, and the step of the history that it is.
const LETTERS: &[(Kind, Step, Template)] = &[
    (Kind::Forwarded, Step::Forward, Template::ReportForwarded),
    (Kind::Answered, Step::Answer, Template::ReportAnswered),
    (Kind::Asked, Step::Ask, Template::ReportNeedsInfo),
    (Kind::Reopened, Step::Reopen, Template::ReportReopened),
    (Kind::Closed, Step::Close, Template::ReportClosed),
];

/// The step of the history that a change is, where it makes a letter.
pub fn step_of(kind: Kind) -> Option<Step> {
    LETTERS.iter().find(|(known, ..)| *known == kind).map(|(_, step, _)| *step)
}

/// The letter that tells of a change, which left the report at a stage.
pub fn letter_of(kind: Kind, stage: Stage) -> Option<Template> {
    // Of several units each answers; the person hears of it when all have.
    if kind == Kind::Answered && stage != Stage::Answered {
        return None;
    }
    LETTERS.iter().find(|(known, ..)| *known == kind).map(|(.., template)| *template)
}

/// Who a person is to the letters about one report: its author, whatever address is used, or an address.
pub fn person(is_author: bool, who: &str) -> &str {
    if is_author { "author" } else { who }
}

/// What a letter tells of, to those who choose.
pub fn kind_of(template: Template) -> LetterKind {
    match template {
        Template::ReportReceived => LetterKind::Received,
        Template::ReportForwarded => LetterKind::Forwarded,
        Template::ReportAnswered => LetterKind::Answered,
        Template::ReportNeedsInfo => LetterKind::NeedsInfo,
        _ => LetterKind::Other,
    }
}

/// Whether a letter asks for a confirmation.
pub fn is_question(template: Template) -> bool {
    matches!(template, Template::ConfirmContact | Template::ConfirmFollow)
}

/// Whether the person who filed the report is meant, not somebody who follows it.
pub fn is_contact(subscription: &Subscription) -> bool {
    subscription.email.is_none()
}

/// Whether somebody who is written to is told of this at all: what a unit asks is between it and the
/// person who filed the report.
pub fn is_told(is_author: bool, template: Template) -> bool {
    template != Template::ReportNeedsInfo || is_author
}

/// Why a letter must not go out now, as a code.
pub fn refusal(
    template: Template,
    subscription: &Subscription,
    report: &Report,
) -> Option<&'static str> {
    let confirmed = subscription.confirmed_at.is_some();
    match is_question(template) {
        _ if subscription.ended_at.is_some() => Some("unsubscribed"),
        true if confirmed => Some("confirmed-already"),
        false if !confirmed => Some("unconfirmed"),
        // Whoever follows sees no more than everybody.
        _ if !is_contact(subscription) && !report.public => Some("not-public"),
        _ => None,
    }
}

/// Whether somebody who wants to follow is asked anew: after an end, or when the last letter is a day
/// old and was not answered.
pub fn asks_again(known: &Subscription, now: DateTime<Utc>) -> bool {
    let waits = known.confirmed_at.is_none();
    let is_old = now >= known.asked_at + TimeDelta::hours(ASKS_HOURS);
    known.ended_at.is_some() || (waits && is_old)
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn a_letter_tells_of_what_concerns_the_person_and_of_nothing_else() {
        let told: Vec<Kind> =
            Kind::iter().filter(|kind| letter_of(*kind, Stage::Answered).is_some()).collect();
        let all = [Kind::Forwarded, Kind::Answered, Kind::Asked, Kind::Closed, Kind::Reopened];
        assert_eq!(told, all);
        assert_eq!(letter_of(Kind::Answered, Stage::InHandling), None);
    }
}
