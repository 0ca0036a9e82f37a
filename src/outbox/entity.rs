//! What is stored of a delivery.

use std::{collections::BTreeMap, str::FromStr};

use async_graphql::Enum;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

/// What is sent.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeliveryKind {
    /// A letter by e-mail.
    Mail,
    /// A call of another service.
    Webhook,
}

/// What became of a delivery so far.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeliveryState {
    /// It waits for its first try.
    Queued,
    /// The next server on the way has taken it.
    Sent,
    /// It could not be sent, and is tried again.
    Failed,
    /// It was refused for good, or tried too often.
    Dead,
    /// When its turn came there was nothing to say any more, or nobody to say it to.
    Suppressed,
}

/// The letters that there are.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "MailTemplate")]
pub enum Template {
    /// A link that signs in once.
    SignIn,
    /// Asks the person who filed a report whether the address is theirs. Nothing goes there before.
    ConfirmContact,
    /// Asks somebody who wants to follow a report whether the address is theirs.
    ConfirmFollow,
    /// A report was taken in.
    ReportReceived,
    /// A report was given to a unit.
    ReportForwarded,
    /// Every unit has answered.
    ReportAnswered,
    /// A unit asks the person who filed a report.
    ReportNeedsInfo,
    /// A closed report was opened again.
    ReportReopened,
    /// A report was closed.
    ReportClosed,
    /// Asks the owner of an account whether a new address is theirs.
    ConfirmAddress,
    /// Tells the address until now that another is to take its place.
    AddressChanges,
    /// The owner of an account has given it up.
    DeletionAsked,
    /// The owner of an account keeps it after all.
    DeletionCancelled,
}

impl Template {
    /// Whether a letter is about a report, so that its reader may want no more of them.
    pub fn is_about_report(self) -> bool {
        !matches!(
            self,
            Self::SignIn
                | Self::ConfirmAddress
                | Self::AddressChanges
                | Self::DeletionAsked
                | Self::DeletionCancelled
        )
    }
}

/// What a letter says that is about no stored thing, by the names of the words' variables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Variables(pub BTreeMap<String, String>);

impl<const N: usize> From<[(&str, String); N]> for Variables {
    fn from(pairs: [(&str, String); N]) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

/// Who gets a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// An address, for letters about no stored thing. It is forgotten when the letter is through.
    Address(String),
    /// Whoever a subscription leads to at the time of sending.
    Subscription(Uuid),
    /// The owner of an account, at the address that is confirmed at the time of sending.
    Account(Uuid),
    /// A webhook, by its name in the settings.
    Webhook(String),
    /// Somebody whose letter is through.
    Forgotten,
}

impl std::fmt::Display for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Address(address) => write!(f, "address:{address}"),
            Self::Subscription(id) => write!(f, "subscription:{id}"),
            Self::Account(id) => write!(f, "account:{id}"),
            Self::Webhook(name) => write!(f, "webhook:{name}"),
            Self::Forgotten => Ok(()),
        }
    }
}

impl FromStr for Recipient {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text.split_once(':') {
            Some(("address", address)) => Self::Address(address.to_owned()),
            Some(("subscription", id)) => Self::Subscription(id.parse()?),
            Some(("account", id)) => Self::Account(id.parse()?),
            Some(("webhook", name)) => Self::Webhook(name.to_owned()),
            _ => Self::Forgotten,
        })
    }
}

/// The table of deliveries.
pub mod delivery {
    use sea_orm::entity::prelude::*;

    use super::{DeliveryKind, DeliveryState, Template, Variables};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "deliveries")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: DeliveryKind,
        pub event_id: Option<i64>,
        pub subject_id: Option<Uuid>,
        pub recipient: String,
        pub template: Option<Template>,
        pub lang: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub variables: Variables,
        pub state: DeliveryState,
        pub attempts: i32,
        pub next_at: Option<DateTimeUtc>,
        pub expires_at: Option<DateTimeUtc>,
        pub last_error: Option<String>,
        pub dedup: String,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A delivery as it is stored.
pub type Delivery = delivery::Model;
