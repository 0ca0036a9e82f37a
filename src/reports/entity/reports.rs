//! The table of reports, and the words for their states (domain.md f.3, f.4).

use async_graphql::Enum;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::typed_id;

typed_id!(
    /// The id of a report.
    ReportId
);

/// What a report is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Enum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReportKind {
    /// Something is broken, dirty or dangerous.
    Problem,
    /// Something could be better.
    Idea,
}

/// The way on which a report came.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Enum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "ReportChannel")]
pub enum Channel {
    /// The web portal.
    Portal,
    /// The mobile app.
    App,
    /// The hotline; a consultant took it down.
    Phone,
    /// An e-mail; a consultant took it down.
    Email,
    /// A service point; a member of staff took it down.
    Point,
    /// An application of others, over Open311.
    Open311,
}

/// Where a report stands on its way. The outcome is another thing.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Enum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "ReportStage")]
pub enum Stage {
    /// It was taken in and nobody has read it yet; only its holder and staff see it.
    Received,
    /// A consultant has read it; category and place are right.
    Verified,
    /// It was given to one unit or several.
    Forwarded,
    /// A unit is at work on it.
    InHandling,
    /// The unit waits for an answer of the person who filed it; its clock stands.
    NeedsInfo,
    /// It was passed to a body outside the city, whose answer is awaited.
    External,
    /// Every unit has answered.
    Answered,
    /// The person who filed it was told; it may be reopened for 14 days.
    Closed,
    /// The person who filed it, or a consultant, was not content with the answer.
    Reopened,
    /// It is the same as another, which goes on for both.
    Merged,
    /// The person who filed it took it back.
    Withdrawn,
    /// It was spam or abuse.
    Rejected,
}

/// What became of it. Which outcomes there are depends on the kind.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Enum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "ReportOutcome")]
pub enum Outcome {
    /// The problem was solved.
    Resolved,
    /// The problem is being solved.
    InProgress,
    /// Nothing was found at the place.
    NotFound,
    /// The city may not act; the answer says who may.
    OutOfCityCompetence,
    /// Somebody is finding out what can be done.
    UnderAnalysis,
    /// There is no reason to act; the answer says why.
    Unfounded,
    /// It is to be done when there is money; the answer says when that is looked at again.
    AwaitingFunds,
    /// The idea was carried out.
    Implemented,
    /// The idea is being carried out.
    InImplementation,
    /// Something was done for the time being.
    TemporarySolution,
}

/// The table of reports.
pub mod report {
    use sea_orm::entity::prelude::*;

    use super::{Channel, Outcome, ReportId, ReportKind, Routing, Stage};
    use crate::questions::Answers;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "reports")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ReportId,
        pub seq: i64,
        pub number: String,
        pub external_id: Option<String>,
        pub kind: ReportKind,
        pub category: String,
        pub category_group: String,
        pub channel: Channel,
        pub description: String,
        pub public_description: Option<String>,
        #[sea_orm(column_type = "JsonBinary")]
        pub answers: Answers,
        pub latitude: Option<f64>,
        pub longitude: Option<f64>,
        pub address: Option<String>,
        pub district: Option<i32>,
        pub land_manager: Option<String>,
        pub stage: Stage,
        pub outcome: Option<Outcome>,
        pub outcome_at: Option<DateTimeUtc>,
        pub reason: Option<String>,
        pub received_at: DateTimeUtc,
        pub received_on: Date,
        pub resolved_on: Option<Date>,
        pub expected_by: Date,
        pub closed_at: Option<DateTimeUtc>,
        pub paused_at: Option<DateTimeUtc>,
        pub wakes_at: Option<DateTimeUtc>,
        pub unit: Option<String>,
        pub duplicate_of: Option<ReportId>,
        pub sensitive: bool,
        pub public: bool,
        pub supports: i32,
        pub sent_back: i32,
        pub reopened: i32,
        pub account: Option<String>,
        pub taken_by: Option<String>,
        #[sea_orm(column_type = "JsonBinary")]
        pub routing: Routing,
        pub revision: i32,
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A report as it is stored.
pub type Report = report::Model;

/// What was decided about the way of a report, and from what: the routing trace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct Routing {
    /// The rule that decided; `None`: the default unit of the category.
    pub rule: Option<Uuid>,
    /// The version that the rule had then.
    pub version: Option<i32>,
    /// The units that were proposed.
    pub units: Vec<String>,
    /// What the rules were asked about.
    pub asked: RoutingQuestion,
    /// When it was decided.
    pub at: Option<DateTimeUtc>,
}

/// What the routing rules look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoutingQuestion {
    /// The category's code.
    pub category: String,
    /// The district's number.
    pub district: Option<i32>,
    /// Who manages the land, as far as known.
    pub land_manager: Option<String>,
}

/// The series from which numbers are drawn.
pub mod counter {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_counters")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub series: String,
        pub last: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
