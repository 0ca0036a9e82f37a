//! Ids: UUID v7 inside, opaque and typed outside.

use std::sync::{LazyLock, Mutex, PoisonError};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::{ContextV7, Timestamp, Uuid};

/// A new id that sorts by the instant at which it was made, and behind all that this process has made
/// at the same one.
pub fn new(now: DateTime<Utc>) -> Uuid {
    static MADE: LazyLock<Mutex<ContextV7>> = LazyLock::new(Mutex::default);
    let made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(&*made, seconds, now.timestamp_subsec_nanos()))
}

/// An id that is the same for an instant and a number in every run: for made-up things.
pub fn foretold(at: DateTime<Utc>, number: u64) -> Uuid {
    let mut rest = [0; 10];
    rest[2..].copy_from_slice(&number.to_be_bytes());
    let milliseconds = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &rest).into_uuid()
}

/// A short random id under which an incident is logged and shown.
pub fn incident() -> String {
    nonce().split_off(10)
}

/// A random text that nobody can guess: 122 bits, as a nonce of a content security policy wants.
#[expect(clippy::disallowed_methods, reason = "chance is the point here")]
pub fn nonce() -> String {
    URL_SAFE_NO_PAD.encode(Uuid::new_v4().as_bytes())
}

/// A random text that is long enough to sign with: 244 bits.
pub fn secret() -> String {
    nonce() + &nonce()
}

/// A random text of 256 bits: what opens a session, what is sent to a provider and back.
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(chance())
}

/// 256 random bits: a key, or a nonce of one.
pub fn chance() -> [u8; 32] {
    // Distilled from the 366 random bits of three ids.
    Sha256::digest(secret() + &nonce()).into()
}

/// SHA-256 of a secret that is looked up by it, so that whoever reads the database has no secret.
pub fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}

/// Declares an id type of one kind of row, so that a card's id is never taken for a unit's.
#[macro_export]
macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sea_orm::DeriveValueType,
        )]
        pub struct $name(pub uuid::Uuid);

        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    };
}

/// The kinds of object that `node(id)` can fetch. The letter is part of every id ever given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A unit of the city.
    Unit,
    /// A service card.
    ServiceCard,
    /// A knowledge article.
    Article,
    /// A synonym of the search.
    Synonym,
    /// A best bet of the search.
    BestBet,
    /// A gap in the knowledge.
    KnowledgeGap,
    /// A report of a resident.
    Report,
    /// A rule by which reports find their units.
    RoutingRule,
    /// A template of answers.
    AnswerTemplate,
    /// An account of a person.
    Account,
    /// A session of a person.
    Session,
    /// An access token of an application.
    AccessToken,
    /// What staff proposes to the desk.
    Proposal,
    /// A form.
    Form,
}

const LETTERS: &[(NodeKind, u8)] = &[
    (NodeKind::Unit, b'U'),
    (NodeKind::ServiceCard, b'C'),
    (NodeKind::Article, b'A'),
    (NodeKind::Synonym, b'S'),
    (NodeKind::BestBet, b'B'),
    (NodeKind::KnowledgeGap, b'G'),
    (NodeKind::Report, b'R'),
    (NodeKind::RoutingRule, b'W'),
    (NodeKind::AnswerTemplate, b'T'),
    (NodeKind::Account, b'N'),
    (NodeKind::Session, b'I'),
    (NodeKind::AccessToken, b'K'),
    (NodeKind::Proposal, b'P'),
    (NodeKind::Form, b'F'),
];

/// The opaque global id of an object: its kind and its key.
pub fn global(kind: NodeKind, key: Uuid) -> String {
    let letter = LETTERS.iter().find(|(k, _)| *k == kind).map_or(b'?', |(_, letter)| *letter);
    let mut bytes = vec![letter];
    bytes.extend_from_slice(key.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Kind and key of a global id; `None` for anything that this service never gave out.
pub fn parse_global(id: &str) -> Option<(NodeKind, Uuid)> {
    let bytes = URL_SAFE_NO_PAD.decode(id).ok()?;
    let (letter, key) = bytes.split_first()?;
    let kind = LETTERS.iter().find(|(_, l)| l == letter)?.0;
    Some((kind, Uuid::from_slice(key).ok()?))
}

/// The key of a global id, when it is of the wanted kind.
pub fn parse_global_as(kind: NodeKind, id: &str) -> Option<Uuid> {
    parse_global(id).filter(|(found, _)| *found == kind).map(|(_, key)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_global_id_comes_back_as_what_it_was_made_of() {
        let key = Uuid::from_u128(7);
        for (kind, _) in LETTERS {
            assert_eq!(parse_global(&global(*kind, key)), Some((*kind, key)));
        }
    }

    #[test]
    fn ids_of_one_instant_sort_in_the_order_in_which_they_were_made() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let made: Vec<Uuid> = (0..1_000).map(|_| new(now)).collect();
        assert!(made.is_sorted());
    }

    #[test]
    fn foreign_ids_are_nothing() {
        for id in ["", "x", "żółw", "AAAA", "Q0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0ND"] {
            assert_eq!(parse_global(id), None, "{id}");
        }
    }
}
