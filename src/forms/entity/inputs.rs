//! What the actions on forms are given.

use async_graphql::InputObject;

use crate::forms::entity::FormContent;

/// What a form is to say: a new form, or the draft beside the version that is live.
#[derive(Clone, Debug, InputObject)]
pub struct SaveFormDraftInput {
    /// The form's name in addresses: small letters, digits and hyphens; never changed later. An unknown
    /// one makes a new form.
    pub slug: String,
    /// The `version` of the form that was read; left out for a new form. Refused as CONFLICT when the
    /// form has changed since.
    pub expected_version: Option<i32>,
    /// What the form is to say, whole.
    pub content: FormContent,
    /// Why, for the history; at most 1,000 characters.
    pub change_note: Option<String>,
}

/// Which draft goes live.
#[derive(Clone, Debug, InputObject)]
pub struct PublishFormInput {
    /// The form's name in addresses.
    pub slug: String,
    /// The `version` of the form that was read; refused as CONFLICT when the form has changed since.
    pub expected_version: i32,
}

/// Which form is taken down.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawFormInput {
    /// The form's name in addresses.
    pub slug: String,
    /// The `version` of the form that was read; refused as CONFLICT when the form has changed since.
    pub expected_version: i32,
    /// Why, for the history; at most 1,000 characters.
    pub change_note: Option<String>,
}

/// Which forms are listed.
#[derive(Clone, Debug, Default, InputObject)]
pub struct FormFilter {
    /// Those of a unit, by its code.
    pub unit: Option<String>,
    /// Those with a draft, which is shown in the place of the live version; needs the right to read
    /// drafts.
    #[graphql(default)]
    pub drafts: bool,
}
