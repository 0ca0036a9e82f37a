//! What is stored of a template. The content is also the format of `content/answer-templates.toml`.

use async_graphql::{ID, InputObject, SimpleObject};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::{reports::entity::Outcome, typed_id};

typed_id!(
    /// The id of a template.
    AnswerTemplateId
);

/// A template as an editor writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "described in content/README.md and by the GraphQL fields")]
pub struct TemplateContent {
    /// Tells the template from others in files, whatever its title becomes.
    pub code: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    pub outcome: Outcome,
    pub text: String,
}

/// The table of templates.
pub mod answer_template {
    use sea_orm::entity::prelude::*;

    use super::{AnswerTemplateId, TemplateContent};
    use crate::reports::entity::Outcome;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "answer_templates")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AnswerTemplateId,
        pub unit: String,
        pub outcome: Outcome,
        pub position: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub content: TemplateContent,
        pub deleted: bool,
        pub builtin_digest: Option<String>,
        pub revision: i32,
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A template as it is stored.
pub type AnswerTemplate = answer_template::Model;

/// A template, with its text for one report where one was named.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The template.
    pub template: AnswerTemplate,
    /// The text with every variable filled in.
    pub text: Option<String>,
}

/// Which templates are wanted.
#[derive(Clone, Debug, Default)]
pub struct TemplateFilter {
    /// Those that fit this report, by its number.
    pub report: Option<String>,
    /// Those of this outcome.
    pub outcome: Option<Outcome>,
}

/// A template of answers to write, whole.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    FromJsonQueryResult,
    InputObject,
    SimpleObject,
)]
#[graphql(name = "ProposedAnswerTemplate", input_name = "SaveAnswerTemplateInput")]
pub struct SaveAnswerTemplateInput {
    /// The template to change; leave it out for a new one.
    pub id: Option<ID>,
    /// The `version` that was read, where one is changed; refused as CONFLICT when it has changed
    /// since.
    pub expected_version: Option<i32>,
    /// What staff call it, at most 100 characters.
    pub title: String,
    /// The unit whose answers it is for, by its code; leave it out for all. A coordinator names the own
    /// unit.
    pub unit: Option<String>,
    /// Only these categories, by their codes, at most 50; a code stands for the categories below it
    /// too. All when it is empty.
    #[graphql(default)]
    pub categories: Vec<String>,
    /// The outcome that it tells of; it must be one of the kind of the categories.
    pub outcome: Outcome,
    /// What the resident reads, at most 4,000 characters. `{number}`, `{category}`, `{address}`,
    /// `{received_on}`, `{unit}` and `{expected_by}` stand for what is known of the report. Without a
    /// salutation: the message has one.
    pub text: String,
}

/// A template of answers to delete.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteAnswerTemplateInput {
    /// The template.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when it has changed since.
    pub expected_version: i32,
}
