//! Queries on reports.

use async_graphql::{ComplexObject, Context, Object, SimpleObject};

use crate::{
    clock::local_day,
    error::{Error, Result},
    graphql::{ContextExt, Nullable, PageInfo},
    page::{Page, PageRequest},
    reports::{
        actions::{self, ReportFilter, ReportOrder},
        entity::Report,
        graphql::{PersonalDataFound, ReportObject, found_in, objects},
        rules,
    },
    words::Message,
};

/// A page of reports, after the Relay specification.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct ReportConnection {
    /// The entries of the page with their cursors.
    edges: Vec<ReportEdge>,
    /// The entries of the page.
    nodes: Vec<ReportObject>,
    /// Where the page stands in the list.
    page_info: PageInfo,
    #[graphql(skip)]
    filter: ReportFilter,
}

/// An entry of a page with its cursor.
#[derive(SimpleObject)]
pub struct ReportEdge {
    /// Give this as `after` to get what follows.
    cursor: String,
    /// The entry.
    node: ReportObject,
}

#[ComplexObject]
impl ReportConnection {
    /// How many there are on all pages, of those that you may see.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u64> {
        actions::count(ctx.db(), ctx.actor(), &self.filter, local_day(ctx.now())).await
    }
}

impl ReportConnection {
    fn of(page: Page<Report>, filter: ReportFilter) -> Self {
        let (cursors, reports): (Vec<_>, Vec<_>) = page.entries.into_iter().unzip();
        let nodes = objects(reports, filter.account.is_some());
        let page_info = PageInfo {
            has_next_page: page.has_next,
            has_previous_page: false,
            start_cursor: cursors.first().cloned(),
            end_cursor: cursors.last().cloned(),
        };
        let edge =
            |(cursor, node): (String, &ReportObject)| ReportEdge { cursor, node: node.clone() };
        let edges = cursors.into_iter().zip(&nodes).map(edge).collect();
        Self { edges, nodes, page_info, filter }
    }
}

/// A report that is near, and how near.
#[derive(SimpleObject)]
pub struct SimilarReport {
    /// The report.
    report: ReportObject,
    /// How far away it is, in metres.
    metres: f64,
}

/// Queries on reports.
#[derive(Default)]
pub struct ReportQueries;

#[Object]
impl ReportQueries {
    /// The report with a public number; null when there is none that you may see. Before its
    /// verification it is seen by its holder, by the secret token or signed in, and by staff.
    async fn report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number, such as `KCK-2026-004571`.")] number: String,
        #[graphql(desc = "The secret token that was given when it was filed.")]
        tracking_token: Option<String>,
    ) -> Nullable<ReportObject> {
        let (desk, token) = (&ctx.caller().app.desk, tracking_token.as_deref());
        match actions::by_number(ctx.db(), desk, ctx.actor(), &number, token).await {
            Ok((report, holder)) => objects(vec![report], holder).pop().map(Ok),
            Err(Error::NotFound) => None,
            Err(error) => Some(Err(error)),
        }
    }

    /// Reports that you may see: public ones for everybody, without any personal data; all for
    /// consultants and analysts; for officers also those of their unit; for residents also their own.
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What narrows the list.")] filter: Option<ReportFilter>,
        #[graphql(desc = "The order, NEWEST when nothing is said; a cursor is good for one only.")]
        order_by: Option<ReportOrder>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<ReportConnection> {
        let page = PageRequest { first, after };
        Some(list(ctx, filter.unwrap_or_default(), order_by.unwrap_or_default(), page).await)
    }

    /// The reports in your account, with everything that only their holder sees: those that you have
    /// filed signed in, and those that you have claimed. Signed-in residents.
    async fn my_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What narrows the list.")] filter: Option<ReportFilter>,
        #[graphql(desc = "The order, NEWEST when nothing is said; a cursor is good for one only.")]
        order_by: Option<ReportOrder>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<ReportConnection> {
        let page = PageRequest { first, after };
        match actions::own_filter(ctx.actor(), filter.unwrap_or_default()) {
            Ok(filter) => Some(list(ctx, filter, order_by.unwrap_or_default(), page).await),
            Err(error) => Some(Err(error)),
        }
    }

    /// What waits for you, due first: for consultants what is to be read or given to a unit, for
    /// officers and coordinators what their unit has not answered.
    #[graphql(visible = "crate::graphql::staff")]
    async fn report_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What narrows the queue further.")] filter: Option<ReportFilter>,
        #[graphql(desc = "The order, DUE when nothing is said.")] order_by: Option<ReportOrder>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<ReportConnection> {
        let page = PageRequest { first, after };
        match actions::waiting_for(ctx.actor(), filter.unwrap_or_default()) {
            Ok(filter) => Some(list(ctx, filter, order_by.unwrap_or(ReportOrder::Due), page).await),
            Err(error) => Some(Err(error)),
        }
    }

    /// Reports of the same group of categories within 250 metres, of the last 90 days and not closed,
    /// nearest first, at most 10: somebody may rather support one of them than file the same again.
    async fn similar_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code of the category.")] category: String,
        #[graphql(desc = "Degrees north (WGS 84).")] latitude: f64,
        #[graphql(desc = "Degrees east (WGS 84).")] longitude: f64,
    ) -> Nullable<Vec<SimilarReport>> {
        let found = async {
            let register = ctx.caller().app.desk.register(ctx.db()).await?;
            let Some(category) = register.category(&category) else {
                let message = Message::new("unknown-category").with("code", &category);
                return Err(Error::BadRequest(message));
            };
            let point = (latitude, longitude);
            actions::similar(ctx.db(), ctx.actor(), category, point, ctx.now()).await
        };
        let found = found.await.map(|found| {
            let (reports, metres): (Vec<_>, Vec<_>) =
                found.into_iter().map(|similar| (similar.report, similar.metres)).unzip();
            let near = objects(reports, false).into_iter().zip(metres);
            near.map(|(report, metres)| SimilarReport { report, metres }).collect()
        });
        Some(found)
    }

    /// What in a text looks like personal data, so that its author can take it out before it is filed.
    /// The text is not kept.
    async fn personal_data_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The text, at most 4,000 characters.")] text: String,
    ) -> Nullable<Vec<PersonalDataFound>> {
        if text.chars().count() > rules::DESCRIPTION_CHARS_MAX {
            let message = Message::new("too-long").with("max", rules::DESCRIPTION_CHARS_MAX);
            return Some(Err(Error::BadRequest(message)));
        }
        Some(Ok(found_in(ctx, &text)))
    }
}

async fn list(
    ctx: &Context<'_>,
    filter: ReportFilter,
    order: ReportOrder,
    page: PageRequest,
) -> Result<ReportConnection> {
    let today = local_day(ctx.now());
    let mut filter = filter;
    filter.widen(&*ctx.caller().app.desk.register(ctx.db()).await?);
    let page = actions::list(ctx.db(), ctx.actor(), &filter, order, &page, today).await?;
    Ok(ReportConnection::of(page, filter))
}
