//! An account without its person: the row stays, so that what points to it points to somebody who is gone.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, Set,
};

use crate::{
    accounts::{
        actions::{accounts, sessions},
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
    if let Some(email) = &found.email {
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
    Ok(Some(found))
}
