//! The tables of forms and their versions.

use async_graphql::Enum;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::typed_id;

typed_id!(
    /// The id of a form.
    FormId
);
typed_id!(
    /// The id of one version of a form.
    FormVersionId
);

/// The state of a version.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "FormState")]
pub enum State {
    /// Somebody is writing it.
    Draft,
    /// It is live.
    Published,
    /// A newer version took its place.
    Superseded,
    /// It was taken down.
    Withdrawn,
}

/// The table of forms.
pub mod form {
    use sea_orm::entity::prelude::*;

    use super::FormId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "forms")]
    #[expect(missing_docs, reason = "the columns are those of the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FormId,
        pub slug: String,
        pub unit: String,
        pub revision: i32,
        pub builtin_digest: Option<String>,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
        #[sea_orm(has_many)]
        pub versions: HasMany<super::version::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A form as it is stored.
pub type Form = form::Model;

/// The table of versions.
pub mod version {
    use sea_orm::entity::prelude::*;

    use super::{FormId, FormVersionId, State};
    use crate::forms::entity::FormContent;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "form_versions")]
    #[expect(missing_docs, reason = "the columns are those of the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FormVersionId,
        pub form_id: FormId,
        pub number: i32,
        pub state: State,
        #[sea_orm(column_type = "JsonBinary")]
        pub content: FormContent,
        pub author: String,
        pub approver: Option<String>,
        pub change_note: Option<String>,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
        pub published_at: Option<DateTimeUtc>,
        #[sea_orm(belongs_to, from = "form_id", to = "id")]
        pub form: HasOne<super::form::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A version as it is stored.
pub type FormVersion = version::Model;
