//! Writing and deleting rules, and ending those whose day has passed.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    Select, Set,
};

use crate::{
    actor::Actor,
    clock::local_day,
    db::Tx,
    error::{Error, Problem, ProblemCode, Result, must_be_as_read, refuse},
    events::{Event, Kind, Subject},
    ids,
    permissions::{NO_UNIT, Permission},
    search::taught::{
        actions::{answers::answers_of, read::read},
        entity::{
            BestBetContent, DeleteSearchRuleInput, Over, RuleId, SaveBestBetInput, Taught, rule,
        },
        rules::{self, Rule},
    },
    words::Message,
};

/// Those who write rules take turns, so that each finds what the others have written.
pub(super) const TEACHING: i64 = 0x4b4f_4e54_0004;

/// Writes a new rule, or over the one that is named. What was deleted can be written again. Errors:
/// `Forbidden`, `NotFound`, `Invalid` per field (`Taken` where another rule is about the same,
/// `Conflict` when the rule has changed since it was read).
pub async fn save<T: Rule>(tx: &Tx, actor: &Actor, over: Over, content: T) -> Result<Taught<T>> {
    actor.must(Permission::TeachSearch, NO_UNIT)?;
    let content = content.tidied();
    let mut problems = content.problems();
    if content.valid_until().is_some_and(|day| day.0 < local_day(tx.now())) {
        problems.push(Problem::at("validUntil", ProblemCode::Invalid, "valid-from-past"));
    }
    refuse(problems)?;
    tx.exclusive(TEACHING).await?;
    let there = about::<T>(&content.name()).one(tx).await?;
    let row = match over.id {
        None => create(tx, &content, there).await?,
        Some(id) => {
            let found = changed_by::<T>(tx, &id, over.expected_version).await?;
            change(tx, &content, found, there).await?
        }
    };
    tx.emit(actor, happened(Kind::Saved, row.id));
    read(row)
}

/// Writes a best bet whose answers are given as global ids. Errors: as `save`; `Unknown` for each
/// answer that is not there.
pub async fn save_best_bet(
    tx: &Tx,
    actor: &Actor,
    input: SaveBestBetInput,
) -> Result<Taught<BestBetContent>> {
    actor.must(Permission::TeachSearch, NO_UNIT)?;
    let SaveBestBetInput { id, expected_version, question, answers, valid_until, note } = input;
    let (mut known, mut problems) = (Vec::new(), Vec::new());
    for (place, found) in answers_of(tx, actor, &answers).await?.into_iter().enumerate() {
        match found {
            Some(answer) => known.push(answer),
            None => {
                let path = format!("answers.{place}");
                problems.push(rules::unknown_answer(&path, &answers[place]));
            }
        }
    }
    refuse(problems)?;
    let content = BestBetContent { question, answers: known, valid_until, note };
    save(tx, actor, Over { id, expected_version }, content).await
}

/// Takes a rule out of force and out of the lists; gives what it said. Errors: as `save`.
pub async fn delete<T: Rule>(
    tx: &Tx,
    actor: &Actor,
    input: DeleteSearchRuleInput,
) -> Result<Taught<T>> {
    actor.must(Permission::TeachSearch, NO_UNIT)?;
    tx.exclusive(TEACHING).await?;
    let found = changed_by::<T>(tx, &input.id, Some(input.expected_version)).await?;
    let row = rule::ActiveModel {
        id: Set(found.id),
        in_force: Set(false),
        deleted: Set(true),
        revision: Set(found.revision + 1),
        builtin_digest: Set(None),
        updated_at: Set(tx.now()),
        ..Default::default()
    };
    let row = row.update(tx).await?;
    tx.emit(actor, happened(Kind::Deleted, row.id));
    read(row)
}

/// Whether the day of a rule in force has passed.
pub async fn anything_over(db: &impl ConnectionTrait, today: NaiveDate) -> Result<bool> {
    Ok(over(today).one(db).await?.is_some())
}

/// Ends the rules whose day has passed. Run by the sweep.
pub async fn end_past(tx: &Tx, actor: &Actor, today: NaiveDate) -> Result<usize> {
    let past = over(today).all(tx).await?;
    let ids: Vec<RuleId> = past.iter().map(|rule| rule.id).collect();
    if let Some(first) = ids.first() {
        let ended = rule::ActiveModel { in_force: Set(false), ..Default::default() };
        let all = rule::Column::Id.is_in(ids.iter().copied());
        rule::Entity::update_many().set(ended).filter(all).exec(tx).await?;
        let ids = ids.iter().map(|id| id.0).collect();
        tx.emit(actor, Event { ids, ..happened(Kind::Saved, *first) });
    }
    Ok(past.len())
}

