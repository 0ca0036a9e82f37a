//! How much may be under way at once on one node. What goes beyond is refused at once, instead of
//! letting everybody wait.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Live clients that look at the same event at once, so that a crowd of them leaves connections to
/// the database for others.
const LOOKS_MAX: usize = 4;

/// Uploads under way at once: each may hold 60 MB in memory.
const UPLOADS_MAX: usize = 4;

/// Files of open data that are made at once: each reads the whole register.
const EXPORTS_MAX: usize = 3;

/// The right to one thing under way; given back when dropped.
pub type Permit = OwnedSemaphorePermit;

/// The limits of a node.
#[derive(Clone)]
pub struct Permits {
    operations: Arc<Semaphore>,
    subscriptions: Arc<Semaphore>,
    looks: Arc<Semaphore>,
    uploads: Arc<Semaphore>,
    exports: Arc<Semaphore>,
}

impl Permits {
    /// Limits for operations that are executed and for subscriptions that are open.
    pub fn new(operations: usize, subscriptions: usize) -> Self {
        let of = |permits| Arc::new(Semaphore::new(permits));
        Self {
            operations: of(operations),
            subscriptions: of(subscriptions),
            looks: of(LOOKS_MAX),
            uploads: of(UPLOADS_MAX),
            exports: of(EXPORTS_MAX),
        }
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

    /// For one request that brings files; `None` when too many are under way.
    pub fn upload(&self) -> Option<Permit> {
        Arc::clone(&self.uploads).try_acquire_owned().ok()
    }

    /// For one file of open data; `None` when too many are being made.
    pub fn export(&self) -> Option<Permit> {
        Arc::clone(&self.exports).try_acquire_owned().ok()
    }
}
