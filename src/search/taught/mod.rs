//! What editors teach the search: words that mean the same, and answers that come first.
//!
//! Both are rules of one table; what differs between them is their content. A rule that was written
//! holds on every node without a rebuild: `search/feed.rs` hands all of them to the index.

mod actions;
mod entity;
mod graphql;
mod rules;

pub use actions::{
    all, answers_of, anything_over, end_past, import, in_force, known_answers, refuse_unknown,
};
pub use entity::{Answer, BestBetContent, SynonymContent};
pub use graphql::{
    BestBetObject, BestBetQueries, SynonymObject, SynonymQueries, TaughtMutations, best_bets,
    subjects, synonyms,
};
pub use rules::{Rule, unknown_answer};
