//! How gaps are seen and closed.

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    error::Result,
    graphql::{Connection, ContextExt, Nullable, payloads},
    ids::{self, NodeKind},
    page::PageRequest,
    scalars::Date,
    search::{
        gaps::{
            actions,
            entity::{
                AssignKnowledgeGapInput, Gap, GapFilter, GapState, MarkKnowledgeGapWrittenInput,
                RejectKnowledgeGapInput, VerifyKnowledgeGapInput, Wording,
            },
        },
        graphql::SearchSubject,
        taught,
    },
    units::UnitObject,
    words,
};

/// A gap in the API.
#[derive(Clone)]
pub struct GapObject(pub Gap);

impl GapObject {
    /// The key of the row.
    pub fn key(&self) -> Uuid {
        self.0.id.0
    }
}

/// What people search for in vain: nothing is found, or nothing that is found is opened.
#[Object(name = "KnowledgeGap", visible = "crate::graphql::staff")]
impl GapObject {
    /// Opaque global id.
    pub async fn id(&self) -> ID {
        ids::global(NodeKind::KnowledgeGap, self.0.id.0).into()
    }

    /// What it is about: words in their dictionary forms, in alphabetical order.
    fn topic(&self) -> &str {
        &self.0.topic
    }

    /// How it is worded, most frequent first, at most 5. Wordings that were asked fewer than 3 times
    /// are shown to nobody.
    fn wordings(&self) -> &[Wording] {
        &self.0.wordings.0
    }

    /// How often it was asked in vain, as far back as the search log reaches.
    fn hits(&self) -> i32 {
        self.0.hits
    }

    /// When it was first asked in vain.
    fn first_seen_at(&self) -> DateTime<Utc> {
        self.0.first_seen
    }

    /// When it was last asked in vain.
    fn last_seen_at(&self) -> DateTime<Utc> {
        self.0.last_seen
    }

    /// Where it stands.
    fn state(&self) -> GapState {
        self.0.state
    }

    /// Where it stands, in the reader's language.
    fn state_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "gap-state", &self.0.state)
    }

    /// The unit that is to close it, or was.
    async fn unit(&self, ctx: &Context<'_>) -> Nullable<UnitObject> {
        ctx.unit(self.0.unit.as_deref()?).await
    }

    /// The day by which it is to be closed.
    fn due_on(&self) -> Option<Date> {
        self.0.due_on.map(Date)
    }

    /// What closes it; null when nothing does, or it is not published now.
    async fn answer(&self, ctx: &Context<'_>) -> Nullable<SearchSubject> {
        let answer = self.0.answer.as_ref()?;
        let found = taught::subjects(ctx, std::iter::once(answer)).await;
        found.map(|mut found| found.remove(answer)).transpose()
    }

    /// A word to the unit; of a rejected gap, the reason.
    fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Counts its steps; give it as `expectedVersion` of a mutation.
    fn version(&self) -> i32 {
        self.0.revision
    }

    /// When it last came to another state.
    fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}

/// The gaps with these keys that the caller may see, in no order.
pub async fn gaps(ctx: &Context<'_>, keys: &[Uuid]) -> Result<Vec<GapObject>> {
    let found = actions::by_ids(ctx.db(), ctx.actor(), keys).await?;
    Ok(found.into_iter().map(GapObject).collect())
}

payloads!(
    knowledge_gap: GapObject = "The gap as it is now; null when the step was refused.",
    Gap: |_, gap| Some(GapObject(gap));
    /// The answer of `assignKnowledgeGap`.
    AssignKnowledgeGapPayload,
    /// The answer of `markKnowledgeGapWritten`.
    MarkKnowledgeGapWrittenPayload,
    /// The answer of `verifyKnowledgeGap`.
    VerifyKnowledgeGapPayload,
    /// The answer of `rejectKnowledgeGap`.
    RejectKnowledgeGapPayload,
);

/// Mutations on gaps.
#[derive(Default)]
pub struct GapMutations;

#[Object]
impl GapMutations {
    /// Gives a gap to a unit: NEW, ASSIGNED or WRITTEN to ASSIGNED. Refused with UNKNOWN or INVALID
    /// per field, and with CONFLICT. Editors and publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn assign_knowledge_gap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which gap, to whom, and until when.")] input: AssignKnowledgeGapInput,
    ) -> Nullable<AssignKnowledgeGapPayload> {
        let outcome = ctx.write(async |tx| actions::assign(tx, ctx.actor(), input).await).await;
        Some(AssignKnowledgeGapPayload::of(ctx, outcome))
    }

    /// Names the card or article that closes a gap: ASSIGNED to WRITTEN. Refused with UNKNOWN for
    /// one that is not live, and with CONFLICT. Editors and publishers; coordinators for their own
    /// unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn mark_knowledge_gap_written(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which gap, and what closes it.")] input: MarkKnowledgeGapWrittenInput,
    ) -> Nullable<MarkKnowledgeGapWrittenPayload> {
        let outcome =
            ctx.write(async |tx| actions::mark_written(tx, ctx.actor(), input).await).await;
        Some(MarkKnowledgeGapWrittenPayload::of(ctx, outcome))
    }

    /// Says that a gap was seen to be closed: WRITTEN to VERIFIED. When it is asked in vain 3 times
    /// again, it is NEW again. Refused with CONFLICT. Editors and publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn verify_knowledge_gap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which gap.")] input: VerifyKnowledgeGapInput,
    ) -> Nullable<VerifyKnowledgeGapPayload> {
        let outcome = ctx.write(async |tx| actions::verify(tx, ctx.actor(), input).await).await;
        Some(VerifyKnowledgeGapPayload::of(ctx, outcome))
    }

    /// Leaves a gap open for good: NEW, ASSIGNED or WRITTEN to REJECTED. Refused with CONFLICT, and
    /// with REQUIRED without a reason. Editors and publishers.
    #[graphql(visible = "crate::graphql::staff")]
    async fn reject_knowledge_gap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which gap, and why.")] input: RejectKnowledgeGapInput,
    ) -> Nullable<RejectKnowledgeGapPayload> {
        let outcome = ctx.write(async |tx| actions::reject(tx, ctx.actor(), input).await).await;
        Some(RejectKnowledgeGapPayload::of(ctx, outcome))
    }
}

/// Queries on gaps.
#[derive(Default)]
pub struct GapQueries;

#[Object]
impl GapQueries {
    /// What people search for in vain, most asked first; gathered every hour from the search log.
    /// For editors and publishers; coordinators see those of their own unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn knowledge_gaps(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those in a state; all when nothing is said.")] state: Option<GapState>,
        #[graphql(desc = "Those of a unit, by its code.")] unit: Option<String>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<GapObject>> {
        let (filter, page) = (GapFilter { state, unit }, PageRequest { first, after });
        let page = actions::list(ctx.db(), ctx.actor(), &filter, &page).await;
        Some(page.map(|page| Connection::of(page, GapObject)))
    }
}
