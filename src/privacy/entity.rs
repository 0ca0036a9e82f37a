//! What is stored of deletions, and what is put in.

use async_graphql::{Enum, ID, InputObject};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

/// Why a person is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, EnumIter, DeriveActiveEnum, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ErasureReason {
    /// The person asks for it (RODO, art. 17).
    #[sea_orm(string_value = "request")]
    Request,
    /// The person objects to the processing (RODO, art. 21).
    #[sea_orm(string_value = "objection")]
    Objection,
    /// The data should not have been taken in: of a third person, of a child, or too much.
    #[sea_orm(string_value = "unlawful")]
    Unlawful,
    /// A court or the supervisory authority orders it.
    #[sea_orm(string_value = "order")]
    Order,
    /// Their time is over.
    #[sea_orm(string_value = "retention")]
    Retention,
}

/// Who is erased, and why.
#[derive(Clone, Debug, InputObject)]
pub struct ErasePersonInput {
    /// The number of a report, such as `KCK-2026-004571`: whoever filed it.
    pub number: Option<String>,
    /// The secret token of that report, from whoever filed it.
    pub tracking_token: Option<String>,
    /// The global id of an account of a resident, in the place of a report.
    pub account: Option<ID>,
    /// Why; the log of deletions and the audit keep it.
    pub reason: ErasureReason,
    /// Whether numbers, addresses and plates are taken out of the texts of the reports too.
    #[graphql(default)]
    pub mask_texts: bool,
}

/// How a person is erased.
#[derive(Clone, Copy, Debug)]
pub struct Erasure {
    /// Why.
    pub reason: ErasureReason,
    /// Whether whatever looks like personal data is taken out of the texts of the reports too.
    pub mask_texts: bool,
    /// Whether all letters end that go to an address which the person gave with a report, though nobody has
    /// confirmed it: only where somebody has made sure that it is the person's. Else whoever files a report with
    /// the address of another could end the letters of that one.
    pub everywhere: bool,
}

/// The numbers of reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Numbers(pub Vec<String>);

/// The log of deletions.
pub mod deletion {
    use sea_orm::entity::prelude::*;

    use super::{ErasureReason, Numbers};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "deletions")]
    #[expect(missing_docs, reason = "the columns are described in the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub at: DateTimeUtc,
        pub class: String,
        pub count: i64,
        pub actor: String,
        pub reason: ErasureReason,
        #[sea_orm(column_type = "JsonBinary")]
        pub reports: Numbers,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What was deleted at once.
pub type Deletion = deletion::Model;
