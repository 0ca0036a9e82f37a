//! What staff proposes who may not write it: a routing rule, a template of answers, or a change in words.
//! Coordinators of the unit and administrators accept it, which writes it, or decline it with a reason.

mod actions;
mod entity;
mod graphql;
mod rules;

pub use graphql::{ProposalMutations, ProposalObject, ProposalQueries, proposals};
