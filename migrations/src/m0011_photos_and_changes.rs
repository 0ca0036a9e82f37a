//! Photos that were uploaded and are deleted unless a report names them in time; and what changed of
//! reports, for programs that ask for it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("unfiled_photos")
            // The hash of the content: the same photo uploaded again waits anew.
            .col(string("file").primary_key())
            .col(string("thumbnail"))
            // The key of the photo holds until then.
            .col(timestamp_with_time_zone("until"))
            .to_owned();
        manager.create_table(table).await?;
        // Asked before a file is deleted.
        for (name, table, column) in [
            ("unfiled_photos_until", "unfiled_photos", "until"),
            ("report_photos_file", "report_photos", "file"),
            ("report_photos_thumbnail", "report_photos", "thumbnail"),
        ] {
            let index = Index::create().name(name).table(table).col(column).to_owned();
            manager.create_index(index).await?;
        }
        let index = format!("CREATE INDEX reports_changed ON reports (({CHANGED_AT}))");
        manager.get_connection().execute_unprepared(&index).await?;
        Ok(())
    }
}

/// When a report last changed; of what is settled, when it was. A query finds the index by the same
/// expression.
const CHANGED_AT: &str = "CASE WHEN stage IN ('CLOSED', 'MERGED', 'WITHDRAWN', 'REJECTED') \
    OR stage = 'ANSWERED' AND outcome IN ('RESOLVED', 'NOT_FOUND', 'OUT_OF_CITY_COMPETENCE', \
    'UNFOUNDED', 'IMPLEMENTED', 'TEMPORARY_SOLUTION') \
    THEN COALESCE(closed_at, outcome_at, updated_at) ELSE updated_at END";
