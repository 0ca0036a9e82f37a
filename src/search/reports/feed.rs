//! What the index of reports is fed with.

use kontakt_index::{Rebuild, ReportIndex, Reports as Kind};
use uuid::Uuid;

use crate::{
    db::Db,
    error::Result,
    events::{self, Entry, Subject},
    progress::Progress,
    reports::{self, Searched},
    search::{
        feed::{Changes, Source, add, batches},
        reports::documents::document,
    },
};

/// Reports that are read at once while there are many.
const MANY: u64 = 500;

/// The reports of residents.
pub enum Reports {}

impl Source for Reports {
    type Kind = Kind;

    const FOLLOWER: &'static str = "index-reports";

    async fn prepare(_: &Db, _: &ReportIndex) -> Result<()> {
        Ok(())
    }

    async fn fill(db: &Db, mut filling: Rebuild<Kind>) -> Result<(Rebuild<Kind>, i64)> {
        let total = reports::count_all(db.reader()).await?;
        let mut progress = Progress::start("rebuilding the index of reports", total);
        let mut through = 0;
        loop {
            let some = reports::searched_after(db.reader(), through, MANY).await?;
            let Some(last) = some.last() else { return Ok((filling, through)) };
            through = last.report.seq;
            progress.add(some.len() as u64);
            filling = add(filling, some.iter().map(document).collect()).await?;
        }
    }

    async fn take(db: &Db, entries: &[Entry], changes: &mut Changes<Kind>) -> Result<()> {
        for ids in batches(entries, Subject::Report) {
            let found = reports::searched_by_ids(db.reader(), &ids).await?;
            changes.add(&ids, found.iter().map(document).collect()).await?;
        }
        if entries.iter().any(is_import_of_many) {
            take_many(db, changes).await?;
        }
        Ok(())
    }
}

/// An import too large to name what it brought.
fn is_import_of_many(entry: &Entry) -> bool {
    entry.subject() == Some(Subject::Report)
        && entry.kind() == Some(events::Kind::Imported)
        && entry.ids().is_empty()
}

/// Takes everything behind what was last known to be whole: reports that were filed one by one while
/// the import went on have taken places behind some of what it brought.
async fn take_many(db: &Db, changes: &mut Changes<Kind>) -> Result<()> {
    loop {
        let some = reports::searched_after(db.reader(), changes.through, MANY).await?;
        let Some(last) = some.last() else { return Ok(()) };
        changes.through = last.report.seq;
        let ids: Vec<Uuid> = some.iter().map(|Searched { report, .. }| report.id.0).collect();
        changes.add(&ids, some.iter().map(document).collect()).await?;
    }
}
