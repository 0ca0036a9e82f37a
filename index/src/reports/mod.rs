//! The index of reports: millions of short texts, narrowed by what is known of each.
//!
//! What everybody who sees a report may read of it and what only staff reads stand in fields of their
//! own, and the words of public reports apart from those of others: so neither hits nor counts, neither
//! the order nor the repair of misspelt words tell of words that somebody may not read.

mod clauses;
mod collect;
mod model;
mod schema;
mod search;

pub use model::{
    Area, ReportDocument, ReportHit, ReportPage, ReportQuery, ReportRange, Sight, Sorted,
};
pub use schema::Reports;

use crate::excerpt::excerpt;
use crate::question::Question;
use crate::rerank::Matches;
use crate::store::Store;
use crate::text::tidy;
use crate::{Error, Labels};

/// The index of reports.
pub type ReportIndex = Store<Reports>;

impl Store<Reports> {
    /// What answers the query, of what may be seen. A word that stands for a label, such as the
    /// category "lighting", finds what has the tag that `tag` makes of it.
    pub fn search(
        &self,
        query: &ReportQuery,
        labels: &Labels,
        tag: impl Fn(&str) -> String,
    ) -> Result<ReportPage, Error> {
        search::search(&self.searcher(), self.kind(), self.analyzer(), query, labels, &tag)
    }

    /// Of some texts the part that has most of the question, as plain text and as escaped HTML with
    /// the words in `<mark>`; of the first text its beginning, when none has any.
    pub fn excerpt(&self, question: &str, texts: &[String]) -> Option<(String, String)> {
        let question = Question::new(question, false, self.analyzer());
        let mut best: Option<(f32, (String, String))> = None;
        for text in texts {
            let text = tidy(text, schema::TEXT_CHARS_MAX);
            let matches = Matches::in_text(&question, &text, self.analyzer());
            for one in &matches.passages {
                let covered = matches.coverage(one);
                if best.as_ref().is_none_or(|(most, _)| covered > *most) {
                    best = Some((covered, excerpt(&text, one, &matches.window(one))));
                }
            }
        }
        best.map(|(_, shown)| shown)
    }
}
