//! What can be done with gaps.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect, Set, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    actor::Actor,
    clock::local_day,
    db::Tx,
    error::{Error, Problem, Result, refuse},
    events::{Event, Kind, Subject},
    ids::{self, NodeKind},
    page::{Page, PageRequest},
    permissions::{NO_UNIT, Permission, Reach},
    search::{
        gaps::{
            entity::{
                AssignKnowledgeGapInput, Gap, GapFilter, GapId, GapState,
                MarkKnowledgeGapWrittenInput, RejectKnowledgeGapInput, VerifyKnowledgeGapInput,
                gap,
            },
            rules,
        },
        taught,
    },
    units,
};

/// The cursor's name of the list of gaps.
const LIST: &str = "gaps";

/// A page of gaps that the actor may see, most asked first. Errors: `Forbidden`.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &GapFilter,
    page: &PageRequest,
) -> Result<Page<Gap>> {
    if actor.reach(Permission::AnswerGaps) == Reach::Nothing {
        actor.must(Permission::AnswerGaps, NO_UNIT)?;
    }
    let size = page.size()?;
    let mut query = gap::Entity::find().filter(seen_by(actor));
    if let Some(state) = filter.state {
        query = query.filter(gap::Column::State.eq(state));
    }
    if let Some(unit) = &filter.unit {
        query = query.filter(gap::Column::Unit.eq(unit));
    }
    if let Some(after) = page.after_key(LIST)? {
        query = query.filter(behind(&after)?);
    }
    let rows = query
        .order_by_desc(gap::Column::Hits)
        .order_by_asc(gap::Column::Id)
        .limit(size as u64 + 1)
        .all(db)
        .await?;
    Ok(Page::cut(rows, size, LIST, |gap| format!("{} {}", gap.hits, gap.id.0)))
}

/// What stands behind a cursor: gaps that were asked less, or as often and have a later id.
fn behind(key: &str) -> Result<Condition> {
    let bad = || Error::BadRequest("bad-cursor".into());
    let (hits, id) = key.split_once(' ').ok_or_else(bad)?;
    let hits: i32 = hits.parse().map_err(|_| bad())?;
    let id = GapId(Uuid::parse_str(id).map_err(|_| bad())?);
    let as_often = gap::Column::Hits.eq(hits).and(gap::Column::Id.gt(id));
    Ok(Condition::any().add(gap::Column::Hits.lt(hits)).add(as_often))
}

/// The gaps with these ids that the actor may see, in no order.
pub async fn by_ids(db: &impl ConnectionTrait, actor: &Actor, ids: &[Uuid]) -> Result<Vec<Gap>> {
    let ids = ids.iter().copied().map(GapId);
    let which = seen_by(actor).add(gap::Column::Id.is_in(ids));
    Ok(gap::Entity::find().filter(which).all(db).await?)
}

fn seen_by(actor: &Actor) -> Condition {
    match actor.reach(Permission::AnswerGaps) {
        Reach::Nothing => Condition::all().add(Expr::value(false)),
        Reach::Unit(unit) => Condition::all().add(gap::Column::Unit.eq(unit)),
        Reach::Everything => Condition::all(),
    }
}

/// Gives a gap to a unit. Errors: `NotFound`, `Forbidden`, `Invalid` per field (`Conflict` when the
/// state does not allow it, or the gap has changed since it was read).
pub async fn assign(tx: &Tx, actor: &Actor, input: AssignKnowledgeGapInput) -> Result<Gap> {
    let gap = taking(tx, actor, &input.id, GapState::Assigned).await?;
    let units = units::known_codes(tx).await?;
    let (today, note) = (local_day(tx.now()), input.note.as_deref());
    refuse(rules::assignment_problems(&input.unit, input.due_on.0, note, &units, today))?;
    let row = gap::ActiveModel {
        unit: Set(Some(input.unit)),
        due_on: Set(Some(input.due_on.0)),
        note: Set(input.note.or_else(|| gap.note.clone())),
        ..Default::default()
    };
    step(tx, actor, &gap, input.expected_version, GapState::Assigned, row).await
}

