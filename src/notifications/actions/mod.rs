//! What is done about letters to residents.

mod compose;
mod follow;
mod subscribe;
mod webhooks;

pub use compose::Composer;
pub use follow::Notifications;
pub use subscribe::{
    Confirmed, anything_unconfirmed, confirm, end, follow_by_email, forget_unconfirmed,
};
pub use webhooks::Calls;
