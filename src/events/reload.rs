//! How what a node keeps in memory stays what the database says.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::sleep,
};

use crate::{error::Result, events::Entry};

/// Changes come in bursts: one reading takes them all.
const BURST: Duration = Duration::from_millis(100);
const RETRY: Duration = Duration::from_secs(1);

/// Reloads whenever the feed tells of something that concerns it, until the feed ends.
pub async fn reload_on<F: Future<Output = Result<()>>>(
    mut live: Receiver<Arc<Entry>>,
    concerns: impl Fn(&Entry) -> bool,
    reload: impl Fn() -> F,
) {
    loop {
        match live.recv().await {
            Ok(entry) if !concerns(&entry) => continue,
            // Whoever lags has missed something.
            Ok(_) | Err(RecvError::Lagged(_)) => sleep(BURST).await,
            Err(RecvError::Closed) => return,
        }
        live = live.resubscribe();
        while let Err(error) = reload().await {
            tracing::warn!(%error, "what is kept in memory cannot be read; it will be tried again");
            sleep(RETRY).await;
        }
    }
}
