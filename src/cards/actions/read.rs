//! Finding and listing cards. What an actor may not see is filtered inside the query.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, IntoCondition, SelectStatement},
};
use uuid::Uuid;

use crate::{
    actor::Actor,
    cards::entity::{Card, CardId, CardVersion, ServiceCardFilter, State, card, version},
    error::{Error, Result},
    page::{Page, PageRequest},
    permissions::{Permission, Reach},
};

/// The cursor's name of the list of cards.
const LIST: &str = "cards";
/// Versions of one card that are listed.
const VERSIONS_MAX: u64 = 100;

/// A card with the version that is live and the one that is at work.
#[derive(Clone, Debug)]
pub struct CardState {
    /// The card's row.
    pub card: Card,
    /// What residents read.
    pub live: Option<CardVersion>,
    /// What is being written, reviewed, or waits for its day.
    pub working: Option<CardVersion>,
    /// The version that the reader is shown: the live one, else the one at work, else the newest.
    pub shown: CardVersion,
}

/// A card with the version of it that a reader is shown.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The card's row.
    pub card: Card,
    /// The version that is shown.
    pub version: CardVersion,
}

impl CardState {
    /// The card as its reader sees it.
    pub fn listed(self) -> Listed {
        Listed { card: self.card, version: self.shown }
    }
}

/// The card with a slug, if the actor may see it.
pub async fn find_by_slug(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slug: &str,
) -> Result<CardState> {
    let card = card::Entity::find().filter(card::Column::Slug.eq(slug)).filter(seen_by(actor));
    state(db, actor, card.one(db).await?.ok_or(Error::NotFound)?).await
}

/// The card with an id, if the actor may see it.
pub async fn find(db: &impl ConnectionTrait, actor: &Actor, id: CardId) -> Result<CardState> {
    let card = card::Entity::find_by_id(id).filter(seen_by(actor));
    state(db, actor, card.one(db).await?.ok_or(Error::NotFound)?).await
}

/// The card with an id, for those who work on it. Errors: `NotFound`, and `Forbidden` when the
/// actor may see the card, but not its drafts.
pub async fn find_with_drafts(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: CardId,
) -> Result<CardState> {
    let found = find(db, actor, id).await?;
    actor.must(Permission::ReadDrafts, &found.card.unit)?;
    Ok(found)
}

/// What an actor may see: what is live, and whatever belongs to a unit whose drafts the actor reads. In
/// one statement, so that nobody can tell by the time it takes what is hidden from what is not there.
fn seen_by(actor: &Actor) -> Condition {
    let live = version::Entity::find()
        .select_only()
        .column(version::Column::Number)
        .filter(version::Column::State.eq(State::Published))
        .filter(Expr::col(version::Column::CardId).equals((card::Entity, card::Column::Id)));
    match actor.reach(Permission::ReadDrafts) {
        Reach::Everything => Condition::all(),
        Reach::Unit(_) | Reach::Nothing => {
            Condition::any().add(Expr::exists(live.into_query())).add(of_readable_drafts(actor))
        }
    }
}

async fn state(db: &impl ConnectionTrait, actor: &Actor, card: Card) -> Result<CardState> {
    let current = version::Entity::find()
        .filter(version::Column::CardId.eq(card.id))
        .filter(version::Column::State.is_in(State::WORKING.into_iter().chain([State::Published])))
        .all(db)
        .await?;
    let (live, working): (Vec<_>, Vec<_>) =
        current.into_iter().partition(|version| version.state == State::Published);
    let drafts = actor.may(Permission::ReadDrafts, &card.unit);
    let live = live.into_iter().next();
    let working = working.into_iter().next().filter(|_| drafts);
    let shown = match live.as_ref().or(working.as_ref()) {
        Some(shown) => shown.clone(),
        None => versions(db, actor, &card).await?.into_iter().next().ok_or(Error::NotFound)?,
    };
    Ok(CardState { card, live, working, shown })
}

