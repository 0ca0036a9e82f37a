//! What is stored of a category. The struct is also the format of `content/categories.toml`.

use async_graphql::{InputObject, MaybeUndefined, SimpleObject};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::{calendar::Days, questions::Question, reports::entity::ReportKind, words::Lang};

/// What a resident is told instead of filing: the matter is urgent or not the city's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(name = "StopScreen", input_name = "StopScreenInput")]
#[serde(deny_unknown_fields)]
pub struct StopScreen {
    /// What to do.
    pub text: String,
    /// Whom to call.
    pub phone: String,
}

/// A category of reports as an editor writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "described by the GraphQL fields")]
pub struct Category {
    pub code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    pub kind: ReportKind,
    pub name: String,
    pub name_en: String,
    pub name_uk: String,
    #[serde(default)]
    pub keywords: Vec<String>,
    pub unit: String,
    pub days: i32,
    pub days_kind: Days,
    pub promise: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_screen: Option<StopScreen>,
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Categories that are no longer used stay for the reports that have them.
    #[serde(default = "yes")]
    pub active: bool,
    /// Whether it is offered over Open311.
    #[serde(default = "yes")]
    pub open311: bool,
}

fn yes() -> bool {
    true
}

impl Category {
    /// The code of the category above it, or its own: the groups of the statistics.
    pub fn group(&self) -> &str {
        self.parent.as_deref().unwrap_or(&self.code)
    }

    /// The name in a language.
    pub fn name_in(&self, lang: Lang) -> &str {
        match lang {
            Lang::Pl => &self.name,
            Lang::En => &self.name_en,
            Lang::Uk => &self.name_uk,
        }
    }
}

/// The table of categories.
pub mod category {
    use sea_orm::entity::prelude::*;

    use super::Category;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_categories")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub position: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub content: Category,
        pub builtin_digest: Option<String>,
        pub revision: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A category as it is stored.
pub type StoredCategory = category::Model;

/// What is changed of a category; what is not said stays as it is. Its code, kind, group and questions
/// are changed by files only: reports and statistics hang on them.
#[derive(Clone, Debug, InputObject)]
pub struct EditReportCategoryInput {
    /// The code of the category.
    pub code: String,
    /// The `version` that was read; refused as CONFLICT when the category has changed since.
    pub expected_version: i32,
    /// The name in Polish, at most 200 characters.
    pub name: Option<String>,
    /// The name in English, at most 200 characters.
    pub name_en: Option<String>,
    /// The name in Ukrainian, at most 200 characters.
    pub name_uk: Option<String>,
    /// Words that residents use, all of them, at most 100.
    pub keywords: Option<Vec<String>>,
    /// The code of the unit to which its reports go where no routing rule says otherwise.
    pub unit: Option<String>,
    /// Days in which an answer is proposed, 1 to 365. They hold for what is filed or given to a unit
    /// from then on; `promise` tells residents of them, so change both.
    pub days: Option<i32>,
    /// How the days are counted.
    pub days_kind: Option<Days>,
    /// What the resident is told about the time, in Polish, at most 1,000 characters.
    pub promise: Option<String>,
    /// What to show instead of the form, in Polish; null takes it away.
    pub stop_screen: MaybeUndefined<StopScreen>,
    /// Whether reports can be filed under it.
    pub active: Option<bool>,
    /// Whether it is offered over Open311.
    pub open311: Option<bool>,
}
