//! Writing, moving and deleting rules.

use sea_orm::{ActiveModelTrait, Set};

use crate::{
    actor::Actor,
    db::Tx,
    error::{Error, Problem, ProblemCode, Result, must_be_as_read, refuse},
    events::{Event, Kind, Subject},
    ids::{self, NodeKind},
    permissions::{NO_UNIT, Permission},
    reports::routing::{
        actions::read::{all, known},
        entity::{
            DeleteRoutingRuleInput, RoutingContent, RoutingRule, RoutingRuleId,
            SaveRoutingRuleInput, routing_rule,
        },
        rules::{self, Placing, RULES_MAX},
    },
    words::Message,
};

/// Those who write rules take turns, so that each finds the order that the others have made.
pub(super) const DIRECTING: i64 = 0x4b4f_4e54_0010;

/// Writes a new rule, or over the one that is named. Errors: `Forbidden`, `NotFound`, `Invalid` per
/// field (`NotAllowed` where a coordinator sends to other units than the own, or above their rules,
/// `Conflict` when the rule has changed since it was read).
pub async fn save(tx: &Tx, actor: &Actor, input: SaveRoutingRuleInput) -> Result<RoutingRule> {
    actor.must_some(&[Permission::DirectReports])?;
    tx.exclusive(DIRECTING).await?;
    let Draft { over, others, place, id, content, mut problems } = Draft::read(tx, &input).await?;
    if let Some(over) = &over {
        may_change(actor, over, input.expected_version)?;
    }
    if !actor.may(Permission::DirectReports, rules::owner(&content)) {
        problems.push(Problem::at("units", ProblemCode::NotAllowed, "own-unit-only"));
    }
    let placing = Placing { content: &content, place, over: over.as_ref(), others: &others };
    let is_foreign = |rule: &RoutingRule| !actor.may(Permission::DirectReports, &rule.unit);
    problems.extend(rules::order_problem(&placing, is_foreign));
    refuse(problems)?;
    reorder(tx, &others, Some(place)).await?;
    let revision = over.as_ref().map_or(1, |rule| rule.revision + 1);
    let row = routing_rule::ActiveModel {
        position: Set(place as i32 + 1),
        ..row(tx, id, content, revision, None)
    };
    let saved = if over.is_some() { row.update(tx).await? } else { row.insert(tx).await? };
    tx.emit(actor, happened(Kind::Saved, id));
    Ok(saved)
}

/// The unit whose coordinators could write what is put in; none where it takes a rule from one unit
/// and gives it to another. Errors: as `save`, but for what depends on who writes.
pub async fn unit_of(tx: &Tx, input: &SaveRoutingRuleInput) -> Result<String> {
    let draft = Draft::read(tx, input).await?;
    refuse(draft.problems)?;
    if let Some(over) = &draft.over {
        must_be_as_read(over.revision, input.expected_version)?;
    }
    let owner = rules::owner(&draft.content);
    let is_kept = draft.over.is_none_or(|over| over.unit == owner);
    Ok(if is_kept { owner } else { NO_UNIT }.to_owned())
}

/// A rule that is to be written, with what is wrong with it whoever writes it.
struct Draft {
    over: Option<RoutingRule>,
    others: Vec<RoutingRule>,
    place: usize,
    id: RoutingRuleId,
    content: RoutingContent,
    problems: Vec<Problem>,
}

impl Draft {
    async fn read(tx: &Tx, input: &SaveRoutingRuleInput) -> Result<Self> {
        let mut others = all(tx).await?;
        let over = input.id.as_ref().map(|id| take(&mut others, id)).transpose()?;
        let id = over.as_ref().map_or_else(|| RoutingRuleId(ids::new(tx.now())), |rule| rule.id);
        let place = place(input.position, over.as_ref(), others.len())?;
        let code = over.as_ref().map_or_else(|| id.0.to_string(), |rule| rule.content.code.clone());
        let content = content(input.clone(), code).tidied();
        let mut problems = rules::problems(&content, &known(tx).await?);
        if over.is_none() && others.len() >= RULES_MAX {
            let message = Message::new("too-many").with("max", RULES_MAX);
            problems.push(Problem::at("", ProblemCode::TooLong, message));
        }
        Ok(Self { over, others, place, id, content, problems })
    }
}

