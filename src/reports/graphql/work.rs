//! What staff does with reports.

use async_graphql::{Context, Object};

use crate::{
    graphql::{ContextExt, Nullable, payloads},
    reports::{
        actions,
        entity::{
            AnswerReportInput, ForwardReportInput, HandOverReportInput, MergeReportInput,
            RelateIdeasInput, Report, ReportMessageInput, ReportReasonInput, ReportStepInput,
            SendBackReportInput, TakeReportInput, VerifyReportInput,
        },
        graphql::{ReportObject, objects},
    },
};

payloads!(
    report: ReportObject = "The report as it is now; null when the step was refused.",
    Report: |_, report| objects(vec![report], false).pop();
    /// The answer of `verifyReport`.
    VerifyReportPayload,
    /// The answer of `mergeReport`.
    MergeReportPayload,
    /// The answer of `rejectReport`.
    RejectReportPayload,
    /// The answer of `forwardReport`.
    ForwardReportPayload,
    /// The answer of `closeReport`.
    CloseReportPayload,
    /// The answer of `takeReport`.
    TakeReportPayload,
    /// The answer of `answerReport`.
    AnswerReportPayload,
    /// The answer of `sendBackReport`.
    SendBackReportPayload,
    /// The answer of `askReporter`.
    AskReporterPayload,
    /// The answer of `resumeReport`.
    ResumeReportPayload,
    /// The answer of `handOverReport`.
    HandOverReportPayload,
    /// The answer of `noteReport`.
    NoteReportPayload,
    /// The answer of `relateIdeas`.
    RelateIdeasPayload,
);

/// What staff does with reports.
#[derive(Default)]
pub struct WorkMutations;

