//! A new address: asked for by a letter, and taken when its link was used.

use async_graphql::MaybeUndefined;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, sea_query::Expr,
};

use crate::{
    accounts::{
        actions::profiles::{self, Owner},
        entity::{AccountId, AddressChange, Profile, address_change, address_change::Column},
        rules,
    },
    db::Tx,
    error::{Error, Problem, ProblemCode, Result},
    ids,
    outbox::{self, Letter, Recipient, Template},
    words::Message,
};

/// What is wanted of the address.
pub(super) enum Wish {
    /// It stays.
    Nothing,
    /// The one that the provider has confirmed.
    Providers,
    /// Another one, which is to be confirmed.
    Other(String),
}

/// What a person wants of the address, where that is one.
pub(super) fn wish(owner: &Owner, said: &MaybeUndefined<String>) -> Wish {
    let MaybeUndefined::Value(email) = said else {
        return if said.is_null() { Wish::Providers } else { Wish::Nothing };
    };
    let Some(email) = rules::address(email) else { return Wish::Nothing };
    let is = |known: Option<&str>| known.is_some_and(|known| known.to_lowercase() == email);
    if is(owner.email()) {
        Wish::Nothing
    } else if is(owner.account.email.as_deref()) {
        // The provider has asked already.
        Wish::Providers
    } else {
        Wish::Other(email)
    }
}

/// Puts a letter with a link on its way to a new address, and tells the one until now. Errors:
/// `Invalid` when there were too many.
pub(super) async fn ask(
    tx: &Tx,
    owner: &Owner,
    email: String,
    url: impl Fn(&str) -> String,
) -> Result<()> {
    let hour_ago = tx.now() - TimeDelta::hours(1);
    let whose =
        Condition::any().add(Column::AccountId.eq(owner.account.id)).add(Column::Email.eq(&email));
    let lately =
        address_change::Entity::find().filter(whose).filter(Column::CreatedAt.gt(hour_ago));
    if lately.count(tx).await? >= rules::LINKS_PER_HOUR_MAX {
        let message = Message::new("link-too-many").with("max", rules::LINKS_PER_HOUR_MAX);
        return Err(Problem::at("email", ProblemCode::NotAllowed, message).into());
    }
    let secret = ids::token();
    let row = AddressChange {
        digest: ids::digest(&secret),
        account_id: owner.account.id,
        email: email.clone(),
        created_at: tx.now(),
        used_at: None,
    };
    let minutes = ("minutes", rules::LINK_MINUTES.to_string());
    let letter = Letter {
        to: Recipient::Address(email),
        language: owner.language(),
        template: Template::ConfirmAddress,
        variables: [("link", url(&secret)), minutes.clone()].into(),
        dedup: format!("address:{}", row.digest),
        expires_at: Some(end(row.created_at)),
        event: None,
        subject: None,
    };
    if let Some(until_now) = owner.email() {
        let told = Letter {
            to: Recipient::Address(until_now.to_owned()),
            template: Template::AddressChanges,
            variables: [minutes].into(),
            dedup: format!("address-changes:{}", row.digest),
            expires_at: None,
            ..letter.clone()
        };
        outbox::mail(tx, told).await?;
    }
    withdraw(tx, owner.account.id).await?;
    address_change::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    outbox::mail(tx, letter).await.map(|_| ())
}

/// Lets the links that an account has asked for confirm nothing any more: the last wish counts.
pub(super) async fn withdraw(tx: &Tx, id: AccountId) -> Result<()> {
    address_change::Entity::update_many()
        .col_expr(Column::UsedAt, Expr::val(tx.now()))
        .filter(Column::AccountId.eq(id).and(Column::UsedAt.is_null()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets all addresses that an account has asked for.
pub(super) async fn forget(tx: &Tx, id: AccountId) -> Result<()> {
    let own = Column::AccountId.eq(id);
    address_change::Entity::delete_many().filter(own).exec(tx).await?;
    Ok(())
}

/// Takes an address by the secret of a link; once. Errors: `NotFound` for a link that there is not,
/// that was used or is too old.
pub async fn confirm_address(tx: &Tx, secret: &str) -> Result<()> {
    let digest = ids::digest(secret);
    let unused = Column::Digest.eq(&digest).and(Column::UsedAt.is_null());
    let found = address_change::Entity::find().filter(unused.clone()).one(tx).await?;
    let change = found.filter(|one| tx.now() < end(one.created_at)).ok_or(Error::NotFound)?;
    let used = address_change::Entity::update_many()
        .col_expr(Column::UsedAt, Expr::val(tx.now()))
        .filter(unused);
    // Of two that use it at once, one has.
    if used.exec(tx).await?.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    let owner = profiles::owner(tx, change.account_id).await?.ok_or(Error::NotFound)?;
    if owner.profile.erased_at.is_some() {
        return Err(Error::NotFound);
    }
    profiles::keep(tx, Profile { email: Some(change.email), ..owner.profile }).await.map(|_| ())
}

/// The address of an account that waits for its confirmation.
pub async fn unconfirmed(
    db: &impl ConnectionTrait,
    id: AccountId,
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    let waiting = address_change::Entity::find()
        .filter(Column::AccountId.eq(id).and(Column::UsedAt.is_null()))
        .filter(Column::CreatedAt.gt(now - TimeDelta::minutes(rules::LINK_MINUTES)));
    Ok(waiting.one(db).await?.map(|one| one.email))
}

fn end(created_at: DateTime<Utc>) -> DateTime<Utc> {
    created_at + TimeDelta::minutes(rules::LINK_MINUTES)
}
