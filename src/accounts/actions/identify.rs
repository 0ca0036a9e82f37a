//! Who sent a request.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};

use crate::{
    accounts::{
        entity::{Account, AccountId, Session, SessionId, Token, TokenId, account, session, token},
        rules,
    },
    actor::{AccountKind, Actor, Client, Scope, Staff},
    config::{Config, Profile},
    db::Tx,
    error::{Error, Result},
    ids,
};

/// The longest secret that is looked at.
const SECRET_BYTES_MAX: usize = 200;

/// Who sent a request, and what has shown it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Who.
    pub actor: Actor,
    /// What has shown it.
    pub proof: Proof,
}

/// What shows who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Nothing, or a development token, which nothing can end.
    Lasting,
    /// A session; browsers show it by themselves, whoever has written the page.
    Session {
        /// The session.
        id: SessionId,
        /// The account that it opens.
        account: AccountId,
        /// When its use was last written.
        used_at: DateTime<Utc>,
    },
    /// An access token.
    Token {
        /// The token.
        id: TokenId,
        /// When its use was last written.
        used_at: Option<DateTime<Utc>>,
    },
}

/// What a request shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown<'a> {
    /// The `Authorization` header.
    pub authorization: Option<&'a str>,
    /// The secret of a session, from the cookie.
    pub session: Option<&'a str>,
}

impl Identity {
    /// Somebody who has shown nothing.
    pub fn anyone() -> Self {
        Self { actor: Actor::Anyone, proof: Proof::Lasting }
    }

    /// The account that is open.
    pub fn account(&self) -> Option<AccountId> {
        match self.proof {
            Proof::Session { account, .. } => Some(account),
            Proof::Lasting | Proof::Token { .. } => None,
        }
    }

    /// The session that opens it.
    pub fn session(&self) -> Option<SessionId> {
        match self.proof {
            Proof::Session { id, .. } => Some(id),
            Proof::Lasting | Proof::Token { .. } => None,
        }
    }

    /// Whether its use is to be written.
    pub fn is_stale(&self, now: DateTime<Utc>) -> bool {
        match self.proof {
            Proof::Lasting => false,
            Proof::Session { used_at, .. } => rules::is_stale(used_at, now),
            Proof::Token { used_at, .. } => used_at.is_none_or(|at| rules::is_stale(at, now)),
        }
    }
}

/// Who sent a request. A token that is not valid is refused, so that nobody takes a failed sign-in for
/// an empty answer; a session that has ended is no session, because browsers go on showing it.
pub async fn identify(
    db: &impl ConnectionTrait,
    config: &Config,
    profile: Profile,
    shown: Shown<'_>,
    now: DateTime<Utc>,
) -> Result<Identity> {
    if let Some(header) = shown.authorization {
        let (scheme, secret) = header.split_once(' ').ok_or(Error::Unauthenticated)?;
        let secret = secret.trim();
        if !scheme.eq_ignore_ascii_case("bearer") || secret.len() > SECRET_BYTES_MAX {
            return Err(Error::Unauthenticated);
        }
        if secret.starts_with(rules::TOKEN_PREFIX) {
            return by_token(db, secret, now).await?.ok_or(Error::Unauthenticated);
        }
        let actor = rules::development(secret).filter(|_| profile == Profile::Dev);
        let actor = actor.ok_or(Error::Unauthenticated)?;
        return Ok(Identity { actor, proof: Proof::Lasting });
    }
    let Some(secret) = shown.session.filter(|secret| secret.len() <= SECRET_BYTES_MAX) else {
        return Ok(Identity::anyone());
    };
    let known = session::Entity::find().filter(session::Column::Digest.eq(ids::digest(secret)));
    let opened = match known.one(db).await? {
        Some(session) => by_session(db, config, profile, session, now).await?,
        None => None,
    };
    Ok(opened.unwrap_or_else(Identity::anyone))
}

