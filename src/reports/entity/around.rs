//! The tables of what stands around a report: who to write to, photos, supporters, feedback, kin.

use async_graphql::Enum;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

/// The table of contacts: personal data, kept apart.
pub mod contact {
    use sea_orm::entity::prelude::*;

    use crate::reports::entity::ReportId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_contacts")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub report_id: ReportId,
        pub name: Option<String>,
        pub email: Option<String>,
        pub phone: Option<String>,
        pub lang: String,
        pub sealed: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A contact as it is stored: sealed.
pub type StoredContact = contact::Model;

/// How to reach the person who filed a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The name.
    pub name: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The language to write in.
    pub lang: String,
}

/// The table of photos.
pub mod photo {
    use sea_orm::entity::prelude::*;

    use crate::reports::entity::ReportId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_photos")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub report_id: ReportId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        pub file: String,
        pub thumbnail: String,
        pub width: i32,
        pub height: i32,
        pub bytes: i64,
        pub hidden: bool,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A photo as it is stored.
pub type Photo = photo::Model;

/// The table of photos that were uploaded, filed or not, of the last day.
pub mod unfiled_photo {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unfiled_photos")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub file: String,
        pub thumbnail: String,
        pub until: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A photo that was uploaded as it is stored.
pub type UnfiledPhoto = unfiled_photo::Model;

/// The table of residents who support or follow a report.
pub mod supporter {
    use sea_orm::entity::prelude::*;

    use crate::reports::entity::ReportId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_supporters")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub report_id: ReportId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub account: String,
        pub supports: bool,
        pub follows: bool,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The table of reports that were filed without an account and taken into one.
pub mod claim {
    use sea_orm::entity::prelude::*;

    use crate::reports::entity::ReportId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_claims")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub report_id: ReportId,
        pub account: String,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Why somebody is not content with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "ReportFeedbackReason")]
pub enum FeedbackReason {
    /// The problem is still there.
    NotSolved,
    /// It took too long.
    TooSlow,
    /// The answer cannot be understood.
    Unclear,
    /// The answer is about something else.
    BesideThePoint,
    /// Something else, told in the text.
    Other,
}

/// The reasons of one feedback.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct FeedbackReasons(pub Vec<FeedbackReason>);

/// The table of feedback.
pub mod feedback {
    use sea_orm::entity::prelude::*;

    use super::FeedbackReasons;
    use crate::reports::entity::ReportId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_feedback")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub report_id: ReportId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub round: i32,
        pub satisfied: bool,
        #[sea_orm(column_type = "JsonBinary")]
        pub reasons: FeedbackReasons,
        pub text: Option<String>,
        pub allows_contact: bool,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A feedback as it is stored.
pub type Feedback = feedback::Model;

/// What one idea is to another.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "ReportRelationKind")]
pub enum RelationKind {
    /// They want much the same.
    Similar,
    /// One cannot be done beside the other.
    Contradicts,
    /// It takes up what the other began.
    Continues,
    /// It goes on as a project of the civic budget.
    MovedToCivicBudget,
}

/// The table of relations.
pub mod relation {
    use sea_orm::entity::prelude::*;

    use super::RelationKind;
    use crate::reports::entity::ReportId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_relations")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub report_id: ReportId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub other_id: ReportId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: RelationKind,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
