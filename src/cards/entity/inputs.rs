//! What the actions on cards are given.

use async_graphql::{ID, InputObject};

use crate::{
    cards::entity::{CardContent, State},
    scalars::Date,
};

/// A new card.
#[derive(Clone, Debug, InputObject)]
pub struct CreateServiceCardInput {
    /// The card's name in addresses: small letters, digits and hyphens; never changed later.
    pub slug: String,
    /// What the card says.
    pub content: CardContent,
    /// Why, for the history; at most 1,000 characters.
    pub change_note: Option<String>,
}

/// New content of a card. Where a version is live, a draft is made beside it.
#[derive(Clone, Debug, InputObject)]
pub struct EditServiceCardInput {
    /// The card.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the card has changed since.
    pub expected_version: i32,
    /// What the card is to say, whole.
    pub content: CardContent,
    /// Why, for the history; at most 1,000 characters.
    pub change_note: Option<String>,
}

/// A step of a card's working version.
#[derive(Clone, Debug, InputObject)]
pub struct ServiceCardStepInput {
    /// The card.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the card has changed since.
    pub expected_version: i32,
    /// A word to the next reader, for the history; at most 1,000 characters.
    pub note: Option<String>,
}

/// Publishing of an approved version.
#[derive(Clone, Debug, InputObject)]
pub struct PublishServiceCardInput {
    /// The card.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the card has changed since.
    pub expected_version: i32,
    /// The first day on which it is to be live; today or nothing: at once.
    pub valid_from: Option<Date>,
}

/// Which cards are listed by the day of their review.
#[derive(Clone, Debug, Default)]
pub struct CardFreshnessFilter {
    /// Those of a unit, by its code.
    pub unit: Option<String>,
    /// Those that are due before a day, or have no day.
    pub due_before: Option<Date>,
}

/// Which cards are listed.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ServiceCardFilter {
    /// Those of a unit, by its code.
    pub unit: Option<String>,
    /// Those of a life event, by its code.
    pub life_event: Option<String>,
    /// Those that can (true) or cannot (false) be filed online.
    pub online: Option<bool>,
    /// Those with a version in this state; others than PUBLISHED need the right to read drafts. The
    /// cards show their live version all the same; what is at work is in `draft`.
    pub state: Option<State>,
}
