//! Mutations on rules: each opens the door, calls its action, and wraps the answer.

use async_graphql::{Context, Object, SimpleObject};

use crate::{
    error::Result,
    graphql::{ContextExt, Nullable, UserError, refusals},
    search::taught::{
        actions,
        entity::{
            BestBetContent, DeleteSearchRuleInput, Over, SaveBestBetInput, SaveSynonymInput,
            SynonymContent, Taught,
        },
        graphql::{BestBetObject, SynonymObject},
    },
};

/// The answer of `saveSynonym`.
#[derive(SimpleObject)]
pub struct SaveSynonymPayload {
    /// The synonym as it is now; null when it was refused.
    synonym: Option<SynonymObject>,
    /// What to repair; empty when it was written.
    errors: Vec<UserError>,
}

/// The answer of `deleteSynonym`.
#[derive(SimpleObject)]
pub struct DeleteSynonymPayload {
    /// What was deleted; save it again to undo.
    synonym: Option<SynonymObject>,
    /// What to repair; empty when it was deleted.
    errors: Vec<UserError>,
}

/// The answer of `saveBestBet`.
#[derive(SimpleObject)]
pub struct SaveBestBetPayload {
    /// The best bet as it is now; null when it was refused.
    best_bet: Option<BestBetObject>,
    /// What to repair; empty when it was written.
    errors: Vec<UserError>,
}

/// The answer of `deleteBestBet`.
#[derive(SimpleObject)]
pub struct DeleteBestBetPayload {
    /// What was deleted; save it again to undo.
    best_bet: Option<BestBetObject>,
    /// What to repair; empty when it was deleted.
    errors: Vec<UserError>,
}

/// Mutations on synonyms and best bets.
#[derive(Default)]
pub struct TaughtMutations;

#[Object]
impl TaughtMutations {
    /// Writes a new synonym, or over the one that is named; the search keeps to it at once. Refused
    /// with REQUIRED, INVALID, TOO_LONG or TAKEN per field, and with CONFLICT. Editors and
    /// publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn save_synonym(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to say, whole.")] input: SaveSynonymInput,
    ) -> Nullable<SaveSynonymPayload> {
        let SaveSynonymInput { id, expected_version, phrase, means, acronym, note } = input;
        let over = Over { id, expected_version };
        let content = SynonymContent { phrase, means, acronym, note };
        let outcome =
            ctx.write(async |tx| actions::save(tx, ctx.actor(), over, content).await).await;
        Some(refusals(ctx, outcome).map(|(saved, errors)| SaveSynonymPayload {
            synonym: saved.map(SynonymObject),
            errors,
        }))
    }

    /// Deletes a synonym. Refused with CONFLICT. Editors and publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn delete_synonym(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which synonym.")] input: DeleteSearchRuleInput,
    ) -> Nullable<DeleteSynonymPayload> {
        let outcome = ctx.write(async |tx| actions::delete(tx, ctx.actor(), input).await).await;
        Some(refusals(ctx, outcome).map(|(deleted, errors)| DeleteSynonymPayload {
            synonym: deleted.map(SynonymObject),
            errors,
        }))
    }

    /// Writes a new best bet, or over the one that is named; the search keeps to it at once. Refused
    /// with REQUIRED, INVALID, TOO_LONG, TAKEN or UNKNOWN per field, and with CONFLICT. Editors and
    /// publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn save_best_bet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to say, whole.")] input: SaveBestBetInput,
    ) -> Nullable<SaveBestBetPayload> {
        let outcome =
            ctx.write(async |tx| actions::save_best_bet(tx, ctx.actor(), input).await).await;
        let payload = async {
            let (best_bet, errors) = with_answers(ctx, outcome).await?;
            Ok(SaveBestBetPayload { best_bet, errors })
        };
        Some(payload.await)
    }

    /// Deletes a best bet. Refused with CONFLICT. Editors and publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn delete_best_bet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which best bet.")] input: DeleteSearchRuleInput,
    ) -> Nullable<DeleteBestBetPayload> {
        let outcome = ctx.write(async |tx| actions::delete(tx, ctx.actor(), input).await).await;
        let payload = async {
            let (best_bet, errors) = with_answers(ctx, outcome).await?;
            Ok(DeleteBestBetPayload { best_bet, errors })
        };
        Some(payload.await)
    }
}

async fn with_answers(
    ctx: &Context<'_>,
    outcome: Result<Taught<BestBetContent>>,
) -> Result<(Option<BestBetObject>, Vec<UserError>)> {
    let (rule, errors) = refusals(ctx, outcome)?;
    let best_bet = match rule {
        Some(rule) => Some(BestBetObject::load(ctx, rule).await?),
        None => None,
    };
    Ok((best_bet, errors))
}
