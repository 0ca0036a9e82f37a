//! Importing rules: from files that an operator names, and from the content of the binary.

use std::collections::HashMap;

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use crate::{
    actor::Actor,
    db::Tx,
    error::{Problem, Result, refuse},
    events::{Event, Kind, Subject},
    imported::{Imported, Origin, There},
    search::taught::{
        actions::{
            read::read,
            write::{TEACHING, filled, new},
        },
        entity::rule,
        rules::Rule,
    },
};

/// Writes a batch of rules by what they are about. An equal one is left as it is; the binary's
/// leaves alone what an editor or an operator's file wrote, changed or deleted. Errors: `Invalid`
/// per field. A rule may stand in a batch only once.
pub async fn import<T: Rule>(
    tx: &Tx,
    actor: &Actor,
    batch: Vec<T>,
    origin: Origin<'_>,
) -> Result<Vec<Imported>> {
    tx.exclusive(TEACHING).await?;
    let batch: Vec<T> = batch.into_iter().map(T::tidied).collect();
    let problems: Vec<Problem> = batch.iter().flat_map(T::problems).collect();
    refuse(problems)?;
    let known = known(tx, &batch).await?;
    let mut outcomes = Vec::with_capacity(batch.len());
    let (mut fresh, mut changed) = (Vec::new(), Vec::new());
    for content in batch {
        let found = known.get(&content.name());
        let same = found.map(|rule| is_same(rule, &content)).transpose()?;
        let outcome = origin.fate(
            found
                .zip(same)
                .map(|(rule, same)| There { same, digest: rule.builtin_digest.as_deref() }),
        );
        outcomes.push(outcome);
        let row = match (outcome, found) {
            (Imported::Created, _) => new(tx, &content, origin.digest()),
            (Imported::Updated, Some(found)) => rule::ActiveModel {
                builtin_digest: Set(origin.digest().map(str::to_owned)),
                ..filled(tx, &content, found)
            },
            _ => continue,
        };
        changed.extend(row.id.try_as_ref().map(|id| id.0));
        if outcome == Imported::Created {
            fresh.push(row);
        } else {
            row.update(tx).await?;
        }
    }
    if !fresh.is_empty() {
        rule::Entity::insert_many(fresh).exec_without_returning(tx).await?;
    }
    if !changed.is_empty() {
        tx.emit(actor, Event { kind: Kind::Imported, subject: Subject::SearchRule, ids: changed });
    }
    Ok(outcomes)
}

/// The rules about the same as those of a batch, also deleted ones, by their names.
async fn known<T: Rule>(tx: &Tx, batch: &[T]) -> Result<HashMap<String, rule::Model>> {
    let found = rule::Entity::find()
        .filter(rule::Column::Kind.eq(T::KIND))
        .filter(rule::Column::Name.is_in(batch.iter().map(T::name)))
        .all(tx)
        .await?;
    Ok(found.into_iter().map(|rule| (rule.name.clone(), rule)).collect())
}

fn is_same<T: Rule>(rule: &rule::Model, content: &T) -> Result<bool> {
    Ok(!rule.deleted && read::<T>(rule.clone())?.content == *content)
}
