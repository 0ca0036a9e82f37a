//! Writing, deleting and importing templates.

use std::collections::HashMap;

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use crate::{
    actor::Actor,
    db::Tx,
    error::{Error, Problem, ProblemCode, Result, must_be_as_read, refuse},
    events::{Event, Kind, Subject},
    ids::{self, NodeKind},
    imported::{Imported, Origin, There},
    permissions::{NO_UNIT, Permission},
    reports::templates::{
        actions::read::{known, there},
        entity::{
            AnswerTemplate, AnswerTemplateId, DeleteAnswerTemplateInput, SaveAnswerTemplateInput,
            TemplateContent, answer_template,
        },
        rules::{self, TEMPLATES_MAX},
    },
    words::Message,
};

/// Those who write templates take turns, so that no two get the same place.
const WRITING: i64 = 0x4b4f_4e54_0011;

/// Writes a new template, or over the one that is named. Errors: `Forbidden`, `NotFound`, `Invalid` per
/// field (`NotAllowed` where a coordinator writes for another unit than the own, `Conflict` when the
/// template has changed since it was read).
pub async fn save(
    tx: &Tx,
    actor: &Actor,
    input: SaveAnswerTemplateInput,
) -> Result<AnswerTemplate> {
    actor.must_some(&[Permission::DirectReports])?;
    tx.exclusive(WRITING).await?;
    let Draft { over, id, content, mut problems } = Draft::read(tx, &input).await?;
    if let Some(over) = &over {
        may_change(actor, over, input.expected_version)?;
    }
    if !actor.may(Permission::DirectReports, content.owner()) {
        problems.push(Problem::at("unit", ProblemCode::NotAllowed, "own-unit-only"));
    }
    refuse(problems)?;
    let revision = over.as_ref().map_or(1, |row| row.revision + 1);
    let mut row = row(tx, id, content, revision, None);
    let saved = if over.is_some() {
        row.update(tx).await?
    } else {
        row.position = Set(Places::read(tx).await?.next()?);
        row.insert(tx).await?
    };
    tx.emit(actor, happened(Kind::Saved, vec![id]));
    Ok(saved)
}

/// The unit whose coordinators could write what is put in; none where it takes a template from one unit
/// and gives it to another. Errors: as `save`, but for what depends on who writes.
pub async fn unit_of(tx: &Tx, input: &SaveAnswerTemplateInput) -> Result<String> {
    let draft = Draft::read(tx, input).await?;
    refuse(draft.problems)?;
    if let Some(over) = &draft.over {
        must_be_as_read(over.revision, input.expected_version)?;
    }
    let owner = draft.content.owner();
    let is_kept = draft.over.is_none_or(|over| over.unit == owner);
    Ok(if is_kept { owner } else { NO_UNIT }.to_owned())
}

/// A template that is to be written, with what is wrong with it whoever writes it.
struct Draft {
    over: Option<AnswerTemplate>,
    id: AnswerTemplateId,
    content: TemplateContent,
    problems: Vec<Problem>,
}

impl Draft {
    async fn read(tx: &Tx, input: &SaveAnswerTemplateInput) -> Result<Self> {
        let over = match &input.id {
            None => None,
            Some(id) => Some(by_global(tx, id).await?),
        };
        let id = over.as_ref().map_or_else(|| AnswerTemplateId(ids::new(tx.now())), |row| row.id);
        let code = over.as_ref().map_or_else(|| id.0.to_string(), |row| row.content.code.clone());
        let SaveAnswerTemplateInput { title, unit, categories, outcome, text, .. } = input.clone();
        let content = TemplateContent { code, title, unit, categories, outcome, text }.tidied();
        let problems = rules::problems(&content, &known(tx).await?);
        Ok(Self { over, id, content, problems })
    }
}

/// Takes a template out of the list; gives what it said. Errors: as `save`.
pub async fn delete(
    tx: &Tx,
    actor: &Actor,
    input: DeleteAnswerTemplateInput,
) -> Result<AnswerTemplate> {
    actor.must_some(&[Permission::DirectReports])?;
    tx.exclusive(WRITING).await?;
    let found = by_global(tx, &input.id).await?;
    may_change(actor, &found, Some(input.expected_version))?;
    let row = answer_template::ActiveModel {
        id: Set(found.id),
        deleted: Set(true),
        builtin_digest: Set(None),
        revision: Set(found.revision + 1),
        updated_at: Set(tx.now()),
        ..Default::default()
    };
    let deleted = row.update(tx).await?;
    tx.emit(actor, happened(Kind::Deleted, vec![deleted.id]));
    Ok(deleted)
}