/// The live ones among the cards with these ids, in no order.
pub async fn live_by_ids(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Listed>> {
    live(db, card::Column::Id.is_in(ids.iter().copied().map(CardId))).await
}

/// The live ones among the cards with these ids, each with the revision of its row, which every
/// write raises: enough to know whether something that was read before still holds.
pub async fn live_revisions(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<(Uuid, i32)>> {
    Ok(version::Entity::find()
        .select_only()
        .columns([card::Column::Id, card::Column::Revision])
        .inner_join(card::Entity)
        .filter(version::Column::State.eq(State::Published))
        .filter(card::Column::Id.is_in(ids.iter().copied().map(CardId)))
        .into_tuple()
        .all(db)
        .await?)
}

/// The live ones among the cards with these slugs, in no order.
pub async fn live_by_slugs(db: &impl ConnectionTrait, slugs: &[String]) -> Result<Vec<Listed>> {
    live(db, card::Column::Slug.is_in(slugs)).await
}

/// The keys of the cards with these slugs, live or not.
pub async fn keys(db: &impl ConnectionTrait, slugs: &[String]) -> Result<Vec<(String, Uuid)>> {
    Ok(card::Entity::find()
        .select_only()
        .columns([card::Column::Slug, card::Column::Id])
        .filter(card::Column::Slug.is_in(slugs))
        .into_tuple()
        .all(db)
        .await?)
}

/// All live cards, in no order: for rebuilding the index and for export.
pub async fn all_live(db: &impl ConnectionTrait) -> Result<Vec<Listed>> {
    live(db, Condition::all()).await
}

/// How many cards have a version at work.
pub async fn at_work(db: &impl ConnectionTrait) -> Result<u64> {
    let working = version::Column::State.is_in(State::WORKING);
    Ok(version::Entity::find().filter(working).count(db).await?)
}

pub(super) async fn live(
    db: &impl ConnectionTrait,
    which: impl IntoCondition,
) -> Result<Vec<Listed>> {
    let rows = version::Entity::find()
        .filter(version::Column::State.eq(State::Published))
        .filter(which.into_condition())
        .find_also_related(card::Entity)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(version, card)| Some(Listed { card: card?, version }))
        .collect())
}

/// A page of cards by slug: the live ones, or those with a version in the state asked for; each with
/// the version that is shown of it. Of other states than PUBLISHED, those without the right to read
/// drafts see none.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &ServiceCardFilter,
    page: &PageRequest,
) -> Result<Page<Listed>> {
    let size = page.size()?;
    let mut query = card::Entity::find().inner_join(version::Entity).filter(wanted(actor, filter));
    if let Some(after) = page.after_key(LIST)? {
        query = query.filter(card::Column::Slug.gt(after));
    }
    let rows = query
        .select_also(version::Entity)
        .order_by_asc(card::Column::Slug)
        .order_by_desc(version::Column::Number)
        .limit(size as u64 + 1)
        .all(db)
        .await?;
    let rows = rows
        .into_iter()
        .filter_map(|(card, version)| Some(Listed { card, version: version? }))
        .collect();
    Ok(Page::cut(rows, size, LIST, |listed: &Listed| listed.card.slug.clone()))
}

fn wanted(actor: &Actor, filter: &ServiceCardFilter) -> Condition {
    let mut condition = match filter.state {
        None | Some(State::Published) => {
            Condition::all().add(version::Column::State.eq(State::Published))
        }
        Some(state) => {
            let with_state = version::Entity::find()
                .select_only()
                .column(version::Column::CardId)
                .filter(version::Column::State.eq(state));
            Condition::all()
                .add(card::Column::Id.in_subquery(with_state.into_query()))
                .add(version::Column::Number.in_subquery(shown_number()))
                .add(of_readable_drafts(actor))
        }
    };
    if let Some(unit) = &filter.unit {
        condition = condition.add(card::Column::Unit.eq(unit));
    }
    if let Some(event) = &filter.life_event {
        // The codes are of letters and hyphens only; anything else finds nothing.
        let code: String =
            event.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        condition = condition.add(card::Column::LifeEvents.contains(format!("|{code}|")));
    }
    if let Some(online) = filter.online {
        condition = condition.add(card::Column::Online.eq(online));
    }
    condition
}

/// The number of the version of the card around it that is shown, whatever version a list was
/// asked by: one id must not stand for two texts in one answer. As in `state`: the live one, else
/// the one at work, else the newest.
fn shown_number() -> SelectStatement {
    let live = version::Column::State.eq(State::Published);
    let working = version::Column::State.is_in(State::WORKING);
    version::Entity::find()
        .select_only()
        .column(version::Column::Number)
        .filter(Expr::col(version::Column::CardId).equals((card::Entity, card::Column::Id)))
        .order_by_desc(live)
        .order_by_desc(working)
        .order_by_desc(version::Column::Number)
        .limit(1)
        .into_query()
}

pub(super) fn of_readable_drafts(actor: &Actor) -> Condition {
    match actor.reach(Permission::ReadDrafts) {
        Reach::Nothing => Condition::all().add(Expr::value(false)),
        Reach::Unit(unit) => Condition::all().add(card::Column::Unit.eq(unit)),
        Reach::Everything => Condition::all(),
    }
}

/// The versions of a card, newest first, at most 100; `NotFound` without the right to read drafts.
pub async fn versions(
    db: &impl ConnectionTrait,
    actor: &Actor,
    card: &Card,
) -> Result<Vec<CardVersion>> {
    if !actor.may(Permission::ReadDrafts, &card.unit) {
        return Err(Error::NotFound);
    }
    Ok(version::Entity::find()
        .filter(version::Column::CardId.eq(card.id))
        .order_by_desc(version::Column::Number)
        .limit(VERSIONS_MAX)
        .all(db)
        .await?)
}
