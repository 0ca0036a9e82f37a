//! What is allowed with proposals.

use crate::{
    error::{Problem, ProblemCode},
    reports::{
        proposals::entity::{MakeProposalInput, ProposalState},
        rules::{TEXT_CHARS_MAX, needed, optional},
    },
    words::Message,
};

/// Proposals that wait for a decision: more would be read by nobody.
pub const OPEN_MAX: u64 = 500;

/// Everything that is wrong with a proposal, but for the rule or the template in it.
pub fn problems(input: &MakeProposalInput) -> Vec<Problem> {
    let mut problems = needed("text", &input.text, TEXT_CHARS_MAX);
    let written = input.routing_rule.is_some() || input.answer_template.is_some();
    if input.routing_rule.is_some() && input.answer_template.is_some() {
        problems.push(Problem::at("answerTemplate", ProblemCode::Invalid, "rule-or-template"));
    }
    if written && input.unit.is_some() {
        problems.push(Problem::at("unit", ProblemCode::Invalid, "unit-of-proposal"));
    }
    problems
}

/// Everything that is wrong with a decision in this state, and with what is said of it.
pub fn decision_problems(state: ProposalState, reason: Option<&str>) -> Vec<Problem> {
    let mut problems = optional("reason", reason);
    if state != ProposalState::Open {
        let message =
            Message::new("proposal-decided").with_label("state", "proposal-state", &state);
        problems.push(Problem::at("id", ProblemCode::Conflict, message));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_decided_is_not_decided_again() {
        use ProposalState::{Accepted, Declined, Open};
        for (state, count) in [(Open, 0), (Accepted, 1), (Declined, 1)] {
            assert_eq!(decision_problems(state, None).len(), count, "{state:?}");
        }
    }
}
