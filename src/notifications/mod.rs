//! Letters to residents about their reports: a reader, once for an installation.
//!
//! It follows the spine (`actions/follow.rs`) and writes down who is to hear of what; the words are
//! found when a letter is sent (`actions/compose.rs`), from the report as it is then. Nobody is written
//! to who has not said that the address is theirs (`actions/subscribe.rs`).

mod actions;
mod entity;
mod graphql;
mod links;
mod rules;

pub use actions::{
    Calls, Composer, Confirmed, Notifications, any_plain_address, anything_unconfirmed, confirm,
    contacts_of, end, end_all, forget_followers, forget_people, forget_unconfirmed,
    outdated_followers, seal_plain_addresses,
};
pub use entity::{FollowReportByEmailInput, Subscription};
pub use graphql::{DeliveryObject, NotificationMutations, NotificationQueries, deliveries};
pub use links::Links;
pub use rules::CONFIRM_DAYS;
