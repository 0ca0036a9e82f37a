//! What can be done with proposals.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::{
    actor::Actor,
    db::Tx,
    error::{Error, Problem, ProblemCode, Result, must_be_as_read, refuse},
    events::{Event, Kind, Subject},
    ids::{self, NodeKind},
    page::{Page, PageRequest},
    permissions::{NO_UNIT, Permission, Reach},
    reports::{
        proposals::{
            entity::{
                AcceptProposalInput, DeclineProposalInput, MakeProposalInput, Proposal, ProposalId,
                ProposalState, proposal,
            },
            rules,
        },
        routing,
        rules::{TEXT_CHARS_MAX, needed, unit_problem},
        templates,
    },
    texts, units,
    words::Message,
};

/// The cursor's name of the list of proposals.
const LIST: &str = "proposals";
/// Those who propose take turns, so that all of them are counted.
const PROPOSING: i64 = 0x4b4f_4e54_0012;
/// Whoever proposes, or decides.
const READERS: &[Permission] = &[Permission::ProposeToDesk, Permission::DirectReports];

/// Proposes a rule, a template, or a change in words. Errors: `Forbidden`, `NotFound` for a rule or a
/// template that there is not, `Invalid` per field.
pub async fn propose(tx: &Tx, actor: &Actor, input: MakeProposalInput) -> Result<Proposal> {
    actor.must_some(&[Permission::ProposeToDesk])?;
    refuse(rules::problems(&input))?;
    tx.exclusive(PROPOSING).await?;
    let open = proposal::Column::State.eq(ProposalState::Open);
    if proposal::Entity::find().filter(open).count(tx).await? >= rules::OPEN_MAX {
        let message = Message::new("too-many").with("max", rules::OPEN_MAX);
        return Err(Problem::at("", ProblemCode::TooLong, message).into());
    }
    let row = proposal::ActiveModel {
        id: Set(ProposalId(ids::new(tx.now()))),
        state: Set(ProposalState::Open),
        unit: Set(decides(tx, &input).await?),
        text: Set(texts::tidied(&input.text)),
        routing_rule: Set(input.routing_rule),
        answer_template: Set(input.answer_template),
        proposed_by: Set(actor.handle().to_owned()),
        proposed_at: Set(tx.now()),
        decided_by: Set(None),
        decided_at: Set(None),
        reason: Set(None),
        rule_id: Set(None),
        template_id: Set(None),
        revision: Set(1),
    };
    let proposed = row.insert(tx).await?;
    tx.emit(actor, happened(Kind::Proposed, &proposed));
    Ok(proposed)
}

/// The unit whose coordinators decide.
async fn decides(tx: &Tx, input: &MakeProposalInput) -> Result<String> {
    match (&input.routing_rule, &input.answer_template, &input.unit) {
        (Some(rule), ..) => {
            routing::unit_of(tx, rule).await.map_err(|error| error.below("routingRule"))
        }
        (_, Some(template), _) => {
            templates::unit_of(tx, template).await.map_err(|error| error.below("answerTemplate"))
        }
        (.., Some(unit)) => {
            let known = units::known_codes(tx).await?;
            refuse(unit_problem("unit", unit, &known).into_iter().collect())?;
            Ok(unit.clone())
        }
        _ => Ok(NO_UNIT.to_owned()),
    }
}

/// Does what was proposed: writes the rule or the template with the rights of whoever decides. Errors:
/// `NotFound`, `Forbidden`, `Invalid` per field (below `routingRule` or `answerTemplate` as they are
/// saved; `Conflict` when it was decided, or has changed since it was read).
pub async fn accept(tx: &Tx, actor: &Actor, input: AcceptProposalInput) -> Result<Proposal> {
    let found = waiting(tx, actor, &input.id, input.expected_version).await?;
    refuse(rules::decision_problems(found.state, input.reason.as_deref()))?;
    let (mut rule_id, mut template_id) = (None, None);
    if let Some(rule) = input.routing_rule.or_else(|| found.routing_rule.clone()) {
        let saved = routing::save(tx, actor, rule).await;
        rule_id = Some(saved.map_err(|error| error.below("routingRule"))?.id.0);
    }
    if let Some(template) = input.answer_template.or_else(|| found.answer_template.clone()) {
        let saved = templates::save(tx, actor, template).await;
        template_id = Some(saved.map_err(|error| error.below("answerTemplate"))?.id.0);
    }
    let decided = proposal::ActiveModel {
        state: Set(ProposalState::Accepted),
        reason: Set(input.reason),
        rule_id: Set(rule_id),
        template_id: Set(template_id),
        ..Default::default()
    };
    decide(tx, actor, &found, decided, Kind::Accepted).await
}

