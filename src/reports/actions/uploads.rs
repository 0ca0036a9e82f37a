//! Photos that were uploaded and wait for their report.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set, sea_query::OnConflict,
};

use crate::{
    db::Tx,
    error::Result,
    files::{Keys, StoredPhoto},
    reports::entity::{UnfiledPhoto, photo, unfiled_photo},
};

/// Photos that are deleted together.
const BATCH: u64 = 100;
/// Photos that are looked at together.
const LOOKED_AT_ONCE: u64 = 1_000;
/// A report that is being filed when the key of its photo ends is not left without it.
const GRACE_HOURS: i64 = 1;

/// Says that a photo is about to be kept: from now on its report may come for a day.
pub async fn expect_photo(tx: &Tx, stored: &StoredPhoto) -> Result<()> {
    use unfiled_photo::Column;
    let row = unfiled_photo::ActiveModel {
        file: Set(stored.file.clone()),
        thumbnail: Set(stored.thumbnail.clone()),
        until: Set(Keys::until(tx.now())),
    };
    let again = OnConflict::column(Column::File).update_column(Column::Until).to_owned();
    unfiled_photo::Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// Photos whose time to be filed has passed, whether they were or not: a batch, the oldest first.
pub async fn photos_over(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<UnfiledPhoto>> {
    Ok(unfiled_photo::Entity::find()
        .filter(unfiled_photo::Column::Until.lte(over(now)))
        .order_by_asc(unfiled_photo::Column::Until)
        .limit(BATCH)
        .all(db)
        .await?)
}

/// Of the files of such photos, those that no report has and no other upload waits with: what is the
/// same is kept once.
pub async fn unused_files(
    db: &impl ConnectionTrait,
    photos: &[UnfiledPhoto],
    now: DateTime<Utc>,
) -> Result<HashSet<String>> {
    let pairs = photos.iter().flat_map(|photo| [photo.file.clone(), photo.thumbnail.clone()]);
    let mut unused: HashSet<String> = pairs.collect();
    let names = || unused.iter().cloned();
    let filed = {
        use photo::Column::{File, Thumbnail};
        let rows = photo::Entity::find().select_only().columns([File, Thumbnail]);
        let named = File.is_in(names()).or(Thumbnail.is_in(names()));
        rows.filter(named).into_tuple::<(String, String)>().all(db).await?
    };
    let waiting = {
        use unfiled_photo::Column::{File, Thumbnail, Until};
        let rows = unfiled_photo::Entity::find().select_only().columns([File, Thumbnail]);
        let named = File.is_in(names()).or(Thumbnail.is_in(names()));
        let waits = Until.gt(over(now));
        rows.filter(named).filter(waits).into_tuple::<(String, String)>().all(db).await?
    };
    for (file, thumbnail) in filed.into_iter().chain(waiting) {
        unused.remove(&file);
        unused.remove(&thumbnail);
    }
    Ok(unused)
}

/// Waits for these photos no longer, but for those that were uploaded again meanwhile.
pub async fn forget_photos(tx: &Tx, photos: &[UnfiledPhoto]) -> Result<()> {
    let files = photos.iter().map(|photo| photo.file.clone());
    unfiled_photo::Entity::delete_many()
        .filter(unfiled_photo::Column::File.is_in(files))
        .filter(unfiled_photo::Column::Until.lte(over(tx.now())))
        .exec(tx)
        .await?;
    Ok(())
}

/// How many photos that were uploaded still have time to be filed.
pub async fn waiting_photos(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64> {
    let waits = unfiled_photo::Column::Until.gt(now);
    Ok(unfiled_photo::Entity::find().filter(waits).count(db).await?)
}

/// What the photos of reports lack.
#[derive(Debug, Default)]
pub struct LackingPhotos {
    /// How many photos reports have; what is the same counts once.
    pub photos: usize,
    /// How many of them have no file.
    pub lacking: usize,
    /// The name of the first file that is not there.
    pub first: Option<String>,
}

/// Looks whether the files of all photos of reports are there.
pub async fn lacking_photos(
    db: &impl ConnectionTrait,
    is_there: impl Fn(&str) -> bool,
) -> Result<LackingPhotos> {
    use photo::Column::{File, Thumbnail};
    let mut told = LackingPhotos::default();
    let mut after = String::new();
    loop {
        let page = photo::Entity::find().select_only().columns([File, Thumbnail]).distinct();
        let page = page.filter(File.gt(after.as_str())).order_by_asc(File).limit(LOOKED_AT_ONCE);
        let names: Vec<(String, String)> = page.into_tuple().all(db).await?;
        let Some((last, _)) = names.last() else { return Ok(told) };
        after.clone_from(last);
        told.photos += names.len();
        for (file, thumbnail) in names {
            let gone = [file, thumbnail].into_iter().find(|name| !is_there(name));
            told.lacking += usize::from(gone.is_some());
            told.first = told.first.or(gone);
        }
    }
}

/// What ended before this instant is over.
fn over(now: DateTime<Utc>) -> DateTime<Utc> {
    now - TimeDelta::hours(GRACE_HOURS)
}
