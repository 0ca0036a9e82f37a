//! The table of accounts.

use crate::typed_id;

typed_id!(
    /// The id of an account.
    AccountId
);

/// The table of accounts.
pub mod account {
    use sea_orm::entity::prelude::*;

    use super::AccountId;
    use crate::actor::{AccountKind, Role};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AccountId,
        pub provider: String,
        pub subject: String,
        pub kind: AccountKind,
        pub handle: Option<String>,
        pub name: String,
        pub email: Option<String>,
        pub role: Option<Role>,
        pub unit: Option<String>,
        pub acr: Option<String>,
        pub lang: String,
        pub created_at: DateTimeUtc,
        pub signed_in_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An account as it is stored.
pub type Account = account::Model;
