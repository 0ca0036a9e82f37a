//! Those who hear of a report because of their account: who filed it, and who follows it signed in.

use uuid::Uuid;

use crate::{
    accounts::{self, AccountId, Reader},
    db::Tx,
    error::Result,
    events::Entry,
    notifications::{Links, Subscription, rules},
    outbox::{Letter, Recipient, Template, Variables},
    reports::{self, Report},
};

/// Followers with an account who are written to about one change, those who began first.
const FOLLOWERS_MAX: u64 = 5_000;

/// Somebody with an account.
pub struct Person {
    /// The address, the language, and which letters are wanted.
    pub reader: Reader,
    /// What the confirmed address comes to, if there is one.
    pub who: Option<String>,
    /// Whether the person filed the report.
    pub is_author: bool,
}

impl Person {
    /// Whether a letter is wanted.
    pub fn wants(&self, template: Template) -> bool {
        self.reader.letters.want(rules::kind_of(template))
    }

    /// Whether somebody who is written to otherwise is this very person.
    pub fn is_behind(&self, known: &Subscription) -> bool {
        self.who.as_ref() == Some(&known.who) || self.is_author && rules::is_contact(known)
    }

    /// The letter that tells of an entry of the report's history; the same is sent once. None without an
    /// address.
    pub fn letter(
        &self,
        report: &Report,
        template: Template,
        entry: &Entry,
        position: i32,
    ) -> Option<Letter> {
        let person = rules::person(self.is_author, self.who.as_ref()?);
        Some(Letter {
            to: Recipient::Account(self.reader.account.0),
            language: self.reader.language,
            template,
            variables: Variables::default(),
            dedup: format!("report:{}:{position}:{person}", report.id.0),
            expires_at: None,
            event: Some(entry.id()),
            subject: Some(report.id.0),
        })
    }
}

/// Who filed a report, if signed in.
pub async fn author(tx: &Tx, links: &Links, report: &Report) -> Result<Option<Person>> {
    Ok(people(tx, links, report, Vec::new()).await?.pop())
}

/// All of a report.
pub async fn of_report(tx: &Tx, links: &Links, report: &Report) -> Result<Vec<Person>> {
    let followers = reports::followers(tx, report.id, FOLLOWERS_MAX).await?;
    people(tx, links, report, followers).await
}

async fn people(
    tx: &Tx,
    links: &Links,
    report: &Report,
    followers: Vec<String>,
) -> Result<Vec<Person>> {
    // What is no id is the name of a developer.
    let id = |account: &String| Uuid::parse_str(account).ok().map(AccountId);
    let author = report.account.as_ref().and_then(id);
    let mut ids: Vec<_> = followers.iter().filter_map(id).chain(author).collect();
    ids.sort_unstable();
    ids.dedup();
    let person = |reader: Reader| Person {
        who: reader.email.as_deref().map(|email| links.who(email)),
        is_author: Some(reader.account) == author,
        reader,
    };
    Ok(accounts::readers(tx, ids).await?.into_iter().map(person).collect())
}
