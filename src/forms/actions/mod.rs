//! What can be done with forms.

mod import;
mod read;
mod write;

pub use import::import;
pub use read::{
    FormState, Listed, all_live, at_work, by_ids, find, find_version, list, live_by_ids,
    live_of_cards, live_revisions, versions,
};
pub use write::{publish, save_draft, withdraw};
