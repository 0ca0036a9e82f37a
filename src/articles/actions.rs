//! What can be done with articles.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::{
    actor::Actor,
    articles::{
        entity::{Article, ArticleContent, ArticleFilter, ArticleId, Visibility, article},
        rules,
    },
    db::Tx,
    error::{Result, refuse},
    events::{Event, Kind, Subject},
    ids,
    imported::{Imported, Origin, There},
    page::{Page, PageRequest},
    permissions::{Permission, Reach},
    texts, units,
};

/// The cursor's name of the list of articles.
const LIST: &str = "articles";

/// The articles with these slugs that the actor may read, in no order.
pub async fn by_slugs(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slugs: &[String],
) -> Result<Vec<Article>> {
    let which = readable(actor).add(article::Column::Slug.is_in(slugs));
    Ok(article::Entity::find().filter(which).all(db).await?)
}

/// The articles with these ids that the actor may read, in no order.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<Vec<Article>> {
    let ids = ids.iter().copied().map(ArticleId);
    let which = readable(actor).add(article::Column::Id.is_in(ids));
    Ok(article::Entity::find().filter(which).all(db).await?)
}

/// The articles with these ids that the actor may read, each with its revision, which every write
/// raises: enough to know whether something that was read before still holds.
pub async fn revisions(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, i32)>> {
    let ids = ids.iter().copied().map(ArticleId);
    Ok(article::Entity::find()
        .select_only()
        .columns([article::Column::Id, article::Column::Revision])
        .filter(readable(actor).add(article::Column::Id.is_in(ids)))
        .into_tuple()
        .all(db)
        .await?)
}

/// The keys of the articles with these slugs, whoever may read them.
pub async fn keys(db: &impl ConnectionTrait, slugs: &[String]) -> Result<Vec<(String, Uuid)>> {
    Ok(article::Entity::find()
        .select_only()
        .columns([article::Column::Slug, article::Column::Id])
        .filter(article::Column::Slug.is_in(slugs))
        .into_tuple()
        .all(db)
        .await?)
}

/// Whether the actor may read any of the articles with these ids.
pub async fn any_readable(db: &impl ConnectionTrait, actor: &Actor, ids: &[Uuid]) -> Result<bool> {
    let ids = ids.iter().copied().map(ArticleId);
    let which = readable(actor).add(article::Column::Id.is_in(ids));
    Ok(article::Entity::find().filter(which).one(db).await?.is_some())
}

/// A page of articles by slug, of those that the actor may read.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &ArticleFilter,
    page: &PageRequest,
) -> Result<Page<Article>> {
    let size = page.size()?;
    let mut query = article::Entity::find().filter(readable(actor));
    if let Some(visibility) = filter.visibility {
        query = query.filter(article::Column::Visibility.eq(visibility));
    }
    if let Some(after) = page.after_key(LIST)? {
        query = query.filter(article::Column::Slug.gt(after));
    }
    let rows = query.order_by_asc(article::Column::Slug).limit(size as u64 + 1).all(db).await?;
    Ok(Page::cut(rows, size, LIST, |article| article.slug.clone()))
}

/// Up to `limit` articles after a slug, whoever may read them: for the index and for export.
pub async fn all(db: &impl ConnectionTrait, after: &str, limit: u64) -> Result<Vec<Article>> {
    Ok(article::Entity::find()
        .filter(article::Column::Slug.gt(after))
        .order_by_asc(article::Column::Slug)
        .limit(limit)
        .all(db)
        .await?)
}

fn readable(actor: &Actor) -> Condition {
    let public = article::Column::Visibility.eq(Visibility::Public);
    match actor.reach(Permission::ReadStaffKnowledge) {
        Reach::Nothing => Condition::all().add(public),
        Reach::Unit(_) | Reach::Everything => Condition::all(),
    }
}

/// Writes a batch of articles by their slugs. An equal one is left as it is; built-in content
/// leaves alone what came from elsewhere or was changed. Errors: `Invalid` per field, each path
/// beginning with the place in the batch; then nothing of the batch is written. A slug may stand in
/// a batch only once.
pub async fn import(
    tx: &Tx,
    actor: &Actor,
    mut batch: Vec<(String, ArticleContent)>,
    origin: Origin<'_>,
) -> Result<Vec<Imported>> {
    for (_, content) in &mut batch {
        content.title = texts::tidied(&content.title);
        content.text = texts::tidied(&content.text);
    }
    let units = units::known_codes(tx).await?;
    let mut problems = Vec::new();
    for (i, (slug, content)) in batch.iter().enumerate() {
        for mut problem in rules::problems(slug, content, &units) {
            problem.field.insert(0, i.to_string());
            problems.push(problem);
        }
    }
    refuse(problems)?;
    let known = known(tx, &batch).await?;
    let mut fresh = Vec::new();
    let mut changed = Vec::new();
    let mut outcomes = Vec::with_capacity(batch.len());
    for (slug, content) in batch {
        let found = known.get(&slug);
        let outcome = origin.fate(found.map(|article| There {
            same: article.content == content,
            digest: article.builtin_digest.as_deref(),
        }));
        outcomes.push(outcome);
        if !outcome.is_written() {
            continue;
        }
        let row = row(tx, slug, content, found, origin);
        changed.extend(row.id.try_as_ref().map(|id| id.0));
        if outcome == Imported::Created {
            fresh.push(row);
        } else {
            row.update(tx).await?;
        }
    }
    if !fresh.is_empty() {
        article::Entity::insert_many(fresh).exec_without_returning(tx).await?;
    }
    if !changed.is_empty() {
        tx.emit(actor, Event { kind: Kind::Imported, subject: Subject::Article, ids: changed });
    }
    Ok(outcomes)
}

async fn known(tx: &Tx, batch: &[(String, ArticleContent)]) -> Result<HashMap<String, Article>> {
    let slugs = batch.iter().map(|(slug, _)| slug);
    let found = article::Entity::find().filter(article::Column::Slug.is_in(slugs)).all(tx).await?;
    Ok(found.into_iter().map(|article| (article.slug.clone(), article)).collect())
}

fn row(
    tx: &Tx,
    slug: String,
    content: ArticleContent,
    found: Option<&Article>,
    origin: Origin<'_>,
) -> article::ActiveModel {
    article::ActiveModel {
        id: Set(found.map_or_else(|| ArticleId(ids::new(tx.now())), |found| found.id)),
        slug: Set(slug),
        visibility: Set(content.visibility),
        content: Set(content),
        revision: Set(found.map_or(1, |found| found.revision + 1)),
        builtin_digest: Set(origin.digest().map(str::to_owned)),
        created_at: Set(found.map_or_else(|| tx.now(), |found| found.created_at)),
        updated_at: Set(tx.now()),
    }
}
