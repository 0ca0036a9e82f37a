//! Who looked at whose personal data: the audit, summed up for a breach.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::{
    audit::entity::{Act, Column, Entity},
    error::Result,
};

/// The looks of one person or program at one thing that holds personal data.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Looks {
    /// What was looked at: a report.
    pub subject_id: Uuid,
    /// Who looked, by the handle.
    pub actor: String,
    /// How often.
    pub looks: i64,
    /// The first time.
    pub first_at: DateTime<Utc>,
    /// The last time.
    pub last_at: DateTime<Utc>,
}

/// Which looks are meant.
#[derive(Clone, Debug)]
pub struct Period {
    /// From this instant on.
    pub from: DateTime<Utc>,
    /// Before this instant.
    pub to: DateTime<Utc>,
    /// Of one person or program; of all when nothing is said.
    pub actor: Option<String>,
}

/// The looks of a period, in the order of things and lookers, behind one of them.
pub async fn looks(
    db: &impl ConnectionTrait,
    period: &Period,
    after: Option<(Uuid, String)>,
    limit: u64,
) -> Result<Vec<Looks>> {
    let behind = |(id, actor): (Uuid, String)| {
        let same = Condition::all().add(Column::SubjectId.eq(id)).add(Column::Actor.gt(actor));
        Condition::any().add(Column::SubjectId.gt(id)).add(same)
    };
    Ok(Entity::find()
        .filter(Column::Act.eq(Act::ContactRead))
        .filter(Column::SubjectId.is_not_null())
        .filter(Column::At.gte(period.from))
        .filter(Column::At.lt(period.to))
        .apply_if(period.actor.as_deref(), |query, actor| query.filter(Column::Actor.eq(actor)))
        .apply_if(after, |query, after| query.filter(behind(after)))
        .select_only()
        .columns([Column::SubjectId, Column::Actor])
        .column_as(Column::Id.count(), "looks")
        .column_as(Column::At.min(), "first_at")
        .column_as(Column::At.max(), "last_at")
        .group_by(Column::SubjectId)
        .group_by(Column::Actor)
        .order_by_asc(Column::SubjectId)
        .order_by_asc(Column::Actor)
        .limit(limit)
        .into_model::<Looks>()
        .all(db)
        .await?)
}
