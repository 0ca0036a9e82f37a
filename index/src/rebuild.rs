//! A new generation, built beside the serving one.

use std::collections::HashSet;
use std::sync::Arc;

use uuid::Uuid;

use crate::analyzer::Memo;
use crate::folder::remove;
use crate::generation::Generation;
use crate::store::{Kind, Store};
use crate::{Change, Error, Mark};

/// An index in the making. Dropped without [`Rebuild::finish`], it leaves nothing behind.
pub struct Rebuild<K: Kind> {
    index: Store<K>,
    generation: Arc<Generation>,
    added: HashSet<Uuid>,
    serves: bool,
}

impl<K: Kind> Rebuild<K> {
    pub(crate) fn new(index: Store<K>, generation: Generation) -> Self {
        Self { index, generation: Arc::new(generation), added: HashSet::new(), serves: false }
    }

    /// Adds documents. One that comes again (it moved while they were being paged through) replaces
    /// itself.
    pub fn add(&mut self, documents: Vec<K::Document>) -> Result<(), Error> {
        let (kind, memo) = (self.index.kind(), Memo::new(self.index.analyzer()));
        let batches = documents.into_iter().map(|document| {
            if self.added.insert(K::id(&document)) {
                kind.additions(&document, &memo)
            } else {
                kind.operations(Change::Put(document), &memo)
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

impl<K: Kind> Drop for Rebuild<K> {
    fn drop(&mut self) {
        if !self.serves {
            self.generation.close();
            remove(self.generation.path());
        }
        self.index.rebuild_ended();
    }
}
