//! The addresses of those who follow: sealed, each with the key of its subscription.

use sea_orm::{
    ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    Select, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    db::Tx,
    error::Result,
    notifications::entity::{Subscription, subscription},
    vault::{Place, Vault},
};

/// Addresses that are sealed in one write.
const BATCH: u64 = 200;

/// A subscription with its address sealed, as it is stored.
pub async fn sealed(tx: &Tx, vault: &Vault, plain: Subscription) -> Result<Subscription> {
    let Some(email) = &plain.email else { return Ok(plain) };
    let email = vault.draw(tx, plain.id).await?.seal(&place(plain.id), email)?;
    Ok(Subscription { email: Some(email), sealed: true, ..plain })
}

/// The address of a subscription as it is stored; nothing when there is none, or it was erased.
pub async fn opened(
    db: &impl ConnectionTrait,
    vault: &Vault,
    stored: &Subscription,
) -> Result<Option<String>> {
    let Some(email) = &stored.email else { return Ok(None) };
    if !stored.sealed {
        return Ok(Some(email.clone()));
    }
    let keys = vault.find(db, &[stored.id]).await?;
    keys.get(&stored.id).map(|key| key.open(&place(stored.id), email)).transpose()
}

/// Whether an address waits to be sealed, because it was kept before there were keys.
pub async fn any_plain_address(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(plain().limit(1).one(db).await?.is_some())
}

/// Seals some of those; gives how many it were.
pub async fn seal_plain_addresses(tx: &Tx, vault: &Vault) -> Result<usize> {
    let rows = plain().limit(BATCH).all(tx).await?;
    let count = rows.len();
    for row in rows {
        let row = sealed(tx, vault, row).await?.into_active_model().reset_all();
        subscription::Entity::update(row).exec(tx).await?;
    }
    Ok(count)
}

fn plain() -> Select<subscription::Entity> {
    // In these words, which are those of the index.
    subscription::Entity::find().filter(Expr::cust("NOT sealed AND email IS NOT NULL"))
}

fn place(subscription: Uuid) -> Place {
    Place { table: "mail_subscriptions", row: subscription, column: "email" }
}
