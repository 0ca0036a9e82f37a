//! Published cards by the day of their review.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait};

use crate::{
    actor::Actor,
    cards::{
        actions::read::{Listed, live, of_readable_drafts},
        entity::{CardFreshnessFilter, card},
    },
    error::Result,
    page::{Page, PageRequest},
    permissions::{NO_UNIT, Permission, Reach},
};

/// The cursor's name of the list.
const LIST: &str = "card-freshness";

/// A page of published cards whose drafts the actor may read, those due first first. Errors:
/// `Forbidden`.
///
/// The day stands in the content, so all of them are read and sorted here: there are hundreds of
/// cards, and a handful of editors.
pub async fn by_review_day(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &CardFreshnessFilter,
    page: &PageRequest,
) -> Result<Page<Listed>> {
    if actor.reach(Permission::ReadDrafts) == Reach::Nothing {
        actor.must(Permission::ReadDrafts, NO_UNIT)?;
    }
    let size = page.size()?;
    let after = page.after_key(LIST)?;
    let mut which = of_readable_drafts(actor);
    if let Some(unit) = &filter.unit {
        which = which.add(card::Column::Unit.eq(unit));
    }
    let mut cards = live(db, which).await?;
    let due = |listed: &Listed| listed.version.content.review_due.map(|day| day.0);
    if let Some(before) = filter.due_before {
        // A card without a day is due at once.
        cards.retain(|listed| due(listed).is_none_or(|due| due < before.0));
    }
    cards.retain(|listed| after.as_ref().is_none_or(|after| key(listed) > *after));
    cards.sort_by_cached_key(key);
    cards.truncate(size + 1);
    Ok(Page::cut(cards, size, LIST, key))
}

/// The place of a card in the list: its day, then its slug.
fn key(listed: &Listed) -> String {
    let due = listed.version.content.review_due.map_or(NaiveDate::default(), |day| day.0);
    format!("{due} {}", listed.card.slug)
}
