//! The steps of a version from draft to live and down again.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select,
    Set,
};

use crate::{
    actor::Actor,
    cards::{
        actions::{
            read::{CardState, find, find_with_drafts},
            write::{bump, card_id, describe, happened},
        },
        entity::{
            Card, CardVersion, PublishServiceCardInput, ServiceCardStepInput, State, card, version,
        },
        rules,
    },
    clock::local_day,
    db::Tx,
    error::{Error, Problem, ProblemCode, Result, refuse},
    events::Kind,
};

/// Versions that go live by themselves in one write.
const DUE_MAX: u64 = 20;

/// Sends the draft to review. Errors: `Invalid` (`Conflict` when the state does not allow it).
pub async fn submit(tx: &Tx, actor: &Actor, input: ServiceCardStepInput) -> Result<CardState> {
    step(tx, actor, input, State::InReview).await
}

/// Gives a version back to its author. Errors: as `submit`.
pub async fn return_to_draft(
    tx: &Tx,
    actor: &Actor,
    input: ServiceCardStepInput,
) -> Result<CardState> {
    step(tx, actor, input, State::Draft).await
}

/// Approves a version that somebody else wrote. Errors: as `submit`; `NotAllowed` for one's own.
pub async fn approve(tx: &Tx, actor: &Actor, input: ServiceCardStepInput) -> Result<CardState> {
    step(tx, actor, input, State::Approved).await
}

async fn step(tx: &Tx, actor: &Actor, input: ServiceCardStepInput, to: State) -> Result<CardState> {
    refuse(rules::note_problems("note", input.note.as_deref()))?;
    let (card, working) = working(tx, actor, &input.id, to).await?;
    bump(tx, &card, input.expected_version).await?;
    let mut row = version::ActiveModel {
        id: Set(working.id),
        state: Set(to),
        publish_on: Set(None),
        updated_at: Set(tx.now()),
        ..Default::default()
    };
    match to {
        State::Approved => row.approver = Set(Some(actor.handle().to_owned())),
        State::Draft => row.approver = Set(None),
        _ => {}
    }
    if input.note.is_some() {
        row.change_note = Set(input.note);
    }
    row.update(tx).await?;
    tx.emit(actor, happened(Kind::Drafted, card.id));
    find(tx, actor, card.id).await
}

/// Makes an approved version live, at once or on its day. Errors: as `approve`; `Required` for
/// each part that a published card must have.
pub async fn publish(tx: &Tx, actor: &Actor, input: PublishServiceCardInput) -> Result<CardState> {
    let (card, working) = working(tx, actor, &input.id, State::Published).await?;
    let missing = rules::missing_parts(&working.content).into_iter();
    refuse(missing.map(rules::missing_part).collect())?;
    let day = rules::publish_on(input.valid_from.map(|date| date.0), local_day(tx.now()))?;
    let card = bump(tx, &card, input.expected_version).await?;
    match day {
        None => go_live(tx, actor, &card, working).await?,
        Some(day) => {
            let row = version::ActiveModel {
                id: Set(working.id),
                publish_on: Set(Some(day)),
                updated_at: Set(tx.now()),
                ..Default::default()
            };
            row.update(tx).await?;
            tx.emit(actor, happened(Kind::Drafted, card.id));
        }
    }
    find(tx, actor, card.id).await
}

/// Takes the live version down; one that waits for its day stays approved, but no longer goes live
/// by itself. Errors: `Invalid` when none is live.
pub async fn withdraw(tx: &Tx, actor: &Actor, input: ServiceCardStepInput) -> Result<CardState> {
    refuse(rules::note_problems("note", input.note.as_deref()))?;
    let found = find(tx, actor, card_id(&input.id)?).await?;
    actor.must(crate::permissions::Permission::PublishCards, &found.card.unit)?;
    let no_live = || Problem::at("id", ProblemCode::Conflict, "no-live-version");
    let live = found.live.ok_or_else(no_live)?;
    rules::check_step(&live, State::Withdrawn, actor)?;
    let card = bump(tx, &found.card, input.expected_version).await?;
    let row = version::ActiveModel {
        id: Set(live.id),
        state: Set(State::Withdrawn),
        change_note: Set(input.note.or(live.change_note)),
        updated_at: Set(tx.now()),
        ..Default::default()
    };
    row.update(tx).await?;
    if let Some(waiting) = found.working.filter(|version| version.publish_on.is_some()) {
        let row = version::ActiveModel {
            id: Set(waiting.id),
            publish_on: Set(None),
            updated_at: Set(tx.now()),
            ..Default::default()
        };
        row.update(tx).await?;
    }
    tx.emit(actor, happened(Kind::Withdrawn, card.id));
    find(tx, actor, card.id).await
}

/// Whether an approved version's day has come.
pub async fn anything_due(db: &impl ConnectionTrait, today: NaiveDate) -> Result<bool> {
    Ok(due(today).one(db).await?.is_some())
}

fn due(today: NaiveDate) -> Select<version::Entity> {
    version::Entity::find()
        .filter(version::Column::State.eq(State::Approved))
        .filter(version::Column::PublishOn.lte(today))
}

/// Publishes approved versions whose day has come, a few in one write; gives their number. Run by
/// the sweep until there are none.
pub async fn publish_due(tx: &Tx, actor: &Actor, today: NaiveDate) -> Result<usize> {
    let due = due(today).find_also_related(card::Entity).limit(DUE_MAX).all(tx).await?;
    let count = due.len();
    for (version, card) in due {
        let card = card.ok_or_else(|| Error::internal("a version without its card"))?;
        let card = bump(tx, &card, card.revision).await?;
        go_live(tx, actor, &card, version).await?;
    }
    Ok(count)
}

/// Makes a version live in the place of the one that is.
pub(super) async fn go_live(
    tx: &Tx,
    actor: &Actor,
    card: &Card,
    version: CardVersion,
) -> Result<()> {
    supersede_live(tx, card).await?;
    let row = version::ActiveModel {
        id: Set(version.id),
        state: Set(State::Published),
        publish_on: Set(None),
        published_at: Set(Some(tx.now())),
        updated_at: Set(tx.now()),
        ..Default::default()
    };
    row.update(tx).await?;
    describe(tx, card, &version.content).await?;
    tx.emit(actor, happened(Kind::Published, card.id));
    Ok(())
}

pub(super) async fn supersede_live(tx: &Tx, card: &Card) -> Result<()> {
    let superseded = version::ActiveModel { state: Set(State::Superseded), ..Default::default() };
    version::Entity::update_many()
        .set(superseded)
        .filter(version::Column::CardId.eq(card.id))
        .filter(version::Column::State.eq(State::Published))
        .exec(tx)
        .await?;
    Ok(())
}

/// The card and its working version, if the actor may take it to a state.
async fn working(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: &str,
    to: State,
) -> Result<(Card, CardVersion)> {
    let found = find_with_drafts(db, actor, card_id(id)?).await?;
    let nothing = || Problem::at("id", ProblemCode::Conflict, "nothing-to-do");
    let working = found.working.ok_or_else(nothing)?;
    if let Some(permission) = rules::step_permission(working.state, to) {
        actor.must(permission, &found.card.unit)?;
    }
    rules::check_step(&working, to, actor)?;
    Ok((found.card, working))
}
