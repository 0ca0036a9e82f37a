//! What can be done with categories.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, Set, sea_query::OnConflict};

use crate::{
    actor::Actor,
    db::Tx,
    error::{Error, Problem, Result},
    events::{Event, Kind, Subject},
    imported::{Imported, Origin},
    reports::{
        entity::{Category, category},
        rules,
    },
    units,
};

/// All categories in their order.
pub async fn categories(db: &impl ConnectionTrait) -> Result<Vec<Category>> {
    let rows = category::Entity::find().order_by_asc(category::Column::Position).all(db).await?;
    Ok(rows.into_iter().map(|row| row.content).collect())
}

/// Writes categories by their codes; an equal one is left as it is, and the binary's leaves alone what
/// an operator's file put there. Errors: `Invalid` per field. A category may stand in a batch only
/// once.
pub async fn import_categories(
    tx: &Tx,
    actor: &Actor,
    batch: Vec<Category>,
    origin: Origin<'_>,
) -> Result<Vec<Imported>> {
    let rows = category::Entity::find().all(tx).await?;
    let units = units::known_codes(tx).await?;
    let all = rules::with_batch(rows.iter().map(|row| row.content.clone()).collect(), &batch);
    let problems = batch.iter().flat_map(|new| rules::category_list_problems(new, &all, &units));
    let problems: Vec<Problem> = problems.collect();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let known: HashMap<&str, &category::Model> =
        rows.iter().map(|row| (row.code.as_str(), row)).collect();
    let (mut outcomes, mut changed) = (Vec::with_capacity(batch.len()), Vec::new());
    for (position, content) in (0..).zip(batch) {
        let outcome = match known.get(content.code.as_str()) {
            None => Imported::Created,
            Some(row) if row.content == content => Imported::Unchanged,
            Some(row) => origin.fate(row.builtin_digest.as_deref()),
        };
        outcomes.push(outcome);
        if matches!(outcome, Imported::Created | Imported::Updated) {
            changed.push(category::ActiveModel {
                code: Set(content.code.clone()),
                position: Set(position),
                content: Set(content),
                builtin_digest: Set(origin.digest().map(str::to_owned)),
            });
        }
    }
    if !changed.is_empty() {
        write(tx, changed).await?;
        // Categories have no ids: whoever follows reads all of them anew.
        let (kind, subject) = (Kind::Imported, Subject::ReportCategory);
        tx.emit(actor, Event { kind, subject, ids: Vec::new() });
    }
    Ok(outcomes)
}

async fn write(tx: &Tx, rows: Vec<category::ActiveModel>) -> Result<()> {
    use category::Column::{BuiltinDigest, Code, Content, Position};
    let or_replace =
        OnConflict::column(Code).update_columns([Position, Content, BuiltinDigest]).to_owned();
    category::Entity::insert_many(rows).on_conflict(or_replace).exec_without_returning(tx).await?;
    Ok(())
}
