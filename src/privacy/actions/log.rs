//! The log of deletions: what and why, and of which reports; never whose.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::{
    actor::Actor,
    db::Tx,
    error::{Error, Result},
    ids,
    page::{Page, PageRequest},
    permissions::{NO_UNIT, Permission},
    privacy::entity::{Deletion, ErasureReason, Numbers, deletion, deletion::Column},
};

/// The cursor's name of the log.
const LIST: &str = "deletions";

/// Writes down that things of a class were deleted.
pub async fn note(
    tx: &Tx,
    actor: &Actor,
    class: &str,
    count: u64,
    reason: ErasureReason,
    reports: Vec<String>,
) -> Result<()> {
    let row = Deletion {
        id: ids::new(tx.now()),
        at: tx.now(),
        class: class.to_owned(),
        count: i64::try_from(count).unwrap_or(i64::MAX),
        actor: actor.handle().to_owned(),
        reason,
        reports: Numbers(reports),
    };
    deletion::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// A page of the log, newest first. Errors: `Unauthenticated`, `Forbidden`.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    page: &PageRequest,
) -> Result<Page<Deletion>> {
    actor.must(Permission::ReadRetention, NO_UNIT)?;
    let size = page.size()?;
    let after = match page.after_key(LIST)? {
        Some(key) => {
            Some(Uuid::parse_str(&key).map_err(|_| Error::BadRequest("bad-cursor".into()))?)
        }
        None => None,
    };
    let rows = deletion::Entity::find()
        .apply_if(after, |query, after| query.filter(Column::Id.lt(after)))
        .order_by_desc(Column::Id)
        .limit(size as u64 + 1)
        .all(db)
        .await?;
    Ok(Page::cut(rows, size, LIST, |row| row.id.to_string()))
}
