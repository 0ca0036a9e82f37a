//! Which category a text speaks of: by the words that categories are known by, and by reports that were
//! filed before.

use std::{collections::HashMap, sync::Arc};

use kontakt_index::{Labels, ReportHit, ReportQuery, ReportRange, Sight, Sorted};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    actor::Actor,
    error::{Error, Result},
    reports::{self, Category, ReportKind, StoredCategory},
    search::{
        actions::blocking,
        reports::{ReportSearch, documents::category_tag},
    },
    words::Message,
};

/// Characters of a text, as many as a description may have.
const TEXT_CHARS_MAX: usize = 4_000;
/// Categories that are suggested.
const SUGGESTED_MAX: usize = 3;
/// Reports that are asked for their categories.
const NEIGHBOURS: usize = 30;
/// What neighbours that all have the whole text and one category speak for it.
const NEIGHBOURS_WEIGHT: f64 = 6.0;
/// How much has to speak for a category before it has half of what can be had.
const DOUBT: f64 = 4.0;
/// Less than this share is a guess.
const SCORE_MIN: f64 = 0.15;

/// A category that a text may belong to.
#[derive(Clone, Debug)]
pub struct Suggested {
    /// The category.
    pub category: Arc<StoredCategory>,
    /// How sure it is, 0 to 1.
    pub score: f64,
}

/// The words that categories are known by.
pub fn labels(categories: &[Category]) -> Labels {
    let active = categories.iter().filter(|category| category.active);
    Labels::new(active.map(|category| {
        let names = [&category.name, &category.name_en, &category.name_uk];
        let phrases = names.into_iter().chain(&category.keywords).cloned();
        (category.code.clone(), phrases.collect())
    }))
}

/// The categories that a text speaks of most, at most three, surest first; none when nothing speaks for
/// any. Errors: `BadRequest` for a text that is too long.
pub async fn suggest_categories(
    db: &impl ConnectionTrait,
    search: &ReportSearch,
    categories: &[Arc<StoredCategory>],
    text: &str,
    kind: Option<ReportKind>,
) -> Result<Vec<Suggested>> {
    if text.chars().count() > TEXT_CHARS_MAX {
        return Err(Error::BadRequest(Message::new("too-long").with("max", TEXT_CHARS_MAX)));
    }
    let labels = search.labels(db).await?;
    let mut weights: HashMap<String, f64> = HashMap::new();
    for (code, weight) in labels.nearest(text) {
        weights.insert(code.to_owned(), f64::from(weight));
    }
    for (code, weight) in neighbours(db, search, text).await? {
        *weights.entry(code).or_default() += weight * NEIGHBOURS_WEIGHT;
    }
    Ok(surest(weights, categories, kind))
}

/// The best of what may be filed under, each with its share of all that speaks for any.
fn surest(
    mut weights: HashMap<String, f64>,
    categories: &[Arc<StoredCategory>],
    kind: Option<ReportKind>,
) -> Vec<Suggested> {
    let fits = |known: &&Arc<StoredCategory>| {
        let category = &known.content;
        category.active && kind.is_none_or(|kind| kind == category.kind)
    };
    // In the order of the register, so that of equals always the same comes first.
    let weighed = categories.iter().filter(fits);
    let mut weighed: Vec<(&Arc<StoredCategory>, f64)> =
        weighed.filter_map(|known| Some((known, weights.remove(&known.code)?))).collect();
    weighed.sort_by(|one, other| other.1.total_cmp(&one.1));
    weighed.truncate(SUGGESTED_MAX);
    let whole: f64 = weighed.iter().map(|(_, weight)| weight).sum();
    let score = |weight: f64| (weight / (whole + DOUBT) * 1_000.0).round() / 1_000.0;
    let suggested = weighed
        .into_iter()
        .map(|(category, weight)| Suggested { category: category.clone(), score: score(weight) });
    suggested.filter(|one| one.score >= SCORE_MIN).collect()
}

/// What the public reports nearest in words speak for each category: more when they have more of the
/// text. Nothing while there is no index.
async fn neighbours(
    db: &impl ConnectionTrait,
    search: &ReportSearch,
    text: &str,
) -> Result<Vec<(String, f64)>> {
    if search.index.mark().is_none() {
        return Ok(Vec::new());
    }
    let query = ReportQuery {
        text: text.to_owned(),
        any_word: true,
        reports: Sight::Nothing,
        staff_texts: Sight::Nothing,
        filter: Vec::new(),
        range: ReportRange::default(),
        sorted: Sorted::Best,
        offset: 0,
        limit: NEIGHBOURS,
    };
    let index = search.index.clone();
    // What a category is called is weighed on its own.
    let nothing = Labels::new([]);
    let page = blocking(move || index.search(&query, &nothing, category_tag)).await?;
    let shares: HashMap<Uuid, f64> = page.hits.iter().map(|hit| (hit.id, share(hit))).collect();
    let ids: Vec<Uuid> = shares.keys().copied().collect();
    let near = reports::by_ids(db, &Actor::Anyone, &ids).await?;
    let weigh = |report: reports::Report| {
        let share = shares.get(&report.id.0).copied().unwrap_or_default();
        (report.category, share / NEIGHBOURS as f64)
    };
    Ok(near.into_iter().map(weigh).collect())
}

/// One common word is nothing, all of them are everything.
fn share(hit: &ReportHit) -> f64 {
    f64::from(hit.coverage).powi(2)
}
