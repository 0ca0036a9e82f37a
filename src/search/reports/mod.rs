//! Full text over reports: found by words, number and place; which category a text speaks of.

mod actions;
mod documents;
mod feed;
mod graphql;
mod suggest;

use std::{path::Path, sync::Arc};

use kontakt_index::{Index, Labels, ReportIndex};
use sea_orm::ConnectionTrait;

pub use actions::{ReportSearchOrder, ReportSearchRequest, ReportsFound, search_reports};
pub use feed::Reports;
pub use graphql::ReportSearchQueries;
pub use suggest::suggest_categories;

use crate::{
    error::Result, events::HeadOf, remembered::Remembered, reports,
    search::reports::suggest::labels,
};

/// The indexes of a node.
pub struct Indexes {
    /// Cards and articles.
    pub passages: Index,
    /// Reports.
    pub reports: ReportIndex,
}

impl Indexes {
    /// Opens the indexes in the data folder.
    pub fn open(data: &Path) -> Result<Self, kontakt_index::Error> {
        let passages = Index::open(&data.join("index"))?;
        Ok(Self { passages, reports: ReportIndex::open(&data.join("index-reports"))? })
    }
}

/// What a node searches reports with. Cheap to clone.
#[derive(Clone)]
pub struct ReportSearch {
    /// The index.
    pub index: ReportIndex,
    labels: Remembered<(), Arc<Labels>>,
}

impl ReportSearch {
    /// Remembers the words of categories while the head of these stays where it is.
    pub fn new(index: ReportIndex, categories: HeadOf) -> Self {
        Self { index, labels: Remembered::new(Some(categories), 1) }
    }

    /// The categories by the words that residents use.
    pub async fn labels(&self, db: &impl ConnectionTrait) -> Result<Arc<Labels>> {
        if let Some(known) = self.labels.get(&()) {
            return Ok(known);
        }
        let read = self.labels.now();
        let found = Arc::new(labels(&reports::categories(db).await?));
        self.labels.keep(read, (), found.clone());
        Ok(found)
    }
}