#[Object]
impl WorkMutations {
    /// Says that a report was read, and sets right what was wrong: RECEIVED to VERIFIED. From then on it
    /// is public, unless it is sensitive; what looks like personal data is masked unless other words are
    /// given. Refused per field, and with CONFLICT. Consultants.
    #[graphql(visible = "crate::graphql::staff")]
    async fn verify_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and what is set right.")] input: VerifyReportInput,
    ) -> Nullable<VerifyReportPayload> {
        let desk = &ctx.caller().app.desk;
        let outcome =
            ctx.write(async |tx| actions::verify(tx, desk, ctx.actor(), input).await).await;
        Some(VerifyReportPayload::of(ctx, outcome))
    }

    /// Joins a report to another: RECEIVED to MERGED; its author follows the other. Refused with UNKNOWN
    /// for another that cannot go on for it, and with CONFLICT. Consultants.
    #[graphql(visible = "crate::graphql::staff")]
    async fn merge_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and which goes on.")] input: MergeReportInput,
    ) -> Nullable<MergeReportPayload> {
        let outcome = ctx.write(async |tx| actions::merge(tx, ctx.actor(), input).await).await;
        Some(MergeReportPayload::of(ctx, outcome))
    }

    /// Refuses spam or abuse: RECEIVED to REJECTED. Refused with CONFLICT. Consultants.
    #[graphql(visible = "crate::graphql::staff")]
    async fn reject_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and why.")] input: ReportReasonInput,
    ) -> Nullable<RejectReportPayload> {
        let outcome = ctx.write(async |tx| actions::reject(tx, ctx.actor(), input).await).await;
        Some(RejectReportPayload::of(ctx, outcome))
    }

    /// Gives a report to units: VERIFIED or REOPENED to FORWARDED; a report that units have is given to
    /// further ones. Refused with UNKNOWN or TAKEN per unit, and with CONFLICT. Consultants.
    #[graphql(visible = "crate::graphql::staff")]
    async fn forward_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and to whom.")] input: ForwardReportInput,
    ) -> Nullable<ForwardReportPayload> {
        let desk = &ctx.caller().app.desk;
        let outcome =
            ctx.write(async |tx| actions::forward(tx, desk, ctx.actor(), input).await).await;
        Some(ForwardReportPayload::of(ctx, outcome))
    }

    /// Says that the person who filed it was told: ANSWERED to CLOSED, when the outcome is final; after 3
    /// days it happens by itself. Refused with CONFLICT. Consultants.
    #[graphql(visible = "crate::graphql::staff")]
    async fn close_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report.")] input: ReportStepInput,
    ) -> Nullable<CloseReportPayload> {
        let outcome = ctx.write(async |tx| actions::close(tx, ctx.actor(), input).await).await;
        Some(CloseReportPayload::of(ctx, outcome))
    }

    /// Takes a report for the own unit: FORWARDED to IN_HANDLING. Refused with TAKEN when somebody of the
    /// unit has it, and with CONFLICT. Officers and coordinators of the unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn take_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and what is done with it now.")] input: TakeReportInput,
    ) -> Nullable<TakeReportPayload> {
        let outcome = ctx.write(async |tx| actions::take(tx, ctx.actor(), input).await).await;
        Some(TakeReportPayload::of(ctx, outcome))
    }

    /// Answers for the own unit; when every unit has answered: IN_HANDLING to ANSWERED. Refused per field
    /// (UNFOUNDED wants a reason, OUT_OF_CITY_COMPETENCE who can help, AWAITING_FUNDS a review day), and
    /// with CONFLICT. Officers and coordinators of the unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn answer_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, what became of it, and the answer.")]
        input: AnswerReportInput,
    ) -> Nullable<AnswerReportPayload> {
        let outcome = ctx.write(async |tx| actions::answer(tx, ctx.actor(), input).await).await;
        Some(AnswerReportPayload::of(ctx, outcome))
    }

    /// Says that it is not the own unit's matter: back to VERIFIED, unless other units have it. Refused
    /// with CONFLICT. Officers and coordinators of the unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn send_back_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, why, and whose matter it is.")] input: SendBackReportInput,
    ) -> Nullable<SendBackReportPayload> {
        let outcome = ctx.write(async |tx| actions::send_back(tx, ctx.actor(), input).await).await;
        Some(SendBackReportPayload::of(ctx, outcome))
    }

    /// Asks the person who filed it: IN_HANDLING to NEEDS_INFO; the clocks stand until the answer, and
    /// after 14 days without one the report is closed. Refused with CONFLICT. Officers and coordinators
    /// of the unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn ask_reporter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and the question.")] input: ReportMessageInput,
    ) -> Nullable<AskReporterPayload> {
        let outcome = ctx.write(async |tx| actions::ask(tx, ctx.actor(), input).await).await;
        Some(AskReporterPayload::of(ctx, outcome))
    }

    /// Goes on with a report: NEEDS_INFO to IN_HANDLING without an answer, or ANSWERED to IN_HANDLING when
    /// the outcome is not final; on its review day it happens by itself. Refused with CONFLICT. Officers
    /// and coordinators of the unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn resume_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report.")] input: ReportStepInput,
    ) -> Nullable<ResumeReportPayload> {
        let outcome = ctx.write(async |tx| actions::resume(tx, ctx.actor(), input).await).await;
        Some(ResumeReportPayload::of(ctx, outcome))
    }

    /// Gives what the own unit has to somebody else of it, or to another unit. Refused with UNKNOWN, and
    /// with CONFLICT once it is answered. Coordinators of the unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn hand_over_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and who has it from now on.")] input: HandOverReportInput,
    ) -> Nullable<HandOverReportPayload> {
        let outcome = ctx.write(async |tx| actions::hand_over(tx, ctx.actor(), input).await).await;
        Some(HandOverReportPayload::of(ctx, outcome))
    }

    /// Writes a note that staff reads. Refused with CONFLICT. Consultants; officers and coordinators of a
    /// unit that has it.
    #[graphql(visible = "crate::graphql::staff")]
    async fn note_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and the note.")] input: ReportMessageInput,
    ) -> Nullable<NoteReportPayload> {
        let outcome = ctx.write(async |tx| actions::note(tx, ctx.actor(), input).await).await;
        Some(NoteReportPayload::of(ctx, outcome))
    }

    /// Says what an idea has to do with another, or no longer. Refused with UNKNOWN. Consultants.
    #[graphql(visible = "crate::graphql::staff")]
    async fn relate_ideas(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ideas, and what they have to do with each other.")]
        input: RelateIdeasInput,
    ) -> Nullable<RelateIdeasPayload> {
        let outcome = ctx.write(async |tx| actions::relate(tx, ctx.actor(), input).await).await;
        Some(RelateIdeasPayload::of(ctx, outcome))
    }
}