/// Writes a batch of templates by their codes. An equal one is left as it is; the binary's leaves alone
/// what somebody wrote, changed or deleted. Errors: `Invalid` per field. A template may stand in a
/// batch only once.
pub async fn import(
    tx: &Tx,
    actor: &Actor,
    batch: Vec<TemplateContent>,
    origin: Origin<'_>,
) -> Result<Vec<Imported>> {
    tx.exclusive(WRITING).await?;
    let batch: Vec<TemplateContent> = batch.into_iter().map(TemplateContent::tidied).collect();
    let known = known(tx).await?;
    let problems: Vec<Problem> =
        batch.iter().flat_map(|content| rules::problems(content, &known)).collect();
    refuse(problems)?;
    let mut places = Places::read(tx).await?;
    let (mut outcomes, mut changed) = (Vec::with_capacity(batch.len()), Vec::new());
    for content in batch {
        let found = places.there.get(&content.code).cloned();
        let outcome = origin.fate(found.as_ref().map(|row| There {
            same: !row.deleted && row.content == content,
            digest: row.builtin_digest.as_deref(),
        }));
        outcomes.push(outcome);
        if !outcome.is_written() {
            continue;
        }
        let id = found.as_ref().map_or_else(|| AnswerTemplateId(ids::new(tx.now())), |row| row.id);
        let revision = found.as_ref().map_or(1, |row| row.revision + 1);
        let mut row = row(tx, id, content, revision, origin.digest());
        if found.is_some() {
            row.update(tx).await?;
        } else {
            row.position = Set(places.next()?);
            row.insert(tx).await?;
        }
        changed.push(id);
    }
    if !changed.is_empty() {
        tx.emit(actor, happened(Kind::Imported, changed));
    }
    Ok(outcomes)
}

/// All templates by their codes, also those that were deleted: their codes and places are taken.
struct Places {
    there: HashMap<String, AnswerTemplate>,
    last: i32,
    count: usize,
}

impl Places {
    async fn read(tx: &Tx) -> Result<Self> {
        let rows = answer_template::Entity::find().all(tx).await?;
        let last = rows.iter().map(|row| row.position).max().unwrap_or(0);
        let count = rows.iter().filter(|row| !row.deleted).count();
        let there = rows.into_iter().map(|row| (row.content.code.clone(), row)).collect();
        Ok(Self { there, last, count })
    }

    /// The place of one more.
    fn next(&mut self) -> Result<i32> {
        if self.count >= TEMPLATES_MAX {
            let message = Message::new("too-many").with("max", TEMPLATES_MAX);
            return Err(Problem::at("", ProblemCode::TooLong, message).into());
        }
        self.count += 1;
        self.last += 1;
        Ok(self.last)
    }
}

/// The template with a global id.
async fn by_global(tx: &Tx, id: &str) -> Result<AnswerTemplate> {
    let key = ids::parse_global_as(NodeKind::AnswerTemplate, id).ok_or(Error::NotFound)?;
    let is_it = answer_template::Column::Id.eq(AnswerTemplateId(key));
    there().filter(is_it).one(tx).await?.ok_or(Error::NotFound)
}

/// Refuses whoever may not write a template, or has not read it as it is.
fn may_change(actor: &Actor, template: &AnswerTemplate, expected: Option<i32>) -> Result<()> {
    actor.must(Permission::DirectReports, &template.unit)?;
    must_be_as_read(template.revision, expected)
}

/// The row of a template but for its place.
fn row(
    tx: &Tx,
    id: AnswerTemplateId,
    content: TemplateContent,
    revision: i32,
    digest: Option<&str>,
) -> answer_template::ActiveModel {
    answer_template::ActiveModel {
        id: Set(id),
        unit: Set(content.owner().to_owned()),
        outcome: Set(content.outcome),
        content: Set(content),
        deleted: Set(false),
        builtin_digest: Set(digest.map(str::to_owned)),
        revision: Set(revision),
        updated_at: Set(tx.now()),
        ..Default::default()
    }
}

fn happened(kind: Kind, ids: Vec<AnswerTemplateId>) -> Event {
    let ids = ids.into_iter().map(|id| id.0).collect();
    Event { kind, subject: Subject::AnswerTemplate, ids }
}
