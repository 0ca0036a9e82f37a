//! What is forgotten because its time is over.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{
    accounts::entity::{address_change, link, logout_token, session, sign_in},
    db::Tx,
    error::Result,
};

/// Days for which it can be told that there was a session.
pub const SESSION_DAYS: i64 = 30;
/// Minutes for which links are counted.
pub const LINK_MINUTES: i64 = 60;

/// Forgets sign-ins and links that are no longer good, and sessions that ended long ago.
pub async fn forget_old(tx: &Tx) -> Result<()> {
    let [sessions, sign_ins, links, words, addresses] = over(tx.now());
    session::Entity::delete_many().filter(sessions).exec(tx).await?;
    sign_in::Entity::delete_many().filter(sign_ins).exec(tx).await?;
    link::Entity::delete_many().filter(links).exec(tx).await?;
    logout_token::Entity::delete_many().filter(words).exec(tx).await?;
    address_change::Entity::delete_many().filter(addresses).exec(tx).await?;
    Ok(())
}

/// Whether there is anything to forget.
pub async fn anything_old(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool> {
    let [sessions, sign_ins, links, words, addresses] = over(now);
    Ok(session::Entity::find().filter(sessions).one(db).await?.is_some()
        || sign_in::Entity::find().filter(sign_ins).one(db).await?.is_some()
        || link::Entity::find().filter(links).one(db).await?.is_some()
        || logout_token::Entity::find().filter(words).one(db).await?.is_some()
        || address_change::Entity::find().filter(addresses).one(db).await?.is_some())
}

fn over(now: DateTime<Utc>) -> [Condition; 5] {
    let is = |over| Condition::all().add(over);
    [
        is(session::Column::ExpiresAt.lt(now - TimeDelta::days(SESSION_DAYS))),
        is(sign_in::Column::ExpiresAt.lte(now)),
        is(link::Column::CreatedAt.lte(now - TimeDelta::minutes(LINK_MINUTES))),
        is(logout_token::Column::ExpiresAt.lte(now)),
        is(address_change::Column::CreatedAt.lte(now - TimeDelta::minutes(LINK_MINUTES))),
    ]
}
