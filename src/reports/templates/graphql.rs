//! How templates are seen and written.

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    error::Result,
    graphql::{Connection, ContextExt, Nullable, payloads},
    ids::{self, NodeKind},
    page::PageRequest,
    permissions::Permission,
    reports::{
        entity::Outcome,
        templates::{
            actions,
            entity::{
                AnswerTemplate, DeleteAnswerTemplateInput, Filled, SaveAnswerTemplateInput,
                TemplateFilter,
            },
        },
    },
    units::UnitObject,
};

/// A template in the API, with its text for one report where one was named.
#[derive(Clone)]
pub struct AnswerTemplateObject(Filled);

impl From<AnswerTemplate> for AnswerTemplateObject {
    fn from(template: AnswerTemplate) -> Self {
        Self(Filled { template, text: None })
    }
}

impl AnswerTemplateObject {
    /// The key of the row.
    pub fn key(&self) -> Uuid {
        self.0.template.id.0
    }
}

/// A text with which staff answer reports of some categories and one outcome.
#[Object(name = "AnswerTemplate", visible = "crate::graphql::staff")]
impl AnswerTemplateObject {
    /// Opaque global id.
    pub async fn id(&self) -> ID {
        ids::global(NodeKind::AnswerTemplate, self.0.template.id.0).into()
    }

    /// What staff call it.
    fn title(&self) -> &str {
        &self.0.template.content.title
    }

    /// The unit whose answers it is for; null for all.
    async fn unit(&self, ctx: &Context<'_>) -> Nullable<UnitObject> {
        ctx.unit(self.0.template.content.unit.as_deref()?).await
    }

    /// Only these categories and those below them, by their codes; empty for all.
    fn categories(&self) -> &[String] {
        &self.0.template.content.categories
    }

    /// The outcome that it tells of.
    fn outcome(&self) -> Outcome {
        self.0.template.outcome
    }

    /// The text, in Polish, with its variables such as `{number}`.
    fn text(&self) -> &str {
        &self.0.template.content.text
    }

    /// The text for the report that was asked about, with every variable filled in; null where no
    /// report was named. It is a beginning: whoever answers reads it and adds what was done.
    fn filled_text(&self) -> Option<&str> {
        self.0.text.as_deref()
    }

    /// Whether you may change it: coordinators those of the own unit, administrators all.
    fn may_edit(&self, ctx: &Context<'_>) -> bool {
        ctx.actor().may(Permission::DirectReports, &self.0.template.unit)
    }

    /// Counts its changes; give it as `expectedVersion` of a mutation.
    fn version(&self) -> i32 {
        self.0.template.revision
    }

    /// When it last changed.
    fn updated_at(&self) -> DateTime<Utc> {
        self.0.template.updated_at
    }
}

/// The templates with these keys that the caller may see, in no order.
pub async fn answer_templates(
    ctx: &Context<'_>,
    keys: &[Uuid],
) -> Result<Vec<AnswerTemplateObject>> {
    let found = actions::by_ids(ctx.db(), ctx.actor(), keys).await?;
    Ok(found.into_iter().map(AnswerTemplateObject::from).collect())
}

/// Queries on templates.
#[derive(Default)]
pub struct TemplateQueries;

#[Object]
impl TemplateQueries {
    /// Templates of answers in their order: those for all units, and for officers and coordinators
    /// those of the own. For consultants, officers, coordinators and administrators. NOT_FOUND for a
    /// report that you do not handle.
    #[graphql(visible = "crate::graphql::staff")]
    async fn answer_templates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those that fit this report, by its number; `filledText` is for it.")]
        report: Option<String>,
        #[graphql(desc = "Those of this outcome.")] outcome: Option<Outcome>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<AnswerTemplateObject>> {
        let (filter, page) = (TemplateFilter { report, outcome }, PageRequest { first, after });
        let page = actions::list(ctx.db(), ctx.actor(), &filter, &page).await;
        Some(page.map(|page| Connection::of(page, AnswerTemplateObject)))
    }
}

payloads!(
    answer_template: AnswerTemplateObject =
        "The template as it was written, or what was deleted; null when the step was refused.",
    AnswerTemplate: |_, template| Some(template.into());
    /// The answer of `saveAnswerTemplate`.
    SaveAnswerTemplatePayload,
    /// The answer of `deleteAnswerTemplate`.
    DeleteAnswerTemplatePayload,
);

/// Mutations on templates.
#[derive(Default)]
pub struct TemplateMutations;

#[Object]
impl TemplateMutations {
    /// Writes a new template of answers, or over the one that is named. Refused with REQUIRED,
    /// INVALID, TOO_LONG or UNKNOWN per field (also for a variable that there is not), with
    /// NOT_ALLOWED for a coordinator who writes for others than the own unit, and with CONFLICT.
    /// Coordinators for the own unit; administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn save_answer_template(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the template is to say, whole.")] input: SaveAnswerTemplateInput,
    ) -> Nullable<SaveAnswerTemplatePayload> {
        let outcome = ctx.write(async |tx| actions::save(tx, ctx.actor(), input).await).await;
        Some(SaveAnswerTemplatePayload::of(ctx, outcome))
    }

    /// Deletes a template of answers. Refused with CONFLICT. Coordinators for the own unit;
    /// administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn delete_answer_template(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which template.")] input: DeleteAnswerTemplateInput,
    ) -> Nullable<DeleteAnswerTemplatePayload> {
        let outcome = ctx.write(async |tx| actions::delete(tx, ctx.actor(), input).await).await;
        Some(DeleteAnswerTemplatePayload::of(ctx, outcome))
    }
}
