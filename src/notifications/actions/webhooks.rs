//! What the spine tells of reports becomes calls of other services, once for an installation.

use crate::{
    config::Config,
    db::Tx,
    error::Result,
    events::{Entry, Installed, Subject},
    outbox,
};

/// Writes calls down, for the webhooks with these names.
pub struct Calls(Vec<String>);

impl Calls {
    /// Those of the settings.
    pub fn of(config: &Config) -> Self {
        Self(config.webhooks.iter().map(|webhook| webhook.name.clone()).collect())
    }
}

impl Installed for Calls {
    const NAME: &'static str = "webhooks";

    async fn take(&self, tx: &Tx, entries: &[Entry]) -> Result<()> {
        for entry in entries.iter().filter(|entry| entry.subject() == Some(Subject::Report)) {
            for name in &self.0 {
                outbox::call(tx, name, entry).await?;
            }
        }
        Ok(())
    }
}
