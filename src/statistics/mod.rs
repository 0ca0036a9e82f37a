//! Statistics of reports: a reader, exact to the last report.
//!
//! Each node keeps some bytes of every report in memory (`columns`), follows the spine with them
//! (`follow`), and answers from them (`actions`); what is a share, a growth or a bucket is said in
//! `rules`. Nothing is stored: the columns are read from the database at start.

mod actions;
mod columns;
mod follow;
mod graphql;
mod rules;

pub use actions::Statistics;
pub use columns::Filter;
pub use graphql::StatisticsQueries;
pub use rules::{Figures, Period, Question, Share};
