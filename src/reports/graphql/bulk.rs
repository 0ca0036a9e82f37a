//! One step with many reports at once.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};

use crate::{
    error::{Error, Problem, ProblemCode, Result},
    graphql::{ContextExt, Nullable, UserError, refusals},
    reports::{
        actions,
        entity::{
            ForwardReportInput, Report, ReportMessageInput, ReportStepInput, TakeReportInput,
            VerifyReportInput,
        },
        graphql::{ReportObject, objects},
    },
    words::Message,
};

/// Reports of one request.
const REPORTS_MAX: usize = 100;

/// A step that can be taken with many reports at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum BulkReportStep {
    /// As `verifyReport`, with nothing set right. Consultants.
    Verify,
    /// As `forwardReport`: to `units`, or to those that the rules propose. Consultants.
    Forward,
    /// As `closeReport`. Consultants.
    Close,
    /// As `takeReport`. Officers and coordinators.
    Take,
    /// As `noteReport`: with `note` as the note. Staff that works on it.
    Note,
}

/// A report as it was read.
#[derive(Clone, Debug, InputObject)]
pub struct ReportVersionInput {
    /// The report.
    pub id: ID,
    /// The `version` that was read.
    pub expected_version: i32,
}

/// A step with many reports.
#[derive(Clone, Debug, InputObject)]
pub struct BulkReportsInput {
    /// The step.
    pub step: BulkReportStep,
    /// The reports, 1 to 100.
    pub reports: Vec<ReportVersionInput>,
    /// For FORWARD, the codes of the units.
    pub units: Option<Vec<String>>,
    /// A note for staff, at most 4,000 characters.
    pub note: Option<String>,
}

/// What became of one report.
#[derive(SimpleObject)]
pub struct BulkReportResult {
    /// The report that was asked for.
    id: ID,
    /// The report as it is now; null when the step was refused.
    report: Option<ReportObject>,
    /// What to repair; empty when the step was taken.
    errors: Vec<UserError>,
}

/// The answer of `bulkReports`.
#[derive(SimpleObject)]
pub struct BulkReportsPayload {
    /// What became of each report, in their order.
    results: Vec<BulkReportResult>,
    /// What to repair in the request as a whole; empty when each report was tried.
    errors: Vec<UserError>,
}

/// Mutations on many reports.
#[derive(Default)]
pub struct BulkMutations;

#[Object]
impl BulkMutations {
    /// Takes one step with up to 100 reports, each for itself: what is refused for one is done for the
    /// others, and told per report, UNKNOWN for one that there is not and NOT_ALLOWED where the role
    /// does not reach. Refused as a whole with TOO_LONG and REQUIRED. Staff, as the step itself.
    #[graphql(visible = "crate::graphql::staff")]
    async fn bulk_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which step, with which reports.")] input: BulkReportsInput,
    ) -> Nullable<BulkReportsPayload> {
        Some(each(ctx, input).await)
    }
}

async fn each(ctx: &Context<'_>, input: BulkReportsInput) -> Result<BulkReportsPayload> {
    let message = || Message::new("too-many").with("max", REPORTS_MAX);
    let problem = match input.reports.len() {
        0 => Some(Problem::at("reports", ProblemCode::Required, "required")),
        1..=REPORTS_MAX => None,
        _ => Some(Problem::at("reports", ProblemCode::TooLong, message())),
    };
    if let Some(problem) = problem {
        let (_, errors) = refusals::<()>(ctx, Err(problem.into()))?;
        return Ok(BulkReportsPayload { results: Vec::new(), errors });
    }
    let mut results = Vec::with_capacity(input.reports.len());
    for report in &input.reports {
        let outcome = one(ctx, &input, report).await.map_err(as_problem);
        let (found, errors) = refusals(ctx, outcome)?;
        let report_now = found.and_then(|found| objects(vec![found], false).pop());
        results.push(BulkReportResult { id: report.id.clone(), report: report_now, errors });
    }
    Ok(BulkReportsPayload { results, errors: Vec::new() })
}

/// The step with one report, in a write of its own.
async fn one(
    ctx: &Context<'_>,
    input: &BulkReportsInput,
    report: &ReportVersionInput,
) -> Result<Report> {
    let ReportVersionInput { id, expected_version } = report.clone();
    let (note, units) = (input.note.clone(), input.units.clone());
    let (actor, desk) = (ctx.actor(), &ctx.caller().app.desk);
    ctx.write(async |tx| match input.step {
        BulkReportStep::Verify => {
            let input = VerifyReportInput { note, ..VerifyReportInput::of(id, expected_version) };
            actions::verify(tx, desk, actor, input).await
        }
        BulkReportStep::Forward => {
            let input = ForwardReportInput { id, expected_version, units, note };
            actions::forward(tx, desk, actor, input).await
        }
        BulkReportStep::Close => {
            actions::close(tx, actor, ReportStepInput { id, expected_version, note }).await
        }
        BulkReportStep::Take => {
            let input = TakeReportInput { id, expected_version, outcome: None, note };
            actions::take(tx, actor, input).await
        }
        BulkReportStep::Note => {
            let message = note.unwrap_or_default();
            let input = ReportMessageInput { id, expected_version, message, note: None };
            actions::note(tx, actor, input).await
        }
    })
    .await
}

/// What is no refusal of one report alone becomes one, so that the others are not held up.
fn as_problem(error: Error) -> Error {
    match error {
        Error::NotFound => Problem::at("id", ProblemCode::Unknown, "not-found").into(),
        Error::Forbidden => Problem::at("id", ProblemCode::NotAllowed, "forbidden").into(),
        other => other,
    }
}
