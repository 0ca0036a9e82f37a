//! Importing cards: from files that an operator names, and from the content of the binary.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use crate::{
    actor::Actor,
    cards::{
        actions::{
            read::{CardState, find},
            steps::supersede_live,
            write::{bump, describe, happened, insert_card, insert_version, next_number},
        },
        entity::{Card, CardContent, CardVersion, State, card},
        prose, rules,
    },
    db::Tx,
    error::{Result, refuse},
    events::Kind,
    imported::{Imported, Origin},
    units,
};

/// The author of what came with the binary.
const BUILTIN: &str = "builtin";

/// Writes a card and makes it live. An operator's file stands over what is there; built-in
/// content never overwrites what somebody edited: then it becomes a draft in review.
///
/// Errors: `Invalid` per field, also for a part without which a card cannot be published.
pub async fn import(
    tx: &Tx,
    actor: &Actor,
    slug: &str,
    content: CardContent,
    origin: Origin<'_>,
) -> Result<Imported> {
    let content = prose::tidied(content);
    let known_units = units::known_codes(tx).await?;
    refuse(rules::import_problems(slug, &content, &known_units))?;
    let found = card::Entity::find().filter(card::Column::Slug.eq(slug)).one(tx).await?;
    match found {
        None => {
            let card = insert_card(tx, slug, &content, origin.digest().map(str::to_owned)).await?;
            insert_version(tx, author(origin), &card, 1, State::Published, content, None).await?;
            tx.emit(actor, happened(Kind::Imported, card.id));
            Ok(Imported::Created)
        }
        Some(card) => {
            let state = find(tx, &Actor::System, card.id).await?;
            update(tx, actor, state, content, origin).await
        }
    }
}

async fn update(
    tx: &Tx,
    actor: &Actor,
    found: CardState,
    content: CardContent,
    origin: Origin<'_>,
) -> Result<Imported> {
    let card = &found.card;
    let edited = !found.live.as_ref().is_some_and(is_untouched);
    if let Origin::Builtin(digest) = origin {
        if card.builtin_digest.as_deref() == Some(digest) {
            return Ok(Imported::Unchanged);
        }
        if found.working.is_some() {
            // The digest stays, so that the next start offers the content again.
            return Ok(Imported::LeftAlone);
        }
        set_digest(tx, card, digest).await?;
    }
    if found.live.as_ref().is_some_and(|live| live.content == content) {
        return Ok(Imported::Unchanged);
    }
    let card = bump(tx, card, card.revision).await?;
    let number = next_number(tx, card.id).await?;
    if matches!(origin, Origin::Builtin(_)) && edited {
        insert_version(tx, BUILTIN, &card, number, State::InReview, content, None).await?;
        tx.emit(actor, happened(Kind::Drafted, card.id));
        return Ok(Imported::Drafted);
    }
    supersede_live(tx, &card).await?;
    describe(tx, &card, &content).await?;
    insert_version(tx, author(origin), &card, number, State::Published, content, None).await?;
    tx.emit(actor, happened(Kind::Imported, card.id));
    Ok(Imported::Updated)
}

/// Whether a live version came from the binary, and not from an editor's or operator's hand.
fn is_untouched(live: &CardVersion) -> bool {
    live.author == BUILTIN
}

/// Who is written as the author of what was imported.
fn author(origin: Origin<'_>) -> &'static str {
    match origin {
        Origin::Builtin(_) => BUILTIN,
        Origin::File => "import",
    }
}

async fn set_digest(tx: &Tx, card: &Card, digest: &str) -> Result<()> {
    let row = card::ActiveModel {
        id: Set(card.id),
        builtin_digest: Set(Some(digest.to_owned())),
        ..Default::default()
    };
    row.update(tx).await?;
    Ok(())
}
