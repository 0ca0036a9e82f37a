//! How residents change what they say of themselves.

use async_graphql::{Context, Object};

use crate::{
    accounts::{
        actions::{self, Owner},
        entity::UpdateProfileInput,
        graphql::MeObject,
    },
    graphql::{ContextExt, Nullable, payloads},
};

payloads!(
    me: MeObject = "You as you are now; null when the step was refused.",
    Owner: |ctx, owner| MeObject::of(ctx.actor(), Some(owner));
    /// The answer of `updateProfile`.
    UpdateProfilePayload,
);

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
}
