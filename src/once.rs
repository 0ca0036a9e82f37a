//! Idempotency keys: a request that is sent again makes nothing twice.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set, sea_query::OnConflict,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{actor::Actor, db::Tx, error::Result};

/// A key is good for so long.
pub const KEEPS_DAYS: i64 = 7;
/// Keys that are forgotten in one write.
const BATCH: u64 = 1_000;

mod key {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "once_keys")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub digest: String,
        pub subject_id: Uuid,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What is known of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Nobody has used it: the thing may be made.
    Fresh,
    /// The same was sent before, and made this.
    Repeated(Uuid),
    /// Something else was sent under it.
    Other,
}

/// Claims a key of an actor for what is about to be made. Nobody can tell callers without an account
/// from each other, so for them the content is a part of the key.
pub async fn claim(
    tx: &Tx,
    actor: &Actor,
    key: &str,
    content: &str,
    subject: Uuid,
) -> Result<Claim> {
    let digest = hash(&[content]);
    let key = match actor {
        Actor::Anyone => hash(&["anyone", key, &digest]),
        Actor::Resident(name) => hash(&["resident", name, key]),
        Actor::Client(client) => hash(&["client", &client.handle, key]),
        Actor::Staff(_) | Actor::System => hash(&["staff", actor.handle(), key]),
    };
    let row = key::ActiveModel {
        key: Set(key.clone()),
        digest: Set(digest.clone()),
        subject_id: Set(subject),
        at: Set(tx.now()),
    };
    let unless_known = OnConflict::column(key::Column::Key).do_nothing().to_owned();
    let inserted =
        key::Entity::insert(row).on_conflict(unless_known).exec_without_returning(tx).await?;
    if inserted == 1 {
        return Ok(Claim::Fresh);
    }
    let known = key::Entity::find_by_id(key).one(tx).await?;
    Ok(match known {
        Some(known) if known.digest == digest => Claim::Repeated(known.subject_id),
        _ => Claim::Other,
    })
}

/// Forgets keys that are no longer good; gives how many.
pub async fn forget(tx: &Tx) -> Result<u64> {
    let old = key::Entity::find()
        .select_only()
        .column(key::Column::Key)
        .filter(key::Column::At.lt(end(tx.now())))
        .limit(BATCH)
        .into_tuple::<String>()
        .all(tx)
        .await?;
    let which = key::Column::Key.is_in(old);
    Ok(key::Entity::delete_many().filter(which).exec(tx).await?.rows_affected)
}

/// Whether there are keys to forget.
pub async fn anything_old(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool> {
    let old = key::Entity::find().filter(key::Column::At.lt(end(now))).one(db).await?;
    Ok(old.is_some())
}

fn end(now: DateTime<Utc>) -> DateTime<Utc> {
    now - TimeDelta::days(KEEPS_DAYS)
}

fn hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hex::encode(hasher.finalize())
}
