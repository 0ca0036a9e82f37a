//! How categories are seen.

use async_graphql::{Context, Object};

use crate::{
    calendar::Days,
    graphql::{ContextExt, Nullable},
    questions::Question,
    reports::{
        actions,
        entity::{Category, ReportKind, StopScreen},
    },
    units::UnitObject,
    words,
};

/// A category in the API.
#[derive(Clone)]
pub struct CategoryObject(pub Category);

/// A category of reports.
#[Object(name = "ReportCategory")]
impl CategoryObject {
    /// The code, such as `lighting`; also the Open311 `service_code`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// The code of the category above it.
    async fn parent_code(&self) -> Option<&str> {
        self.0.parent.as_deref()
    }

    /// Whether it is for problems or for ideas.
    async fn kind(&self) -> ReportKind {
        self.0.kind
    }

    /// The kind in the reader's language.
    async fn kind_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "report-kind", &self.0.kind)
    }

    /// The name in the reader's language.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        self.0.name_in(ctx.lang())
    }

    /// Words that residents use.
    async fn keywords(&self) -> &[String] {
        &self.0.keywords
    }

    /// The unit to which its reports usually go.
    async fn unit(&self, ctx: &Context<'_>) -> Nullable<UnitObject> {
        ctx.unit(&self.0.unit).await
    }

    /// Days in which an answer is proposed; a proposal of this project, not a promise of the city.
    async fn days(&self) -> i32 {
        self.0.days
    }

    /// How the days are counted.
    async fn days_kind(&self) -> Days {
        self.0.days_kind
    }

    /// How the days are counted, in the reader's language.
    async fn days_kind_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "days", &self.0.days_kind)
    }

    /// What the resident is told about the time, in Polish.
    async fn promise(&self) -> &str {
        &self.0.promise
    }

    /// What to show instead of the form, in Polish, when the matter is urgent or not the city's.
    async fn stop_screen(&self) -> Option<&StopScreen> {
        self.0.stop_screen.as_ref()
    }

    /// What is asked beside the description.
    async fn questions(&self) -> &[Question] {
        &self.0.questions
    }

    /// Whether reports can be filed under it.
    async fn active(&self) -> bool {
        self.0.active
    }
}

/// Queries on categories.
#[derive(Default)]
pub struct CategoryQueries;

#[Object]
impl CategoryQueries {
    /// All categories of reports in their order.
    async fn report_categories(&self, ctx: &Context<'_>) -> Nullable<Vec<CategoryObject>> {
        let all = actions::categories(ctx.db()).await;
        Some(all.map(|all| all.into_iter().map(CategoryObject).collect()))
    }
}