/// Leaves undone what was proposed. Errors: as `accept`.
pub async fn decline(tx: &Tx, actor: &Actor, input: DeclineProposalInput) -> Result<Proposal> {
    let found = waiting(tx, actor, &input.id, input.expected_version).await?;
    let mut problems = needed("reason", &input.reason, TEXT_CHARS_MAX);
    problems.extend(rules::decision_problems(found.state, None));
    refuse(problems)?;
    let decided = proposal::ActiveModel {
        state: Set(ProposalState::Declined),
        reason: Set(Some(input.reason)),
        ..Default::default()
    };
    decide(tx, actor, &found, decided, Kind::Declined).await
}

/// The proposal with a global id, if the actor may decide and has read it as it is.
async fn waiting(tx: &Tx, actor: &Actor, id: &str, expected: i32) -> Result<Proposal> {
    tx.exclusive(PROPOSING).await?;
    let key = ids::parse_global_as(NodeKind::Proposal, id).ok_or(Error::NotFound)?;
    let found = by_ids(tx, actor, &[key]).await?.into_iter().next().ok_or(Error::NotFound)?;
    actor.must(Permission::DirectReports, &found.unit)?;
    must_be_as_read(found.revision, Some(expected))?;
    Ok(found)
}

async fn decide(
    tx: &Tx,
    actor: &Actor,
    found: &Proposal,
    row: proposal::ActiveModel,
    kind: Kind,
) -> Result<Proposal> {
    let row = proposal::ActiveModel {
        id: Set(found.id),
        decided_by: Set(Some(actor.handle().to_owned())),
        decided_at: Set(Some(tx.now())),
        revision: Set(found.revision + 1),
        ..row
    };
    let decided = row.update(tx).await?;
    tx.emit(actor, happened(kind, &decided));
    Ok(decided)
}

fn happened(kind: Kind, proposal: &Proposal) -> Event {
    Event { kind, subject: Subject::Proposal, ids: vec![proposal.id.0] }
}

/// A page of proposals that the actor has made or may decide, newest first. Errors: `Forbidden`.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    state: Option<ProposalState>,
    page: &PageRequest,
) -> Result<Page<Proposal>> {
    actor.must_some(READERS)?;
    let size = page.size()?;
    let mut query = proposal::Entity::find().filter(seen_by(actor));
    if let Some(state) = state {
        query = query.filter(proposal::Column::State.eq(state));
    }
    if let Some(after) = page.after_key(LIST)? {
        let id = Uuid::parse_str(&after).map_err(|_| Error::BadRequest("bad-cursor".into()))?;
        query = query.filter(proposal::Column::Id.lt(ProposalId(id)));
    }
    let newest = query.order_by_desc(proposal::Column::Id).limit(size as u64 + 1);
    Ok(Page::cut(newest.all(db).await?, size, LIST, |proposal| proposal.id.0.to_string()))
}

/// The proposals with these ids that the actor may see, in no order.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<Vec<Proposal>> {
    if !actor.may_some(READERS) {
        return Ok(Vec::new());
    }
    let which = proposal::Column::Id.is_in(ids.iter().copied().map(ProposalId));
    Ok(proposal::Entity::find().filter(seen_by(actor)).filter(which).all(db).await?)
}

/// The own ones, and those that the actor may decide.
fn seen_by(actor: &Actor) -> Condition {
    let own = Condition::any().add(proposal::Column::ProposedBy.eq(actor.handle()));
    match actor.reach(Permission::DirectReports) {
        Reach::Nothing => own,
        Reach::Unit(unit) => own.add(proposal::Column::Unit.eq(unit)),
        Reach::Everything => Condition::all(),
    }
}
