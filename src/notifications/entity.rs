//! What is stored of who is written to.

use async_graphql::InputObject;

use crate::reports::ReportId;

/// The table of subscriptions.
pub mod subscription {
    use sea_orm::entity::prelude::*;

    use super::ReportId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mail_subscriptions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub report_id: ReportId,
        pub who: String,
        pub email: Option<String>,
        pub lang: String,
        pub event_id: Option<i64>,
        pub asked_at: DateTimeUtc,
        pub confirmed_at: Option<DateTimeUtc>,
        pub ended_at: Option<DateTimeUtc>,
        pub forget_at: Option<DateTimeUtc>,
        pub sealed: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A subscription as it is stored: somebody who is written to about one report.
pub type Subscription = subscription::Model;

/// Who wants to hear of which report.
#[derive(Clone, Debug, InputObject)]
pub struct FollowReportByEmailInput {
    /// The report's number, such as `KCK-2026-004571`.
    pub number: String,
    /// The address that is written to, at most 200 characters.
    pub email: String,
}
