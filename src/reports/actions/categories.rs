//! What can be done with categories.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set, sea_query::OnConflict,
};

use crate::{
    actor::Actor,
    db::Tx,
    error::{Error, Problem, Result, must_be_as_read, refuse},
    events::{Event, Kind, Subject},
    imported::{Imported, Origin, There},
    permissions::{NO_UNIT, Permission},
    reports::{
        entity::{Category, EditReportCategoryInput, StoredCategory, category},
        rules,
    },
    units,
};

/// All categories in their order.
pub async fn categories(db: &impl ConnectionTrait) -> Result<Vec<Category>> {
    Ok(stored_categories(db).await?.into_iter().map(|row| row.content).collect())
}

/// All categories in their order, as they are stored.
pub async fn stored_categories(db: &impl ConnectionTrait) -> Result<Vec<StoredCategory>> {
    Ok(category::Entity::find().order_by_asc(category::Column::Position).all(db).await?)
}

/// Changes a category; from then on no newer binary touches it. Errors: `Forbidden`, `NotFound`,
/// `Invalid` per field (`Conflict` when it has changed since it was read).
pub async fn edit_category(
    tx: &Tx,
    actor: &Actor,
    input: EditReportCategoryInput,
) -> Result<StoredCategory> {
    actor.must(Permission::DirectReports, NO_UNIT)?;
    let (code, expected) = (input.code.clone(), input.expected_version);
    let rows = stored_categories(tx).await?;
    let found = rows.iter().find(|row| row.code == code).ok_or(Error::NotFound)?;
    must_be_as_read(found.revision, Some(expected))?;
    let content = rules::edited(&found.content, input);
    let all: Vec<Category> = rows.iter().map(|row| row.content.clone()).collect();
    refuse(rules::category_list_problems(&content, &all, &units::known_codes(tx).await?))?;
    let row = category::ActiveModel {
        content: Set(content.clone()),
        builtin_digest: Set(None),
        revision: Set(expected + 1),
        ..Default::default()
    };
    let written = category::Entity::update_many()
        .set(row)
        .filter(category::Column::Code.eq(code))
        .filter(category::Column::Revision.eq(expected))
        .exec(tx)
        .await?;
    if written.rows_affected == 0 {
        return Err(Problem::stale(expected, expected + 1).into());
    }
    tx.emit(actor, happened(Kind::Saved));
    Ok(StoredCategory { content, builtin_digest: None, revision: expected + 1, ..found.clone() })
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
    refuse(problems)?;
    let known: HashMap<&str, &category::Model> =
        rows.iter().map(|row| (row.code.as_str(), row)).collect();
    let (mut outcomes, mut changed) = (Vec::with_capacity(batch.len()), Vec::new());
    for (position, content) in (0..).zip(batch) {
        let found = known.get(content.code.as_str());
        let outcome = origin.fate(found.map(|row| There {
            same: row.content == content,
            digest: row.builtin_digest.as_deref(),
        }));
        outcomes.push(outcome);
        if outcome.is_written() {
            changed.push(category::ActiveModel {
                code: Set(content.code.clone()),
                position: Set(position),
                content: Set(content),
                builtin_digest: Set(origin.digest().map(str::to_owned)),
                revision: Set(found.map_or(1, |row| row.revision + 1)),
            });
        }
    }
    if !changed.is_empty() {
        write(tx, changed).await?;
        tx.emit(actor, happened(Kind::Imported));
    }
    Ok(outcomes)
}

/// Categories have no ids: whoever follows reads all of them anew.
fn happened(kind: Kind) -> Event {
    Event { kind, subject: Subject::ReportCategory, ids: Vec::new() }
}

async fn write(tx: &Tx, rows: Vec<category::ActiveModel>) -> Result<()> {
    use category::Column::{BuiltinDigest, Code, Content, Position, Revision};
    let or_replace = OnConflict::column(Code)
        .update_columns([Position, Content, BuiltinDigest, Revision])
        .to_owned();
    category::Entity::insert_many(rows).on_conflict(or_replace).exec_without_returning(tx).await?;
    Ok(())
}