/// Names what closes a gap. Errors: as `assign`; `Unknown` for an answer that is not live.
pub async fn mark_written(
    tx: &Tx,
    actor: &Actor,
    input: MarkKnowledgeGapWrittenInput,
) -> Result<Gap> {
    let gap = taking(tx, actor, &input.id, GapState::Written).await?;
    let known = taught::answers_of(tx, actor, std::slice::from_ref(&input.answer)).await?;
    let unknown = || taught::unknown_answer("answer", &input.answer);
    let answer = known.into_iter().next().flatten().ok_or_else(unknown)?;
    let row = gap::ActiveModel { answer: Set(Some(answer)), ..Default::default() };
    step(tx, actor, &gap, input.expected_version, GapState::Written, row).await
}

/// Says that a gap was seen to be closed. Errors: as `assign`.
pub async fn verify(tx: &Tx, actor: &Actor, input: VerifyKnowledgeGapInput) -> Result<Gap> {
    let gap = taking(tx, actor, &input.id, GapState::Verified).await?;
    let row = gap::ActiveModel { verified_at: Set(Some(tx.now())), ..Default::default() };
    step(tx, actor, &gap, input.expected_version, GapState::Verified, row).await
}

/// Leaves a gap open for good. Errors: as `assign`.
pub async fn reject(tx: &Tx, actor: &Actor, input: RejectKnowledgeGapInput) -> Result<Gap> {
    let gap = taking(tx, actor, &input.id, GapState::Rejected).await?;
    refuse(rules::reason_problems(&input.reason))?;
    let row = gap::ActiveModel { note: Set(Some(input.reason)), ..Default::default() };
    step(tx, actor, &gap, input.expected_version, GapState::Rejected, row).await
}

/// The gap with a global id, if the actor may take it to a state.
async fn taking(tx: &Tx, actor: &Actor, id: &str, to: GapState) -> Result<Gap> {
    let key = ids::parse_global_as(NodeKind::KnowledgeGap, id).ok_or(Error::NotFound)?;
    let gap = by_ids(tx, actor, &[key]).await?.into_iter().next().ok_or(Error::NotFound)?;
    let Some(permission) = rules::step_permission(gap.state, to) else {
        return Err(rules::wrong_state(gap.state, to).into());
    };
    actor.must(permission, gap.unit.as_deref().unwrap_or(NO_UNIT))?;
    Ok(gap)
}

/// Writes a step, if the gap is still as it was read.
pub(super) async fn step(
    tx: &Tx,
    actor: &Actor,
    gap: &Gap,
    expected: i32,
    to: GapState,
    row: gap::ActiveModel,
) -> Result<Gap> {
    let counted = gap::Entity::update_many()
        .col_expr(gap::Column::Revision, Expr::col(gap::Column::Revision).add(1))
        .filter(gap::Column::Id.eq(gap.id))
        .filter(gap::Column::Revision.eq(expected))
        .exec(tx)
        .await?;
    if counted.rows_affected == 0 {
        return Err(Problem::stale(expected, gap.revision).into());
    }
    let row =
        gap::ActiveModel { id: Set(gap.id), state: Set(to), updated_at: Set(tx.now()), ..row };
    let gap = row.update(tx).await?;
    tx.emit(actor, happened(to, gap.id));
    Ok(gap)
}

/// What the spine is told when a gap comes to a state.
pub(super) fn happened(state: GapState, gap: GapId) -> Event {
    let kind = match state {
        GapState::New => Kind::Opened,
        GapState::Assigned => Kind::Assigned,
        GapState::Written => Kind::Written,
        GapState::Verified => Kind::Verified,
        GapState::Rejected => Kind::Rejected,
    };
    Event { kind, subject: Subject::KnowledgeGap, ids: vec![gap.0] }
}
