//! The queries `searchReports` and `suggestReportCategories`.

use async_graphql::{Context, Object, SimpleObject};

use crate::{
    clock::local_day,
    graphql::{ContextExt, Nullable, PageInfo},
    page::PageRequest,
    reports::{CategoryObject, ReportFilter, ReportKind, ReportObject, objects},
    search::reports::{
        ReportSearchOrder, ReportSearchRequest, ReportsFound, search_reports, suggest_categories,
    },
};

/// A page of the reports that a search found.
#[derive(SimpleObject)]
pub struct ReportSearchConnection {
    /// How many reports match in all, of those that you may see.
    total_count: usize,
    /// The hits with their cursors.
    edges: Vec<ReportSearchEdge>,
    /// The hits in their order.
    nodes: Vec<ReportSearchHit>,
    /// Where the page stands.
    page_info: PageInfo,
}

/// A hit with its cursor.
#[derive(SimpleObject)]
pub struct ReportSearchEdge {
    /// Give this as `after` to get what follows.
    cursor: String,
    /// The hit.
    node: ReportSearchHit,
}

/// A report that was found.
#[derive(Clone, SimpleObject)]
pub struct ReportSearchHit {
    /// The report.
    report: ReportObject,
    /// How well it fits, from 0 to 1 for the best hit of the whole search.
    score: f64,
    /// The part of its texts that has most of the words, of those that you may read.
    snippet: Option<ReportSnippet>,
}

/// A part of a text, at most 320 characters.
#[derive(Clone, SimpleObject)]
pub struct ReportSnippet {
    /// The part as plain text.
    text: String,
    /// The part as escaped HTML with the words found in `<mark>`.
    html: String,
}

/// A category that a text may belong to.
#[derive(SimpleObject)]
pub struct ReportCategorySuggestion {
    /// The category; where it has a `stopScreen`, show that instead of the form.
    category: CategoryObject,
    /// How sure it is, from 0 to 1: its share of all that speaks for any category.
    score: f64,
}

impl From<ReportsFound> for ReportSearchConnection {
    fn from(found: ReportsFound) -> Self {
        let page_info = PageInfo {
            has_next_page: found.has_next,
            has_previous_page: false,
            start_cursor: found.hits.first().map(|hit| hit.cursor.clone()),
            end_cursor: found.end_cursor,
        };
        let reports = found.hits.iter().map(|hit| hit.report.clone()).collect();
        let edges = found.hits.into_iter().zip(objects(reports, false)).map(|(hit, report)| {
            let shown = hit.snippet;
            let snippet = shown.map(|shown| ReportSnippet { text: shown.text, html: shown.html });
            let node = ReportSearchHit { report, score: hit.score, snippet };
            ReportSearchEdge { cursor: hit.cursor, node }
        });
        let edges: Vec<ReportSearchEdge> = edges.collect();
        let nodes = edges.iter().map(|edge| edge.node.clone()).collect();
        Self { total_count: found.total, edges, nodes, page_info }
    }
}

/// Queries on the search over reports.
#[derive(Default)]
pub struct ReportSearchQueries;

#[Object]
impl ReportSearchQueries {
    /// Finds reports by the words of their descriptions, addresses and answers, inflected, without
    /// diacritics and misspelt, by the words of their categories, and by their number ("KCK-2026-004571",
    /// or "4571" alone), which comes first. Two of three words have to be there, both of two; two words or
    /// more in quotation marks have to stand there word for word. Public reports for everybody; all for
    /// consultants and analysts; for officers and coordinators also those of their unit. Consultants, and
    /// officers in the reports of their unit, search also the description as it was written and what staff
    /// noted. UNAVAILABLE while the index is built anew.
    async fn search_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The words, at most 1,000 characters; of more than 32 words the first count. \
                    Without words, all that the filter lets through, received last first."
        )]
        query: String,
        #[graphql(desc = "What narrows the search, as in `reports`.")] filter: Option<ReportFilter>,
        #[graphql(desc = "The order; a cursor is good for one search only.", default)]
        order_by: ReportSearchOrder,
        #[graphql(desc = "Hits on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(
            desc = "The cursor after which the page begins, at most 10,000 hits from the first."
        )]
        after: Option<String>,
    ) -> Nullable<ReportSearchConnection> {
        let shown = ctx.look_ahead();
        let snippets = shown.field("nodes").field("snippet").exists()
            || shown.field("edges").field("node").field("snippet").exists();
        let page = PageRequest { first, after };
        let filter = filter.unwrap_or_default();
        let request = ReportSearchRequest { query, filter, order: order_by, page, snippets };
        let (search, today) = (&ctx.caller().app.report_search, local_day(ctx.now()));
        // In a box: every resolver of a root makes room for the largest of all on the stack.
        let found = Box::pin(search_reports(ctx.db(), search, ctx.actor(), &request, today)).await;
        Some(found.map(ReportSearchConnection::from))
    }

    /// The categories that a text speaks of, surest first, at most three: by the words that residents use
    /// for them and by public reports that were filed before. Empty when nothing speaks for any. The text
    /// is not kept.
    async fn suggest_report_categories(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "What is the matter, in the words of a resident, at most 4,000 characters."
        )]
        text: String,
        #[graphql(desc = "Only categories of problems, or of ideas.")] kind: Option<ReportKind>,
    ) -> Nullable<Vec<ReportCategorySuggestion>> {
        let found = Box::pin(async {
            let app = &ctx.caller().app;
            let register = app.desk.register(ctx.db()).await?;
            let known = register.categories();
            suggest_categories(ctx.db(), &app.report_search, known, &text, kind).await
        });
        Some(found.await.map(|found| {
            let seen = found.into_iter().map(|one| ReportCategorySuggestion {
                category: CategoryObject(one.category),
                score: one.score,
            });
            seen.collect()
        }))
    }
}
