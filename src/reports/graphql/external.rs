//! Reports that a body outside the city has: how they are sent, seen and answered.

use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};

use crate::{
    error::{Error, Result},
    graphql::{ContextExt, Nullable, UserError, payloads, refusals},
    permissions::Permission,
    reports::{
        actions,
        entity::{
            AnswerExternalInput, External, Report, ReportMessageInput, SendReportOutsideInput,
        },
        graphql::{ReportObject, objects},
    },
    units::UnitObject,
};

/// An external assignment in the API, with its report.
pub struct ExternalObject {
    external: External,
    report: ReportObject,
}

impl ExternalObject {
    /// An external assignment of a report.
    pub fn new(external: External, report: ReportObject) -> Self {
        Self { external, report }
    }
}

/// A report that a body outside the city has. Who holds its token sees it, and may answer once.
#[Object(name = "ExternalAssignment")]
impl ExternalObject {
    /// The body.
    async fn body(&self) -> &str {
        &self.external.body
    }

    /// The unit of the city that has sent it.
    async fn unit(&self, ctx: &Context<'_>) -> Nullable<UnitObject> {
        ctx.unit(&self.external.unit).await
    }

    /// The report as everybody sees it: without contact, notes, hidden photos, and what looks like
    /// personal data. Its history holds what the unit has said.
    async fn report(&self) -> &ReportObject {
        &self.report
    }

    /// When it was sent.
    async fn sent_at(&self) -> DateTime<Utc> {
        self.external.sent_at
    }

    /// Until when the token holds: 30 days.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.external.expires_at
    }

    /// When the body answered by its token.
    async fn answered_at(&self) -> Option<DateTime<Utc>> {
        self.external.answered_at
    }

    /// When the unit took it back.
    async fn taken_back_at(&self) -> Option<DateTime<Utc>> {
        self.external.taken_back_at
    }

    /// The secret token for the body, to be sent to it and to nobody else; for officers and coordinators
    /// of the unit.
    async fn token(&self, ctx: &Context<'_>) -> Option<String> {
        let may = ctx.actor().may(Permission::HandleReports, &self.external.unit);
        may.then(|| ctx.caller().app.desk.external_token(self.external.id))
    }
}

/// Queries on external assignments.
#[derive(Default)]
pub struct ExternalQueries;

#[Object]
impl ExternalQueries {
    /// What a token opens that a body outside the city was sent; null when it opens nothing: the report
    /// was answered by it or taken back, or 30 days have passed. Nobody needs an account.
    async fn external_assignment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The secret token.")] token: String,
    ) -> Nullable<ExternalObject> {
        let desk = &ctx.caller().app.desk;
        match actions::by_token(ctx.db(), desk, &token, ctx.now()).await {
            Ok(found) => object(found).map(Ok),
            Err(Error::NotFound) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

/// The object of a report and its external assignment.
fn object((report, external): (Report, External)) -> Option<ExternalObject> {
    objects(vec![report], false).pop().map(|report| ExternalObject::new(external, report))
}

/// Declares the payload of one mutation: Relay wants each to have its own.
macro_rules! payloads_of_external {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub struct $name {
            /// The assignment with its report as it is now; null when the step was refused.
            external_assignment: Option<ExternalObject>,
            /// The report as it is now; null when the step was refused.
            report: Option<ReportObject>,
            /// What to repair; empty when the step was taken.
            errors: Vec<UserError>,
        }

        impl $name {
            fn of(ctx: &Context<'_>, outcome: Result<(Report, External)>) -> Result<Self> {
                let (found, errors) = refusals(ctx, outcome)?;
                let external_assignment = found.and_then(object);
                let report = external_assignment.as_ref().map(|of| of.report.clone());
                Ok(Self { external_assignment, report, errors })
            }
        }
    )+ };
}

payloads_of_external!(
    /// The answer of `sendReportOutside`.
    SendReportOutsidePayload,
    /// The answer of `answerExternal`.
    AnswerExternalPayload,
);

payloads!(
    report: ReportObject = "The report as it is now; null when the step was refused.",
    Report: |_, report| objects(vec![report], false).pop();
    /// The answer of `returnReportFromOutside`.
    ReturnReportFromOutsidePayload,
);

/// What is done with reports that a body outside the city has.
#[derive(Default)]
pub struct ExternalMutations;

#[Object]
impl ExternalMutations {
    /// Passes a report to a body outside the city, and says so: IN_HANDLING to EXTERNAL. The body sees
    /// it, and answers, by `externalAssignment { token }`, which holds for 30 days. Refused with
    /// REQUIRED or TOO_LONG per field, and with CONFLICT. Officers and coordinators of the unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn send_report_outside(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, to whom, and what everybody reads about it.")]
        input: SendReportOutsideInput,
    ) -> Nullable<SendReportOutsidePayload> {
        let outcome =
            ctx.write(async |tx| actions::send_outside(tx, ctx.actor(), input).await).await;
        Some(SendReportOutsidePayload::of(ctx, outcome))
    }

    /// Notes what the body outside the city has answered on another way, or takes the report back, so
    /// that its token opens nothing any more: EXTERNAL to IN_HANDLING. Refused with CONFLICT. Officers
    /// and coordinators of the unit.
    #[graphql(visible = "crate::graphql::staff")]
    async fn return_report_from_outside(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and what everybody reads about it.")]
        input: ReportMessageInput,
    ) -> Nullable<ReturnReportFromOutsidePayload> {
        let outcome =
            ctx.write(async |tx| actions::return_from_outside(tx, ctx.actor(), input).await).await;
        Some(ReturnReportFromOutsidePayload::of(ctx, outcome))
    }

    /// Answers for the body outside the city that holds a token, once: EXTERNAL to IN_HANDLING. Staff
    /// reads the answer and tells the resident. NOT_FOUND for a token that opens nothing; refused with
    /// REQUIRED or TOO_LONG for the text, and with CONFLICT when it has answered already. Nobody needs
    /// an account.
    async fn answer_external(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token and the answer.")] input: AnswerExternalInput,
    ) -> Nullable<AnswerExternalPayload> {
        let desk = &ctx.caller().app.desk;
        let outcome = ctx
            .write(async |tx| actions::answer_external(tx, desk, ctx.actor(), input).await)
            .await;
        Some(AnswerExternalPayload::of(ctx, outcome))
    }
}
