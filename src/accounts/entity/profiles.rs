//! The tables of what residents say of themselves.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::accounts::entity::AccountId;

/// Which letters a person wants to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default, rename_all = "camelCase")]
pub struct Letters {
    /// Whether any are to come at all.
    pub any: bool,
    /// A report was taken in.
    pub received: bool,
    /// A report was given to a unit.
    pub forwarded: bool,
    /// Every unit has answered.
    pub answered: bool,
    /// A unit asks.
    pub needs_info: bool,
    /// A report was closed, or opened again.
    pub other: bool,
}

impl Default for Letters {
    fn default() -> Self {
        Self {
            any: true,
            received: true,
            forwarded: true,
            answered: true,
            needs_info: true,
            other: true,
        }
    }
}

/// What a letter tells of, to those who choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterKind {
    /// A report was taken in.
    Received,
    /// A report was given to a unit.
    Forwarded,
    /// Every unit has answered.
    Answered,
    /// A unit asks.
    NeedsInfo,
    /// Anything else.
    Other,
}

/// The numbers of districts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct DistrictNumbers(pub Vec<i32>);

/// The table of profiles: one for each account whose owner has said something.
pub mod profile {
    use sea_orm::entity::prelude::*;

    use super::{DistrictNumbers, Letters};
    use crate::accounts::entity::AccountId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "profiles")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: AccountId,
        pub name: Option<String>,
        pub email: Option<String>,
        pub lang: Option<String>,
        pub phone: Option<String>,
        #[sea_orm(column_type = "JsonBinary")]
        pub districts: DistrictNumbers,
        #[sea_orm(column_type = "JsonBinary")]
        pub letters: Letters,
        pub seen_at: Option<DateTimeUtc>,
        pub erase_at: Option<DateTimeUtc>,
        pub erased_at: Option<DateTimeUtc>,
        pub revision: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A profile as it is stored.
pub type Profile = profile::Model;

impl Profile {
    /// That of an account whose owner has said nothing yet.
    pub fn of(account_id: AccountId) -> Self {
        Self {
            account_id,
            name: None,
            email: None,
            lang: None,
            phone: None,
            districts: DistrictNumbers::default(),
            letters: Letters::default(),
            seen_at: None,
            erase_at: None,
            erased_at: None,
            revision: 0,
        }
    }
}

/// The table of addresses that wait for their confirmation.
pub mod address_change {
    use sea_orm::entity::prelude::*;

    use crate::accounts::entity::AccountId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "address_changes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub digest: String,
        pub account_id: AccountId,
        pub email: String,
        pub created_at: DateTimeUtc,
        pub used_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An address that waits for its confirmation.
pub type AddressChange = address_change::Model;
