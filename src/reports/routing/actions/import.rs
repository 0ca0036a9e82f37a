//! Importing rules: from files that an operator names, and from the content of the binary.

use std::collections::HashMap;

use sea_orm::{ActiveModelTrait, EntityTrait, Set};

use crate::{
    actor::Actor,
    db::Tx,
    error::{Problem, ProblemCode, Result, refuse},
    events::{Event, Kind, Subject},
    ids,
    imported::{Imported, Origin, There},
    reports::routing::{
        actions::{
            read::known,
            write::{DIRECTING, row},
        },
        entity::{RoutingContent, RoutingRule, RoutingRuleId, routing_rule},
        rules::{self, RULES_MAX},
    },
    words::Message,
};

/// Writes a batch of rules by their codes. A rule that is there keeps its place, a new one comes last.
/// An equal one is left as it is; the binary's leaves alone what somebody wrote, changed or deleted.
/// Errors: `Invalid` per field. A rule may stand in a batch only once.
pub async fn import(
    tx: &Tx,
    actor: &Actor,
    batch: Vec<RoutingContent>,
    origin: Origin<'_>,
) -> Result<Vec<Imported>> {
    tx.exclusive(DIRECTING).await?;
    let batch: Vec<RoutingContent> = batch.into_iter().map(RoutingContent::tidied).collect();
    let known = known(tx).await?;
    let problems: Vec<Problem> =
        batch.iter().flat_map(|content| rules::problems(content, &known)).collect();
    refuse(problems)?;
    // Also those that were deleted: their codes are taken.
    let rows = routing_rule::Entity::find().all(tx).await?;
    let mut last = rows.iter().filter(|rule| !rule.deleted).count();
    let there: HashMap<&str, &RoutingRule> =
        rows.iter().map(|rule| (rule.content.code.as_str(), rule)).collect();
    let (mut outcomes, mut changed) = (Vec::with_capacity(batch.len()), Vec::new());
    for content in batch {
        let found = there.get(content.code.as_str()).copied();
        let outcome = origin.fate(found.map(|rule| There {
            same: !rule.deleted && rule.content == content,
            digest: rule.builtin_digest.as_deref(),
        }));
        outcomes.push(outcome);
        if !outcome.is_written() {
            continue;
        }
        let id = found.map_or_else(|| RoutingRuleId(ids::new(tx.now())), |rule| rule.id);
        let revision = found.map_or(1, |rule| rule.revision + 1);
        let mut row = row(tx, id, content, revision, origin.digest());
        if found.is_none_or(|rule| rule.deleted) {
            last += 1;
            row.position = Set(last as i32);
        }
        if found.is_some() {
            row.update(tx).await?
        } else {
            row.insert(tx).await?
        };
        changed.push(id.0);
    }
    if last > RULES_MAX {
        let message = Message::new("too-many").with("max", RULES_MAX);
        return Err(Problem::at("", ProblemCode::TooLong, message).into());
    }
    if !changed.is_empty() {
        tx.emit(actor, Event { kind: Kind::Imported, subject: Subject::RoutingRule, ids: changed });
    }
    Ok(outcomes)
}
