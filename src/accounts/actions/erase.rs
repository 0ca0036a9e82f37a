//! An account without its person: the row stays, so that what points to it points to somebody who is gone.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, Set,
};

use crate::{
    accounts::{
        actions::{accounts, addresses, profiles, profiles::Owner, sessions},
        entity::{Account, AccountId, EndedWhy, link, session},
    },
    actor::{AccountKind, Actor},
    db::Tx,
    error::{Error, Problem, ProblemCode, Result},
    outbox::{self, Recipient},
};

/// The provider of those who were erased, which vouches for nobody.
const ERASED: &str = "erased";

/// Takes a resident out of an account: name, address and subject are gone, sessions and links too; whoever
/// signs in again begins anew. Gives the account as it was; `None` when that was done before. Errors:
/// `NotFound`, `Invalid` for staff, whose handle stands in histories.
pub async fn erase(tx: &Tx, actor: &Actor, id: AccountId) -> Result<Option<Account>> {
    let found = accounts::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    if found.kind == AccountKind::Staff {
        return Err(Problem::at("account", ProblemCode::NotAllowed, "staff-stays").into());
    }
    if found.provider == ERASED {
        return Ok(None);
    }
    sessions::end_all(tx, actor, id, None, EndedWhy::Administrator).await?;
    session::Entity::delete_many().filter(session::Column::AccountId.eq(id)).exec(tx).await?;
    let owner = Owner { profile: profiles::of_account(tx, id).await?, account: found };
    let email = owner.email().map(str::to_owned);
    let found = owner.account;
    outbox::forget_to(tx, &[Recipient::Account(id.0)]).await?;
    addresses::forget(tx, id).await?;
    profiles::empty(tx, id).await?;
    for email in [&email, &found.email].into_iter().flatten() {
        let links = Condition::all().add(link::Column::Email.eq(email));
        link::Entity::delete_many().filter(links).exec(tx).await?;
        outbox::forget_to(tx, &[Recipient::Address(email.clone())]).await?;
    }
    let mut row = found.clone().into_active_model();
    row.provider = Set(ERASED.to_owned());
    row.subject = Set(id.0.to_string());
    row.name = Set(String::new());
    (row.email, row.acr) = (Set(None), Set(None));
    row.update(tx).await?;
    // The address that letters went to is the one to forget elsewhere.
    Ok(Some(Account { email, ..found }))
}
