//! How residents change what they say of themselves.

use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};

use crate::{
    accounts::{
        actions::{self, Owner},
        entity::{DeleteMyAccountInput, UpdateProfileInput},
        graphql::MeObject,
    },
    graphql::{ContextExt, Nullable, UserError, payloads, refusals},
};

payloads!(
    me: MeObject = "You as you are now; null when the step was refused.",
    Owner: |ctx, owner| MeObject::of(ctx.actor(), Some(owner));
    /// The answer of `updateProfile`.
    UpdateProfilePayload,
    /// The answer of `cancelDeletion`.
    CancelDeletionPayload,
);

/// The answer of `deleteMyAccount`.
#[derive(SimpleObject)]
pub struct DeleteMyAccountPayload {
    /// When the account is erased; null when the step was refused.
    erased_from: Option<DateTime<Utc>>,
    /// What to repair; empty when the step was taken.
    errors: Vec<UserError>,
}

/// Mutations on the profile of a resident.
#[derive(Default)]
pub struct ProfileMutations;

#[Object]
impl ProfileMutations {
    /// Changes what you say of yourself, all of it or nothing. A new e-mail address counts when it was
    /// confirmed. Refused per field; CONFLICT at `expectedVersion` when the profile has changed since it
    /// was read. Signed-in residents.
    async fn update_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be different.")] input: UpdateProfileInput,
    ) -> Nullable<UpdateProfilePayload> {
        let caller = ctx.caller();
        let url = |secret: &str| caller.app.links.address(secret);
        let outcome =
            ctx.write(async |tx| actions::update(tx, &caller.identity, input, url).await).await;
        Some(UpdateProfilePayload::of(ctx, outcome))
    }

    /// Gives your account up. At once all your sessions end, this one too, and no letters about reports
    /// go out. After 7 days the account is erased: your reports stay, without you, without how to reach
    /// you, and with a note in the place of what looks like personal data in their texts; what you
    /// support goes on counting. Until then sign in and call `cancelDeletion` to keep it. A letter tells
    /// of both. Refused with NOT_ALLOWED when you signed in more than 5 minutes ago: sign in again;
    /// INVALID at `confirmation`; CONFLICT when it was asked for. Signed-in residents.
    async fn delete_my_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That you mean it.")] input: DeleteMyAccountInput,
    ) -> Nullable<DeleteMyAccountPayload> {
        let identity = &ctx.caller().identity;
        let delete = async |tx: &_| actions::delete(tx, identity, &input.confirmation).await;
        let outcome = refusals(ctx, ctx.write(delete).await);
        Some(outcome.map(|(erased_from, errors)| DeleteMyAccountPayload { erased_from, errors }))
    }

    /// Keeps your account after all. Refused with CONFLICT when its end was not asked for. Signed-in
    /// residents.
    async fn cancel_deletion(&self, ctx: &Context<'_>) -> Nullable<CancelDeletionPayload> {
        let identity = &ctx.caller().identity;
        let outcome = ctx.write(async |tx| actions::cancel_deletion(tx, identity).await).await;
        Some(CancelDeletionPayload::of(ctx, outcome))
    }
}
