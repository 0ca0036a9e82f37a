//! Reports of an account: those filed while signed in, and those taken into it by their tokens.

use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, Set,
    sea_query::{Expr, OnConflict},
};

use crate::{
    actor::Actor,
    db::Tx,
    error::{Error, Problem, ProblemCode, Result},
    events::{Event, Kind, Subject},
    reports::{
        actions::{ReportFilter, read},
        desk::Desk,
        entity::{ClaimReportInput, Report, claim, report},
    },
};

/// The filter that leaves a resident's own reports. Errors: `Unauthenticated`, `Forbidden`.
pub fn own_filter(actor: &Actor, filter: ReportFilter) -> Result<ReportFilter> {
    Ok(ReportFilter { account: Some(account(actor)?.to_owned()), ..filter })
}

/// Takes a report into the account of the resident who holds its token. Errors: `Unauthenticated`,
/// `Forbidden`, `NotFound` for a wrong number or token, `Conflict` when it is in another account.
pub async fn claim(tx: &Tx, desk: &Desk, actor: &Actor, input: ClaimReportInput) -> Result<Report> {
    let account = account(actor)?.to_owned();
    let token = Some(input.tracking_token.as_str());
    let (report, _) = read::by_number(tx, desk, actor, &input.number, token).await?;
    if !desk.is_holder(report.id, &input.tracking_token) {
        return Err(Error::NotFound);
    }
    if report.account.as_ref() == Some(&account) {
        return Ok(report);
    }
    let claimed = report::Entity::update_many()
        .col_expr(report::Column::Account, Expr::val(&account))
        .filter(report::Column::Id.eq(report.id).and(report::Column::Account.is_null()))
        .exec(tx)
        .await?;
    if claimed.rows_affected == 0 {
        return Err(Problem::at("number", ProblemCode::Conflict, "report-of-other-account").into());
    }
    let row = claim::ActiveModel {
        report_id: Set(report.id),
        account: Set(account.clone()),
        at: Set(tx.now()),
    };
    let anew = OnConflict::column(claim::Column::ReportId)
        .update_columns([claim::Column::Account, claim::Column::At])
        .to_owned();
    claim::Entity::insert(row).on_conflict(anew).exec_without_returning(tx).await?;
    let ids = vec![report.id.0];
    tx.emit(actor, Event { kind: Kind::Claimed, subject: Subject::Report, ids });
    Ok(Report { account: Some(account), ..report })
}

fn account(actor: &Actor) -> Result<&str> {
    match actor {
        Actor::Resident(account) => Ok(account),
        other => Err(other.refused()),
    }
}
