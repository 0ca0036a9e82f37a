//! The worker that sends what is due.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use chrono::SecondsFormat;
use lettre::message::Mailbox;
use sea_orm::ActiveEnum;
use serde_json::json;
use tokio::time::{Instant, sleep};

use crate::{
    config::Config,
    db::Db,
    error::{Error, Result},
    events,
    outbox::{
        Mail, Webhooks, Words, actions,
        entity::{Delivery, DeliveryKind, Recipient},
        folder, message,
        rules::{self, Failure, Outcome, UNREACHABLE},
        smtp::Smtp,
    },
    words,
};

/// Deliveries that are taken at once: all of them must end within a lease.
const BATCH: u64 = 4;
/// How long something due waits at most.
const POLL_MS: u64 = 500;
/// How often a mail server that does not answer is asked whether it is back.
const PROBE_SECONDS: u64 = 30;

/// What is sent, found at the time of sending.
pub enum Content {
    /// A letter.
    Mail(Mail),
    /// The body of a call.
    Call(String),
    /// Nothing, and why, as a code.
    Nothing(&'static str),
}

/// Finds what a delivery says: the subject as it is now.
pub trait Compose: Send + Sync {
    /// The content of a delivery to somebody who is not an address.
    fn compose(
        &self,
        delivery: &Delivery,
        to: &Recipient,
    ) -> impl Future<Output = Result<Content>> + Send;
}

/// How letters leave: over SMTP, or as files.
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

enum Way {
    Smtp(Smtp),
    Folder(PathBuf),
}

impl Mailer {
    /// What the settings name.
    pub fn of(config: &Config) -> Result<Self> {
        let from = config.mail_from.parse().map_err(Error::internal)?;
        let way = match &config.smtp_url {
            Some(url) => Way::Smtp(Smtp::at(url, config.smtp_ca.as_deref())?),
            None => Way::Folder(folder::of(&config.data)),
        };
        Ok(Self { from, way })
    }

    async fn send(&self, mail: &Mail, at: chrono::DateTime<chrono::Utc>) -> Result<(), Failure> {
        let message = message::message(&self.from, mail, at)?;
        match &self.way {
            Way::Smtp(server) => server.send(message).await,
            Way::Folder(folder) => folder::write(folder, mail.id, &message.formatted()).await,
        }
    }

    /// Whether letters can leave.
    pub async fn is_there(&self) -> bool {
        match &self.way {
            Way::Smtp(server) => server.is_there().await,
            Way::Folder(_) => true,
        }
    }
}

/// Sends what is due.
pub struct Sender<C> {
    db: Db,
    mailer: Mailer,
    webhooks: Webhooks,
    compose: C,
    /// Whether the mail server did not answer when it was last needed; at the start nobody knows.
    away: AtomicBool,
}

impl<C: Compose> Sender<C> {
    /// A sender of this node.
    pub fn new(db: Db, mailer: Mailer, webhooks: Webhooks, compose: C) -> Self {
        Self { db, mailer, webhooks, compose, away: AtomicBool::new(true) }
    }

    /// Sends until it is told to stop; what is under way then comes to its end.
    pub async fn run(self, stopped: impl Fn() -> bool) {
        let mut probed = Instant::now();
        while !stopped() {
            if let Err(error) = self.send_while(|| !stopped()).await {
                tracing::warn!(%error, "deliveries cannot be sent; it will be tried again");
            }
            if probed.elapsed() >= Duration::from_secs(PROBE_SECONDS) {
                probed = Instant::now();
                if let Err(error) = self.look_again().await {
                    tracing::warn!(%error, "deliveries cannot be brought forward");
                }
            }
            sleep(Duration::from_millis(POLL_MS)).await;
        }
    }

    /// Sends everything that is due now; gives how many deliveries were tried.
    pub async fn send_due(&self) -> Result<usize> {
        self.send_while(|| true).await
    }

