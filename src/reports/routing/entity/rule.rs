//! What is stored of a routing rule. The content is also the format of `content/routing.toml`.

use async_graphql::{ID, InputObject, SimpleObject};
use chrono::{DateTime, Utc};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::{
    reports::{entity::ReportKind, routing::entity::TimeWindow},
    typed_id,
};

typed_id!(
    /// The id of a routing rule.
    RoutingRuleId
);

/// A rule as an editor writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "described in content/README.md and by the GraphQL fields")]
pub struct RoutingContent {
    /// Tells the rule from others in files, whatever its name becomes.
    pub code: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ReportKind>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub districts: Vec<i32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub land_managers: Vec<String>,
    pub units: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default = "yes")]
    pub active: bool,
    #[serde(default, skip_serializing_if = "TimeWindow::is_always")]
    pub window: TimeWindow,
}

fn yes() -> bool {
    true
}

/// The table of rules.
pub mod routing_rule {
    use sea_orm::entity::prelude::*;

    use super::{RoutingContent, RoutingRuleId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "routing_rules")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RoutingRuleId,
        pub position: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub content: RoutingContent,
        pub unit: String,
        pub active: bool,
        pub deleted: bool,
        pub builtin_digest: Option<String>,
        pub revision: i32,
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A rule as it is stored.
pub type RoutingRule = routing_rule::Model;

/// A routing rule to write, whole.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    FromJsonQueryResult,
    InputObject,
    SimpleObject,
)]
#[graphql(name = "ProposedRoutingRule", input_name = "SaveRoutingRuleInput")]
pub struct SaveRoutingRuleInput {
    /// The rule to change; leave it out for a new one.
    pub id: Option<ID>,
    /// The `version` that was read, where one is changed; refused as CONFLICT when it has changed
    /// since.
    pub expected_version: Option<i32>,
    /// Its place among the rules, from 1: the first rule that holds decides. When nothing is said, a
    /// rule stays where it is and a new one comes last. Above rules of other units only an
    /// administrator puts a rule, or widens it.
    pub position: Option<i32>,
    /// What staff call it, at most 100 characters.
    pub name: String,
    /// Only reports of this kind; all when nothing is said.
    pub kind: Option<ReportKind>,
    /// Only these categories, by their codes, at most 50; a code stands for the categories below it
    /// too. All when it is empty.
    #[graphql(default)]
    pub categories: Vec<String>,
    /// Only these districts, by their numbers; all when it is empty. A report whose district is not
    /// known is in none.
    #[graphql(default)]
    pub districts: Vec<i32>,
    /// Only land of these managers, at most 20, such as `ZZM`, or `PRIVATE` for private land; all when
    /// it is empty. A report whose land manager is not known is on the land of none.
    #[graphql(default)]
    pub land_managers: Vec<String>,
    /// Only reports that come in at these times; at any time when nothing is said.
    pub window: Option<TimeWindow>,
    /// The units that get the report, by their codes, 1 to 5. A coordinator names the own unit alone.
    pub units: Vec<String>,
    /// Why, for those who come after, at most 1,000 characters.
    pub note: Option<String>,
    /// Whether it holds.
    #[graphql(default = true)]
    pub active: bool,
}

/// A routing rule to delete.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteRoutingRuleInput {
    /// The rule.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when it has changed since.
    pub expected_version: i32,
}

/// A report as the rules would see it.
#[derive(Clone, Debug, InputObject)]
pub struct PreviewRoutingInput {
    /// The code of the category.
    pub category: String,
    /// The number of the district, where it is known; leave it out where a point is given.
    pub district: Option<i32>,
    /// Degrees north (WGS 84), with `longitude`: the district is found as when a report is filed.
    pub latitude: Option<f64>,
    /// Degrees east (WGS 84), with `latitude`.
    pub longitude: Option<f64>,
    /// Who manages the land, where it is known, such as `ZZM`.
    pub land_manager: Option<String>,
    /// When the report would come in; now when nothing is said.
    pub at: Option<DateTime<Utc>>,
}
