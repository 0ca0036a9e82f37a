//! How sessions are ended.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use crate::{
    accounts::{
        actions,
        entity::{AccountId, SessionId},
        graphql::{AccountObject, SessionObject, queries::sessions},
    },
    error::Result,
    graphql::{ContextExt, Nullable, UserError, refusals},
    ids::{self, NodeKind},
};

/// Which session ends.
#[derive(InputObject)]
pub struct EndSessionInput {
    /// One of `mySessions`.
    id: ID,
}

/// Whose sessions end.
#[derive(InputObject)]
pub struct EndSessionsOfInput {
    /// The account.
    account: ID,
}

/// The answer of `endSession`.
#[derive(SimpleObject)]
pub struct EndSessionPayload {
    /// The sessions that are still open; null when the step was refused.
    sessions: Option<Vec<SessionObject>>,
    /// What to repair; empty when the step was taken.
    errors: Vec<UserError>,
}

/// The answer of `endOtherSessions`.
#[derive(SimpleObject)]
pub struct EndOtherSessionsPayload {
    /// The sessions that are still open; null when the step was refused.
    sessions: Option<Vec<SessionObject>>,
    /// What to repair; empty when the step was taken.
    errors: Vec<UserError>,
}

/// The answer of `signOut`.
#[derive(SimpleObject)]
pub struct SignOutPayload {
    /// Where to send the browser to end the session at the provider too; null where there is none.
    provider_url: Option<String>,
    /// What to repair; empty when the step was taken.
    errors: Vec<UserError>,
}

/// The answer of `endSessionsOf`.
#[derive(SimpleObject)]
pub struct EndSessionsOfPayload {
    /// The account; null when the step was refused.
    account: Option<AccountObject>,
    /// What to repair; empty when the step was taken.
    errors: Vec<UserError>,
}

/// Mutations on sessions.
#[derive(Default)]
pub struct AccountMutations;

#[Object]
impl AccountMutations {
    /// Ends one of your sessions at once, with its subscriptions. NOT_FOUND for those of others.
    async fn end_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which session.")] input: EndSessionInput,
    ) -> Nullable<EndSessionPayload> {
        let ended = async {
            let session = ids::parse_global_as(NodeKind::Session, &input.id).map(SessionId);
            let identity = &ctx.caller().identity;
            ctx.write(async |tx| actions::end_one(tx, identity, session).await).await?;
            sessions(ctx).await
        };
        let outcome = refusals(ctx, ended.await);
        Some(outcome.map(|(sessions, errors)| EndSessionPayload { sessions, errors }))
    }

    /// Ends all your sessions but the present one, at once.
    async fn end_other_sessions(&self, ctx: &Context<'_>) -> Nullable<EndOtherSessionsPayload> {
        let ended = async {
            let identity = &ctx.caller().identity;
            ctx.write(async |tx| actions::end_others(tx, identity).await).await?;
            sessions(ctx).await
        };
        let outcome = refusals(ctx, ended.await);
        Some(outcome.map(|(sessions, errors)| EndOtherSessionsPayload { sessions, errors }))
    }

    /// Ends the present session. The cookie that the browser keeps opens nothing any more. Whoever is
    /// not signed in stays as they are.
    async fn sign_out(&self, ctx: &Context<'_>) -> Nullable<SignOutPayload> {
        let caller = ctx.caller();
        let account = ctx.write(async |tx| actions::sign_out(tx, &caller.identity).await).await;
        Some(match refusals(ctx, account) {
            Ok((account, errors)) => {
                let provider_url = match account.flatten() {
                    Some(account) => caller.app.leave(&account.provider).await,
                    None => None,
                };
                Ok(SignOutPayload { provider_url, errors })
            }
            Err(error) => Err(error),
        })
    }

    /// Ends all sessions of an account at once. NOT_FOUND for one that there is not. Administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn end_sessions_of(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account.")] input: EndSessionsOfInput,
    ) -> Nullable<EndSessionsOfPayload> {
        let key = ids::parse_global_as(NodeKind::Account, &input.account);
        let ended: Result<_> = ctx
            .write(async |tx| {
                // Somebody who may not is told so whatever is named.
                let id = AccountId(key.unwrap_or_default());
                actions::end_of_account(tx, ctx.actor(), id).await
            })
            .await;
        let outcome = refusals(ctx, ended);
        Some(outcome.map(|(account, errors)| EndSessionsOfPayload {
            account: account.map(AccountObject),
            errors,
        }))
    }
}
