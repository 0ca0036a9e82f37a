//! What can be done with units and districts.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    actor::Actor,
    db::Tx,
    error::{Result, refuse},
    events::{Event, Kind, Subject},
    geo::Outline,
    ids,
    imported::{Imported, Origin, There},
    page::{Page, PageRequest},
    units::{
        entity::{District, Unit, UnitContent, UnitId, district, district_outline, unit},
        rules,
    },
};

/// The cursor's name of the list of units.
const LIST: &str = "units";

/// The units with these codes, in no order.
pub async fn by_codes(db: &impl ConnectionTrait, codes: &[String]) -> Result<Vec<Unit>> {
    Ok(unit::Entity::find().filter(unit::Column::Code.is_in(codes)).all(db).await?)
}

/// The units with these ids, in no order.
pub async fn by_ids(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Unit>> {
    let ids = ids.iter().copied().map(UnitId);
    Ok(unit::Entity::find().filter(unit::Column::Id.is_in(ids)).all(db).await?)
}

/// All units in the order of their file: for export.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Unit>> {
    Ok(unit::Entity::find()
        .order_by_asc(unit::Column::Position)
        .order_by_asc(unit::Column::Code)
        .all(db)
        .await?)
}

/// The codes of all units.
pub async fn known_codes(db: &impl ConnectionTrait) -> Result<Vec<String>> {
    Ok(unit::Entity::find()
        .select_only()
        .column(unit::Column::Code)
        .order_by_asc(unit::Column::Code)
        .into_tuple()
        .all(db)
        .await?)
}

/// A page of units by code.
pub async fn list(db: &impl ConnectionTrait, page: &PageRequest) -> Result<Page<Unit>> {
    let size = page.size()?;
    let mut query = unit::Entity::find().order_by_asc(unit::Column::Code);
    if let Some(after) = page.after_key(LIST)? {
        query = query.filter(unit::Column::Code.gt(after));
    }
    let rows = query.limit(size as u64 + 1).all(db).await?;
    Ok(Page::cut(rows, size, LIST, |unit| unit.code.clone()))
}

/// All districts by number.
pub async fn districts(db: &impl ConnectionTrait) -> Result<Vec<District>> {
    let rows = district::Entity::find().order_by_asc(district::Column::Number).all(db).await?;
    Ok(rows.into_iter().map(|row| row.content).collect())
}

/// The district with a number.
pub async fn district(db: &impl ConnectionTrait, number: i32) -> Result<Option<District>> {
    let row = district::Entity::find_by_id(number).one(db).await?;
    Ok(row.map(|row| row.content))
}

/// All outlines of districts, by number.
pub async fn outlines(db: &impl ConnectionTrait) -> Result<Vec<district_outline::Model>> {
    let by_number = district_outline::Column::Number;
    Ok(district_outline::Entity::find().order_by_asc(by_number).all(db).await?)
}

/// Writes units by their codes; an equal one is left as it is, and the binary's leaves alone what
/// an operator's file put there. Errors: `Invalid` per field.
pub async fn import(
    tx: &Tx,
    actor: &Actor,
    units: Vec<UnitContent>,
    origin: Origin<'_>,
) -> Result<Vec<Imported>> {
    let mut outcomes = Vec::with_capacity(units.len());
    let mut changed = Vec::new();
    for (position, content) in (0..).zip(units) {
        refuse(rules::problems(&content))?;
        let found =
            unit::Entity::find().filter(unit::Column::Code.eq(&content.code)).one(tx).await?;
        let outcome = origin.fate(found.as_ref().map(|unit| There {
            same: unit.content == content,
            digest: unit.builtin_digest.as_deref(),
        }));
        outcomes.push(outcome);
        if !outcome.is_written() {
            continue;
        }
        let id = found.as_ref().map_or_else(|| UnitId(ids::new(tx.now())), |unit| unit.id);
        let row = unit::ActiveModel {
            id: Set(id),
            code: Set(content.code.clone()),
            position: Set(position),
            content: Set(content),
            builtin_digest: Set(origin.digest().map(str::to_owned)),
            updated_at: Set(tx.now()),
        };
        if found.is_none() {
            row.insert(tx).await?
        } else {
            row.update(tx).await?
        };
        changed.push(id.0);
    }
    if !changed.is_empty() {
        tx.emit(actor, Event { kind: Kind::Imported, subject: Subject::Unit, ids: changed });
    }
    Ok(outcomes)
}

/// Writes districts by their numbers.
pub async fn import_districts(tx: &Tx, districts: Vec<District>) -> Result<()> {
    let rows = districts.into_iter().map(|content| district::ActiveModel {
        number: Set(content.number),
        content: Set(content),
    });
    let or_replace = OnConflict::column(district::Column::Number)
        .update_column(district::Column::Content)
        .to_owned();
    district::Entity::insert_many(rows).on_conflict(or_replace).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes outlines by the numbers of their districts. Those of the binary are coarse, and leave alone
/// what an operator's file put there.
pub async fn import_outlines(
    tx: &Tx,
    actor: &Actor,
    outlines: Vec<(i32, Outline)>,
    origin: Origin<'_>,
) -> Result<Vec<Imported>> {
    let coarse = origin != Origin::File;
    let known = self::outlines(tx).await?;
    let mut outcomes = Vec::with_capacity(outlines.len());
    let mut rows = Vec::new();
    let mut ids = Vec::new();
    for (number, outline) in outlines {
        let outcome = match known.iter().find(|known| known.number == number) {
            None => Imported::Created,
            Some(known) if coarse && !known.coarse => Imported::LeftAlone,
            Some(known) if known.outline == outline && known.coarse == coarse => {
                Imported::Unchanged
            }
            Some(_) => Imported::Updated,
        };
        outcomes.push(outcome);
        if !outcome.is_written() {
            continue;
        }
        ids.push(Uuid::from_u128(number.unsigned_abs().into()));
        rows.push(district_outline::ActiveModel {
            number: Set(number),
            outline: Set(outline),
            coarse: Set(coarse),
            updated_at: Set(tx.now()),
        });
    }
    if rows.is_empty() {
        return Ok(outcomes);
    }
    let or_replace = OnConflict::column(district_outline::Column::Number)
        .update_columns([
            district_outline::Column::Outline,
            district_outline::Column::Coarse,
            district_outline::Column::UpdatedAt,
        ])
        .to_owned();
    let insert = district_outline::Entity::insert_many(rows).on_conflict(or_replace);
    insert.exec_without_returning(tx).await?;
    tx.emit(actor, Event { kind: Kind::Imported, subject: Subject::District, ids });
    Ok(outcomes)
}
