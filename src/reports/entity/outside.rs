//! What is stored of a report that a body outside the city has, and what is put in.

use async_graphql::{ID, InputObject};

use crate::typed_id;

typed_id!(
    /// The id of an external assignment; its token is made of it.
    ExternalId
);

/// The table of external assignments.
pub mod external {
    use sea_orm::entity::prelude::*;

    use super::ExternalId;
    use crate::reports::entity::ReportId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_external")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ExternalId,
        pub report_id: ReportId,
        pub unit: String,
        pub body: String,
        pub sent_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub answered_at: Option<DateTimeUtc>,
        pub taken_back_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An external assignment as it is stored.
pub type External = external::Model;

/// A report that a body outside the city is to have.
#[derive(Clone, Debug, InputObject)]
pub struct SendReportOutsideInput {
    /// The report.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the report has changed since.
    pub expected_version: i32,
    /// The body, such as `Tauron Dystrybucja`, 1 to 200 characters; read by staff and the body.
    pub body: String,
    /// What everybody reads about it, 1 to 4,000 characters.
    pub message: String,
    /// A note for staff, at most 4,000 characters.
    pub note: Option<String>,
}

/// What a body outside the city answers.
#[derive(Clone, Debug, InputObject)]
pub struct AnswerExternalInput {
    /// The secret token that it was sent.
    pub token: String,
    /// The answer, 1 to 4,000 characters; read by staff.
    pub text: String,
}
