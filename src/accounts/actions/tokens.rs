//! Access tokens of applications: made, listed, revoked.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::{
    accounts::{
        actions::Identity,
        entity::{AccountId, ScopeWords, Token, TokenId, account, token},
        rules,
    },
    actor::Actor,
    audit::{Act, Record},
    db::Tx,
    error::{Error, Problem, ProblemCode, Result, is_taken},
    ids,
    page::{Page, PageRequest},
    permissions::{NO_UNIT, Permission},
};

/// The cursor's name of the list of tokens.
const LIST: &str = "access-tokens";
/// Tokens that are listed at once.
const LISTED_MAX: u64 = 1_000;
/// Tokens of one owner that are listed.
pub const OWN_MAX: u64 = 100;

/// A token that is to be made.
#[derive(Clone, Debug)]
pub struct NewToken<'a> {
    /// The name of the application.
    pub name: &'a str,
    /// What it may do, in words.
    pub scopes: Vec<String>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    /// The handle of the member of staff who answers for it; without one, whoever runs the installation.
    pub owner: Option<&'a str>,
}

/// A token, and the handle of its owner.
pub struct Owned {
    /// The token.
    pub token: Token,
    /// Who answers for it.
    pub owner: Option<String>,
}

/// Makes a token, and gives its secret, which is kept nowhere. Errors: `Invalid` per argument.
pub async fn create_token(tx: &Tx, new: NewToken<'_>) -> Result<String> {
    let NewToken { name, scopes, expires_at, owner } = new;
    let mut problems = rules::token_problems(name, &scopes, expires_at, tx.now());
    let owner = match owner {
        Some(handle) => {
            let found = owner_of_handle(tx, handle).await?;
            let unknown = || Problem::at("owner", ProblemCode::Unknown, "token-owner");
            problems.extend(found.is_none().then(unknown));
            found
        }
        None => None,
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let secret = format!("{}{}", rules::TOKEN_PREFIX, ids::token());
    let token = Token {
        id: TokenId(ids::new(tx.now())),
        digest: ids::digest(&secret),
        name: name.to_owned(),
        scopes: ScopeWords(scopes),
        created_at: tx.now(),
        expires_at,
        used_at: None,
        revoked_at: None,
        owner,
    };
    let row = token.into_active_model();
    match token::Entity::insert(row).exec_without_returning(tx).await {
        Err(error) if is_taken(&error) => {
            Err(Problem::at("name", ProblemCode::Taken, "token-taken").into())
        }
        inserted => {
            inserted?;
            tx.record(Record::of(&Actor::System, Act::TokenCreated).detail(name));
            Ok(secret)
        }
    }
}

/// The account of a member of staff who has a role.
async fn owner_of_handle(db: &impl ConnectionTrait, handle: &str) -> Result<Option<AccountId>> {
    let found = account::Entity::find()
        .filter(account::Column::Handle.eq(handle))
        .filter(account::Column::Role.is_not_null());
    Ok(found.one(db).await?.map(|account| account.id))
}

/// All tokens, newest first, without their secrets.
pub async fn list_tokens(db: &impl ConnectionTrait) -> Result<Vec<Owned>> {
    let newest_first = token::Entity::find().order_by_desc(token::Column::Id).limit(LISTED_MAX);
    owned(db, newest_first.all(db).await?).await
}

/// A page of all tokens, newest first. Errors: `Unauthenticated`, `Forbidden`.
pub async fn token_page(
    db: &impl ConnectionTrait,
    actor: &Actor,
    page: &PageRequest,
) -> Result<Page<Owned>> {
    actor.must(Permission::ManageAccounts, NO_UNIT)?;
    let size = page.size()?;
    let mut query = token::Entity::find();
    if let Some(after) = page.after_key(LIST)? {
        let after = Uuid::parse_str(&after).map_err(|_| Error::BadRequest("bad-cursor".into()))?;
        query = query.filter(token::Column::Id.lt(TokenId(after)));
    }
    let query = query.order_by_desc(token::Column::Id).limit(size as u64 + 1);
    let tokens = owned(db, query.all(db).await?).await?;
    Ok(Page::cut(tokens, size, LIST, |owned| owned.token.id.0.to_string()))
}

/// The caller's tokens, newest first; none without an account.
pub async fn own_tokens(db: &impl ConnectionTrait, identity: &Identity) -> Result<Vec<Owned>> {
    let Some(account) = identity.account() else { return Ok(Vec::new()) };
    let mine = token::Entity::find()
        .filter(token::Column::Owner.eq(account))
        .order_by_desc(token::Column::Id)
        .limit(OWN_MAX);
    owned(db, mine.all(db).await?).await
}

/// Ends the token of a name at once, for good. Errors: `NotFound`.
pub async fn revoke_token(tx: &Tx, name: &str) -> Result<()> {
    let found = token::Entity::find()
        .filter(token::Column::Name.eq(name))
        .filter(token::Column::RevokedAt.is_null());
    let token = found.one(tx).await?.ok_or(Error::NotFound)?;
    end(tx, &Actor::System, token).await.map(|_| ())
}

/// Ends a token at once, for good: one of the caller's, or any for administrators. Errors:
/// `Unauthenticated`, `NotFound`, `Invalid` (`Conflict`) for one that was ended before.
pub async fn revoke_one(tx: &Tx, identity: &Identity, id: Option<TokenId>) -> Result<Owned> {
    let (actor, account) = (&identity.actor, identity.account());
    let manages = actor.may(Permission::ManageAccounts, NO_UNIT);
    if account.is_none() && !manages {
        return Err(actor.refused());
    }
    let found = token::Entity::find_by_id(id.ok_or(Error::NotFound)?).one(tx).await?;
    let is_seen = |token: &Token| manages || (account.is_some() && token.owner == account);
    let token = found.filter(is_seen).ok_or(Error::NotFound)?;
    if token.revoked_at.is_some() {
        return Err(Problem::at("id", ProblemCode::Conflict, "token-revoked").into());
    }
    let token = end(tx, actor, token).await?;
    owned(tx, vec![token]).await?.pop().ok_or(Error::NotFound)
}

/// Ends what an account answers for: it is gone, or has no role any more.
pub async fn end_tokens_of(tx: &Tx, owner: AccountId) -> Result<()> {
    let open = token::Entity::find()
        .filter(token::Column::Owner.eq(owner))
        .filter(token::Column::RevokedAt.is_null());
    for token in open.all(tx).await? {
        end(tx, &Actor::System, token).await?;
    }
    Ok(())
}

async fn end(tx: &Tx, actor: &Actor, token: Token) -> Result<Token> {
    let mut row = token.into_active_model();
    row.revoked_at = Set(Some(tx.now()));
    let token = row.update(tx).await?;
    tx.record(Record::of(actor, Act::TokenRevoked).detail(&token.name));
    Ok(token)
}

/// Tokens with the handles of their owners, in their order.
async fn owned(db: &impl ConnectionTrait, tokens: Vec<Token>) -> Result<Vec<Owned>> {
    let owners = tokens.iter().filter_map(|token| token.owner);
    let found = account::Entity::find().filter(account::Column::Id.is_in(owners)).all(db).await?;
    let mut handles: HashMap<AccountId, Option<String>> = HashMap::new();
    handles.extend(found.into_iter().map(|account| (account.id, account.handle)));
    let owned = |token: Token| {
        let owner = token.owner.and_then(|id| handles.get(&id).cloned().flatten());
        Owned { token, owner }
    };
    Ok(tokens.into_iter().map(owned).collect())
}
