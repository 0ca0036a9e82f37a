//! What residents say of themselves: read, changed, and where they are written to.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel,
    QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{
    accounts::{
        actions::{Identity, accounts, addresses},
        entity::{Account, AccountId, Letters, Profile, UpdateProfileInput, account, profile},
        rules,
    },
    actor::AccountKind,
    db::Tx,
    error::{Error, Problem, Result, must_be_as_read},
    units,
    words::Lang,
};

/// An account with what its owner says.
#[derive(Clone, Debug)]
pub struct Owner {
    /// What the provider says.
    pub account: Account,
    /// What the owner says.
    pub profile: Profile,
}

/// Somebody with an account, as those who write letters see the person.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The account.
    pub account: AccountId,
    /// The confirmed address, if there is one.
    pub email: Option<String>,
    /// The language of letters.
    pub language: Lang,
    /// Which letters are wanted.
    pub letters: Letters,
}

impl Owner {
    /// The confirmed address.
    pub fn email(&self) -> Option<&str> {
        rules::email(&self.account, &self.profile)
    }

    /// The name.
    pub fn name(&self) -> &str {
        rules::name(&self.account, &self.profile)
    }

    /// The language of letters.
    pub fn language(&self) -> Lang {
        rules::language(&self.account, &self.profile)
    }

    /// The one who reads letters: none, when the account is about to go.
    fn reader(self) -> Reader {
        let stays = self.profile.erase_at.is_none() && self.profile.erased_at.is_none();
        Reader {
            account: self.account.id,
            email: self.email().map(str::to_owned),
            language: self.language(),
            letters: Letters { any: self.profile.letters.any && stays, ..self.profile.letters },
        }
    }
}

/// The owner of an account.
pub async fn owner(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Owner>> {
    let Some(account) = accounts::by_id(db, id).await? else { return Ok(None) };
    Ok(Some(Owner { profile: of_account(db, id).await?, account }))
}

/// The resident who asks. Errors: `Unauthenticated` where no account is open, `Forbidden` for staff.
pub async fn resident(db: &impl ConnectionTrait, identity: &Identity) -> Result<Owner> {
    let id = identity.account().ok_or(Error::Unauthenticated)?;
    let owner = owner(db, id).await?.ok_or(Error::Unauthenticated)?;
    match owner.account.kind {
        AccountKind::Resident => Ok(owner),
        AccountKind::Staff => Err(Error::Forbidden),
    }
}

/// The resident with an account. Errors: `NotFound` for everybody else.
pub async fn resident_with(db: &impl ConnectionTrait, id: AccountId) -> Result<Owner> {
    let found = owner(db, id).await?;
    found.filter(|owner| owner.account.kind == AccountKind::Resident).ok_or(Error::NotFound)
}

/// Changes what a resident says; a new address gets a letter first, whose link is made by `url`.
/// Errors: `Unauthenticated`, `Forbidden`, `Invalid` per field, `Conflict` for what has changed since.
pub async fn update(
    tx: &Tx,
    identity: &Identity,
    input: UpdateProfileInput,
    url: impl Fn(&str) -> String,
) -> Result<Owner> {
    let mut owner = resident(tx, identity).await?;
    must_be_as_read(owner.profile.revision, input.expected_version)?;
    let districts: Vec<i32> = units::districts(tx).await?.iter().map(|one| one.number).collect();
    owner.profile = rules::changed(&owner.profile, &input, &districts).map_err(Error::Invalid)?;
    match addresses::wish(&owner, &input.email) {
        addresses::Wish::Nothing => {}
        addresses::Wish::Providers => {
            addresses::withdraw(tx, owner.account.id).await?;
            owner.profile.email = None;
        }
        addresses::Wish::Other(email) => addresses::ask(tx, &owner, email, url).await?,
    }
    keep(tx, owner.profile.clone()).await.map(|profile| Owner { profile, ..owner })
}

/// Ends all letters about reports to the owner of an account; harmless when repeated.
pub async fn end_letters(tx: &Tx, id: AccountId) -> Result<()> {
    let Some(owner) = owner(tx, id).await? else { return Err(Error::NotFound) };
    if owner.profile.letters.any {
        let letters = Letters { any: false, ..owner.profile.letters };
        keep(tx, Profile { letters, ..owner.profile }).await?;
    }
    Ok(())
}

/// Notes up to when a resident has seen the own timeline; never back. Errors: as `resident`.
pub async fn mark_seen(tx: &Tx, identity: &Identity) -> Result<Owner> {
    let owner = resident(tx, identity).await?;
    // What was seen is no change of what the person says, so the version stays.
    let profile = Profile { seen_at: Some(tx.now()), ..owner.profile };
    let alone = OnConflict::column(profile::Column::AccountId)
        .update_column(profile::Column::SeenAt)
        .to_owned();
    put(tx, profile.clone(), alone).await?;
    Ok(Owner { profile, ..owner })
}

/// Up to when the owner of an account has seen the own timeline.
pub async fn seen_at(
    db: &impl ConnectionTrait,
    id: Option<AccountId>,
) -> Result<Option<DateTime<Utc>>> {
    match id {
        Some(id) => Ok(of_account(db, id).await?.seen_at),
        None => Ok(None),
    }
}

/// The owners of these accounts as readers of letters, in no order; in two queries.
pub async fn readers(db: &impl ConnectionTrait, ids: Vec<AccountId>) -> Result<Vec<Reader>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let profiles = profile::Entity::find()
        .filter(profile::Column::AccountId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    let mut profiles: HashMap<_, _> =
        profiles.into_iter().map(|profile| (profile.account_id.0, profile)).collect();
    let found = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(db).await?;
    let owner = |account: Account| Owner {
        profile: profiles.remove(&account.id.0).unwrap_or_else(|| Profile::of(account.id)),
        account,
    };
    Ok(found.into_iter().map(owner).map(Owner::reader).collect())
}

/// Takes a person out of a profile: the row tells when that was, and nothing else.
pub(super) async fn empty(tx: &Tx, id: AccountId) -> Result<()> {
    let revision = of_account(tx, id).await?.revision + 1;
    profile::Entity::delete_by_id(id).exec(tx).await?;
    let row = Profile { erased_at: Some(tx.now()), revision, ..Profile::of(id) };
    profile::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// What the owner of an account has said; nothing where there is no row.
pub(super) async fn of_account(db: &impl ConnectionTrait, id: AccountId) -> Result<Profile> {
    let known = profile::Entity::find_by_id(id).one(db).await?;
    Ok(known.unwrap_or_else(|| Profile::of(id)))
}

/// Writes a profile as its next version. Errors: `Conflict` when somebody else was quicker.
pub(super) async fn keep(tx: &Tx, profile: Profile) -> Result<Profile> {
    use profile::Column::*;
    let read = profile.revision;
    let profile = Profile { revision: read + 1, ..profile };
    let as_read = Expr::col((profile::Entity, Revision)).eq(read);
    let next = OnConflict::column(AccountId)
        .update_columns([Name, Email, Lang, Phone, Districts, Letters, EraseAt, Revision])
        .action_and_where(as_read)
        .to_owned();
    match put(tx, profile.clone(), next).await? {
        0 => Err(Problem::stale(read, read + 1).into()),
        _ => Ok(profile),
    }
}

async fn put(tx: &Tx, profile: Profile, otherwise: OnConflict) -> Result<u64> {
    let row = profile.into_active_model().reset_all();
    let written = profile::Entity::insert(row).on_conflict(otherwise);
    Ok(written.exec_without_returning(tx).await?)
}
