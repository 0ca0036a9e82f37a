//! The table of sessions.

use sea_orm::entity::prelude::*;

use crate::typed_id;

typed_id!(
    /// The id of a session; it opens nothing.
    SessionId
);

/// Why a session has ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EndedWhy {
    /// The person signed out.
    SignedOut,
    /// The person ended it from another session.
    Elsewhere,
    /// The same browser signed in anew.
    Replaced,
    /// The person had too many.
    TooMany,
    /// An administrator ended it.
    Administrator,
    /// The provider said that it has ended.
    Provider,
    /// The provider names no role any more.
    RoleLost,
    /// The person has given the account up.
    Deletion,
}

/// The table of sessions.
pub mod session {
    use sea_orm::entity::prelude::*;

    use super::{EndedWhy, SessionId};
    use crate::accounts::entity::AccountId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SessionId,
        pub digest: String,
        pub account_id: AccountId,
        pub created_at: DateTimeUtc,
        pub used_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub agent: String,
        pub provider_sid: Option<String>,
        pub ended_at: Option<DateTimeUtc>,
        pub ended_why: Option<EndedWhy>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A session as it is stored.
pub type Session = session::Model;
