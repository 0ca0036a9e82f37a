//! Reports that somebody who is about to file one may rather join.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::{
    actor::Actor,
    error::Result,
    reports::{
        actions::{
            filter::{DEGREE_METRES, NearInput},
            read,
        },
        entity::{Category, Report, report},
    },
};

/// How far away a report may be to be the same, in metres.
const NEAR_METRES: f64 = 250.0;
/// How old it may be.
const RECENT_DAYS: i64 = 90;
/// How many are shown.
const SHOWN_MAX: usize = 10;
/// How many are looked at.
const CANDIDATES_MAX: u64 = 200;

/// A report that is near, with its distance in metres.
#[derive(Clone, Debug)]
pub struct Similar {
    /// The report.
    pub report: Report,
    /// How far away it is.
    pub metres: f64,
}

/// Reports of the same group of categories near a point, that are not done with; nearest first.
/// Errors: `BadRequest` for a point that lies on no map.
pub async fn similar(
    db: &impl ConnectionTrait,
    actor: &Actor,
    category: &Category,
    (latitude, longitude): (f64, f64),
    now: DateTime<Utc>,
) -> Result<Vec<Similar>> {
    let near = NearInput { latitude, longitude, metres: NEAR_METRES }.condition()?;
    let recent = report::Column::ReceivedAt.gte(now - TimeDelta::days(RECENT_DAYS));
    let same = report::Column::CategoryGroup.eq(category.group());
    let open = Condition::all().add(report::Column::ClosedAt.is_null());
    let found = report::Entity::find()
        .filter(read::seen_by(actor))
        .filter(near)
        .filter(open.add(recent).add(same))
        .limit(CANDIDATES_MAX)
        .all(db)
        .await?;
    let east = DEGREE_METRES * latitude.to_radians().cos();
    let mut found: Vec<Similar> = found
        .into_iter()
        .filter_map(|report| {
            let (north, across) = (report.latitude? - latitude, report.longitude? - longitude);
            let metres = (north * DEGREE_METRES).hypot(across * east);
            Some(Similar { report, metres })
        })
        .collect();
    found.sort_by(|one, other| one.metres.total_cmp(&other.metres));
    found.truncate(SHOWN_MAX);
    Ok(found)
}
