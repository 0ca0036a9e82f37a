//! What is stored of a proposal, and what is put in.

use async_graphql::{Enum, ID, InputObject};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    reports::{routing::SaveRoutingRuleInput, templates::SaveAnswerTemplateInput},
    typed_id,
};

typed_id!(
    /// The id of a proposal.
    ProposalId
);

/// Where a proposal stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProposalState {
    /// Nobody has decided yet.
    Open,
    /// It is done.
    Accepted,
    /// It is not done.
    Declined,
}

/// The table of proposals.
pub mod proposal {
    use sea_orm::entity::prelude::*;

    use super::{ProposalId, ProposalState, SaveAnswerTemplateInput, SaveRoutingRuleInput};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "proposals")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ProposalId,
        pub state: ProposalState,
        pub unit: String,
        pub text: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub routing_rule: Option<SaveRoutingRuleInput>,
        #[sea_orm(column_type = "JsonBinary")]
        pub answer_template: Option<SaveAnswerTemplateInput>,
        pub proposed_by: String,
        pub proposed_at: DateTimeUtc,
        pub decided_by: Option<String>,
        pub decided_at: Option<DateTimeUtc>,
        pub reason: Option<String>,
        pub rule_id: Option<Uuid>,
        pub template_id: Option<Uuid>,
        pub revision: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A proposal as it is stored.
pub type Proposal = proposal::Model;

/// What is proposed.
#[derive(Clone, Debug, InputObject)]
pub struct MakeProposalInput {
    /// What is to be done and why, 1 to 4,000 characters.
    pub text: String,
    /// The code of the unit whose coordinators are to decide, where only words are proposed; without
    /// it administrators decide. A rule or a template is of the unit that it names.
    pub unit: Option<String>,
    /// The routing rule that would be written, as `saveRoutingRule` takes it.
    pub routing_rule: Option<SaveRoutingRuleInput>,
    /// The template of answers that would be written, as `saveAnswerTemplate` takes it; a rule or a
    /// template, not both.
    pub answer_template: Option<SaveAnswerTemplateInput>,
}

/// A proposal that is done.
#[derive(Clone, Debug, InputObject)]
pub struct AcceptProposalInput {
    /// The proposal.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the proposal has changed since.
    pub expected_version: i32,
    /// The rule that is written instead of the one that was proposed, or for what was proposed in
    /// words.
    pub routing_rule: Option<SaveRoutingRuleInput>,
    /// The template that is written instead of the one that was proposed, or for what was proposed in
    /// words.
    pub answer_template: Option<SaveAnswerTemplateInput>,
    /// A word to whoever proposed it, at most 4,000 characters.
    pub reason: Option<String>,
}

/// A proposal that is not done.
#[derive(Clone, Debug, InputObject)]
pub struct DeclineProposalInput {
    /// The proposal.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the proposal has changed since.
    pub expected_version: i32,
    /// Why, 1 to 4,000 characters; read by whoever proposed it.
    pub reason: String,
}
