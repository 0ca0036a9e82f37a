//! Finding and listing rules, for editors, for export and for the index.

use kontakt_index::{BestBet, Rules, Synonym, plain};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
    sea_query::{Expr, LikeExpr},
};
use uuid::Uuid;

use crate::{
    actor::Actor,
    error::{Error, Result},
    page::{Page, PageRequest},
    permissions::{NO_UNIT, Permission},
    search::taught::{
        actions::known_answers,
        entity::{BestBetContent, RuleId, SynonymContent, Taught, rule},
        rules::Rule,
    },
};

/// A page of rules of a kind, sorted by what they are about; of those that contain a text, if one
/// is given. Errors: `Forbidden`.
pub async fn list<T: Rule>(
    db: &impl ConnectionTrait,
    actor: &Actor,
    contains: Option<&str>,
    page: &PageRequest,
) -> Result<Page<Taught<T>>> {
    actor.must(Permission::TeachSearch, NO_UNIT)?;
    let size = page.size()?;
    let mut query = there::<T>().order_by_asc(rule::Column::Name);
    if let Some(text) = contains {
        query = query.filter(Expr::col(rule::Column::Words).like(pattern(text)));
    }
    if let Some(after) = page.after_key(T::ABOUT)? {
        query = query.filter(rule::Column::Name.gt(after));
    }
    let rows = taught(query.limit(size as u64 + 1).all(db).await?)?;
    Ok(Page::cut(rows, size, T::ABOUT, |rule| rule.name.clone()))
}

/// What a column is held against to find the texts that contain this one, taken literally.
fn pattern(text: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for c in plain(text).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    LikeExpr::new(pattern + "%").escape('\\')
}

/// The rules of a kind with these ids, in no order; none for those who may not teach.
pub async fn by_ids<T: Rule>(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<Vec<Taught<T>>> {
    if !actor.may(Permission::TeachSearch, NO_UNIT) {
        return Ok(Vec::new());
    }
    let ids = ids.iter().copied().map(RuleId);
    taught(there::<T>().filter(rule::Column::Id.is_in(ids)).all(db).await?)
}

/// All rules of a kind, sorted by what they are about: for export.
pub async fn all<T: Rule>(db: &impl ConnectionTrait) -> Result<Vec<T>> {
    let rows = there::<T>().order_by_asc(rule::Column::Name).all(db).await?;
    Ok(taught(rows)?.into_iter().map(|rule| rule.content).collect())
}

/// All rules that the search keeps to, as the index takes them. What a best bet names and is not
/// there any more is left out.
pub async fn in_force(db: &impl ConnectionTrait) -> Result<Rules> {
    let of = rule::Column::InForce.eq(true);
    // In one order, so that every node makes the same of them.
    let by_name = rule::Column::Name;
    let synonyms =
        there::<SynonymContent>().filter(of.clone()).order_by_asc(by_name).all(db).await?;
    let bets = there::<BestBetContent>().filter(of).order_by_asc(by_name).all(db).await?;
    let synonyms = taught(synonyms)?.into_iter().map(|rule: Taught<SynonymContent>| {
        let SynonymContent { phrase, means, acronym, .. } = rule.content;
        Synonym { phrase, means, acronym }
    });
    let bets: Vec<Taught<BestBetContent>> = taught(bets)?;
    let known = known_answers(db, bets.iter().flat_map(|bet| &bet.content.answers)).await?;
    let best_bets = bets.into_iter().map(|rule| {
        let BestBetContent { question, answers, .. } = rule.content;
        let documents = answers.iter().filter_map(|answer| known.get(answer).copied()).collect();
        BestBet { question, documents }
    });
    Ok(Rules { synonyms: synonyms.collect(), best_bets: best_bets.collect() })
}

fn there<T: Rule>() -> Select<rule::Entity> {
    rule::Entity::find()
        .filter(rule::Column::Kind.eq(T::KIND))
        .filter(rule::Column::Deleted.eq(false))
}

fn taught<T: Rule>(rows: Vec<rule::Model>) -> Result<Vec<Taught<T>>> {
    rows.into_iter().map(read).collect()
}

/// A row with its content as what it is.
pub(super) fn read<T: Rule>(row: rule::Model) -> Result<Taught<T>> {
    let content = serde_json::from_value(row.content).map_err(Error::internal)?;
    let rule::Model { id, name, in_force, revision, updated_at, .. } = row;
    Ok(Taught { id, name, content, in_force, revision, updated_at })
}
