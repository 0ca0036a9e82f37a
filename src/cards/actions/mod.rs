//! What can be done with cards.

mod freshness;
mod import;
mod read;
mod steps;
mod write;

pub use freshness::by_review_day;
pub use import::import;
pub use read::{
    CardState, Listed, all_live, at_work, find, find_by_slug, find_with_drafts, keys, list,
    live_by_ids, live_by_slugs, live_revisions, versions,
};
pub use steps::{anything_due, approve, publish, publish_due, return_to_draft, submit, withdraw};
pub use write::{create, edit};
