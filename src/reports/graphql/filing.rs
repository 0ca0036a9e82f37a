//! Filing, and what the person who filed can do.

use async_graphql::{Context, Object, SimpleObject};

use crate::{
    error::Result,
    graphql::{ContextExt, Nullable, UserError, payloads, refusals},
    reports::{
        actions,
        entity::{
            ClaimReportInput, CorrectContactInput, FileReportInput, GiveReportFeedbackInput,
            ReopenReportInput, Report, RequestCorrectionInput, SupplementReportInput,
            SupportReportInput, WithdrawReportInput,
        },
        graphql::{PersonalDataFound, ReportObject, found_in, objects},
    },
};

/// The answer of `fileReport`.
#[derive(SimpleObject)]
pub struct FileReportPayload {
    /// The report; null when it was refused.
    report: Option<ReportObject>,
    /// The secret with which its holder follows it, without an account: keep it, it is not shown again
    /// but to the same request with the same key.
    tracking_token: Option<String>,
    /// What in the description looks like personal data. Everybody else will read it without.
    warnings: Vec<PersonalDataFound>,
    /// What to repair; empty when it was filed.
    errors: Vec<UserError>,
}

impl FileReportPayload {
    fn of(ctx: &Context<'_>, outcome: Result<Report>) -> Result<Self> {
        let (report, errors) = refusals(ctx, outcome)?;
        let desk = &ctx.caller().app.desk;
        Ok(Self {
            tracking_token: report.as_ref().map(|report| desk.tracking_token(report.id)),
            warnings: report.as_ref().map_or_else(Vec::new, |r| found_in(ctx, &r.description)),
            report: report.and_then(|report| objects(vec![report], true).pop()),
            errors,
        })
    }
}

payloads!(
    report: ReportObject = "The report as it is now; null when the step was refused.",
    Report: |_, report| objects(vec![report], true).pop();
    /// The answer of `claimReport`.
    ClaimReportPayload,
    /// The answer of `correctContact`.
    CorrectContactPayload,
    /// The answer of `requestCorrection`.
    RequestCorrectionPayload,
    /// The answer of `withdrawReport`.
    WithdrawReportPayload,
    /// The answer of `supplementReport`.
    SupplementReportPayload,
    /// The answer of `reopenReport`.
    ReopenReportPayload,
    /// The answer of `giveReportFeedback`.
    GiveReportFeedbackPayload,
);

payloads!(
    report: ReportObject = "The report as it is now; null when the step was refused.",
    Report: |_, report| objects(vec![report], false).pop();
    /// The answer of `supportReport`.
    SupportReportPayload,
);

/// What residents do with reports.
#[derive(Default)]
pub struct FilingMutations;

