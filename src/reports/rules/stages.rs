//! The life of a report as a table (domain.md f.4).

use crate::{
    permissions::Permission,
    reports::entity::{
        Outcome, Stage,
        Stage::*,
        Step::{self, *},
    },
};

use Mover::*;

/// Who may take a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mover {
    /// Who sorts what comes in: a consultant.
    Triage,
    /// A unit that the report was given to.
    Handle,
    /// The person who filed it.
    Author,
    /// Kontakt itself, because a day has come.
    Time,
    /// A body outside the city, by the token that it was given.
    Outside,
}

impl Mover {
    /// The permission that staff needs for it; the others need none of the table.
    pub fn permission(self) -> Option<Permission> {
        match self {
            Triage => Some(Permission::TriageReports),
            Handle => Some(Permission::HandleReports),
            Author | Time | Outside => None,
        }
    }
}

/// Which step leads from where to where, and who may take it. Where a report has several units,
/// `stage_of_assignments` says whether the step moves the whole.
const MOVES: &[(Stage, Step, Stage, &[Mover])] = &[
    (Received, Verify, Verified, &[Triage]),
    (Received, Merge, Merged, &[Triage]),
    (Received, Reject, Rejected, &[Triage]),
    (Received, Withdraw, Withdrawn, &[Author]),
    (Verified, Withdraw, Withdrawn, &[Author]),
    (Verified, Forward, Forwarded, &[Triage]),
    (Reopened, Forward, Forwarded, &[Triage]),
    // A further unit beside those that have it.
    (Forwarded, Forward, Forwarded, &[Triage]),
    (InHandling, Forward, InHandling, &[Triage]),
    (Forwarded, Take, InHandling, &[Handle]),
    (InHandling, Take, InHandling, &[Handle]),
    (Forwarded, SendBack, Verified, &[Handle]),
    (InHandling, SendBack, Verified, &[Handle]),
    (InHandling, Answer, Answered, &[Handle]),
    (InHandling, Ask, NeedsInfo, &[Handle]),
    (NeedsInfo, Supplement, InHandling, &[Author]),
    (NeedsInfo, Resume, InHandling, &[Handle]),
    (NeedsInfo, Close, Closed, &[Time]),
    (InHandling, SendOutside, External, &[Handle]),
    (External, ReturnFromOutside, InHandling, &[Handle, Outside]),
    (Answered, Close, Closed, &[Triage, Time]),
    (Answered, Resume, InHandling, &[Handle, Time]),
    (Closed, Reopen, Reopened, &[Author, Triage]),
];

/// Where a step leads from a stage, and who may take it; `None`: there is no such step.
pub fn step(from: Stage, step: Step) -> Option<(Stage, &'static [Mover])> {
    let found = MOVES.iter().find(|(f, s, ..)| (*f, *s) == (from, step))?;
    Some((found.2, found.3))
}

/// Whether the outcome allows the step: what is final is closed, what is not moves on.
pub fn outcome_allows(from: Stage, step: Step, outcome: Option<Outcome>) -> bool {
    let is_final = outcome.is_some_and(Outcome::is_final);
    match (from, step) {
        (Answered, Close) => is_final,
        (Answered, Resume) => !is_final,
        _ => true,
    }
}

impl Stage {
    /// Whether the way of a report ends here, unless it is reopened.
    pub fn is_end(self) -> bool {
        matches!(self, Closed | Merged | Withdrawn | Rejected)
    }

    /// Whether nobody of the city owes anything any more: the way has ended, or the answer is final.
    pub fn is_settled(self, outcome: Option<Outcome>) -> bool {
        self.is_end() || self == Answered && outcome.is_some_and(Outcome::is_final)
    }

    /// Whether everybody may see a report at this stage, if it is not sensitive.
    pub fn is_public(self) -> bool {
        !matches!(self, Received | Merged | Withdrawn | Rejected)
    }

    /// Whether a report at this stage counts in statistics.
    pub fn counts(self) -> bool {
        !matches!(self, Merged | Withdrawn | Rejected)
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn exactly_the_steps_of_the_domain_are_there_over_all_pairs() {
        // Written down once more by stage, as domain.md f.4 tells them.
        let wanted = |from: Stage| -> Vec<(Step, Stage)> {
            match from {
                Received => vec![
                    (Verify, Verified),
                    (Merge, Merged),
                    (Reject, Rejected),
                    (Withdraw, Withdrawn),
                ],
                Verified => vec![(Withdraw, Withdrawn), (Forward, Forwarded)],
                Reopened => vec![(Forward, Forwarded)],
                Forwarded => vec![(Forward, Forwarded), (Take, InHandling), (SendBack, Verified)],
                InHandling => vec![
                    (Forward, InHandling),
                    (Take, InHandling),
                    (SendBack, Verified),
                    (Answer, Answered),
                    (Ask, NeedsInfo),
                    (SendOutside, External),
                ],
                NeedsInfo => {
                    vec![(Supplement, InHandling), (Resume, InHandling), (Close, Closed)]
                }
                External => vec![(ReturnFromOutside, InHandling)],
                Answered => vec![(Close, Closed), (Resume, InHandling)],
                Closed => vec![(Reopen, Reopened)],
                Merged | Withdrawn | Rejected => vec![],
            }
        };
        for from in Stage::iter() {
            for step in Step::iter() {
                let known = super::step(from, step).map(|(to, _)| to);
                let expected = wanted(from).iter().find(|(s, _)| *s == step).map(|(_, to)| *to);
                assert_eq!(known, expected, "{from:?} {step:?}");
            }
        }
        let listed: usize = Stage::iter().map(|from| wanted(from).len()).sum();
        assert_eq!(MOVES.len(), listed, "no pair stands twice");
    }

    #[test]
    fn each_step_is_taken_by_those_that_the_domain_names() {
        for from in Stage::iter() {
            for step in Step::iter() {
                let Some((_, movers)) = super::step(from, step) else { continue };
                let expected: &[Mover] = match (from, step) {
                    (Answered, Close) => &[Triage, Time],
                    (NeedsInfo, Close) => &[Time],
                    (Answered, Resume) => &[Handle, Time],
                    (External, ReturnFromOutside) => &[Handle, Outside],
                    (Closed, Reopen) => &[Author, Triage],
                    (_, Verify | Merge | Reject | Forward) => &[Triage],
                    (_, Withdraw | Supplement) => &[Author],
                    _ => &[Handle],
                };
                assert_eq!(movers, expected, "{from:?} {step:?}");
            }
        }
    }

    #[test]
    fn what_is_not_final_stays_answered_until_it_moves_on() {
        for outcome in Outcome::iter().map(Some).chain([None]) {
            let is_final = outcome.is_some_and(Outcome::is_final);
            assert_eq!(outcome_allows(Answered, Close, outcome), is_final, "{outcome:?}");
            assert_eq!(outcome_allows(Answered, Resume, outcome), !is_final, "{outcome:?}");
            assert!(outcome_allows(NeedsInfo, Close, outcome));
        }
    }

    #[test]
    fn a_report_is_public_from_its_verification_on_and_never_when_it_was_refused() {
        let hidden: Vec<Stage> = Stage::iter().filter(|stage| !stage.is_public()).collect();
        assert_eq!(hidden, [Received, Merged, Withdrawn, Rejected]);
        let uncounted: Vec<Stage> = Stage::iter().filter(|stage| !stage.counts()).collect();
        assert_eq!(uncounted, [Merged, Withdrawn, Rejected]);
    }
}
