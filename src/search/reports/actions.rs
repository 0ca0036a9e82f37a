//! Searching reports: what an actor may see is decided inside the index.

use async_graphql::Enum;
use chrono::NaiveDate;
use kontakt_index::{OFFSET_MAX, ReportIndex, ReportPage, ReportQuery, Sight, Sorted};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    actor::Actor,
    error::{Error, Result},
    page::{self, PageRequest},
    permissions::{Permission, Reach},
    reports::{self, Report, ReportFilter},
    search::{
        actions::{blocking, check_length, list_name, place_of, relative},
        reports::{
            ReportSearch,
            documents::{category_tag, groups, range, unit_tag},
        },
    },
};

/// The order of what is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum ReportSearchOrder {
    /// What has most of the words first; without words, received last first.
    #[default]
    Relevance,
    /// Received last first.
    Newest,
}

/// A search over reports.
#[derive(Clone, Debug)]
pub struct ReportSearchRequest {
    /// The words.
    pub query: String,
    /// What narrows it.
    pub filter: ReportFilter,
    /// The order.
    pub order: ReportSearchOrder,
    /// Which page.
    pub page: PageRequest,
    /// Whether the words are to be shown where they stand.
    pub snippets: bool,
}

/// A part of a text with the words that were found.
#[derive(Clone, Debug)]
pub struct Snippet {
    /// As plain text.
    pub text: String,
    /// As escaped HTML with the words in `<mark>`.
    pub html: String,
}

/// A report that was found.
#[derive(Clone, Debug)]
pub struct ReportFound {
    /// The report.
    pub report: Report,
    /// How well it fits, from 0 to 1 for the best of the search.
    pub score: f64,
    /// The part of its texts that has most of the words, if it was asked for.
    pub snippet: Option<Snippet>,
    /// The cursor after it.
    pub cursor: String,
}

/// A page of what was found.
#[derive(Clone, Debug)]
pub struct ReportsFound {
    /// How many match in all, of those the actor may see.
    pub total: usize,
    /// In their order.
    pub hits: Vec<ReportFound>,
    /// The cursor after the page, also when its last hits were left out.
    pub end_cursor: Option<String>,
    /// Whether more follow.
    pub has_next: bool,
}

/// Searches the reports that the actor may see; `today` tells what is late. Errors: `BadRequest` for a
/// page, a cursor or a filter that does not fit, `NotReady` while the index is being rebuilt.
pub async fn search_reports(
    db: &impl ConnectionTrait,
    search: &ReportSearch,
    actor: &Actor,
    request: &ReportSearchRequest,
    today: NaiveDate,
) -> Result<ReportsFound> {
    let size = request.page.size()?;
    let ReportSearchRequest { query, filter, order, .. } = request;
    let list = list_name("reports", &format!("{query:?}{filter:?}{order:?}"));
    let offset = place_of(&request.page, &list, size, OFFSET_MAX)?;
    let query = index_query(actor, request, today, offset, size)?;
    if search.index.mark().is_none() {
        return Err(Error::NotReady("index-rebuilding".into()));
    }
    let (index, labels) = (search.index.clone(), search.labels(db).await?);
    let page = blocking(move || index.search(&query, &labels, category_tag)).await?;
    let place = |i: usize| page::encode(&list, &(offset + i).to_string());
    let end_cursor = (!page.hits.is_empty()).then(|| place(page.hits.len()));
    let (total, has_next) = (page.total, page.has_next);
    let read = read(db, actor, &page).await?;
    let found = read.into_iter().map(|(report, score, i)| ReportFound {
        report,
        score,
        snippet: None,
        cursor: place(i),
    });
    let mut hits: Vec<ReportFound> = found.collect();
    if request.snippets {
        show(db, &search.index, actor, &request.query, &mut hits).await?;
    }
    Ok(ReportsFound { total, hits, end_cursor, has_next })
}

/// The reports of a page, each with its score and its place on it. What the index still knows and the
/// database does not any more is left out.
async fn read(
    db: &impl ConnectionTrait,
    actor: &Actor,
    page: &ReportPage,
) -> Result<Vec<(Report, f64, usize)>> {
    let ids: Vec<Uuid> = page.hits.iter().map(|hit| hit.id).collect();
    let mut found = reports::by_ids(db, actor, &ids).await?;
    let hits = page.hits.iter().zip(1..).filter_map(|(hit, i)| {
        let at = found.iter().position(|report| report.id.0 == hit.id)?;
        Some((found.swap_remove(at), relative(hit.score, page.best), i))
    });
    Ok(hits.collect())
}

/// Shows where the words stand, in the texts that the actor may read now.
async fn show(
    db: &impl ConnectionTrait,
    index: &ReportIndex,
    actor: &Actor,
    question: &str,
    hits: &mut [ReportFound],
) -> Result<()> {
    let reports = hits.iter().map(|hit| hit.report.clone()).collect();
    let read = reports::with_texts(db, reports).await?;
    let texts: Vec<Vec<String>> = read.into_iter().map(|one| one.readable(actor)).collect();
    let (index, question) = (index.clone(), question.to_owned());
    let shown = tokio::task::spawn_blocking(move || -> Vec<_> {
        texts.iter().map(|texts| index.excerpt(&question, texts)).collect()
    });
    for (hit, shown) in hits.iter_mut().zip(shown.await.map_err(Error::internal)?) {
        hit.snippet = shown.map(|(text, html)| Snippet { text, html });
    }
    Ok(())
}

fn index_query(
    actor: &Actor,
    request: &ReportSearchRequest,
    today: NaiveDate,
    offset: usize,
    limit: usize,
) -> Result<ReportQuery> {
    check_length(&request.query)?;
    request.filter.check(actor)?;
    Ok(ReportQuery {
        text: request.query.clone(),
        any_word: false,
        reports: sight(actor, Permission::ReadReports),
        // Who reads what staff noted and not who filed it, an editor, searches what all read.
        staff_texts: sight(actor, Permission::ReadReportContacts),
        filter: groups(&request.filter),
        range: range(&request.filter, today),
        sorted: match request.order {
            ReportSearchOrder::Relevance => Sorted::Best,
            ReportSearchOrder::Newest => Sorted::Newest,
        },
        offset,
        limit,
    })
}

fn sight(actor: &Actor, permission: Permission) -> Sight {
    match actor.reach(permission) {
        Reach::Nothing => Sight::Nothing,
        Reach::Unit(unit) => Sight::Tagged(unit_tag(unit)),
        Reach::Everything => Sight::Everything,
    }
}