#[Object]
impl FilingMutations {
    /// Files a problem or an idea; nobody needs an account. Sent again with the same key, it gives the
    /// same report. Refused per field with REQUIRED, INVALID, TOO_LONG and UNKNOWN, with INVALID at
    /// `location` for a point more than 500 m outside the city, and with CONFLICT at
    /// `idempotencyKey`. Editors, publishers, analysts, data-protection officers and administrators
    /// do not file.
    async fn file_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is the matter, and where.")] input: FileReportInput,
    ) -> Nullable<FileReportPayload> {
        let (desk, lang) = (&ctx.caller().app.desk, ctx.lang());
        let outcome =
            ctx.write(async |tx| actions::file(tx, desk, ctx.actor(), lang, input).await).await;
        Some(FileReportPayload::of(ctx, outcome))
    }

    /// Takes a report that was filed without an account into yours, by its secret token; from then on
    /// `myReports` shows it. NOT_FOUND for a wrong number or token; refused with CONFLICT when it is in
    /// another account. Signed-in residents.
    async fn claim_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and its token.")] input: ClaimReportInput,
    ) -> Nullable<ClaimReportPayload> {
        let desk = &ctx.caller().app.desk;
        let outcome =
            ctx.write(async |tx| actions::claim(tx, desk, ctx.actor(), input).await).await;
        Some(ClaimReportPayload::of(ctx, outcome))
    }

    /// Puts right how to reach you about a report, at any stage. A new e-mail address is asked first
    /// whether it is yours, and the one until now gets nothing more. Refused per field with INVALID and
    /// TOO_LONG. Its holder.
    async fn correct_contact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and the contact.")] input: CorrectContactInput,
    ) -> Nullable<CorrectContactPayload> {
        let (desk, lang) = (&ctx.caller().app.desk, ctx.lang());
        let correct =
            async |tx: &_| actions::correct_contact(tx, desk, ctx.actor(), lang, input).await;
        let outcome = ctx.write(correct).await;
        Some(CorrectContactPayload::of(ctx, outcome))
    }

    /// Asks staff to put right what stands in a report: its history keeps the wish as a note, which staff
    /// reads. Refused with REQUIRED and TOO_LONG at `text`, and NOT_ALLOWED after 10 wishes. Its holder.
    async fn request_correction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and what is wrong.")] input: RequestCorrectionInput,
    ) -> Nullable<RequestCorrectionPayload> {
        let desk = &ctx.caller().app.desk;
        let request =
            async |tx: &_| actions::request_correction(tx, desk, ctx.actor(), input).await;
        let outcome = ctx.write(request).await;
        Some(RequestCorrectionPayload::of(ctx, outcome))
    }

    /// Takes a report back, while no unit has it: RECEIVED or VERIFIED to WITHDRAWN. Refused with
    /// CONFLICT when it is too late. Its holder.
    async fn withdraw_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and why.")] input: WithdrawReportInput,
    ) -> Nullable<WithdrawReportPayload> {
        let desk = &ctx.caller().app.desk;
        let outcome =
            ctx.write(async |tx| actions::withdraw(tx, desk, ctx.actor(), input).await).await;
        Some(WithdrawReportPayload::of(ctx, outcome))
    }

    /// Answers what a unit has asked: NEEDS_INFO to IN_HANDLING; the clocks go on. Refused with
    /// CONFLICT when nothing was asked. Its holder.
    async fn supplement_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and what is added.")] input: SupplementReportInput,
    ) -> Nullable<SupplementReportPayload> {
        let desk = &ctx.caller().app.desk;
        let outcome =
            ctx.write(async |tx| actions::supplement(tx, desk, ctx.actor(), input).await).await;
        Some(SupplementReportPayload::of(ctx, outcome))
    }

    /// Opens a closed report again: CLOSED to REOPENED. Refused with CONFLICT when it is not closed, or
    /// for its holder later than 14 days after. Its holder; consultants at any time.
    async fn reopen_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and why.")] input: ReopenReportInput,
    ) -> Nullable<ReopenReportPayload> {
        let desk = &ctx.caller().app.desk;
        let outcome =
            ctx.write(async |tx| actions::reopen(tx, desk, ctx.actor(), input).await).await;
        Some(ReopenReportPayload::of(ctx, outcome))
    }

    /// Says what the answer was worth, within 14 days after the report was closed, once for every time
    /// that it was; who is not content may open it again with the same. Refused with CONFLICT when it
    /// is not closed or for too long, and with TAKEN the second time. Its holder.
    async fn give_report_feedback(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and what is said.")] input: GiveReportFeedbackInput,
    ) -> Nullable<GiveReportFeedbackPayload> {
        let desk = &ctx.caller().app.desk;
        let outcome = ctx.write(async |tx| actions::rate(tx, desk, ctx.actor(), input).await).await;
        Some(GiveReportFeedbackPayload::of(ctx, outcome))
    }

    /// Supports or follows a report, or no longer; one voice for every account. Signed-in residents.
    async fn support_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and what from now on.")] input: SupportReportInput,
    ) -> Nullable<SupportReportPayload> {
        let desk = &ctx.caller().app.desk;
        let outcome =
            ctx.write(async |tx| actions::support(tx, desk, ctx.actor(), input).await).await;
        Some(SupportReportPayload::of(ctx, outcome))
    }
}