    async fn send_while(&self, goes_on: impl Fn() -> bool) -> Result<usize> {
        let mut tried = 0;
        while goes_on() && actions::anything_due(self.db.reader(), self.db.now()).await? {
            let taken = self.db.write(async |tx| actions::take(tx, BATCH).await).await?;
            if taken.is_empty() {
                break;
            }
            for delivery in taken.iter().take_while(|_| goes_on()) {
                self.try_one(delivery).await?;
                tried += 1;
            }
        }
        Ok(tried)
    }

    /// Where the mail server was away and is back, lets what waited for it be tried now.
    pub async fn look_again(&self) -> Result<()> {
        if self.away.load(Ordering::Acquire) && self.mailer.is_there().await {
            self.db.write(async |tx| actions::bring_forward(tx).await).await?;
            self.away.store(false, Ordering::Release);
        }
        Ok(())
    }

    async fn try_one(&self, delivery: &Delivery) -> Result<()> {
        let outcome = self.outcome(delivery).await;
        if let Outcome::Failed(failure) = &outcome {
            let (id, attempts, code) = (delivery.id, delivery.attempts, &failure.code);
            tracing::warn!(%id, attempts, code, "a delivery was not sent");
            if failure.code == UNREACHABLE && delivery.kind == DeliveryKind::Mail {
                self.away.store(true, Ordering::Release);
            }
        }
        let chance = delivery.id.as_u128() ^ delivery.attempts as u128;
        let verdict = rules::verdict(outcome, delivery.attempts, chance, self.db.now());
        self.db.write(async |tx| actions::note(tx, delivery, verdict).await).await
    }

    async fn outcome(&self, delivery: &Delivery) -> Outcome {
        if delivery.expires_at.is_some_and(|end| end <= self.db.now()) {
            return Outcome::Nothing("expired");
        }
        let sent = match self.content(delivery).await {
            Ok(Content::Nothing(why)) => return Outcome::Nothing(why),
            Ok(Content::Mail(mail)) => self.mailer.send(&mail, self.db.now()).await,
            Ok(Content::Call(body)) => match delivery.recipient.parse() {
                Ok(Recipient::Webhook(name)) => {
                    self.webhooks.call(&name, body, self.db.now()).await
                }
                _ => return Outcome::Nothing("nobody"),
            },
            Err(error) => {
                tracing::error!(id = %delivery.id, %error, "a delivery cannot be composed");
                Err(Failure::passing("compose"))
            }
        };
        sent.map_or_else(Outcome::Failed, |()| Outcome::Sent)
    }

    /// What a call says: ids and codes, as the spine has them.
    async fn call(&self, delivery: &Delivery) -> Result<Content> {
        let event = delivery.event_id.unwrap_or_default();
        let entries = events::read_after(self.db.reader(), event - 1, 1).await?;
        let Some(entry) = entries.into_iter().find(|entry| entry.id() == event) else {
            return Ok(Content::Nothing("gone"));
        };
        let (Some(kind), Some(subject)) = (entry.kind(), entry.subject()) else {
            return Ok(Content::Nothing("unknown-event"));
        };
        let body = json!({
            "event": entry.id(),
            "kind": kind.to_value(),
            "subject": subject.to_value(),
            "ids": entry.ids(),
            "at": entry.at().to_rfc3339_opts(SecondsFormat::Millis, true),
        });
        Ok(Content::Call(body.to_string()))
    }

    async fn content(&self, delivery: &Delivery) -> Result<Content> {
        let to: Recipient = delivery.recipient.parse().map_err(Error::internal)?;
        match (to, delivery.template) {
            (Recipient::Address(address), Some(template)) => {
                let words = Words {
                    template,
                    language: words::negotiate(Some(&delivery.lang)),
                    link: delivery.variables.0.get("link").cloned(),
                    variables: delivery.variables.clone(),
                    quotes: Vec::new(),
                    unsubscribe: None,
                };
                Ok(Content::Mail(words.mail(delivery.id, address)))
            }
            (Recipient::Webhook(_), _) => self.call(delivery).await,
            (to, _) => self.compose.compose(delivery, &to).await,
        }
    }
}
