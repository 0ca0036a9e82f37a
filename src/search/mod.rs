//! Search: asks the index, feeds it from the spine, and tells live clients what changed.

mod actions;
mod feed;
mod gaps;
mod graphql;
mod knowledge;
mod log;
mod reports;
mod subjects;
mod suggestions;
mod taught;
mod teach;

pub use actions::{Found, SearchFilter, SearchKind, SearchRequest, search};
pub use feed::{IndexFollower, Source, catch_up, rebuild};
pub use gaps::*;
pub use graphql::{SearchQueries, SearchSubscriptions, SuggestQueries};
pub use knowledge::Knowledge;
pub use log::{Log, LogMutations, LogQueries, anything_before, forget_before, most_opened};
pub use reports::{
    Indexes, ReportSearch, ReportSearchOrder, ReportSearchQueries, ReportSearchRequest, Reports,
    ReportsFound, search_reports, suggest_categories,
};
pub use subjects::{Subject, Subjects};
pub use suggestions::{SuggestionKind, Suggestions};
pub use taught::*;
