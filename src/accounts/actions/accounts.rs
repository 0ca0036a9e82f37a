//! Accounts: made at the first sign-in, brought to date at each.

use std::collections::HashMap;

use sea_orm::{
    ActiveEnum, ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::{
    accounts::{
        actions::{sessions, tokens},
        entity::{Account, AccountId, EndedWhy, account},
        rules::{self, Person},
    },
    actor::{AccountKind, Actor},
    audit::{Act, Record},
    db::Tx,
    error::{Error, Result},
    events::Subject,
    ids,
    page::{Page, PageRequest},
    permissions::{NO_UNIT, Permission, Reach},
    words,
};

/// The cursor's name of the list of accounts.
const LIST: &str = "accounts";
/// Handles that are tried before one is given up.
const HANDLES_MAX: usize = 1_000;

/// The account of a person, made or brought to date.
pub(super) async fn of_person(tx: &Tx, person: &Person, kind: AccountKind) -> Result<Account> {
    let known = find(tx, person).await?;
    let is_new = known.is_none();
    let mut account = match known {
        Some(account) => account,
        None => Account {
            id: AccountId(ids::new(tx.now())),
            provider: person.provider.clone(),
            subject: person.subject.clone(),
            kind,
            handle: None,
            name: String::new(),
            email: None,
            role: None,
            unit: None,
            acr: None,
            lang: String::new(),
            created_at: tx.now(),
            signed_in_at: tx.now(),
        },
    };
    let before = duty(&account);
    let (role, unit) = person.role.clone().unzip();
    account.kind = kind;
    account.name.clone_from(&person.name);
    account.email.clone_from(&person.email);
    (account.role, account.unit) = (role, unit.flatten());
    account.acr.clone_from(&person.acr);
    account.lang = words::tag(person.lang).to_owned();
    account.signed_in_at = tx.now();
    if kind == AccountKind::Staff && account.handle.is_none() {
        account.handle = Some(free_handle(tx, person).await?);
    }
    let row = account.clone().into_active_model().reset_all();
    match is_new {
        true => account::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())?,
        false => account::Entity::update(row).exec(tx).await.map(|_| ())?,
    }
    if !is_new && duty(&account) != before {
        record(tx, &Actor::System, &account, Act::RoleChanged, duty(&account));
    }
    Ok(account)
}

/// A member of staff to whom the provider gives no role any more: what is open is ended.
pub async fn refuse(tx: &Tx, person: &Person) -> Result<()> {
    let Some(account) = find(tx, person).await? else { return Ok(()) };
    let mut row = account.clone().into_active_model();
    (row.role, row.unit) = (Set(None), Set(None));
    account::Entity::update(row).exec(tx).await?;
    if account.role.is_some() {
        record(tx, &Actor::System, &account, Act::RoleChanged, None);
    }
    tokens::end_tokens_of(tx, account.id).await?;
    sessions::end_all(tx, &Actor::System, account.id, None, EndedWhy::RoleLost).await
}

/// What a member of staff does and where, as the audit names it: `OFFICER ZDMK`.
pub(super) fn duty(account: &Account) -> Option<String> {
    let unit = account.unit.as_deref().unwrap_or_default();
    account.role.map(|role| format!("{} {unit}", role.to_value()).trim_end().to_owned())
}

/// What members of staff do and where, by their handles, as far as it is known.
pub async fn duties(
    db: &impl ConnectionTrait,
    handles: Vec<String>,
) -> Result<HashMap<String, String>> {
    let known = account::Entity::find().filter(account::Column::Handle.is_in(handles)).all(db);
    let duty = |account: Account| Some((account.handle.clone()?, duty(&account)?));
    Ok(known.await?.into_iter().filter_map(duty).collect())
}

/// Writes into the audit what was done with an account.
pub(super) fn record(tx: &Tx, actor: &Actor, account: &Account, act: Act, detail: Option<String>) {
    let record = Record::of(actor, act).on(Subject::Account, account.id.0);
    tx.record(match detail {
        Some(detail) => record.detail(detail),
        None => record,
    });
}

/// A page of accounts, newest first. Errors: `Unauthenticated`, `Forbidden`.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    page: &PageRequest,
) -> Result<Page<Account>> {
    actor.must(Permission::ManageAccounts, NO_UNIT)?;
    let size = page.size()?;
    let mut query = account::Entity::find();
    if let Some(after) = page.after_key(LIST)? {
        let after = Uuid::parse_str(&after).map_err(|_| Error::BadRequest("bad-cursor".into()))?;
        query = query.filter(account::Column::Id.lt(AccountId(after)));
    }
    let query = query.order_by_desc(account::Column::Id).limit(size as u64 + 1);
    Ok(Page::cut(query.all(db).await?, size, LIST, |account| account.id.0.to_string()))
}

/// Those of these accounts that the actor may see.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<Vec<Account>> {
    if actor.reach(Permission::ManageAccounts) == Reach::Nothing {
        return Ok(Vec::new());
    }
    let which = account::Column::Id.is_in(ids.iter().copied().map(AccountId));
    Ok(account::Entity::find().filter(which).all(db).await?)
}

/// The account that the caller has open.
pub async fn by_id(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Account>> {
    Ok(account::Entity::find_by_id(id).one(db).await?)
}

async fn find(db: &impl ConnectionTrait, person: &Person) -> Result<Option<Account>> {
    let who = account::Column::Provider
        .eq(&person.provider)
        .and(account::Column::Subject.eq(&person.subject));
    Ok(account::Entity::find().filter(who).one(db).await?)
}

/// A handle that nobody has had. Those who develop are known by their token, signed in or not.
async fn free_handle(tx: &Tx, person: &Person) -> Result<String> {
    if person.provider == "dev" {
        return Ok(person.subject.clone());
    }
    for number in 1..=HANDLES_MAX {
        let handle = rules::handle(person, number);
        let taken = account::Entity::find().filter(account::Column::Handle.eq(&handle));
        if taken.one(tx).await?.is_none() {
            return Ok(handle);
        }
    }
    Err(Error::internal("no handle is free"))
}
