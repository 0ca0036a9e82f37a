//! Reading reports: what an actor may see is decided inside the query.

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
    Select,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use crate::{
    actor::Actor,
    error::{Error, Result},
    ids::{self, NodeKind},
    page::{Page, PageRequest},
    permissions::{Permission, Reach},
    reports::{
        actions::filter::{ReportFilter, ReportOrder},
        desk::Desk,
        entity::{AssignmentStage, HolderInput, Report, ReportId, assignment, report},
    },
};

/// The cursor's name of the list of reports.
const LIST: &str = "reports";

/// A page of reports that the actor may see.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &ReportFilter,
    order: ReportOrder,
    page: &PageRequest,
    today: NaiveDate,
) -> Result<Page<Report>> {
    let size = page.size()?;
    let mut query = seen(actor, filter, today)?;
    if let Some(after) = page.after_key(LIST)? {
        query = query.filter(order.behind(&after)?);
    }
    let rows = order.sort(query).limit(size as u64 + 1).all(db).await?;
    Ok(Page::cut(rows, size, LIST, |report| order.key(report)))
}

/// How many reports there are on all pages of a list.
pub async fn count(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &ReportFilter,
    today: NaiveDate,
) -> Result<u64> {
    let count = seen(actor, filter, today)?.select_only().expr(report::Column::Id.count());
    let count = count.into_tuple::<i64>().one(db).await?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
}

fn seen(actor: &Actor, filter: &ReportFilter, today: NaiveDate) -> Result<Select<report::Entity>> {
    filter.check(actor)?;
    Ok(report::Entity::find().filter(seen_by(actor)).filter(filter.condition(today)?))
}

/// The reports with these ids that the actor may see, in no order.
pub async fn by_ids(db: &impl ConnectionTrait, actor: &Actor, ids: &[Uuid]) -> Result<Vec<Report>> {
    let which = report::Column::Id.is_in(ids.iter().copied().map(ReportId));
    Ok(report::Entity::find().filter(seen_by(actor)).filter(which).all(db).await?)
}

/// The report with a number that the actor may see, or holds the token of; and whether it is the
/// actor's own.
pub async fn by_number(
    db: &impl ConnectionTrait,
    desk: &Desk,
    actor: &Actor,
    number: &str,
    token: Option<&str>,
) -> Result<(Report, bool)> {
    // In one statement, so that nobody can tell by the time it takes what is hidden from what is not.
    let named = || report::Entity::find().filter(report::Column::Number.eq(number));
    if let Some(report) = named().filter(seen_by(actor)).one(db).await? {
        let own = matches!(actor, Actor::Resident(name) if report.account.as_ref() == Some(name));
        let holds = own || token.is_some_and(|token| desk.is_holder(report.id, token));
        return Ok((report, holds));
    }
    let token = token.ok_or(Error::NotFound)?;
    let hidden = named().one(db).await?.filter(|report| desk.is_holder(report.id, token));
    hidden.map(|report| (report, true)).ok_or(Error::NotFound)
}

/// The report of its holder. Errors: `NotFound` for everybody else.
pub async fn held(
    db: &impl ConnectionTrait,
    desk: &Desk,
    actor: &Actor,
    holder: &HolderInput,
) -> Result<Report> {
    let token = holder.tracking_token.as_deref();
    let (report, holds) = by_number(db, desk, actor, &holder.number, token).await?;
    if holds { Ok(report) } else { Err(Error::NotFound) }
}

/// The report with a global id that the actor may see.
pub async fn by_global(db: &impl ConnectionTrait, actor: &Actor, id: &str) -> Result<Report> {
    let key = ids::parse_global_as(NodeKind::Report, id).ok_or(Error::NotFound)?;
    by_ids(db, actor, &[key]).await?.into_iter().next().ok_or(Error::NotFound)
}

/// A report by its key, whoever asks.
pub(super) async fn by_key(db: &impl ConnectionTrait, id: ReportId) -> Result<Report> {
    report::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// What an actor may see: what is public, what is the own, and what the role reaches.
pub fn seen_by(actor: &Actor) -> Condition {
    let public = Condition::any().add(report::Column::Public.eq(true));
    match (actor, actor.reach(Permission::ReadReports)) {
        (_, Reach::Everything) => Condition::all(),
        (Actor::Resident(name), _) => public.add(report::Column::Account.eq(name)),
        (_, Reach::Unit(unit)) => public.add(report::Column::Id.in_subquery(given_to(unit))),
        (_, Reach::Nothing) => public,
    }
}

/// The reports that a unit has been given and has not sent back.
fn given_to(unit: &str) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(assignment::Column::ReportId)
        .from(assignment::Entity)
        .and_where(Expr::col(assignment::Column::Unit).eq(unit))
        .and_where(Expr::col(assignment::Column::Stage).ne(AssignmentStage::SentBack))
        .to_owned()
}
