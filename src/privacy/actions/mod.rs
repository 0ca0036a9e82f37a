//! What is deleted, and what is written down of it.

mod affected;
mod erase;
mod log;
mod person;
mod retain;

pub use affected::{Affected, affected};
pub use erase::erase_account;
pub use log::list;
pub use person::erase_person;
pub use retain::{count_over, delete_some, night, night_is_over};
