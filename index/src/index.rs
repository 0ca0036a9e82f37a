//! The index of passages: searched by everybody, taught by editors.

use std::sync::{Arc, PoisonError, RwLock};

use tantivy::Term;
use tantivy::indexer::UserOperation;
use tantivy::schema::Schema;
use uuid::Uuid;

use crate::analyzer::Analyzer;
use crate::question::Question;
use crate::schema::{Fields, VERSION};
use crate::search::search;
use crate::store::{Kind, Store};
use crate::synonyms::Thesaurus;
use crate::{Document, Error, Page, Query, Rules};

/// The index of cards and articles, passage by passage.
pub type Index = Store<Passages>;

/// Documents that are found by their passages.
pub struct Passages {
    fields: Fields,
    thesaurus: RwLock<Arc<Thesaurus>>,
}

impl Kind for Passages {
    type Document = Document;

    const VERSION: &'static str = VERSION;

    fn new() -> (Schema, Self) {
        let (schema, fields) = Fields::new();
        (schema, Self { fields, thesaurus: RwLock::default() })
    }

    fn id(document: &Document) -> Uuid {
        document.id
    }

    fn key(&self, id: Uuid) -> Term {
        self.fields.parent(id)
    }

    fn additions(&self, document: &Document, analyzer: &dyn Analyzer) -> Vec<UserOperation> {
        self.fields.additions(document, analyzer)
    }
}

impl Store<Passages> {
    /// What answers the query, of what its readers may see.
    pub fn search(&self, query: &Query) -> Result<Page, Error> {
        let Passages { fields, thesaurus } = self.kind();
        let thesaurus = thesaurus.read().unwrap_or_else(PoisonError::into_inner).clone();
        search(&self.searcher(), fields, self.analyzer(), &thesaurus, query)
    }

    /// From now on these rules hold, for every question.
    pub fn set_rules(&self, rules: &Rules) {
        let thesaurus = Arc::new(Thesaurus::new(rules, self.analyzer()));
        *self.kind().thesaurus.write().unwrap_or_else(PoisonError::into_inner) = thesaurus;
    }

    /// What a question is about: its words without those that only ask, in their dictionary form
    /// and in order. Questions that differ in form alone have the same topic; empty when nothing is
    /// asked.
    pub fn topic(&self, text: &str) -> String {
        Question::new(text, false, self.analyzer()).topic()
    }
}
