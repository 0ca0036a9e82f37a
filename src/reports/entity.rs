//! What is stored of a category. The struct is also the format of `content/categories.toml`.

use async_graphql::{Enum, SimpleObject};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::words::Lang;

/// What a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReportKind {
    /// Something is broken, dirty or dangerous.
    Problem,
    /// Something could be better.
    Idea,
}

/// How days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DaysKind {
    /// Every day counts.
    Calendar,
    /// Saturdays, Sundays and public holidays do not count.
    Working,
}

/// What a resident is told instead of filing: the matter is urgent or not the city's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
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
    #[serde(default)]
    pub parent: Option<String>,
    pub kind: ReportKind,
    pub name: String,
    pub name_en: String,
    pub name_uk: String,
    #[serde(default)]
    pub keywords: Vec<String>,
    pub unit: String,
    pub days: i32,
    pub days_kind: DaysKind,
    pub promise: String,
    #[serde(default)]
    pub stop_screen: Option<StopScreen>,
}

impl Category {
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
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub position: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub content: Category,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
