//! Importing forms: from files that an operator names, and from the content of the binary.

use sea_orm::{ActiveModelTrait, Set};

use crate::{
    actor::Actor,
    db::Tx,
    error::{Error, Result, refuse},
    events::Kind,
    forms::{
        actions::{
            read::{FormState, find},
            write::{bump, describe, happened, insert_form, insert_version, supersede_live},
        },
        entity::{Form, FormContent, State, form},
        rules,
    },
    imported::{Imported, Origin},
    units,
};

/// The author of what came with the binary.
const BUILTIN: &str = "builtin";

/// Writes a form and makes it live. An operator's file stands over what is there; built-in content
/// never overwrites what somebody edited: then it becomes a draft. Errors: `Invalid` per field, also
/// for what a published form must have.
pub async fn import(
    tx: &Tx,
    actor: &Actor,
    slug: &str,
    content: FormContent,
    origin: Origin<'_>,
) -> Result<Imported> {
    let known_units = units::known_codes(tx).await?;
    refuse(rules::import_problems(slug, &content, &known_units))?;
    match find(tx, &Actor::System, slug).await {
        Ok(found) => update(tx, actor, found, content, origin).await,
        Err(Error::NotFound) => {
            let digest = origin.digest().map(str::to_owned);
            let form = insert_form(tx, slug, &content, digest).await?;
            insert_version(tx, author(origin), &form, State::Published, content, None).await?;
            tx.emit(actor, happened(Kind::Imported, form.id));
            Ok(Imported::Created)
        }
        Err(error) => Err(error),
    }
}

async fn update(
    tx: &Tx,
    actor: &Actor,
    found: FormState,
    content: FormContent,
    origin: Origin<'_>,
) -> Result<Imported> {
    let form = &found.form;
    // Live from the binary, and not from an editor's or operator's hand.
    let untouched = found.live.as_ref().is_some_and(|live| live.author == BUILTIN);
    if let Origin::Builtin(digest) = origin {
        if form.builtin_digest.as_deref() == Some(digest) {
            return Ok(Imported::Unchanged);
        }
        if found.draft.is_some() {
            // The digest stays, so that the next start offers the content again.
            return Ok(Imported::LeftAlone);
        }
        set_digest(tx, form, digest).await?;
    }
    if found.live.as_ref().is_some_and(|live| live.content == content) {
        return Ok(Imported::Unchanged);
    }
    let form = bump(tx, form, form.revision).await?;
    if matches!(origin, Origin::Builtin(_)) && !untouched {
        insert_version(tx, BUILTIN, &form, State::Draft, content, None).await?;
        tx.emit(actor, happened(Kind::Drafted, form.id));
        return Ok(Imported::Drafted);
    }
    supersede_live(tx, &form).await?;
    describe(tx, &form, &content).await?;
    insert_version(tx, author(origin), &form, State::Published, content, None).await?;
    tx.emit(actor, happened(Kind::Imported, form.id));
    Ok(Imported::Updated)
}

/// Who is written as the author of what was imported.
fn author(origin: Origin<'_>) -> &'static str {
    match origin {
        Origin::Builtin(_) => BUILTIN,
        Origin::File => "import",
    }
}

async fn set_digest(tx: &Tx, form: &Form, digest: &str) -> Result<()> {
    let row = form::ActiveModel {
        id: Set(form.id),
        builtin_digest: Set(Some(digest.to_owned())),
        ..Default::default()
    };
    row.update(tx).await?;
    Ok(())
}
