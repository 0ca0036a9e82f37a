//! Sessions: begun, listed, ended.

use sea_orm::{
    ActiveEnum, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use crate::{
    accounts::{
        actions::{Identity, accounts},
        entity::{Account, AccountId, EndedWhy, Session, SessionId, account, session},
        rules::{self, Person},
    },
    actor::{AccountKind, Actor},
    audit::{Act, Record},
    db::Tx,
    error::{Error, Result},
    events::{Event, Kind, Subject},
    ids,
    permissions::{NO_UNIT, Permission},
};

/// The browser in which somebody signs in.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// What it says of itself.
    pub agent: Option<String>,
    /// The secret of the session that it showed before.
    pub session: Option<String>,
}

/// A session that has begun.
pub struct Opened {
    /// The secret, which is kept nowhere but in the browser.
    pub secret: String,
    /// The account that it opens.
    pub account: Account,
}

/// Signs a person in: the account is made or brought to date, a new session begins, and the one that
/// the browser had ends, so that nobody can have put it there.
pub async fn open(
    tx: &Tx,
    person: &Person,
    kind: AccountKind,
    browser: &Browser,
) -> Result<Opened> {
    let account = accounts::of_person(tx, person, kind).await?;
    if let Some(old) = &browser.session {
        let which = session::Column::Digest.eq(ids::digest(old));
        end_where(tx, Condition::all().add(which), EndedWhy::Replaced).await?;
    }
    make_room(tx, &account).await?;
    let secret = ids::token();
    let session = Session {
        id: SessionId(ids::new(tx.now())),
        digest: ids::digest(&secret),
        account_id: account.id,
        created_at: tx.now(),
        used_at: tx.now(),
        expires_at: rules::expires_at(kind, tx.now()),
        agent: rules::shortened_agent(browser.agent.as_deref()),
        provider_sid: person.sid.clone(),
        ended_at: None,
        ended_why: None,
    };
    let row = session.into_active_model();
    session::Entity::insert(row).exec_without_returning(tx).await?;
    let ids = vec![account.id.0];
    tx.emit(&Actor::System, Event { kind: Kind::SignedIn, subject: Subject::Account, ids });
    accounts::record(tx, &Actor::System, &account, Act::SignedIn, accounts::duty(&account));
    Ok(Opened { secret, account })
}

