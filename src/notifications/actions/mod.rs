//! What is done about letters to residents.

mod compose;
mod follow;
mod people;
mod subscribe;
mod webhooks;

pub use compose::Composer;
pub use follow::Notifications;
pub use subscribe::{
    Confirmed, anything_unconfirmed, confirm, contacts_of, end, end_all, follow_by_email,
    forget_unconfirmed,
};
pub use webhooks::Calls;
