//! The schema: the roots merged from the slices.

use std::sync::LazyLock;

use async_graphql::{MergedObject, MergedSubscription, SDLExportOptions};
use chrono::{DateTime, Utc};

use crate::{
    accounts::{AccountMutations, AccountQueries, ProfileMutations, TokenMutations, TokenQueries},
    articles::ArticleQueries,
    audit::AuditQueries,
    cards::{CardMutations, CardQueries, FreshnessQueries},
    cases::{
        CaseMutations, CaseQueries,
        export::{ExportMutations, ExportQueries},
    },
    forms::{FormMutations, FormQueries},
    graphql::{limits::DEPTH_MAX, node::NodeQueries, photos::PhotoMutations},
    notifications::{NotificationMutations, NotificationQueries},
    privacy::{PrivacyMutations, PrivacyQueries},
    reports::{
        BulkMutations, CategoryMutations, CategoryQueries, ExternalMutations, ExternalQueries,
        FilingMutations, ReportQueries, ReportSubscriptions, WorkMutations,
        proposals::{ProposalMutations, ProposalQueries},
        routing::{RoutingMutations, RoutingQueries},
        templates::{TemplateMutations, TemplateQueries},
    },
    search::{
        BestBetQueries, GapMutations, GapQueries, LogMutations, LogQueries, ReportSearchQueries,
        SearchQueries, SearchSubscriptions, SuggestQueries, SynonymQueries, TaughtMutations,
    },
    statistics::StatisticsQueries,
    units::UnitQueries,
};

/// What can be read. A field that fails is null and leaves its neighbours whole.
#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
pub struct Query(
    NodeQueries,
    AccountQueries,
    CaseQueries,
    ExportQueries,
    TokenQueries,
    SearchQueries,
    ReportSearchQueries,
    SuggestQueries,
    SynonymQueries,
    BestBetQueries,
    LogQueries,
    GapQueries,
    CardQueries,
    FreshnessQueries,
    ArticleQueries,
    FormQueries,
    UnitQueries,
    CategoryQueries,
    ReportQueries,
    RoutingQueries,
    TemplateQueries,
    ProposalQueries,
    ExternalQueries,
    StatisticsQueries,
    NotificationQueries,
    AuditQueries,
    PrivacyQueries,
);

/// What can be done. Each payload lists what to repair in `errors`; it is null only when the whole
/// step failed.
#[derive(MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(
    AccountMutations,
    ProfileMutations,
    CaseMutations,
    ExportMutations,
    TokenMutations,
    CardMutations,
    FormMutations,
    TaughtMutations,
    LogMutations,
    GapMutations,
    FilingMutations,
    WorkMutations,
    BulkMutations,
    RoutingMutations,
    TemplateMutations,
    CategoryMutations,
    ProposalMutations,
    ExternalMutations,
    PhotoMutations,
    NotificationMutations,
    PrivacyMutations,
);

/// What can be watched, over WebSocket at /graphql/ws (graphql-transport-ws) or server-sent events
/// at /graphql/stream (graphql-sse).
#[derive(MergedSubscription, Default)]
#[graphql(name = "Subscription")]
pub struct Subscription(SearchSubscriptions, ReportSubscriptions);

/// The schema of the service.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// Builds the schema. It holds no data: what a request needs comes with the request.
pub fn build() -> Schema {
    Schema::build(Query::default(), Mutation::default(), Subscription::default())
        .limit_depth(DEPTH_MAX)
        .disable_suggestions()
        .override_output_type_description::<DateTime<Utc>>(
            "An instant in RFC 3339, such as `2026-11-20T09:15:00+00:00`.",
        )
        .finish()
}

/// The schema as text, sorted: what `schema.graphql` holds.
pub fn sdl() -> &'static str {
    static SDL: LazyLock<String> = LazyLock::new(write_sdl);
    &SDL
}

fn write_sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .prefer_single_line_descriptions()
        .use_space_ident();
    build().sdl_with_options(options)
}
