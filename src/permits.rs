//! How much may be under way at once on one node. What goes beyond is refused at once, instead of
//! letting everybody wait.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Live clients that look at the same event at once, so that a crowd of them leaves connections to
/// the database for others.
const LOOKS_MAX: usize = 4;

/// The right to one thing under way; given back when dropped.
pub type Permit = OwnedSemaphorePermit;

/// The limits of a node.
#[derive(Clone)]
pub struct Permits {
    operations: Arc<Semaphore>,
    subscriptions: Arc<Semaphore>,
    looks: Arc<Semaphore>,
}

impl Permits {
    /// Limits for operations that are executed and for subscriptions that are open.
    pub fn new(operations: usize, subscriptions: usize) -> Self {
        let of = |permits| Arc::new(Semaphore::new(permits));
        Self { operations: of(operations), subscriptions: of(subscriptions), looks: of(LOOKS_MAX) }
    }

    /// For one query or mutation; `None` when too many are under way.
    pub fn operation(&self) -> Option<Permit> {
        Arc::clone(&self.operations).try_acquire_owned().ok()
    }

    /// For one subscription; `None` when too many are open.
    pub fn subscription(&self) -> Option<Permit> {
        Arc::clone(&self.subscriptions).try_acquire_owned().ok()
    }

    /// For a subscription that looks at what an event is about; waits for its turn.
    pub async fn look(&self) -> Option<Permit> {
        Arc::clone(&self.looks).acquire_owned().await.ok()
    }
}
