//! The table of access tokens.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::typed_id;

typed_id!(
    /// The id of an access token.
    TokenId
);

/// The words of scopes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct ScopeWords(pub Vec<String>);

/// The table of access tokens.
pub mod token {
    use sea_orm::entity::prelude::*;

    use super::{ScopeWords, TokenId};
    use crate::accounts::entity::AccountId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "access_tokens")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TokenId,
        pub digest: String,
        pub name: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub scopes: ScopeWords,
        pub created_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub used_at: Option<DateTimeUtc>,
        pub revoked_at: Option<DateTimeUtc>,
        pub owner: Option<AccountId>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An access token as it is stored.
pub type Token = token::Model;