/// Takes a rule out of the list; gives what it said. Errors: as `save`.
pub async fn delete(tx: &Tx, actor: &Actor, input: DeleteRoutingRuleInput) -> Result<RoutingRule> {
    actor.must_some(&[Permission::DirectReports])?;
    tx.exclusive(DIRECTING).await?;
    let mut rules = all(tx).await?;
    let found = take(&mut rules, &input.id)?;
    may_change(actor, &found, Some(input.expected_version))?;
    let row = routing_rule::ActiveModel {
        id: Set(found.id),
        deleted: Set(true),
        builtin_digest: Set(None),
        revision: Set(found.revision + 1),
        updated_at: Set(tx.now()),
        ..Default::default()
    };
    let deleted = row.update(tx).await?;
    reorder(tx, &rules, None).await?;
    tx.emit(actor, happened(Kind::Deleted, deleted.id));
    Ok(deleted)
}

/// Takes the rule with a global id out of all.
fn take(rules: &mut Vec<RoutingRule>, id: &str) -> Result<RoutingRule> {
    let key = ids::parse_global_as(NodeKind::RoutingRule, id).ok_or(Error::NotFound)?;
    let at = rules.iter().position(|rule| rule.id.0 == key).ok_or(Error::NotFound)?;
    Ok(rules.remove(at))
}

/// Refuses whoever may not write a rule, or has not read it as it is.
fn may_change(actor: &Actor, rule: &RoutingRule, expected: Option<i32>) -> Result<()> {
    actor.must(Permission::DirectReports, &rule.unit)?;
    must_be_as_read(rule.revision, expected)
}

/// Where among `others` the rule is to stand, from 0.
fn place(wanted: Option<i32>, over: Option<&RoutingRule>, others: usize) -> Result<usize> {
    match wanted.or(over.map(|rule| rule.position)) {
        None => Ok(others),
        Some(position) => match usize::try_from(position) {
            Ok(position) if position >= 1 => Ok((position - 1).min(others)),
            _ => Err(Problem::at("position", ProblemCode::Invalid, "bad-position").into()),
        },
    }
}

/// Numbers the others from 1, with a gap at a place. That is no change of theirs: whoever is at work on
/// one may go on.
async fn reorder(tx: &Tx, others: &[RoutingRule], gap: Option<usize>) -> Result<()> {
    for (place, rule) in others.iter().enumerate() {
        let position = place as i32 + 1 + i32::from(gap.is_some_and(|gap| place >= gap));
        if rule.position != position {
            let moved = routing_rule::ActiveModel {
                id: Set(rule.id),
                position: Set(position),
                ..Default::default()
            };
            moved.update(tx).await?;
        }
    }
    Ok(())
}

fn content(input: SaveRoutingRuleInput, code: String) -> RoutingContent {
    RoutingContent {
        code,
        name: input.name,
        kind: input.kind,
        categories: input.categories,
        districts: input.districts,
        land_managers: input.land_managers,
        units: input.units,
        note: input.note,
        active: input.active,
        window: input.window.unwrap_or_default(),
    }
}

/// The row of a rule but for its place.
pub(super) fn row(
    tx: &Tx,
    id: RoutingRuleId,
    content: RoutingContent,
    revision: i32,
    digest: Option<&str>,
) -> routing_rule::ActiveModel {
    routing_rule::ActiveModel {
        id: Set(id),
        unit: Set(rules::owner(&content).to_owned()),
        active: Set(content.active),
        content: Set(content),
        deleted: Set(false),
        builtin_digest: Set(digest.map(str::to_owned)),
        revision: Set(revision),
        updated_at: Set(tx.now()),
        ..Default::default()
    }
}

fn happened(kind: Kind, rule: RoutingRuleId) -> Event {
    Event { kind, subject: Subject::RoutingRule, ids: vec![rule.0] }
}
