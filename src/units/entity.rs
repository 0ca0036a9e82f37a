//! What is stored of units and districts. The content structs are also the format of
//! `content/units.toml` and `content/districts.toml`.

use std::sync::Arc;

use async_graphql::{Enum, InputObject, SimpleObject};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::{geo::Outline, scalars::Date, typed_id, words::Lang};

typed_id!(
    /// The id of a unit.
    UnitId
);

/// What kind of body a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UnitKind {
    /// A department of the City Office (wydział).
    OfficeDepartment,
    /// A municipal unit, such as the road authority.
    MunicipalUnit,
    /// A company of the city.
    CityCompany,
    /// A body outside the city to which callers are pointed.
    OutsideBody,
}

/// A telephone number with what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// What the number is for.
    pub label: String,
    /// The number as it is spoken, such as "12 616 55 55".
    pub number: String,
}

/// Opening hours of some days of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
#[serde(deny_unknown_fields)]
pub struct OpeningHours {
    /// The days, such as "pn.–pt.".
    pub days: String,
    /// Opens at, `HH:MM` local time.
    pub from: String,
    /// Closes at, `HH:MM` local time.
    pub to: String,
}

/// A place where residents are served.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject,
)]
#[graphql(input_name = "PlaceInput")]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The name on the door.
    pub name: String,
    /// Street and number.
    pub address: String,
    /// Opening hours in words; null where they could not be checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// The telephone number of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Where a visit can be booked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub booking_url: Option<String>,
}

/// A page on which a fact was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(name = "Source", input_name = "SourceInput")]
#[serde(deny_unknown_fields)]
pub struct SourceRef {
    /// The address of the page.
    pub url: String,
    /// The day on which it was read.
    pub checked_on: Date,
    /// What was taken from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A unit as an editor writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "described in content/README.md and by the GraphQL fields")]
pub struct UnitContent {
    pub code: String,
    pub name: String,
    pub name_en: String,
    pub name_uk: String,
    pub kind: UnitKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(default)]
    pub covers_districts: Vec<i32>,
    #[serde(default)]
    pub served_by_hotline: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onboarded_on: Option<Date>,
    #[serde(default)]
    pub unverified: Vec<String>,
    #[serde(default)]
    pub phones: Vec<Phone>,
    #[serde(default)]
    pub opening_hours: Vec<OpeningHours>,
    #[serde(default)]
    pub places: Vec<Place>,
    #[serde(default)]
    pub sources: Vec<SourceRef>,
}

impl UnitContent {
    /// The name in a language.
    pub fn name_in(&self, lang: Lang) -> &str {
        match lang {
            Lang::Pl => &self.name,
            Lang::En => &self.name_en,
            Lang::Uk => &self.name_uk,
        }
    }
}

/// The table of units.
pub mod unit {
    use sea_orm::entity::prelude::*;

    use super::{UnitContent, UnitId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "units")]
    #[expect(missing_docs, reason = "the columns are those of the migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: UnitId,
        pub code: String,
        pub position: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub content: UnitContent,
        pub builtin_digest: Option<String>,
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A unit as it is stored.
pub type Unit = unit::Model;

/// The table of districts.
pub mod district {
    use sea_orm::entity::prelude::*;

    use super::District;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "districts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub content: District,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The table of outlines of districts.
pub mod district_outline {
    use sea_orm::entity::prelude::*;

    use crate::geo::Outline;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "district_outlines")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub outline: Outline,
        pub coarse: bool,
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where a district is on the map.
#[derive(Clone, Debug, PartialEq, SimpleObject)]
pub struct DistrictOutline {
    /// The outline, about as exact as `coarse` says.
    pub geometry: Arc<Outline>,
    /// Whether it was drawn by hand for Kontakt and may be wrong by some hundred metres; false for the
    /// outlines of the city.
    pub coarse: bool,
}

/// One of the districts of the city.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult, SimpleObject)]
#[graphql(complex)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// The number, 1 to 18.
    pub number: i32,
    /// The number as the city writes it, such as "XIV".
    pub roman: String,
    /// The name.
    pub name: String,
    /// The area in square kilometres.
    pub area_km2: f64,
    /// Residents (2019).
    pub population: i32,
    /// Which group of offices serves the district.
    pub office_group: OfficeGroup,
}

/// A group of districts that share the offices for registration, vehicles and the like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OfficeGroup {
    /// Districts I to VII.
    SrodmiescieKrowodrza,
    /// Districts VIII to XIII.
    Podgorze,
    /// Districts XIV to XVIII.
    NowaHuta,
}
