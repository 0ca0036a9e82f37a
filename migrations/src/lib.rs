//! The frozen steps from an empty database to today's schema.
//!
//! One file per step, never edited once released; a step imports no living entity. Every step
//! runs in a transaction, on SQLite too. Forward only.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m0001_spine;
mod m0002_units;
mod m0003_cards;
mod m0004_articles;
mod m0005_categories;
mod m0006_search_rules;
mod m0007_search_log;
mod m0008_knowledge_gaps;
mod m0009_district_outlines;
mod m0010_reports;
mod m0011_photos_and_changes;
mod m0012_desk;
mod m0013_accounts;
mod m0014_deliveries;
mod m0016_audit;
mod m0017_person_keys;
mod m0018_profiles;
mod m0019_token_owners;
mod m0020_forms;

/// Applies the steps in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_spine::Step),
            Box::new(m0002_units::Step),
            Box::new(m0003_cards::Step),
            Box::new(m0004_articles::Step),
            Box::new(m0005_categories::Step),
            Box::new(m0006_search_rules::Step),
            Box::new(m0007_search_log::Step),
            Box::new(m0008_knowledge_gaps::Step),
            Box::new(m0009_district_outlines::Step),
            Box::new(m0010_reports::Step),
            Box::new(m0011_photos_and_changes::Step),
            Box::new(m0012_desk::Step),
            Box::new(m0013_accounts::Step),
            Box::new(m0014_deliveries::Step),
            Box::new(m0016_audit::Step),
            Box::new(m0017_person_keys::Step),
            Box::new(m0018_profiles::Step),
            Box::new(m0019_token_owners::Step),
            Box::new(m0020_forms::Step),
        ]
    }
}
