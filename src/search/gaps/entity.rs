//! What is stored of a gap.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{scalars::Date, typed_id};

typed_id!(
    /// The id of a gap.
    GapId
);

/// The state of a gap.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "KnowledgeGapState")]
pub enum GapState {
    /// Nobody has looked at it, or it has opened again.
    New,
    /// A unit is to close it by a day.
    Assigned,
    /// A card or article was written that closes it.
    Written,
    /// Somebody has seen that it is closed.
    Verified,
    /// It is not for this knowledge to close.
    Rejected,
}

/// A wording of a gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
#[graphql(name = "KnowledgeGapWording")]
pub struct Wording {
    /// The words.
    pub words: String,
    /// How often they were asked in vain, 3 times at least.
    pub searches: i64,
}

/// The wordings of a gap, most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Wordings(pub Vec<Wording>);

/// A gap to assign.
#[derive(Clone, Debug, InputObject)]
pub struct AssignKnowledgeGapInput {
    /// The gap.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the gap has changed since.
    pub expected_version: i32,
    /// The code of the unit that is to close it.
    pub unit: String,
    /// The day by which it is to be closed, today or later.
    pub due_on: Date,
    /// A word to the unit, at most 1,000 characters.
    pub note: Option<String>,
}

/// What closes a gap.
#[derive(Clone, Debug, InputObject)]
pub struct MarkKnowledgeGapWrittenInput {
    /// The gap.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the gap has changed since.
    pub expected_version: i32,
    /// The card or article, which must be live.
    pub answer: ID,
}

/// A gap that was seen to be closed.
#[derive(Clone, Debug, InputObject)]
pub struct VerifyKnowledgeGapInput {
    /// The gap.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the gap has changed since.
    pub expected_version: i32,
}

/// A gap that stays open for good.
#[derive(Clone, Debug, InputObject)]
pub struct RejectKnowledgeGapInput {
    /// The gap.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the gap has changed since.
    pub expected_version: i32,
    /// Why, at most 1,000 characters.
    pub reason: String,
}

/// Which gaps are listed.
#[derive(Clone, Debug, Default)]
pub struct GapFilter {
    /// Those in a state.
    pub state: Option<GapState>,
    /// Those of a unit, by its code.
    pub unit: Option<String>,
}

/// The table of gaps.
pub mod gap {
    use sea_orm::entity::prelude::*;

    use super::{GapId, GapState, Wordings};
    use crate::search::taught::Answer;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "knowledge_gaps")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: GapId,
        pub state: GapState,
        pub topic: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub wordings: Wordings,
        pub hits: i32,
        pub first_seen: DateTimeUtc,
        pub last_seen: DateTimeUtc,
        pub unit: Option<String>,
        pub due_on: Option<Date>,
        #[sea_orm(column_type = "JsonBinary")]
        pub answer: Option<Answer>,
        pub note: Option<String>,
        pub verified_at: Option<DateTimeUtc>,
        pub revision: i32,
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A gap as it is stored.
pub type Gap = gap::Model;

/// The table of topics, each with the gap that it belongs to.
pub mod gap_topic {
    use sea_orm::entity::prelude::*;

    use super::GapId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "knowledge_gap_topics")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub topic: String,
        pub gap_id: GapId,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
