//! Service cards: what one has to know to settle a matter with the city.
//!
//! A card has versions. One version is live at most; beside it one may be at work:
//! DRAFT → IN_REVIEW → APPROVED → PUBLISHED → SUPERSEDED or WITHDRAWN (domain.md f.2).

mod actions;
mod entity;
mod freshness;
mod graphql;
mod life_events;
mod passages;
mod prose;
mod rules;

pub use actions::{
    Listed, all_live, anything_due, at_work, import, keys, live_by_ids, live_by_slugs,
    live_revisions, publish_due,
};
pub use entity::*;
pub use freshness::{Lack, lacks, links, translations};
pub use graphql::{
    CardLoader, CardMutations, CardObject, CardQueries, FreshnessObject, FreshnessQueries,
    connection, node_with_drafts, nodes,
};
pub use life_events::label as life_event_label;
pub use passages::{Section, passages};
pub use prose::tidied;
pub use rules::{import_problems as problems, missing_parts};
