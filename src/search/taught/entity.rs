//! What is stored of a rule. The contents are also the format of `content/synonyms.toml` and
//! `content/best-bets.toml`.

use async_graphql::{ID, InputObject};
use chrono::{DateTime, Utc};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{scalars::Date, typed_id};

typed_id!(
    /// The id of a rule.
    RuleId
);

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RuleKind {
    /// Says what residents mean by a word.
    Synonym,
    /// Puts answers first.
    BestBet,
}

/// What residents say, and what the cards call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "described in content/README.md and by the GraphQL fields")]
pub struct SynonymContent {
    pub phrase: String,
    pub means: Vec<String>,
    #[serde(default)]
    pub acronym: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A question, and what answers it best.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "described in content/README.md and by the GraphQL fields")]
pub struct BestBetContent {
    pub question: String,
    pub answers: Vec<Answer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A card or article, by its slug.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A card.
    Card(String),
    /// An article.
    Article(String),
}

impl Answer {
    /// The slug, whatever it is of.
    pub fn slug(&self) -> &str {
        match self {
            Self::Card(slug) | Self::Article(slug) => slug,
        }
    }
}

/// A rule as it is stored.
#[derive(Clone, Debug)]
pub struct Taught<T> {
    /// The key of the row.
    pub id: RuleId,
    /// Its place in the list.
    pub name: String,
    /// What it says.
    pub content: T,
    /// Whether the search keeps to it: a best bet past its day waits for a new one.
    pub in_force: bool,
    /// Counts its changes.
    pub revision: i32,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Where a rule is written, and over what.
#[derive(Clone, Debug, Default)]
pub struct Over {
    /// The rule that is changed; nothing for a new one.
    pub id: Option<ID>,
    /// The `version` that was read.
    pub expected_version: Option<i32>,
}

/// A synonym to write.
#[derive(Clone, Debug, InputObject)]
pub struct SaveSynonymInput {
    /// The synonym to change; leave it out for a new one.
    pub id: Option<ID>,
    /// The `version` that was read, where one is changed; refused as CONFLICT when it has changed
    /// since.
    pub expected_version: Option<i32>,
    /// What residents say, in any inflected form; at most 100 characters. No two synonyms differ in
    /// capitals and diacritics alone.
    pub phrase: String,
    /// What the cards call it, 1 to 10 entries of at most 100 characters.
    pub means: Vec<String>,
    /// Whether the phrase is an acronym such as `BO`: one word, which counts in capitals or alone.
    #[graphql(default)]
    pub acronym: bool,
    /// A word to other editors, at most 1,000 characters.
    pub note: Option<String>,
}

/// A best bet to write.
#[derive(Clone, Debug, InputObject)]
pub struct SaveBestBetInput {
    /// The best bet to change; leave it out for a new one.
    pub id: Option<ID>,
    /// The `version` that was read, where one is changed; refused as CONFLICT when it has changed
    /// since.
    pub expected_version: Option<i32>,
    /// The question, at most 200 characters; it stands for all that have the same words in any order
    /// and form.
    pub question: String,
    /// Global ids of the cards and articles that come first, in their order, 1 to 5.
    pub answers: Vec<ID>,
    /// The last day on which it holds; leave it out for no end.
    pub valid_until: Option<Date>,
    /// A word to other editors, at most 1,000 characters.
    pub note: Option<String>,
}

/// A synonym or best bet to delete.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteSearchRuleInput {
    /// The synonym or best bet.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when it has changed since.
    pub expected_version: i32,
}

/// The table of rules.
pub mod rule {
    use sea_orm::entity::prelude::*;

    use super::{RuleId, RuleKind};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "search_rules")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RuleId,
        pub kind: RuleKind,
        pub name: String,
        pub words: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub content: Json,
        pub valid_until: Option<Date>,
        pub in_force: bool,
        pub deleted: bool,
        pub revision: i32,
        pub builtin_digest: Option<String>,
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
