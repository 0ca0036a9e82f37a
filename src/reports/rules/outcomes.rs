//! The outcomes: which there are by kind, what each demands, and what several answers come to
//! (domain.md f.3, f.4).

use crate::reports::entity::{
    AssignmentStage, Outcome,
    Outcome::*,
    ReportKind::{self, *},
};

/// The outcomes of problems, as the city publishes them, in its order.
const PROBLEM: &[Outcome] =
    &[Resolved, InProgress, NotFound, OutOfCityCompetence, UnderAnalysis, Unfounded, AwaitingFunds];

/// The outcomes of ideas, as the city publishes them, in its order.
const IDEA: &[Outcome] = &[
    Implemented,
    InImplementation,
    Unfounded,
    UnderAnalysis,
    AwaitingFunds,
    OutOfCityCompetence,
    TemporarySolution,
];

/// What stands over what when units answer differently: work that goes on first.
const PRECEDENCE: &[Outcome] = &[
    InProgress,
    InImplementation,
    UnderAnalysis,
    AwaitingFunds,
    Resolved,
    Implemented,
    TemporarySolution,
    NotFound,
    Unfounded,
    OutOfCityCompetence,
];

/// What an outcome demands beside the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Nothing.
    Nothing,
    /// Why.
    Reason,
    /// Who can help instead.
    Pointer,
    /// The day on which it is looked at again.
    ReviewDate,
}

impl ReportKind {
    /// The outcomes that there are, in the order of the city's publications.
    pub fn outcomes(self) -> &'static [Outcome] {
        match self {
            Problem => PROBLEM,
            Idea => IDEA,
        }
    }

    /// The outcomes that may be set when a unit takes it: what is done with it from now on.
    pub fn outcomes_on_taking(self) -> [Outcome; 2] {
        match self {
            Problem => [InProgress, UnderAnalysis],
            Idea => [InImplementation, UnderAnalysis],
        }
    }
}

impl Outcome {
    /// Whether nothing more happens.
    pub fn is_final(self) -> bool {
        !matches!(self, InProgress | InImplementation | UnderAnalysis | AwaitingFunds)
    }

    /// Whether the matter was settled as was asked: only these have a time of resolution.
    pub fn is_resolution(self) -> bool {
        matches!(self, Resolved | Implemented)
    }

    /// Whether it counts as effective in the city's publications.
    pub fn is_effective(self) -> bool {
        self.is_resolution() || matches!(self, InProgress | InImplementation)
    }

    /// What it demands beside the answer.
    pub fn demand(self) -> Demand {
        match self {
            Unfounded => Demand::Reason,
            OutOfCityCompetence => Demand::Pointer,
            AwaitingFunds => Demand::ReviewDate,
            _ => Demand::Nothing,
        }
    }
}

/// What the answers of several units come to. A unit that says that the city may not act is not
/// heard when another has taken it.
pub fn aggregate(
    assignments: impl Iterator<Item = (AssignmentStage, Option<Outcome>)> + Clone,
) -> Option<Outcome> {
    let taken = assignments.filter(|(stage, _)| *stage != AssignmentStage::SentBack);
    let another = taken.clone().any(|(stage, outcome)| {
        stage != AssignmentStage::Sent && outcome != Some(OutOfCityCompetence)
    });
    let heard = |outcome: &Outcome| !(another && *outcome == OutOfCityCompetence);
    taken
        .filter_map(|(_, outcome)| outcome)
        .filter(heard)
        .min_by_key(|outcome| PRECEDENCE.iter().position(|known| known == outcome))
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;
    use AssignmentStage::{Answered, InHandling, Sent, SentBack};

    #[test]
    fn there_are_exactly_the_published_outcomes_by_kind() {
        for outcome in Outcome::iter() {
            let (problem, idea) = match outcome {
                Resolved | InProgress | NotFound => (true, false),
                Implemented | InImplementation | TemporarySolution => (false, true),
                OutOfCityCompetence | UnderAnalysis | Unfounded | AwaitingFunds => (true, true),
            };
            assert_eq!(Problem.outcomes().contains(&outcome), problem, "{outcome:?}");
            assert_eq!(Idea.outcomes().contains(&outcome), idea, "{outcome:?}");
            assert!(PRECEDENCE.contains(&outcome), "{outcome:?}");
        }
        assert_eq!(PRECEDENCE.len(), Outcome::iter().count());
    }

    #[test]
    fn final_effective_and_demanding_outcomes_are_those_of_the_domain() {
        let those =
            |is: fn(Outcome) -> bool| Outcome::iter().filter(|o| is(*o)).collect::<Vec<_>>();
        assert_eq!(
            those(Outcome::is_effective),
            [Resolved, InProgress, Implemented, InImplementation]
        );
        assert_eq!(those(Outcome::is_resolution), [Resolved, Implemented]);
        assert_eq!(
            those(|outcome| !outcome.is_final()),
            [InProgress, UnderAnalysis, AwaitingFunds, InImplementation]
        );
        assert_eq!(
            those(|outcome| outcome.demand() != Demand::Nothing),
            [OutOfCityCompetence, Unfounded, AwaitingFunds]
        );
        for kind in [Problem, Idea] {
            assert!(kind.outcomes_on_taking().iter().all(|o| kind.outcomes().contains(o)));
        }
    }

    #[test]
    fn several_answers_come_to_the_first_in_precedence_over_all_pairs() {
        for one in Outcome::iter() {
            for other in Outcome::iter() {
                let both = [(Answered, Some(one)), (Answered, Some(other))];
                let place = |outcome| PRECEDENCE.iter().position(|known| *known == outcome);
                let expected = if place(one) <= place(other) { one } else { other };
                assert_eq!(aggregate(both.into_iter()), Some(expected), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn a_unit_that_may_not_act_is_heard_only_when_no_other_took_it() {
        let out = (Answered, Some(OutOfCityCompetence));
        for (others, expected) in [
            (vec![], Some(OutOfCityCompetence)),
            (vec![(Sent, None)], Some(OutOfCityCompetence)),
            (vec![(SentBack, Some(Resolved))], Some(OutOfCityCompetence)),
            (vec![(InHandling, None)], None),
            (vec![(InHandling, Some(UnderAnalysis))], Some(UnderAnalysis)),
            (vec![(Answered, Some(Unfounded))], Some(Unfounded)),
            (vec![out], Some(OutOfCityCompetence)),
        ] {
            let all = others.iter().copied().chain([out]);
            assert_eq!(aggregate(all), expected, "{others:?}");
        }
        assert_eq!(aggregate([].into_iter()), None);
    }
}
