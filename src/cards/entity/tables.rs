//! The tables of cards and their versions.

use async_graphql::Enum;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::typed_id;

typed_id!(
    /// The id of a card.
    CardId
);
typed_id!(
    /// The id of one version of a card.
    VersionId
);

/// The state of a version.
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
#[graphql(name = "ServiceCardState")]
pub enum State {
    /// Somebody is writing it.
    Draft,
    /// Somebody else is to read it.
    InReview,
    /// It was read and found right; it goes live on its day or when it is published.
    Approved,
    /// It is live.
    Published,
    /// A newer version took its place.
    Superseded,
    /// It was taken down.
    Withdrawn,
}

impl State {
    /// The states of a version that somebody is at work on, or that waits for its day.
    pub const WORKING: [Self; 3] = [Self::Draft, Self::InReview, Self::Approved];
}

/// The table of cards.
pub mod card {
    use sea_orm::entity::prelude::*;

    use super::CardId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "cards")]
    #[expect(missing_docs, reason = "the columns are those of the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CardId,
        pub slug: String,
        pub unit: String,
        pub life_events: String,
        pub online: bool,
        pub revision: i32,
        pub builtin_digest: Option<String>,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
        #[sea_orm(has_many)]
        pub versions: HasMany<super::version::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A card as it is stored.
pub type Card = card::Model;

/// The table of versions.
pub mod version {
    use sea_orm::entity::prelude::*;

    use super::{CardId, State, VersionId};
    use crate::cards::entity::CardContent;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "card_versions")]
    #[expect(missing_docs, reason = "the columns are those of the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: VersionId,
        pub card_id: CardId,
        pub number: i32,
        pub state: State,
        #[sea_orm(column_type = "JsonBinary")]
        pub content: CardContent,
        pub author: String,
        pub approver: Option<String>,
        pub change_note: Option<String>,
        pub publish_on: Option<Date>,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
        pub published_at: Option<DateTimeUtc>,
        #[sea_orm(belongs_to, from = "card_id", to = "id")]
        pub card: HasOne<super::card::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A version as it is stored.
pub type CardVersion = version::Model;
