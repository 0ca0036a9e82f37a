//! How rules are seen by those who teach the search.

mod best_bets;
mod mutations;
mod synonyms;

pub use best_bets::{BestBetObject, BestBetQueries, best_bets, subjects};
pub use mutations::TaughtMutations;
pub use synonyms::{SynonymObject, SynonymQueries, synonyms};
