//! A new generation, built beside the serving one.

use std::collections::HashSet;
use std::sync::Arc;

use uuid::Uuid;

use crate::analyzer::Memo;
use crate::folder::remove;
use crate::generation::Generation;
use crate::{Change, Document, Error, Index, Mark};

/// An index in the making. Dropped without [`Rebuild::finish`], it leaves nothing behind.
pub struct Rebuild {
    index: Index,
    generation: Arc<Generation>,
    added: HashSet<Uuid>,
    serves: bool,
}

impl Rebuild {
    pub(crate) fn new(index: Index, generation: Generation) -> Rebuild {
        Rebuild { index, generation: Arc::new(generation), added: HashSet::new(), serves: false }
    }

    /// Adds documents. One that comes again (it moved while they were being paged through) replaces
    /// itself.
    pub fn add(&mut self, documents: Vec<Document>) -> Result<(), Error> {
        let (fields, memo) = (self.index.fields(), Memo::new(self.index.analyzer()));
        let batches = documents.into_iter().map(|document| {
            if self.added.insert(document.id) {
                fields.additions(&document, &memo)
            } else {
                fields.operations(Change::Put(document), &memo)
            }
        });
        self.generation.write(batches.collect())
    }

    /// Lets the new index serve, at this mark, and removes the old one.
    pub fn finish(mut self, mark: Mark) -> Result<(), Error> {
        self.generation.commit(Vec::new(), mark)?;
        self.index.swap(self.generation.clone())?;
        self.serves = true;
        Ok(())
    }
}

impl Drop for Rebuild {
    fn drop(&mut self) {
        if !self.serves {
            self.generation.close();
            remove(self.generation.path());
        }
        self.index.rebuild_ended();
    }
}