/// Whether what was shown before still shows the same: a subscription lasts longer than a request.
pub async fn is_still(
    db: &impl ConnectionTrait,
    config: &Config,
    identity: &Identity,
    now: DateTime<Utc>,
) -> Result<bool> {
    let known = match identity.proof {
        Proof::Lasting => return Ok(true),
        Proof::Session { id, .. } => match session::Entity::find_by_id(id).one(db).await? {
            Some(session) => by_session(db, config, config.profile, session, now).await?,
            None => None,
        },
        Proof::Token { id, .. } => {
            let token = token::Entity::find_by_id(id).one(db).await?;
            of_token(db, token, now).await?
        }
    };
    Ok(known.is_some_and(|known| known.actor == identity.actor))
}

/// Writes that a session or a token is in use.
pub async fn touch(tx: &Tx, identity: &Identity) -> Result<()> {
    match identity.proof {
        Proof::Lasting => {}
        Proof::Session { id, .. } => {
            session::Entity::update_many()
                .col_expr(session::Column::UsedAt, Expr::val(tx.now()))
                .filter(session::Column::Id.eq(id).and(session::Column::EndedAt.is_null()))
                .exec(tx)
                .await?;
        }
        Proof::Token { id, .. } => {
            token::Entity::update_many()
                .col_expr(token::Column::UsedAt, Expr::val(tx.now()))
                .filter(token::Column::Id.eq(id))
                .exec(tx)
                .await?;
        }
    }
    Ok(())
}

async fn by_token(
    db: &impl ConnectionTrait,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<Option<Identity>> {
    let known = token::Entity::find().filter(token::Column::Digest.eq(ids::digest(secret)));
    of_token(db, known.one(db).await?, now).await
}

/// The application of a token that is in force, and for which somebody answers.
async fn of_token(
    db: &impl ConnectionTrait,
    token: Option<Token>,
    now: DateTime<Utc>,
) -> Result<Option<Identity>> {
    let in_force = |token: &Token| token.revoked_at.is_none() && now < token.expires_at;
    let Some(token) = token.filter(in_force) else { return Ok(None) };
    if let Some(owner) = token.owner {
        let account = account::Entity::find_by_id(owner).one(db).await?;
        if account.is_none_or(|account| account.role.is_none()) {
            return Ok(None);
        }
    }
    let scopes = token.scopes.0.iter().filter_map(|word| Scope::of_word(word)).collect();
    let client = Client { handle: format!("client:{}", token.name), scopes };
    let proof = Proof::Token { id: token.id, used_at: token.used_at };
    Ok(Some(Identity { actor: Actor::Client(client), proof }))
}

async fn by_session(
    db: &impl ConnectionTrait,
    config: &Config,
    profile: Profile,
    session: Session,
    now: DateTime<Utc>,
) -> Result<Option<Identity>> {
    let Some(account) = account::Entity::find_by_id(session.account_id).one(db).await? else {
        return Ok(None);
    };
    let open = rules::is_open(&session, account.kind, now)
        && is_taken_at_its_word(config, profile, &account.provider);
    let proof = Proof::Session { id: session.id, account: account.id, used_at: session.used_at };
    Ok(actor_of(account).filter(|_| open).map(|actor| Identity { actor, proof }))
}

/// Whether the one who vouched for an account may still do that.
fn is_taken_at_its_word(config: &Config, profile: Profile, provider: &str) -> bool {
    match provider {
        "dev" => profile == Profile::Dev && config.providers.is_empty(),
        "e-mail" => true,
        name => config.providers.iter().any(|known| known.name == name),
    }
}

/// The actor of an account; staff without a role is nobody.
fn actor_of(account: Account) -> Option<Actor> {
    match account.kind {
        AccountKind::Resident => Some(Actor::Resident(account.id.0.to_string())),
        AccountKind::Staff => {
            let (role, name) = (account.role?, account.handle?);
            Some(Actor::Staff(Staff { name, role, unit: account.unit }))
        }
    }
}
