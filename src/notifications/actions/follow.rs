//! What the spine tells of reports becomes letters, once for an installation.

use crate::{
    actor::Actor,
    db::Tx,
    error::Result,
    events::{Entry, Installed, Kind, Subject},
    notifications::{Links, actions::subscribe, rules},
    reports::{self, Report, ReportId, Step, TimelineEntry},
    vault::Vault,
};

/// Writes letters about reports.
pub struct Notifications {
    /// The links of letters.
    pub links: Links,
    /// The keys of addresses.
    pub vault: Vault,
}

impl Installed for Notifications {
    const NAME: &'static str = "notifications";

    async fn take(&self, tx: &Tx, entries: &[Entry]) -> Result<()> {
        for entry in entries.iter().filter(|entry| entry.subject() == Some(Subject::Report)) {
            let Some(kind) = entry.kind() else { continue };
            // What is imported was known to its people before.
            if kind == Kind::Imported {
                continue;
            }
            for id in entry.ids() {
                self.take_one(tx, entry, kind, ReportId(id)).await?;
            }
        }
        Ok(())
    }
}

impl Notifications {
    async fn take_one(&self, tx: &Tx, entry: &Entry, kind: Kind, id: ReportId) -> Result<()> {
        match kind {
            Kind::Filed => match reports::contact(tx, &self.vault, id).await? {
                Some(contact) => {
                    subscribe::ask_contact(tx, &self.links, id, contact, entry.id()).await
                }
                None => Ok(()),
            },
            Kind::Merged => match report(tx, id).await?.and_then(|joined| joined.duplicate_of) {
                Some(original) => subscribe::pass_on(tx, &self.vault, id, original).await,
                None => Ok(()),
            },
            // Most changes concern nobody outside.
            _ => match rules::step_of(kind) {
                Some(step) => tell(tx, entry, kind, step, id).await,
                None => Ok(()),
            },
        }
    }
}

async fn tell(tx: &Tx, entry: &Entry, kind: Kind, step: Step, id: ReportId) -> Result<()> {
    let told = subscribe::told(tx, id).await?;
    if told.is_empty() {
        return Ok(());
    }
    let Some(past) = past(tx, entry, step, id).await? else { return Ok(()) };
    let Some(template) = rules::letter_of(kind, past.stage) else { return Ok(()) };
    for subscription in told.iter().filter(|one| rules::is_told(one, template)) {
        subscribe::tell(tx, subscription, template, entry.id(), past.position).await?;
    }
    Ok(())
}

/// The entry of the history that a change left: the report may be further by now. Of several in the
/// same instant it is the last, so that they make one letter.
async fn past(tx: &Tx, entry: &Entry, step: Step, id: ReportId) -> Result<Option<TimelineEntry>> {
    let history = reports::timelines(tx, &[id]).await?.remove(&id).unwrap_or_default();
    Ok(history.into_iter().rfind(|past| past.at == entry.at() && past.step == step))
}

async fn report(tx: &Tx, id: ReportId) -> Result<Option<Report>> {
    Ok(reports::by_ids(tx, &Actor::System, &[id.0]).await?.pop())
}
