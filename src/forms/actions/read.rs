//! Finding and listing forms. What the actor may not see is not found.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, IntoCondition},
};
use uuid::Uuid;

use crate::{
    actor::Actor,
    error::{Error, Result},
    forms::entity::{Form, FormFilter, FormId, FormVersion, State, form, version},
    page::{Page, PageRequest},
    permissions::{Permission, Reach},
};

/// The cursor's name of the list of forms.
const LIST: &str = "forms";
/// Versions of one form that are listed.
const VERSIONS_MAX: u64 = 100;

/// A form with the version that is live and the one that is being written.
#[derive(Clone, Debug)]
pub struct FormState {
    /// The form's row.
    pub form: Form,
    /// What people fill in.
    pub live: Option<FormVersion>,
    /// What is being written; only for those who may read drafts.
    pub draft: Option<FormVersion>,
    /// The version that the reader is shown: the live one, else the draft, else the newest.
    pub shown: FormVersion,
}

impl FormState {
    /// The form as its reader sees it.
    pub fn listed(self) -> Listed {
        Listed { form: self.form, version: self.shown }
    }
}

/// A form with one of its versions.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The form's row.
    pub form: Form,
    /// The version.
    pub version: FormVersion,
}

/// The form with a slug, if the actor may see it.
pub async fn find(db: &impl ConnectionTrait, actor: &Actor, slug: &str) -> Result<FormState> {
    let form = form::Entity::find().filter(form::Column::Slug.eq(slug)).one(db).await?;
    let form = form.ok_or(Error::NotFound)?;
    let current = version::Entity::find()
        .filter(version::Column::FormId.eq(form.id))
        .filter(version::Column::State.is_in([State::Draft, State::Published]))
        .all(db)
        .await?;
    let (live, drafts): (Vec<_>, Vec<_>) =
        current.into_iter().partition(|version| version.state == State::Published);
    let works = actor.may(Permission::ReadDrafts, &form.unit);
    let live = live.into_iter().next();
    if live.is_none() && !works {
        return Err(Error::NotFound);
    }
    let draft = drafts.into_iter().next().filter(|_| works);
    let shown = match live.as_ref().or(draft.as_ref()) {
        Some(shown) => shown.clone(),
        None => versions(db, actor, &form).await?.into_iter().next().ok_or(Error::NotFound)?,
    };
    Ok(FormState { form, live, draft, shown })
}

/// A version of a form by its number; without one, the one that is live. Versions that were published
/// once may be read by everybody, so that what was filled in stays readable.
pub async fn find_version(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slug: &str,
    number: Option<i32>,
) -> Result<Listed> {
    let mut query = version::Entity::find()
        .find_also_related(form::Entity)
        .filter(form::Column::Slug.eq(slug))
        .filter(readable(actor));
    query = match number {
        Some(number) => query.filter(version::Column::Number.eq(number)),
        None => query.filter(version::Column::State.eq(State::Published)),
    };
    let (version, form) = query.one(db).await?.ok_or(Error::NotFound)?;
    Ok(Listed { form: form.ok_or(Error::NotFound)?, version })
}

/// The versions of a form, newest first, at most 100; `NotFound` without the right to read drafts.
pub async fn versions(
    db: &impl ConnectionTrait,
    actor: &Actor,
    form: &Form,
) -> Result<Vec<FormVersion>> {
    if !actor.may(Permission::ReadDrafts, &form.unit) {
        return Err(Error::NotFound);
    }
    Ok(version::Entity::find()
        .filter(version::Column::FormId.eq(form.id))
        .order_by_desc(version::Column::Number)
        .limit(VERSIONS_MAX)
        .all(db)
        .await?)
}

