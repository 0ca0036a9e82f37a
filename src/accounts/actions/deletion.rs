//! The end of an account: asked for by its owner, at once for sessions and letters, and for the rest
//! after some days in which it can be undone.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    accounts::{
        actions::{
            Identity,
            profiles::{self, Owner},
            sessions,
        },
        entity::{AccountId, EndedWhy, Profile, profile, session},
        rules,
    },
    clock::local_day,
    db::Tx,
    error::{Error, Problem, ProblemCode, Result},
    outbox::{self, Letter, Recipient, Template},
    words::Message,
};

/// Asks for the end of the own account: all sessions end now, no letters about reports go out, and it is
/// erased in some days; gives when. Errors: `Unauthenticated`, `Forbidden`, `Invalid` for a wrong
/// confirmation, a sign-in that is not young, and when it was asked for already.
pub async fn delete(tx: &Tx, identity: &Identity, confirmation: &str) -> Result<DateTime<Utc>> {
    let owner = profiles::resident(tx, identity).await?;
    let begun = match identity.session() {
        Some(id) => session::Entity::find_by_id(id).one(tx).await?.map(|one| one.created_at),
        None => None,
    };
    if !rules::is_young(begun.ok_or(Error::Unauthenticated)?, tx.now()) {
        let message = Message::new("deletion-sign-in").with("minutes", rules::YOUNG_MINUTES);
        return Err(Problem::at("", ProblemCode::NotAllowed, message).into());
    }
    if confirmation.trim() != owner.name() {
        return Err(Problem::at("confirmation", ProblemCode::Invalid, "deletion-name").into());
    }
    if owner.profile.erase_at.is_some() {
        return Err(Problem::at("", ProblemCode::Conflict, "deletion-asked").into());
    }
    let erase_at = tx.now() + TimeDelta::days(rules::ERASE_DAYS);
    tell(tx, &owner, Template::DeletionAsked, erase_at).await?;
    let id = owner.account.id;
    profiles::keep(tx, Profile { erase_at: Some(erase_at), ..owner.profile }).await?;
    sessions::end_all(tx, &identity.actor, id, None, EndedWhy::Deletion).await?;
    Ok(erase_at)
}

/// Keeps the own account after all. Errors: `Unauthenticated`, `Forbidden`, `Conflict` when its end was
/// not asked for.
pub async fn cancel_deletion(tx: &Tx, identity: &Identity) -> Result<Owner> {
    let owner = profiles::resident(tx, identity).await?;
    let Some(erase_at) = owner.profile.erase_at else {
        return Err(Problem::at("", ProblemCode::Conflict, "deletion-not-asked").into());
    };
    tell(tx, &owner, Template::DeletionCancelled, erase_at).await?;
    let profile = profiles::keep(tx, Profile { erase_at: None, ..owner.profile }).await?;
    Ok(Owner { profile, ..owner })
}

/// The account whose end has come first, if one's has.
pub async fn over(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Option<AccountId>> {
    let due = profile::Entity::find().filter(profile::Column::EraseAt.lte(now));
    let first = due.order_by_asc(profile::Column::EraseAt).one(db).await?;
    Ok(first.map(|profile| profile.account_id))
}

/// Tells the owner, where there is an address, what was done.
async fn tell(tx: &Tx, owner: &Owner, template: Template, erase_at: DateTime<Utc>) -> Result<()> {
    let Some(email) = owner.email() else { return Ok(()) };
    let letter = Letter {
        to: Recipient::Address(email.to_owned()),
        language: owner.language(),
        template,
        variables: [("day", local_day(erase_at).to_string())].into(),
        dedup: format!("deletion:{}:{}:{template:?}", owner.account.id.0, owner.profile.revision),
        expires_at: None,
        event: None,
        subject: None,
    };
    outbox::mail(tx, letter).await.map(|_| ())
}
