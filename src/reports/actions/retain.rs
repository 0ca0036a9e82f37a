//! What of reports is kept too long: found, counted, taken out.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
    sea_query::{Expr, Func, OnConflict, Query, SelectStatement, SimpleExpr},
};

use crate::{
    db::Tx,
    error::Result,
    questions::Answers,
    reports::entity::{
        ReportId, Stage, contact, feedback, photo, report, report::Column, timeline, unfiled_photo,
    },
};

/// What can be kept too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outdated {
    /// Contacts of reports whose way has ended.
    Contacts,
    /// Texts and photos of reports that were withdrawn or rejected.
    Texts,
}

/// Some reports of which this was due before an instant, the oldest first, by id and number.
pub async fn outdated(
    db: &impl ConnectionTrait,
    what: Outdated,
    end: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<(ReportId, String)>> {
    Ok(report::Entity::find()
        .filter(which(what, end))
        .order_by_asc(Column::Id)
        .limit(limit)
        .select_only()
        .columns([Column::Id, Column::Number])
        .into_tuple()
        .all(db)
        .await?)
}

/// Of how many it was due, and since when of the oldest.
pub async fn count_outdated(
    db: &impl ConnectionTrait,
    what: Outdated,
    end: DateTime<Utc>,
) -> Result<(u64, Option<DateTime<Utc>>)> {
    let row: Option<(i64, Option<DateTime<Utc>>)> = report::Entity::find()
        .filter(which(what, end))
        .select_only()
        .expr(Column::Id.count())
        .expr(Func::min(ended_at()))
        .into_tuple()
        .one(db)
        .await?;
    let (count, oldest) = row.unwrap_or_default();
    Ok((u64::try_from(count).unwrap_or_default(), oldest))
}

/// The ids of the reports whose way ended before an instant.
pub fn ended_before(end: DateTime<Utc>) -> SelectStatement {
    Query::select().column(Column::Id).from(report::Entity).cond_where(ended(END, end)).to_owned()
}

/// Takes what was told out of reports, and lets their photos be deleted; what is counted of them stays.
pub async fn erase_texts(tx: &Tx, reports: &[ReportId]) -> Result<()> {
    let ids = || reports.iter().copied();
    let nothing = || Expr::value(None::<String>);
    let answers = serde_json::to_value(Answers::default()).unwrap_or_default();
    report::Entity::update_many()
        .col_expr(Column::Description, Expr::value(""))
        .col_expr(Column::PublicDescription, nothing())
        .col_expr(Column::Reason, nothing())
        .col_expr(Column::Address, nothing())
        .col_expr(Column::Answers, Expr::value(answers))
        .filter(Column::Id.is_in(ids()))
        .exec(tx)
        .await?;
    timeline::Entity::update_many()
        .col_expr(timeline::Column::Text, nothing())
        .col_expr(timeline::Column::Note, nothing())
        .filter(timeline::Column::ReportId.is_in(ids()))
        .exec(tx)
        .await?;
    feedback::Entity::update_many()
        .col_expr(feedback::Column::Text, nothing())
        .filter(feedback::Column::ReportId.is_in(ids()))
        .exec(tx)
        .await?;
    take_photos_out(tx, reports).await
}

/// From now on they are photos that no report came for, whose files the sweep deletes.
async fn take_photos_out(tx: &Tx, reports: &[ReportId]) -> Result<()> {
    let of_reports = photo::Column::ReportId.is_in(reports.iter().copied());
    let photos = photo::Entity::find().filter(of_reports.clone()).all(tx).await?;
    if photos.is_empty() {
        return Ok(());
    }
    photo::Entity::delete_many().filter(of_reports).exec(tx).await?;
    let rows = photos.into_iter().map(|photo| unfiled_photo::ActiveModel {
        file: Set(photo.file),
        thumbnail: Set(photo.thumbnail),
        until: Set(tx.now()),
    });
    let known = OnConflict::column(unfiled_photo::Column::File).do_nothing().to_owned();
    unfiled_photo::Entity::insert_many(rows).on_conflict(known).exec_without_returning(tx).await?;
    Ok(())
}

/// Where the way of a report ends, unless it is reopened.
const END: &[Stage] = &[Stage::Closed, Stage::Merged, Stage::Withdrawn, Stage::Rejected];

fn which(what: Outdated, before: DateTime<Utc>) -> Condition {
    match what {
        Outdated::Contacts => {
            let mut known = Query::select();
            known.column(contact::Column::ReportId).from(contact::Entity);
            ended(END, before).add(Column::Id.in_subquery(known))
        }
        Outdated::Texts => {
            ended(&[Stage::Withdrawn, Stage::Rejected], before).add(Column::Description.ne(""))
        }
    }
}

fn ended(stages: &[Stage], before: DateTime<Utc>) -> Condition {
    Condition::all().add(Column::Stage.is_in(stages.iter().copied())).add(ended_at().lt(before))
}

fn ended_at() -> SimpleExpr {
    Func::coalesce([Expr::col(Column::ClosedAt), Expr::col(Column::UpdatedAt)]).into()
}
