//! When a delivery is tried again, and when no more.

use chrono::{DateTime, TimeDelta, Utc};

use crate::outbox::entity::DeliveryState;

/// Tries of one delivery; about a day lies between the first and the last.
pub const TRIES_MAX: i32 = 12;
/// The wait behind the first try; it doubles with each further one.
const FIRST_WAIT_SECONDS: i64 = 60;
/// No wait is longer.
const WAIT_SECONDS_MAX: i64 = 8 * 3_600;
/// What a sender that died had taken is tried by another one after this time.
pub const LEASE_SECONDS: i64 = 300;

/// Why a delivery could not be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// A code without anybody's words, such as `smtp-451` or `unreachable`.
    pub code: String,
    /// Whether a further try would have the same end.
    pub last: bool,
}

/// The code of a server that does not answer.
pub const UNREACHABLE: &str = "unreachable";

impl Failure {
    /// A failure that may have passed by the next try.
    pub fn passing(code: impl Into<String>) -> Self {
        Self { code: code.into(), last: false }
    }

    /// A failure that stays.
    pub fn lasting(code: impl Into<String>) -> Self {
        Self { code: code.into(), last: true }
    }
}

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken.
    Sent,
    /// There was nothing to say; why, as a code.
    Nothing(&'static str),
    /// It could not be sent.
    Failed(Failure),
}

/// What follows from a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The state from now on.
    pub state: DeliveryState,
    /// When it is tried again.
    pub next_at: Option<DateTime<Utc>>,
    /// Why it was not sent.
    pub error: Option<String>,
}

/// What follows from the outcome of a try, of which there were `attempts` with this one.
pub fn verdict(outcome: Outcome, attempts: i32, chance: u128, now: DateTime<Utc>) -> Verdict {
    let end = |state, error| Verdict { state, next_at: None, error };
    match outcome {
        Outcome::Sent => end(DeliveryState::Sent, None),
        Outcome::Nothing(why) => end(DeliveryState::Suppressed, Some(why.to_owned())),
        Outcome::Failed(failure) if failure.last || attempts >= TRIES_MAX => {
            end(DeliveryState::Dead, Some(failure.code))
        }
        Outcome::Failed(failure) => Verdict {
            state: DeliveryState::Failed,
            next_at: Some(now + wait(attempts, chance)),
            error: Some(failure.code),
        },
    }
}

/// How long to wait behind a try: doubling, and up to a quarter less by chance, so that what failed
/// together is not tried together.
fn wait(attempts: i32, chance: u128) -> TimeDelta {
    let doublings = u32::try_from(attempts - 1).unwrap_or_default().min(20);
    let whole = (FIRST_WAIT_SECONDS << doublings).min(WAIT_SECONDS_MAX);
    let less = i64::try_from(chance % 1_000).unwrap_or_default() * whole / 4_000;
    TimeDelta::seconds(whole - less)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap()
    }

    #[test]
    fn a_passing_failure_is_tried_twelve_times_in_about_a_day() {
        let mut at = now();
        for attempts in 1..TRIES_MAX {
            let failed = Outcome::Failed(Failure::passing(UNREACHABLE));
            let verdict = verdict(failed, attempts, 0, at);
            assert_eq!(verdict.state, DeliveryState::Failed);
            at = verdict.next_at.unwrap();
        }
        assert_eq!((at - now()).num_hours(), 24);
        let last = Outcome::Failed(Failure::passing(UNREACHABLE));
        let verdict = verdict(last, TRIES_MAX, 0, at);
        assert_eq!((verdict.state, verdict.next_at), (DeliveryState::Dead, None));
        assert_eq!(verdict.error.as_deref(), Some(UNREACHABLE));
    }

    #[test]
    fn a_lasting_failure_is_the_end_at_once() {
        let refused = Outcome::Failed(Failure::lasting("smtp-550"));
        let verdict = verdict(refused, 1, 0, now());
        assert_eq!((verdict.state, verdict.next_at), (DeliveryState::Dead, None));
    }

    #[test]
    fn chance_shortens_a_wait_by_less_than_a_quarter() {
        for attempts in 1..=TRIES_MAX {
            let whole = wait(attempts, 0);
            for chance in [1, 7, 500, 999, u128::MAX] {
                let some = wait(attempts, chance);
                assert!(some <= whole && some > whole * 3 / 4, "{attempts} {chance}");
            }
        }
    }

    #[test]
    fn what_has_ended_is_never_tried_again() {
        let sent = verdict(Outcome::Sent, 3, 0, now());
        assert_eq!((sent.state, sent.next_at, sent.error), (DeliveryState::Sent, None, None));
        let none = verdict(Outcome::Nothing("expired"), 1, 0, now());
        assert_eq!((none.state, none.next_at), (DeliveryState::Suppressed, None));
    }
}