fn over(today: NaiveDate) -> Select<rule::Entity> {
    rule::Entity::find()
        .filter(rule::Column::InForce.eq(true))
        .filter(rule::Column::ValidUntil.lt(today))
}

fn happened(kind: Kind, rule: RuleId) -> Event {
    Event { kind, subject: Subject::SearchRule, ids: vec![rule.0] }
}

/// The rule about something, also when it was deleted.
fn about<T: Rule>(name: &str) -> Select<rule::Entity> {
    rule::Entity::find().filter(rule::Column::Kind.eq(T::KIND)).filter(rule::Column::Name.eq(name))
}

async fn create<T: Rule>(tx: &Tx, content: &T, there: Option<rule::Model>) -> Result<rule::Model> {
    if let Some(there) = there {
        refuse_taken::<T>(&there)?;
        return Ok(filled(tx, content, &there).update(tx).await?);
    }
    let count = rule::Entity::find()
        .filter(rule::Column::Kind.eq(T::KIND))
        .filter(rule::Column::Deleted.eq(false))
        .count(tx)
        .await?;
    if count >= rules::RULES_MAX {
        let message = Message::new("too-many").with("max", rules::RULES_MAX);
        return Err(Problem::at("", ProblemCode::TooLong, message).into());
    }
    Ok(new(tx, content, None).insert(tx).await?)
}

fn refuse_taken<T: Rule>(there: &rule::Model) -> Result<()> {
    if there.deleted {
        return Ok(());
    }
    let message = Message::new("taken").with("value", &there.name);
    Err(Problem::at(T::ABOUT, ProblemCode::Taken, message).into())
}

/// Writes over a rule. When it is to be about something else, its old name stays taken by a deleted
/// row, so that no newer binary brings the old rule back.
async fn change<T: Rule>(
    tx: &Tx,
    content: &T,
    found: rule::Model,
    there: Option<rule::Model>,
) -> Result<rule::Model> {
    let row = filled(tx, content, &found);
    if found.name == content.name() {
        return Ok(row.update(tx).await?);
    }
    if let Some(there) = there {
        refuse_taken::<T>(&there)?;
        rule::Entity::delete_by_id(there.id).exec(tx).await?;
    }
    let row = row.update(tx).await?;
    let left = rule::ActiveModel {
        id: Set(RuleId(ids::new(tx.now()))),
        in_force: Set(false),
        deleted: Set(true),
        builtin_digest: Set(None),
        ..found.into()
    };
    left.insert(tx).await?;
    Ok(row)
}

/// The rule with a global id, if it is still as it was read.
async fn changed_by<T: Rule>(tx: &Tx, id: &str, expected: Option<i32>) -> Result<rule::Model> {
    let key = ids::parse_global_as(T::NODE, id).ok_or(Error::NotFound)?;
    let found = rule::Entity::find_by_id(RuleId(key)).one(tx).await?;
    let found =
        found.filter(|rule| rule.kind == T::KIND && !rule.deleted).ok_or(Error::NotFound)?;
    must_be_as_read(found.revision, expected)?;
    Ok(found)
}

/// The row of a rule that is written over another one.
pub(super) fn filled<T: Rule>(tx: &Tx, content: &T, over: &rule::Model) -> rule::ActiveModel {
    rule::ActiveModel {
        id: Set(over.id),
        revision: Set(over.revision + 1),
        ..new(tx, content, None)
    }
}

/// The row of a new rule.
pub(super) fn new<T: Rule>(tx: &Tx, content: &T, digest: Option<&str>) -> rule::ActiveModel {
    let valid_until = content.valid_until().map(|day| day.0);
    rule::ActiveModel {
        id: Set(RuleId(ids::new(tx.now()))),
        kind: Set(T::KIND),
        name: Set(content.name()),
        words: Set(kontakt_index::plain(&content.words().join("\n"))),
        // A content always has a form in JSON: that is how it came.
        content: Set(serde_json::to_value(content).unwrap_or_default()),
        valid_until: Set(valid_until),
        in_force: Set(valid_until.is_none_or(|day| day >= local_day(tx.now()))),
        deleted: Set(false),
        revision: Set(1),
        builtin_digest: Set(digest.map(str::to_owned)),
        updated_at: Set(tx.now()),
    }
}
