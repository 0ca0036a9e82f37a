//! Sign-ins under way at a provider.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{EntityTrait, IntoActiveModel};

use crate::{
    accounts::{
        entity::{SignIn, sign_in},
        rules,
    },
    db::Tx,
    error::Result,
    ids,
};

/// Keeps what the answer of the provider will be held against.
pub async fn begin_sign_in(tx: &Tx, state: &str, mut begun: SignIn) -> Result<()> {
    begun.digest = ids::digest(state);
    begun.expires_at = tx.now() + TimeDelta::minutes(rules::SIGN_IN_MINUTES);
    let row = begun.into_active_model();
    sign_in::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Takes the sign-in of a state, which is used up by that; `None` for one that there is not, or no
/// longer.
pub async fn take_sign_in(tx: &Tx, state: &str) -> Result<Option<SignIn>> {
    let digest = ids::digest(state);
    let Some(begun) = sign_in::Entity::find_by_id(&digest).one(tx).await? else { return Ok(None) };
    // Of two that take it at once, one has deleted it.
    let deleted = sign_in::Entity::delete_by_id(&digest).exec(tx).await?.rows_affected;
    let good = |now: DateTime<Utc>| deleted == 1 && now < begun.expires_at;
    Ok(good(tx.now()).then_some(begun))
}
