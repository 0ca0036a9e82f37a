//! The tables of a report's assignments and of its history.

use async_graphql::Enum;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::typed_id;

typed_id!(
    /// The id of an assignment.
    AssignmentId
);

/// Where an assignment stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AssignmentStage {
    /// The unit has it and nobody has taken it.
    Sent,
    /// Somebody of the unit is at work on it.
    InHandling,
    /// The unit has answered.
    Answered,
    /// The unit has said that it is not its matter.
    SentBack,
}

/// A step in the life of a report. Steps that move it are in the table of `rules`.
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
#[graphql(name = "ReportStep")]
pub enum Step {
    /// It was filed.
    File,
    /// A consultant has read it, and set category and place right.
    Verify,
    /// It was joined to another.
    Merge,
    /// It was refused as spam or abuse.
    Reject,
    /// It was given to a unit.
    Forward,
    /// Somebody of a unit took it.
    Take,
    /// A unit answered.
    Answer,
    /// A unit sent it back: not its matter.
    SendBack,
    /// A unit asked the person who filed it.
    Ask,
    /// The person who filed it answered the question.
    Supplement,
    /// It was passed to a body outside the city.
    SendOutside,
    /// The body outside the city has answered.
    ReturnFromOutside,
    /// The person who filed it was told of the answer.
    Close,
    /// An outcome that was not final moves on.
    Resume,
    /// It was opened again.
    Reopen,
    /// The person who filed it took it back.
    Withdraw,
    /// Somebody else of the unit, or another unit, has it now.
    HandOver,
    /// Staff wrote a note.
    Note,
    /// A part of its time has passed.
    Escalate,
}

/// The table of assignments.
pub mod assignment {
    use sea_orm::entity::prelude::*;

    use super::{AssignmentId, AssignmentStage};
    use crate::reports::entity::{Outcome, ReportId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_assignments")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AssignmentId,
        pub report_id: ReportId,
        pub round: i32,
        pub unit: String,
        pub assignee: Option<String>,
        pub stage: AssignmentStage,
        pub outcome: Option<Outcome>,
        pub public_answer: Option<String>,
        pub internal_answer: Option<String>,
        pub reason: Option<String>,
        pub review_on: Option<Date>,
        pub suggested_unit: Option<String>,
        pub sent_at: DateTimeUtc,
        pub due_on: Date,
        pub answered_at: Option<DateTimeUtc>,
        pub escalation: i32,
        pub escalates_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An assignment as it is stored.
pub type Assignment = assignment::Model;

/// The table of the history; rows are only ever added.
pub mod timeline {
    use sea_orm::entity::prelude::*;

    use super::Step;
    use crate::reports::entity::{Outcome, ReportId, Stage};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_timeline")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub report_id: ReportId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        pub at: DateTimeUtc,
        pub step: Step,
        pub stage: Stage,
        pub outcome: Option<Outcome>,
        pub unit: Option<String>,
        pub actor: String,
        pub text: Option<String>,
        pub note: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An entry of the history as it is stored.
pub type TimelineEntry = timeline::Model;
