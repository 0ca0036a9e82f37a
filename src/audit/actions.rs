//! How the audit is written and read.

use std::collections::BTreeSet;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

use crate::{
    actor::Actor,
    audit::{
        entity::{Act, AuditEntry, AuditFilter, Column, Entity, Record},
        rules::{Break, Chain, Sound},
    },
    db::Tx,
    error::{Error, Result},
    ids,
    page::{Page, PageRequest},
    permissions::{NO_UNIT, Permission},
};

const LIST: &str = "audit";
/// Entries that are read at once when the chain is followed.
const BATCH: u64 = 1_000;

/// A page of the audit, newest first. Errors: `Forbidden`.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &AuditFilter,
    page: &PageRequest,
) -> Result<Page<AuditEntry>> {
    actor.must(Permission::ReadAudit, NO_UNIT)?;
    let size = page.size()?;
    // An id that was never given out stands for nothing.
    let key =
        |id: &async_graphql::ID| ids::parse_global(id).map_or(uuid::Uuid::nil(), |(_, key)| key);
    let subject = filter.subject.as_ref().map(key);
    let before = match page.after_key(LIST)? {
        Some(key) => Some(key.parse::<i64>().map_err(|_| Error::BadRequest("bad-cursor".into()))?),
        None => None,
    };
    let rows = Entity::find()
        .apply_if(filter.actor.as_deref(), |query, actor| query.filter(Column::Actor.eq(actor)))
        .apply_if(filter.act, |query, act| query.filter(Column::Act.eq(act)))
        .apply_if(subject, |query, id| query.filter(Column::SubjectId.eq(id)))
        .apply_if(filter.from, |query, from| query.filter(Column::At.gte(from)))
        .apply_if(filter.to, |query, to| query.filter(Column::At.lt(to)))
        .apply_if(before, |query, before| query.filter(Column::Id.lt(before)))
        .order_by_desc(Column::Id)
        .limit(size as u64 + 1)
        .all(db)
        .await?;
    Ok(Page::cut(rows, size, LIST, |entry| entry.id.to_string()))
}

/// Acts of these kinds that were done to these things, newest first.
pub async fn about(
    db: &impl ConnectionTrait,
    subjects: Vec<uuid::Uuid>,
    acts: Vec<Act>,
    max: u64,
) -> Result<Vec<AuditEntry>> {
    Ok(Entity::find()
        .filter(Column::SubjectId.is_in(subjects))
        .filter(Column::Act.is_in(acts))
        .order_by_desc(Column::Id)
        .limit(max)
        .all(db)
        .await?)
}

/// Writes down that an actor was refused some fields of the roots.
pub fn deny(tx: &Tx, actor: &Actor, fields: BTreeSet<String>) {
    for field in fields {
        tx.record(Record::of(actor, Act::Denied).detail(field));
    }
}

/// How many entries there are.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(Entity::find().count(db).await?)
}

/// Follows the whole chain. An entry with the hash `awaited`, noted down earlier, must be in it.
pub async fn verify(
    db: &impl ConnectionTrait,
    awaited: Option<Vec<u8>>,
    mut progress: impl FnMut(u64),
) -> Result<Result<Sound, Break>> {
    let mut chain = Chain::begin(awaited);
    let mut last = i64::MIN;
    loop {
        let batch = Entity::find().filter(Column::Id.gt(last)).order_by_asc(Column::Id);
        let batch = batch.limit(BATCH).all(db).await?;
        let Some(end) = batch.last() else { return Ok(chain.end()) };
        last = end.id;
        for entry in &batch {
            if let Err(broken) = chain.follow(entry) {
                return Ok(Err(broken));
            }
        }
        progress(batch.len() as u64);
    }
}
