//! What belongs to an account, whoever asks: for those who gather it on the owner's behalf.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    error::Result,
    reports::entity::{Report, ReportId, claim, report, supporter},
};

/// A report that an account supports or follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supported {
    /// Its number.
    pub number: String,
    /// Whether the account supports it.
    pub supports: bool,
    /// Whether the account follows it.
    pub follows: bool,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// The reports of an account, newest first.
pub async fn owned_by(db: &impl ConnectionTrait, account: &str, max: u64) -> Result<Vec<Report>> {
    Ok(report::Entity::find()
        .filter(report::Column::Account.eq(account))
        .order_by_desc(report::Column::ReceivedAt)
        .order_by_desc(report::Column::Id)
        .limit(max)
        .all(db)
        .await?)
}

/// The reports that an account supports or follows, newest first.
pub async fn supported_by(
    db: &impl ConnectionTrait,
    account: &str,
    max: u64,
) -> Result<Vec<Supported>> {
    let rows = supporter::Entity::find()
        .filter(supporter::Column::Account.eq(account))
        .order_by_desc(supporter::Column::At)
        .limit(max)
        .all(db)
        .await?;
    let numbers: HashMap<_, _> = report::Entity::find()
        .filter(report::Column::Id.is_in(rows.iter().map(|row| row.report_id)))
        .select_only()
        .column(report::Column::Id)
        .column(report::Column::Number)
        .into_tuple::<(ReportId, String)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let supported = |row: supporter::Model| Supported {
        number: numbers.get(&row.report_id).cloned().unwrap_or_default(),
        supports: row.supports,
        follows: row.follows,
        at: row.at,
    };
    Ok(rows.into_iter().map(supported).collect())
}

/// When reports were taken into their accounts.
pub async fn claims(
    db: &impl ConnectionTrait,
    reports: &[ReportId],
) -> Result<HashMap<ReportId, DateTime<Utc>>> {
    let which = claim::Column::ReportId.is_in(reports.iter().copied());
    let rows = claim::Entity::find().filter(which).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.report_id, row.at)).collect())
}
