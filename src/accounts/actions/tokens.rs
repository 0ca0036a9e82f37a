//! Access tokens of applications: made, listed, revoked.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};

use crate::{
    accounts::{
        entity::{ScopeWords, Token, TokenId, token},
        rules,
    },
    actor::Actor,
    audit::{Act, Record},
    db::Tx,
    error::{Error, Problem, ProblemCode, Result, is_taken},
    ids,
};

/// Tokens that are listed.
const LISTED_MAX: u64 = 1_000;

/// Makes a token, and gives its secret, which is kept nowhere. Errors: `Invalid` per argument.
pub async fn create_token(
    tx: &Tx,
    name: &str,
    scopes: Vec<String>,
    expires_at: DateTime<Utc>,
) -> Result<String> {
    let problems = rules::token_problems(name, &scopes, expires_at, tx.now());
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

/// All tokens, newest first, without their secrets.
pub async fn list_tokens(db: &impl ConnectionTrait) -> Result<Vec<Token>> {
    let newest_first = token::Entity::find().order_by_desc(token::Column::Id).limit(LISTED_MAX);
    Ok(newest_first.all(db).await?)
}

/// Ends the token of a name at once, for good. Errors: `NotFound`.
pub async fn revoke_token(tx: &Tx, name: &str) -> Result<()> {
    let revoked = token::Entity::update_many()
        .col_expr(token::Column::RevokedAt, Expr::val(tx.now()))
        .filter(token::Column::Name.eq(name).and(token::Column::RevokedAt.is_null()))
        .exec(tx)
        .await?;
    if revoked.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    tx.record(Record::of(&Actor::System, Act::TokenRevoked).detail(name));
    Ok(())
}
