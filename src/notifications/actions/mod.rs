//! What is done about letters to residents.

mod addresses;
mod compose;
mod erase;
mod follow;
mod people;
mod subscribe;
mod webhooks;

pub use addresses::{any_plain_address, seal_plain_addresses};
pub use compose::Composer;
pub use erase::{forget_followers, forget_people, outdated_followers};
pub use follow::Notifications;
pub use subscribe::{
    Confirmed, anything_unconfirmed, confirm, contacts_of, end, end_all, follow_by_email,
    forget_unconfirmed,
};
pub use webhooks::Calls;
