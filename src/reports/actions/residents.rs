//! What residents do with each other's reports: support and follow. And which ideas have to do with
//! each other.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, Set, sea_query::OnConflict,
};

use crate::{
    actor::Actor,
    db::Tx,
    error::{Error, Problem, ProblemCode, Result},
    events::{Event, Kind, Subject},
    permissions::{NO_UNIT, Permission},
    reports::{
        actions::{case, read},
        desk::Desk,
        entity::{
            RelateIdeasInput, RelationKind, Report, ReportId, ReportKind, SupportReportInput,
            relation, supporter,
        },
    },
};

/// Relations of one report that are shown.
const RELATIONS_MAX: u64 = 100;

/// Supports or follows a report, or no longer; once for every account. Errors: `Unauthenticated`,
/// `Forbidden` for staff, `NotFound`.
pub async fn support(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    input: SupportReportInput,
) -> Result<Report> {
    let account = match actor {
        Actor::Resident(name) => name,
        Actor::Anyone => return Err(Error::Unauthenticated),
        Actor::Staff(_) | Actor::Client(_) | Actor::System => return Err(Error::Forbidden),
    };
    let (mut report, _) = read::by_number(tx, desk, actor, &input.number, None).await?;
    if !report.stage.counts() {
        return Err(Error::NotFound);
    }
    let known = of_account(tx, report.id, account).await?.unwrap_or_default();
    if known == (input.supports, input.follows) {
        return Ok(report);
    }
    write(tx, report.id, account, input.supports, input.follows).await?;
    let by = i32::from(input.supports) - i32::from(known.0);
    if by != 0 {
        case::count_support(tx, &report, by).await?;
        report.supports += by;
    }
    let ids = vec![report.id.0];
    tx.emit(actor, Event { kind: Kind::Supported, subject: Subject::Report, ids });
    Ok(report)
}

/// Lets an account hear what becomes of a report, whether it supports it or not.
pub async fn follow(tx: &Tx, report: &Report, account: &str) -> Result<()> {
    let supports = of_account(tx, report.id, account).await?.is_some_and(|known| known.0);
    write(tx, report.id, account, supports, true).await
}

/// The accounts that follow a report, at most so many.
pub async fn followers(
    db: &impl ConnectionTrait,
    report: ReportId,
    max: u64,
) -> Result<Vec<String>> {
    let follows = supporter::Column::ReportId.eq(report).and(supporter::Column::Follows.eq(true));
    Ok(supporter::Entity::find()
        .filter(follows)
        .order_by_asc(supporter::Column::At)
        .limit(max)
        .select_only()
        .column(supporter::Column::Account)
        .into_tuple()
        .all(db)
        .await?)
}

/// Whether an account supports a report, and follows it; `None`: neither was ever said.
pub async fn of_account(
    db: &impl ConnectionTrait,
    report: ReportId,
    account: &str,
) -> Result<Option<(bool, bool)>> {
    let key = (report, account.to_owned());
    let found = supporter::Entity::find_by_id(key).one(db).await?;
    Ok(found.map(|found| (found.supports, found.follows)))
}

async fn write(
    tx: &Tx,
    report: ReportId,
    account: &str,
    supports: bool,
    follows: bool,
) -> Result<()> {
    let row = supporter::ActiveModel {
        report_id: Set(report),
        account: Set(account.to_owned()),
        supports: Set(supports),
        follows: Set(follows),
        at: Set(tx.now()),
    };
    let or_replace = OnConflict::columns([supporter::Column::ReportId, supporter::Column::Account])
        .update_columns([
            supporter::Column::Supports,
            supporter::Column::Follows,
            supporter::Column::At,
        ])
        .to_owned();
    supporter::Entity::insert(row).on_conflict(or_replace).exec_without_returning(tx).await?;
    Ok(())
}

/// Says what one idea has to do with another, or no longer. Errors: `NotFound`, `Forbidden`, `Unknown`
/// for another that is none.
pub async fn relate(tx: &Tx, actor: &Actor, input: RelateIdeasInput) -> Result<Report> {
    let report = read::by_global(tx, actor, &input.id).await?;
    actor.must(Permission::TriageReports, NO_UNIT)?;
    let no_idea = |path| Problem::at(path, ProblemCode::Unknown, "not-an-idea");
    if report.kind != ReportKind::Idea {
        return Err(no_idea("id").into());
    }
    let other = match read::by_global(tx, actor, &input.other).await {
        Ok(other) if other.kind == ReportKind::Idea && other.id != report.id => other,
        Ok(_) | Err(Error::NotFound) => return Err(no_idea("other").into()),
        Err(error) => return Err(error),
    };
    if input.remove {
        let key = (report.id, other.id, input.kind);
        relation::Entity::delete_by_id(key).exec(tx).await?;
    } else {
        let row = relation::ActiveModel {
            report_id: Set(report.id),
            other_id: Set(other.id),
            kind: Set(input.kind),
            at: Set(tx.now()),
        };
        let unless_known = OnConflict::new().do_nothing().to_owned();
        relation::Entity::insert(row).on_conflict(unless_known).exec_without_returning(tx).await?;
    }
    let ids = vec![report.id.0, other.id.0];
    tx.emit(actor, Event { kind: Kind::Related, subject: Subject::Report, ids });
    Ok(report)
}

/// What has to do with an idea, of what the actor may see; from both sides.
pub async fn related(
    db: &impl ConnectionTrait,
    actor: &Actor,
    report: ReportId,
) -> Result<Vec<(RelationKind, Report)>> {
    use relation::Column;
    let mine = Condition::any().add(Column::ReportId.eq(report)).add(Column::OtherId.eq(report));
    let rows = relation::Entity::find()
        .filter(mine)
        .order_by_asc(Column::At)
        .limit(RELATIONS_MAX)
        .all(db)
        .await?;
    let other = |row: &relation::Model| {
        if row.report_id == report { row.other_id } else { row.report_id }
    };
    let ids: Vec<_> = rows.iter().map(|row| other(row).0).collect();
    let found = read::by_ids(db, actor, &ids).await?;
    let shown = |row: &relation::Model| {
        let known = found.iter().find(|report| report.id == other(row))?;
        Some((row.kind, known.clone()))
    };
    Ok(rows.iter().filter_map(shown).collect())
}
