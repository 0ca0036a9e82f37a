//! What is stored of an article. The content is also the front matter of
//! `content/articles/*.md` and a line of a JSON Lines file.

use async_graphql::{Enum, InputObject};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{scalars::Date, typed_id, units::SourceRef};

typed_id!(
    /// The id of an article.
    ArticleId
);

/// Who may read an article.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    EnumIter,
    DeriveActiveEnum,
    Enum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// Consultants, officers, coordinators, editors and publishers.
    Staff,
}

/// An article as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "described in content/README.md and by the GraphQL fields")]
pub struct ArticleContent {
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What kind of text it is, in the words of where it came from; kept, not interpreted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default)]
    pub visibility: Visibility,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_due: Option<Date>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceRef>,
    #[serde(default)]
    pub text: String,
}

/// Which articles are listed.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ArticleFilter {
    /// Those with this visibility, of those that you may read.
    pub visibility: Option<Visibility>,
}

/// The table of articles.
pub mod article {
    use sea_orm::entity::prelude::*;

    use super::{ArticleContent, ArticleId, Visibility};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "articles")]
    #[expect(missing_docs, reason = "the columns are those of the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ArticleId,
        pub slug: String,
        pub visibility: Visibility,
        #[sea_orm(column_type = "JsonBinary")]
        pub content: ArticleContent,
        pub revision: i32,
        pub builtin_digest: Option<String>,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An article as it is stored.
pub type Article = article::Model;