/// The live ones among the forms with these ids, in no order.
pub async fn live_by_ids(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Listed>> {
    live(db, form::Column::Id.is_in(ids.iter().copied().map(FormId))).await
}

/// Those of the forms with these ids that the actor may see, in no order: each with its live version,
/// else with its draft.
pub async fn by_ids(db: &impl ConnectionTrait, actor: &Actor, ids: &[Uuid]) -> Result<Vec<Listed>> {
    let rows = version::Entity::find()
        .find_also_related(form::Entity)
        .filter(version::Column::State.is_in([State::Draft, State::Published]))
        .filter(form::Column::Id.is_in(ids.iter().copied().map(FormId)))
        .filter(readable(actor))
        .order_by_desc(version::Column::State.eq(State::Published))
        .all(db)
        .await?;
    let mut found: Vec<Listed> = Vec::new();
    for (version, form) in rows {
        let Some(form) = form else { continue };
        if found.iter().all(|one| one.form.id != form.id) {
            found.push(Listed { form, version });
        }
    }
    Ok(found)
}

/// The live ones among the forms with these ids, each with the revision of its row, which every write
/// raises.
pub async fn live_revisions(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<(Uuid, i32)>> {
    Ok(version::Entity::find()
        .select_only()
        .columns([form::Column::Id, form::Column::Revision])
        .inner_join(form::Entity)
        .filter(version::Column::State.eq(State::Published))
        .filter(form::Column::Id.is_in(ids.iter().copied().map(FormId)))
        .into_tuple()
        .all(db)
        .await?)
}

/// The live forms that name one of these cards, by slug. A city has some tens of forms, so all are
/// read.
pub async fn live_of_cards(db: &impl ConnectionTrait, cards: &[String]) -> Result<Vec<Listed>> {
    let mut forms = all_live(db).await?;
    forms.retain(|one| one.version.content.cards.iter().any(|card| cards.contains(card)));
    forms.sort_by(|a, b| a.form.slug.cmp(&b.form.slug));
    Ok(forms)
}

/// All live forms, in no order: for the index and for export.
pub async fn all_live(db: &impl ConnectionTrait) -> Result<Vec<Listed>> {
    live(db, Condition::all()).await
}

/// How many forms have a draft.
pub async fn at_work(db: &impl ConnectionTrait) -> Result<u64> {
    let drafts = version::Column::State.eq(State::Draft);
    Ok(version::Entity::find().filter(drafts).count(db).await?)
}

async fn live(db: &impl ConnectionTrait, which: impl IntoCondition) -> Result<Vec<Listed>> {
    let rows = version::Entity::find()
        .filter(version::Column::State.eq(State::Published))
        .filter(which.into_condition())
        .find_also_related(form::Entity)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(version, form)| Some(Listed { form: form?, version }))
        .collect())
}

/// A page of forms by slug: the live ones, or those with a draft; each with that version. Of drafts,
/// those without the right to read them see none.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &FormFilter,
    page: &PageRequest,
) -> Result<Page<Listed>> {
    let size = page.size()?;
    let state = if filter.drafts { State::Draft } else { State::Published };
    let mut query = version::Entity::find()
        .find_also_related(form::Entity)
        .filter(version::Column::State.eq(state))
        .filter(readable(actor));
    if let Some(unit) = &filter.unit {
        query = query.filter(form::Column::Unit.eq(unit));
    }
    if let Some(after) = page.after_key(LIST)? {
        query = query.filter(form::Column::Slug.gt(after));
    }
    let rows = query.order_by_asc(form::Column::Slug).limit(size as u64 + 1).all(db).await?;
    let rows = rows
        .into_iter()
        .filter_map(|(version, form)| Some(Listed { form: form?, version }))
        .collect();
    Ok(Page::cut(rows, size, LIST, |listed: &Listed| listed.form.slug.clone()))
}

/// Versions that the actor may read: those that were published once, and drafts by right.
fn readable(actor: &Actor) -> Condition {
    let published = version::Column::PublishedAt.is_not_null();
    Condition::any().add(published).add(of_readable_drafts(actor))
}

fn of_readable_drafts(actor: &Actor) -> Condition {
    match actor.reach(Permission::ReadDrafts) {
        Reach::Nothing => Condition::all().add(Expr::value(false)),
        Reach::Unit(unit) => Condition::all().add(form::Column::Unit.eq(unit)),
        Reach::Everything => Condition::all().add(Expr::value(true)),
    }
}
