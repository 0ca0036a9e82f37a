//! What the spine tells of reports becomes letters, once for an installation.

use crate::{
    actor::Actor,
    db::Tx,
    error::Result,
    events::{Entry, Installed, Kind, Subject},
    notifications::{
        Links,
        actions::{
            people::{self, Person},
            subscribe,
        },
        rules,
    },
    outbox::{self, Template},
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
            Kind::Filed => self.take_filed(tx, entry, id).await,
            Kind::Merged => match report(tx, id).await?.and_then(|joined| joined.duplicate_of) {
                Some(original) => subscribe::pass_on(tx, &self.vault, id, original).await,
                None => Ok(()),
            },
            Kind::Corrected => match report(tx, id).await? {
                Some(report) => {
                    let author = people::author(tx, &self.links, &report).await?;
                    let contact = reports::contact(tx, &self.vault, id).await?;
                    let email = contact.and_then(|contact| contact.email);
                    let who = email.map(|email| self.links.who(&email));
                    subscribe::forget_contact(tx, id, who.as_deref()).await?;
                    self.ask_contact(tx, entry, id, author.as_ref()).await
                }
                None => Ok(()),
            },
            // Most changes concern nobody outside.
            _ => match rules::step_of(kind) {
                Some(step) => self.tell(tx, entry, kind, step, id).await,
                None => Ok(()),
            },
        }
    }

    /// The author hears at the address of the account; another one that stands in the contact is asked
    /// first.
    async fn take_filed(&self, tx: &Tx, entry: &Entry, id: ReportId) -> Result<()> {
        let Some(report) = report(tx, id).await? else { return Ok(()) };
        let author = people::author(tx, &self.links, &report).await?;
        self.ask_contact(tx, entry, id, author.as_ref()).await?;
        let template = Template::ReportReceived;
        let wants = author.filter(|person| person.wants(template));
        let letter = wants.and_then(|person| person.letter(&report, template, entry, 1));
        outbox::mail_all(tx, letter.into_iter().collect()).await.map(|_| ())
    }

    /// Asks whether the address in a contact is the author's, unless it is that of the account.
    async fn ask_contact(
        &self,
        tx: &Tx,
        entry: &Entry,
        id: ReportId,
        author: Option<&Person>,
    ) -> Result<()> {
        let Some(contact) = reports::contact(tx, &self.vault, id).await? else { return Ok(()) };
        let who = contact.email.as_deref().map(|email| self.links.who(email));
        let is_known = who.is_some() && author.is_some_and(|author| author.who == who);
        match is_known {
            true => Ok(()),
            false => subscribe::ask_contact(tx, &self.links, id, contact, entry.id()).await,
        }
    }

    async fn tell(
        &self,
        tx: &Tx,
        entry: &Entry,
        kind: Kind,
        step: Step,
        id: ReportId,
    ) -> Result<()> {
        let Some(report) = report(tx, id).await? else { return Ok(()) };
        let told = subscribe::told(tx, id).await?;
        let people = people::of_report(tx, &self.links, &report).await?;
        if told.is_empty() && people.is_empty() {
            return Ok(());
        }
        let Some(past) = past(tx, entry, step, id).await? else { return Ok(()) };
        let Some(template) = rules::letter_of(kind, past.stage) else { return Ok(()) };
        for known in told.iter().filter(|one| rules::is_told(rules::is_contact(one), template)) {
            // Whoever has an account chooses there, whichever address the letter goes to.
            let owner = people.iter().find(|person| person.is_behind(known));
            if owner.is_none_or(|person| person.wants(template)) {
                let lang = owner.map(|person| person.reader.language);
                subscribe::tell(tx, known, lang, template, entry.id(), past.position).await?;
            }
        }
        let is_left = |person: &&Person| {
            rules::is_told(person.is_author, template)
                && person.wants(template)
                && !told.iter().any(|known| {
                    rules::is_told(rules::is_contact(known), template) && person.is_behind(known)
                })
        };
        let left = people.iter().filter(is_left);
        let letters = left.filter_map(|one| one.letter(&report, template, entry, past.position));
        outbox::mail_all(tx, letters.collect()).await.map(|_| ())
    }
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
