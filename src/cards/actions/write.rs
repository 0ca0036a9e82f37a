//! Writing cards: new ones, new content, and the rows behind both.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    actor::Actor,
    cards::{
        actions::read::{CardState, find},
        entity::{
            Card, CardContent, CardId, CardVersion, ChannelKind, CreateServiceCardInput,
            EditServiceCardInput, Possible, State, VersionId, card, version,
        },
        life_events, prose, rules,
    },
    db::Tx,
    error::{Error, Problem, ProblemCode, Result, is_taken, refuse},
    events::{Event, Kind, Subject},
    ids::{self, NodeKind},
    permissions::Permission,
    units,
    words::Message,
};

/// What happened to a card.
pub(super) fn happened(kind: Kind, card: CardId) -> Event {
    Event { kind, subject: Subject::Card, ids: vec![card.0] }
}

/// Makes a card with a first draft. Errors: `Invalid` per field, `Forbidden`.
pub async fn create(tx: &Tx, actor: &Actor, input: CreateServiceCardInput) -> Result<CardState> {
    let CreateServiceCardInput { slug, content, change_note } = input;
    actor.must(Permission::WriteCards, &content.unit)?;
    let content = prose::tidied(content);
    let mut problems = rules::slug_problems(&slug);
    problems.extend(rules::note_problems("changeNote", change_note.as_deref()));
    problems.extend(content_problems(tx, &content).await?);
    refuse(problems)?;
    let card = insert_card(tx, &slug, &content, None).await?;
    let author = actor.handle();
    insert_version(tx, author, &card, 1, State::Draft, content, change_note).await?;
    tx.emit(actor, happened(Kind::Drafted, card.id));
    find(tx, actor, card.id).await
}

/// Writes the working draft, or makes one beside the live version. Errors: `Invalid` per field
/// (`Conflict` when the card has changed since it was read), `Forbidden`, `NotFound`.
pub async fn edit(tx: &Tx, actor: &Actor, input: EditServiceCardInput) -> Result<CardState> {
    let EditServiceCardInput { id, expected_version, content, change_note } = input;
    let found = find(tx, actor, card_id(&id)?).await?;
    actor.must(Permission::WriteCards, &found.card.unit)?;
    actor.must(Permission::WriteCards, &content.unit)?;
    let content = prose::tidied(content);
    let mut problems = rules::note_problems("changeNote", change_note.as_deref());
    problems.extend(content_problems(tx, &content).await?);
    refuse(problems)?;
    let card = bump(tx, &found.card, expected_version).await?;
    if found.live.is_none() {
        describe(tx, &card, &content).await?;
    }
    match &found.working {
        Some(draft) if draft.state == State::Draft => {
            let changed = version::ActiveModel {
                id: Set(draft.id),
                content: Set(content),
                author: Set(actor.handle().to_owned()),
                change_note: Set(change_note),
                updated_at: Set(tx.now()),
                ..Default::default()
            };
            changed.update(tx).await?;
        }
        // What is in review or approved is read by others; it goes back to draft first.
        Some(_) => return Err(Problem::at("id", ProblemCode::Conflict, "not-a-draft").into()),
        None => {
            let number = next_number(tx, card.id).await?;
            let author = actor.handle();
            insert_version(tx, author, &card, number, State::Draft, content, change_note).await?;
        }
    }
    tx.emit(actor, happened(Kind::Drafted, card.id));
    find(tx, actor, card.id).await
}

/// Everything that is wrong with a content, under the path `content`.
async fn content_problems(
    db: &impl ConnectionTrait,
    content: &CardContent,
) -> Result<Vec<Problem>> {
    let units = units::known_codes(db).await?;
    Ok(rules::problems(content, "content", &units, &life_events::codes()))
}

/// The id of a card from its global id.
pub(super) fn card_id(global: &str) -> Result<CardId> {
    ids::parse_global_as(NodeKind::ServiceCard, global).map(CardId).ok_or(Error::NotFound)
}

/// Counts the change, if the card is still as it was read.
pub(super) async fn bump(tx: &Tx, card: &Card, expected: i32) -> Result<Card> {
    let done = card::Entity::update_many()
        .col_expr(card::Column::Revision, Expr::col(card::Column::Revision).add(1))
        .col_expr(card::Column::UpdatedAt, Expr::value(tx.now()))
        .filter(card::Column::Id.eq(card.id))
        .filter(card::Column::Revision.eq(expected))
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Err(Problem::stale(expected, card.revision).into());
    }
    Ok(Card { revision: expected + 1, updated_at: tx.now(), ..card.clone() })
}

pub(super) async fn insert_card(
    tx: &Tx,
    slug: &str,
    content: &CardContent,
    builtin_digest: Option<String>,
) -> Result<Card> {
    let row = card::ActiveModel {
        id: Set(CardId(ids::new(tx.now()))),
        slug: Set(slug.to_owned()),
        unit: Set(content.unit.clone()),
        life_events: Set(life_event_column(content)),
        online: Set(can_be_filed_online(content)),
        revision: Set(1),
        builtin_digest: Set(builtin_digest),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
    };
    row.insert(tx).await.map_err(|error| {
        if is_taken(&error) {
            let message = Message::new("taken").with("value", slug);
            Problem::at("slug", ProblemCode::Taken, message).into()
        } else {
            error.into()
        }
    })
}

pub(super) async fn insert_version(
    tx: &Tx,
    author: &str,
    card: &Card,
    number: i32,
    state: State,
    content: CardContent,
    change_note: Option<String>,
) -> Result<CardVersion> {
    let row = version::ActiveModel {
        id: Set(VersionId(ids::new(tx.now()))),
        card_id: Set(card.id),
        number: Set(number),
        state: Set(state),
        content: Set(content),
        author: Set(author.to_owned()),
        approver: Set(None),
        change_note: Set(change_note),
        publish_on: Set(None),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
        published_at: Set((state == State::Published).then(|| tx.now())),
    };
    Ok(row.insert(tx).await?)
}

pub(super) async fn next_number(db: &impl ConnectionTrait, card: CardId) -> Result<i32> {
    let newest = version::Entity::find()
        .select_only()
        .expr(version::Column::Number.max())
        .filter(version::Column::CardId.eq(card))
        .into_tuple::<Option<i32>>()
        .one(db)
        .await?;
    Ok(newest.flatten().unwrap_or(0) + 1)
}

/// Copies what lists are filtered by from a content into the card's row.
pub(super) async fn describe(tx: &Tx, card: &Card, content: &CardContent) -> Result<()> {
    let row = card::ActiveModel {
        id: Set(card.id),
        unit: Set(content.unit.clone()),
        life_events: Set(life_event_column(content)),
        online: Set(can_be_filed_online(content)),
        ..Default::default()
    };
    row.update(tx).await?;
    Ok(())
}

fn life_event_column(content: &CardContent) -> String {
    content.life_events.iter().fold("|".to_owned(), |all, code| all + code + "|")
}

fn can_be_filed_online(content: &CardContent) -> bool {
    content
        .channels
        .iter()
        .any(|channel| channel.kind == ChannelKind::Online && channel.submit != Possible::No)
}
