//! The addresses that letters carry. Their tokens are signed: only this installation gives them out,
//! and each is good for one subscription and one purpose.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::{config::Config, notifications::Subscription, secrets::Secrets};

const CONFIRM: &str = "mail-confirm";
const UNSUBSCRIBE: &str = "mail-unsubscribe";
const ADDRESS: &str = "mail-address";
const NOTHING: &str = "mail-nothing";

/// Makes and knows the links of an installation. Cheap to clone.
#[derive(Clone)]
pub struct Links {
    secrets: Secrets,
    base: Arc<str>,
    report_page: Option<Arc<str>>,
}

impl Links {
    /// The links of an installation.
    pub fn new(secrets: &Secrets, config: &Config) -> Self {
        let own = || format!("http://{}", config.listen);
        Self {
            secrets: secrets.clone(),
            base: config.public_url.clone().unwrap_or_else(own).into(),
            report_page: config.report_page.as_deref().map(Arc::from),
        }
    }

    /// What an address comes to: the same for the same address, and nobody gets the address from it.
    pub fn who(&self, email: &str) -> String {
        who(&self.secrets, email)
    }

    /// Where somebody says that the address is theirs.
    pub fn confirm(&self, subscription: &Subscription) -> String {
        let token = self.secrets.token(CONFIRM, &asked(subscription));
        format!("{}/mail/confirm/{}.{token}", self.base, written(subscription.id))
    }

    /// Where somebody says that no more letters are wanted.
    pub fn unsubscribe(&self, subscription: Uuid) -> String {
        let token = self.secrets.token(UNSUBSCRIBE, subscription.as_bytes());
        format!("{}/mail/unsubscribe/{}.{token}", self.base, written(subscription))
    }

    /// Where the owner of an account says that no more letters about any report are wanted.
    pub fn nothing(&self, account: Uuid) -> String {
        let token = self.secrets.token(NOTHING, account.as_bytes());
        format!("{}/mail/nothing/{}.{token}", self.base, written(account))
    }

    /// Where somebody says that a new address is theirs.
    pub fn address(&self, secret: &str) -> String {
        format!("{}/mail/address/{secret}", self.base)
    }

    /// Where a report is seen; its secret token is for the person who filed it.
    pub fn report(&self, number: &str, token: Option<&str>) -> Option<String> {
        let page = self.report_page.as_ref()?;
        Some(page.replace("{number}", number).replace("{token}", token.unwrap_or_default()))
    }

    /// Whether this is the token with which a subscription is confirmed, as it was asked for last.
    pub fn confirms(&self, subscription: &Subscription, token: &str) -> bool {
        self.secrets.is_token(CONFIRM, &asked(subscription), token)
    }

    /// Whether this is the token with which a subscription is ended.
    pub fn ends(&self, subscription: Uuid, token: &str) -> bool {
        self.secrets.is_token(UNSUBSCRIBE, subscription.as_bytes(), token)
    }

    /// Whether this is the token with which all letters to an account are ended.
    pub fn ends_all(&self, account: Uuid, token: &str) -> bool {
        self.secrets.is_token(NOTHING, account.as_bytes(), token)
    }
}

/// What an address comes to under the secret of the installation.
pub fn who(secrets: &Secrets, email: &str) -> String {
    secrets.token(ADDRESS, email.trim().to_lowercase().as_bytes())
}

/// The subscription or account and the token that the last part of a link names.
pub fn parts(link: &str) -> Option<(Uuid, &str)> {
    let (id, token) = link.split_once('.')?;
    Some((Uuid::from_slice(&URL_SAFE_NO_PAD.decode(id).ok()?).ok()?, token))
}

fn written(id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(id.as_bytes())
}

/// A link is good for the last letter that asked, not for an earlier one.
fn asked(subscription: &Subscription) -> Vec<u8> {
    let at = subscription.asked_at.timestamp_micros().to_be_bytes();
    [&subscription.id.as_bytes()[..], &at].concat()
}
