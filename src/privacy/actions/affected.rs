//! Whose data somebody looked at: what has to be known within 72 hours of a breach (RODO, art. 33).

use std::collections::HashMap;

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    actor::Actor,
    audit::{self, Looks, Period},
    error::{Error, Result},
    page::{Page, PageRequest},
    permissions::{NO_UNIT, Permission},
    reports::{self, Report},
};

/// The cursor's name of the list.
const LIST: &str = "affected-persons";

/// Somebody whose personal data was looked at, by nothing that tells who it is.
#[derive(Clone, Debug)]
pub struct Affected {
    /// The report whose contact it was.
    pub report: Option<Report>,
    /// Who looked, how often and when.
    pub looks: Looks,
}

/// A page of those whose personal data was looked at in a period. Errors: `Unauthenticated`, `Forbidden`.
pub async fn affected(
    db: &impl ConnectionTrait,
    actor: &Actor,
    period: &Period,
    page: &PageRequest,
) -> Result<Page<Affected>> {
    actor.must(Permission::ReadAudit, NO_UNIT)?;
    let size = page.size()?;
    let after = page.after_key(LIST)?.map(|key| parse(&key)).transpose()?;
    let rows = audit::looks(db, period, after, size as u64 + 1).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.subject_id).collect();
    // As Kontakt itself: the number of a report is no secret from whoever reads the audit.
    let found = reports::by_ids(db, &Actor::System, &ids).await?;
    let by_id: HashMap<Uuid, Report> = found.into_iter().map(|one| (one.id.0, one)).collect();
    let whole = |looks: Looks| Affected { report: by_id.get(&looks.subject_id).cloned(), looks };
    let rows = rows.into_iter().map(whole).collect();
    Ok(Page::cut(rows, size, LIST, |row: &Affected| {
        format!("{} {}", row.looks.subject_id, row.looks.actor)
    }))
}

fn parse(key: &str) -> Result<(Uuid, String)> {
    let parts = key.split_once(' ');
    let parsed = parts.and_then(|(id, actor)| Some((id.parse().ok()?, actor.to_owned())));
    parsed.ok_or_else(|| Error::BadRequest("bad-cursor".into()))
}