/// The sessions of the caller that are open, newest first; none without an account.
pub async fn mine(
    db: &impl ConnectionTrait,
    identity: &Identity,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Vec<Session>> {
    let Some(id) = identity.account() else { return Ok(Vec::new()) };
    let Some(account) = accounts::by_id(db, id).await? else { return Ok(Vec::new()) };
    open_sessions(db, &account, now).await
}

/// Ends the session of the caller; gives the account that it had open.
pub async fn sign_out(tx: &Tx, identity: &Identity) -> Result<Option<Account>> {
    let (Some(account), Some(session)) = (identity.account(), identity.session()) else {
        return Ok(None);
    };
    let which = session::Column::Id.eq(session);
    end(tx, &identity.actor, account, Condition::all().add(which), EndedWhy::SignedOut).await?;
    accounts::by_id(tx, account).await
}

/// Ends one of the caller's sessions. Errors: `Unauthenticated`, `NotFound` for all others.
pub async fn end_one(tx: &Tx, identity: &Identity, session: Option<SessionId>) -> Result<()> {
    let account = identity.account().ok_or(Error::Unauthenticated)?;
    let session = session.ok_or(Error::NotFound)?;
    let found = session::Entity::find_by_id(session).one(tx).await?;
    if found.is_none_or(|found| found.account_id != account) {
        return Err(Error::NotFound);
    }
    let which = session::Column::Id.eq(session);
    end(tx, &identity.actor, account, Condition::all().add(which), EndedWhy::Elsewhere).await
}

/// Ends all sessions of the caller but the present one. Errors: `Unauthenticated`.
pub async fn end_others(tx: &Tx, identity: &Identity) -> Result<()> {
    let account = identity.account().ok_or(Error::Unauthenticated)?;
    end_all(tx, &identity.actor, account, identity.session(), EndedWhy::Elsewhere).await
}

/// Ends all sessions of an account. Errors: `Unauthenticated`, `Forbidden`, `NotFound`.
pub async fn end_of_account(tx: &Tx, actor: &Actor, account: AccountId) -> Result<Account> {
    actor.must(Permission::ManageAccounts, NO_UNIT)?;
    let found = accounts::by_id(tx, account).await?.ok_or(Error::NotFound)?;
    end_all(tx, actor, account, None, EndedWhy::Administrator).await?;
    Ok(found)
}

/// Ends what a provider says has ended: the session of its name, or all of a person.
pub(super) async fn end_by_provider(
    tx: &Tx,
    provider: &str,
    subject: Option<&str>,
    sid: Option<&str>,
) -> Result<()> {
    let mut whose = Condition::all().add(account::Column::Provider.eq(provider));
    if let Some(subject) = subject {
        whose = whose.add(account::Column::Subject.eq(subject));
    }
    if let Some(sid) = sid {
        let named = session::Entity::find().filter(session::Column::ProviderSid.eq(sid));
        let accounts = named.all(tx).await?.into_iter().map(|session| session.account_id);
        whose = whose.add(account::Column::Id.is_in(accounts));
    }
    for account in account::Entity::find().filter(whose).all(tx).await? {
        let mut which = Condition::all().add(session::Column::AccountId.eq(account.id));
        if let Some(sid) = sid {
            which = which.add(session::Column::ProviderSid.eq(sid));
        }
        end(tx, &Actor::System, account.id, which, EndedWhy::Provider).await?;
    }
    Ok(())
}

/// Ends the sessions of an account, but for one that is to stay.
pub(super) async fn end_all(
    tx: &Tx,
    actor: &Actor,
    account: AccountId,
    but: Option<SessionId>,
    why: EndedWhy,
) -> Result<()> {
    let mut which = Condition::all().add(session::Column::AccountId.eq(account));
    if let Some(but) = but {
        which = which.add(session::Column::Id.ne(but));
    }
    end(tx, actor, account, which, why).await
}

async fn end(
    tx: &Tx,
    actor: &Actor,
    account: AccountId,
    which: Condition,
    why: EndedWhy,
) -> Result<()> {
    if end_where(tx, which, why).await? > 0 {
        let ids = vec![account.0];
        tx.emit(actor, Event { kind: Kind::SignedOut, subject: Subject::Account, ids });
        let ended = Record::of(actor, Act::SessionsEnded).on(Subject::Account, account.0);
        tx.record(ended.detail(why.to_value()));
    }
    Ok(())
}

async fn end_where(tx: &Tx, which: Condition, why: EndedWhy) -> Result<u64> {
    let ended = session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::val(tx.now()))
        .col_expr(session::Column::EndedWhy, Expr::val(why))
        .filter(which.add(session::Column::EndedAt.is_null()));
    Ok(ended.exec(tx).await?.rows_affected)
}

/// The sessions of an account that are remembered, ended ones too, newest first.
pub async fn of_account(
    db: &impl ConnectionTrait,
    account: AccountId,
    max: u64,
) -> Result<Vec<Session>> {
    Ok(session::Entity::find()
        .filter(session::Column::AccountId.eq(account))
        .order_by_desc(session::Column::CreatedAt)
        .limit(max)
        .all(db)
        .await?)
}

async fn open_sessions(
    db: &impl ConnectionTrait,
    account: &Account,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Vec<Session>> {
    let of_account = session::Column::AccountId
        .eq(account.id)
        .and(session::Column::EndedAt.is_null())
        .and(session::Column::ExpiresAt.gt(now));
    let newest_first = session::Entity::find()
        .filter(of_account)
        .order_by_desc(session::Column::CreatedAt)
        .order_by_desc(session::Column::Id);
    let mut open = newest_first.all(db).await?;
    open.retain(|session| rules::is_open(session, account.kind, now));
    Ok(open)
}

async fn make_room(tx: &Tx, account: &Account) -> Result<()> {
    let open = open_sessions(tx, account, tx.now()).await?;
    let old = open.iter().skip(rules::SESSIONS_MAX - 1).map(|session| session.id);
    let which = session::Column::Id.is_in(old);
    end_where(tx, Condition::all().add(which), EndedWhy::TooMany).await?;
    Ok(())
}
