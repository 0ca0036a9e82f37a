//! What waits for whom.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    actor::Actor,
    error::Result,
    permissions::{NO_UNIT, Permission, Reach},
    reports::{
        actions::{ReportFilter, history, read},
        entity::{AssignmentStage, Report, ReportId, Stage},
    },
};

/// The stages at which a report waits for a consultant. Answers close by themselves.
const TRIAGE: [Stage; 3] = [Stage::Received, Stage::Verified, Stage::Reopened];

/// Narrows a filter to what waits for the actor: for a unit what it has not answered, for consultants
/// what is to be read or given to a unit. What was asked for stands over it. Errors: `Forbidden`.
pub fn waiting_for(actor: &Actor, mut filter: ReportFilter) -> Result<ReportFilter> {
    use AssignmentStage::{InHandling, Sent};
    if let Reach::Unit(unit) = actor.reach(Permission::HandleReports) {
        filter.unit = Some(vec![unit.to_owned()]);
        filter.assignment_stage.get_or_insert_with(|| vec![Sent, InHandling]);
        return Ok(filter);
    }
    actor.must(Permission::TriageReports, NO_UNIT)?;
    filter.stage.get_or_insert_with(|| TRIAGE.into());
    Ok(filter)
}

/// Those of these reports that have to do with the queue of the actor: for a unit those that it has or
/// has had, for consultants all.
pub async fn in_queue(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<Vec<Report>> {
    let Reach::Unit(unit) = actor.reach(Permission::HandleReports) else {
        return read::by_ids(db, actor, ids).await;
    };
    let keys: Vec<ReportId> = ids.iter().copied().map(ReportId).collect();
    let assignments = history::assignments(db, &keys).await?;
    let given = |id: &ReportId| {
        assignments.get(id).is_some_and(|all| all.iter().any(|one| one.unit == unit))
    };
    let own: Vec<Uuid> = keys.iter().filter(|id| given(id)).map(|id| id.0).collect();
    read::by_ids(db, actor, &own).await
}
