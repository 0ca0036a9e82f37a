//! Mutations on cards: each opens the door, calls its action, and wraps the answer.

use async_graphql::{Context, Object};

use crate::{
    cards::{
        actions::{self, CardState},
        entity::{
            CreateServiceCardInput, EditServiceCardInput, PublishServiceCardInput,
            ServiceCardStepInput,
        },
        graphql::CardObject,
    },
    graphql::{ContextExt, Nullable, payloads},
};

payloads!(
    service_card: CardObject = "The card as it is now; null when the step was refused.",
    CardState: |ctx, found| Some(CardObject::new(found.listed(), ctx.lang()));
    /// The answer of `createServiceCard`.
    CreateServiceCardPayload,
    /// The answer of `editServiceCard`.
    EditServiceCardPayload,
    /// The answer of `submitServiceCard`.
    SubmitServiceCardPayload,
    /// The answer of `returnServiceCard`.
    ReturnServiceCardPayload,
    /// The answer of `approveServiceCard`.
    ApproveServiceCardPayload,
    /// The answer of `publishServiceCard`.
    PublishServiceCardPayload,
    /// The answer of `withdrawServiceCard`.
    WithdrawServiceCardPayload,
);

/// Mutations on cards.
#[derive(Default)]
pub struct CardMutations;

#[Object]
impl CardMutations {
    /// Makes a card with a first draft (DRAFT). Refused with TAKEN, INVALID, REQUIRED or UNKNOWN per
    /// field. Editors and publishers; coordinators for their own unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn create_service_card(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new card.")] input: CreateServiceCardInput,
    ) -> Nullable<CreateServiceCardPayload> {
        let outcome = ctx.write(async |tx| actions::create(tx, ctx.actor(), input).await).await;
        Some(CreateServiceCardPayload::of(ctx, outcome))
    }

    /// Writes the draft of a card, or makes one beside the live version (DRAFT). Refused with CONFLICT
    /// when the card has changed since, or its working version is no draft. Editors and publishers;
    /// coordinators for their own unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn edit_service_card(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new content.")] input: EditServiceCardInput,
    ) -> Nullable<EditServiceCardPayload> {
        let outcome = ctx.write(async |tx| actions::edit(tx, ctx.actor(), input).await).await;
        Some(EditServiceCardPayload::of(ctx, outcome))
    }

    /// Sends the draft to review: DRAFT to IN_REVIEW. Refused with CONFLICT. Editors and publishers; coordinators for their own unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn submit_service_card(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which card.")] input: ServiceCardStepInput,
    ) -> Nullable<SubmitServiceCardPayload> {
        let outcome = ctx.write(async |tx| actions::submit(tx, ctx.actor(), input).await).await;
        Some(SubmitServiceCardPayload::of(ctx, outcome))
    }

    /// Gives a version back to its author: IN_REVIEW or APPROVED to DRAFT. Refused with CONFLICT.
    /// Publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn return_service_card(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which card.")] input: ServiceCardStepInput,
    ) -> Nullable<ReturnServiceCardPayload> {
        let outcome =
            ctx.write(async |tx| actions::return_to_draft(tx, ctx.actor(), input).await).await;
        Some(ReturnServiceCardPayload::of(ctx, outcome))
    }

    /// Approves a version that somebody else wrote: IN_REVIEW to APPROVED. Refused with CONFLICT, and
    /// with NOT_ALLOWED for one's own. Publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn approve_service_card(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which card.")] input: ServiceCardStepInput,
    ) -> Nullable<ApproveServiceCardPayload> {
        let outcome = ctx.write(async |tx| actions::approve(tx, ctx.actor(), input).await).await;
        Some(ApproveServiceCardPayload::of(ctx, outcome))
    }

    /// Makes an approved version that somebody else wrote live, at once or on its day: APPROVED to
    /// PUBLISHED, and what was live to SUPERSEDED. Refused with CONFLICT, NOT_ALLOWED, or REQUIRED for
    /// each part that is missing. Publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn publish_service_card(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which card, and from which day.")] input: PublishServiceCardInput,
    ) -> Nullable<PublishServiceCardPayload> {
        let outcome = ctx.write(async |tx| actions::publish(tx, ctx.actor(), input).await).await;
        Some(PublishServiceCardPayload::of(ctx, outcome))
    }

    /// Takes the live version of a card down: PUBLISHED to WITHDRAWN. A version that
    /// waits for its day stays, but no longer goes live by itself. Refused with CONFLICT. Publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn withdraw_service_card(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which card.")] input: ServiceCardStepInput,
    ) -> Nullable<WithdrawServiceCardPayload> {
        let outcome = ctx.write(async |tx| actions::withdraw(tx, ctx.actor(), input).await).await;
        Some(WithdrawServiceCardPayload::of(ctx, outcome))
    }
}
