//! How categories are seen.

use std::sync::Arc;

use async_graphql::{Context, Object};

use crate::{
    calendar::Days,
    graphql::{ContextExt, Nullable, payloads},
    questions::Question,
    reports::{
        actions,
        entity::{Category, EditReportCategoryInput, ReportKind, StopScreen, StoredCategory},
    },
    units::UnitObject,
    words,
};

/// A category in the API.
#[derive(Clone)]
pub struct CategoryObject(pub Arc<StoredCategory>);

impl CategoryObject {
    fn content(&self) -> &Category {
        &self.0.content
    }
}

/// A category of reports.
#[Object(name = "ReportCategory")]
impl CategoryObject {
    /// The code, such as `lighting`; also the Open311 `service_code`.
    fn code(&self) -> &str {
        &self.content().code
    }

    /// The code of the category above it.
    fn parent_code(&self) -> Option<&str> {
        self.content().parent.as_deref()
    }

    /// Whether it is for problems or for ideas.
    fn kind(&self) -> ReportKind {
        self.content().kind
    }

    /// The kind in the reader's language.
    fn kind_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "report-kind", &self.content().kind)
    }

    /// The name in the reader's language.
    fn name(&self, ctx: &Context<'_>) -> &str {
        self.content().name_in(ctx.lang())
    }

    /// Words that residents use.
    fn keywords(&self) -> &[String] {
        &self.content().keywords
    }

    /// The unit to which its reports usually go.
    async fn unit(&self, ctx: &Context<'_>) -> Nullable<UnitObject> {
        ctx.unit(&self.content().unit).await
    }

    /// Days in which an answer is proposed; a proposal of this project, not a promise of the city.
    fn days(&self) -> i32 {
        self.content().days
    }

    /// How the days are counted.
    fn days_kind(&self) -> Days {
        self.content().days_kind
    }

    /// How the days are counted, in the reader's language.
    fn days_kind_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "days", &self.content().days_kind)
    }

    /// What the resident is told about the time, in Polish.
    fn promise(&self) -> &str {
        &self.content().promise
    }

    /// What to show instead of the form, in Polish, when the matter is urgent or not the city's.
    fn stop_screen(&self) -> Option<&StopScreen> {
        self.content().stop_screen.as_ref()
    }

    /// What is asked beside the description.
    fn questions(&self) -> &[Question] {
        &self.content().questions
    }

    /// Whether reports can be filed under it.
    fn active(&self) -> bool {
        self.content().active
    }

    /// Whether it is offered over Open311.
    fn open311(&self) -> bool {
        self.content().open311
    }

    /// Counts its changes; give it as `expectedVersion` of a mutation.
    fn version(&self) -> i32 {
        self.0.revision
    }
}

/// Queries on categories.
#[derive(Default)]
pub struct CategoryQueries;

#[Object]
impl CategoryQueries {
    /// All categories of reports in their order.
    async fn report_categories(&self, ctx: &Context<'_>) -> Nullable<Vec<CategoryObject>> {
        let all = actions::stored_categories(ctx.db()).await;
        Some(all.map(|all| all.into_iter().map(Arc::new).map(CategoryObject).collect()))
    }
}

payloads!(
    report_category: CategoryObject = "The category as it is now; null when the step was refused.",
    StoredCategory: |_, category| Some(CategoryObject(Arc::new(category)));
    /// The answer of `editReportCategory`.
    EditReportCategoryPayload,
);

/// Mutations on categories.
#[derive(Default)]
pub struct CategoryMutations;

#[Object]
impl CategoryMutations {
    /// Changes a category of reports, such as its days; what is not said stays as it is. From then on
    /// no newer version of Kontakt brings its own. Refused with REQUIRED, INVALID, TOO_LONG or UNKNOWN
    /// per field, and with CONFLICT. Administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn edit_report_category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which category, and what is changed.")] input: EditReportCategoryInput,
    ) -> Nullable<EditReportCategoryPayload> {
        let outcome =
            ctx.write(async |tx| actions::edit_category(tx, ctx.actor(), input).await).await;
        Some(EditReportCategoryPayload::of(ctx, outcome))
    }
}
