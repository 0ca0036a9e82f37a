//! Mutations on forms: each opens the door, calls its action, and wraps the answer.

use async_graphql::{Context, Object};

use crate::{
    forms::{
        actions::{self, FormState},
        entity::{PublishFormInput, SaveFormDraftInput, WithdrawFormInput},
        graphql::FormObject,
    },
    graphql::{ContextExt, Nullable, payloads},
};

payloads!(
    form: FormObject = "The form as it is now; null when the step was refused.",
    FormState: |ctx, found| Some(FormObject::new(found.listed(), ctx.lang()));
    /// The answer of `saveFormDraft`.
    SaveFormDraftPayload,
    /// The answer of `publishForm`.
    PublishFormPayload,
    /// The answer of `withdrawForm`.
    WithdrawFormPayload,
);

/// Mutations on forms.
#[derive(Default)]
pub struct FormMutations;

#[Object]
impl FormMutations {
    /// Writes the draft of a form: of a new one, or beside the live version (DRAFT). Every mistake of the
    /// definition is refused at its path: names of fields that are not above, fields that nobody can
    /// ever be shown, limits. Editors and publishers; coordinators for their own unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn save_form_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the form is to say.")] input: SaveFormDraftInput,
    ) -> Nullable<SaveFormDraftPayload> {
        let outcome = ctx.write(async |tx| actions::save_draft(tx, ctx.actor(), input).await).await;
        Some(SaveFormDraftPayload::of(ctx, outcome))
    }

    /// Makes a draft that somebody else wrote live: DRAFT to PUBLISHED, and what was live to SUPERSEDED.
    /// Refused with CONFLICT, NOT_ALLOWED for one's own, or REQUIRED for each text that is not
    /// translated and for a clause that is missing. Publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn publish_form(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which form.")] input: PublishFormInput,
    ) -> Nullable<PublishFormPayload> {
        let outcome = ctx.write(async |tx| actions::publish(tx, ctx.actor(), input).await).await;
        Some(PublishFormPayload::of(ctx, outcome))
    }

    /// Takes a form down: PUBLISHED to WITHDRAWN. A draft stays. Refused with CONFLICT. Publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn withdraw_form(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which form.")] input: WithdrawFormInput,
    ) -> Nullable<WithdrawFormPayload> {
        let outcome = ctx.write(async |tx| actions::withdraw(tx, ctx.actor(), input).await).await;
        Some(WithdrawFormPayload::of(ctx, outcome))
    }
}
