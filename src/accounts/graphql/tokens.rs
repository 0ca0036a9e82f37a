//! How access tokens are seen, and ended.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};

use crate::{
    accounts::{
        actions::{self, Owned},
        entity::TokenId,
    },
    graphql::{Connection, ContextExt, Nullable, UserError, refusals},
    ids::{self, NodeKind},
    page::PageRequest,
};

/// An access token in the API.
pub struct AccessTokenObject(pub Owned);

/// The key of an application. Its secret was shown once, when `kontakt token create` made it.
#[Object(name = "AccessToken")]
impl AccessTokenObject {
    /// Opaque id, for `revokeAccessToken`.
    async fn id(&self) -> ID {
        ids::global(NodeKind::AccessToken, self.0.token.id.0).into()
    }

    /// The name of the application.
    async fn name(&self) -> &str {
        &self.0.token.name
    }

    /// What it may do beside reading what is public, such as `reports:file`.
    async fn scopes(&self) -> &[String] {
        &self.0.token.scopes.0
    }

    /// Handle of the member of staff who answers for it; null for one of the installation.
    async fn owner(&self) -> Option<&str> {
        self.0.owner.as_deref()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.token.created_at
    }

    /// When it ends at the latest: a year after it was made.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.0.token.expires_at
    }

    /// When it was last used, to the minute; null for never.
    async fn used_at(&self) -> Option<DateTime<Utc>> {
        self.0.token.used_at
    }

    /// When it was ended before its time.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.token.revoked_at
    }
}

/// Queries on access tokens.
#[derive(Default)]
pub struct TokenQueries;

#[Object]
impl TokenQueries {
    /// The access tokens that you answer for, newest first, at most 100; none when you are not signed in.
    #[graphql(visible = "crate::graphql::staff")]
    async fn my_access_tokens(&self, ctx: &Context<'_>) -> Nullable<Vec<AccessTokenObject>> {
        let mine = actions::own_tokens(ctx.db(), &ctx.caller().identity).await;
        Some(mine.map(|mine| mine.into_iter().map(AccessTokenObject).collect()))
    }

    /// All access tokens, newest first. Administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn access_tokens(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<AccessTokenObject>> {
        let page = actions::token_page(ctx.db(), ctx.actor(), &PageRequest { first, after }).await;
        Some(page.map(|page| Connection::of(page, AccessTokenObject)))
    }
}

/// Which access token ends.
#[derive(InputObject)]
pub struct RevokeAccessTokenInput {
    /// One of `myAccessTokens`; for administrators one of `accessTokens`.
    id: ID,
}

/// The answer of `revokeAccessToken`.
#[derive(SimpleObject)]
pub struct RevokeAccessTokenPayload {
    /// The token; null when the step was refused.
    access_token: Option<AccessTokenObject>,
    /// What to repair; empty when the step was taken.
    errors: Vec<UserError>,
}

/// Mutations on access tokens.
#[derive(Default)]
pub struct TokenMutations;

#[Object]
impl TokenMutations {
    /// Ends an access token at once, for good. NOT_FOUND for those of others; refused with CONFLICT for
    /// one that was ended before. Its owner, and administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn revoke_access_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which token.")] input: RevokeAccessTokenInput,
    ) -> Nullable<RevokeAccessTokenPayload> {
        let token = ids::parse_global_as(NodeKind::AccessToken, &input.id).map(TokenId);
        let identity = &ctx.caller().identity;
        let ended = ctx.write(async |tx| actions::revoke_one(tx, identity, token).await).await;
        let outcome = refusals(ctx, ended);
        Some(outcome.map(|(token, errors)| RevokeAccessTokenPayload {
            access_token: token.map(AccessTokenObject),
            errors,
        }))
    }
}
