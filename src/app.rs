//! The service: what it holds, and every URL on one page.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::{HeaderName, Method, StatusCode, header},
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, any, get, post},
};
use kontakt_index::{Index, Store};
use tokio::sync::watch;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    cors::{AllowOrigin, Any, CorsLayer},
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    trace::TraceLayer,
};

use crate::{
    accounts::Registry,
    audit::{self, Failures},
    clock::Clock,
    config::Config,
    db::{Db, DbConfig, facts},
    downloads,
    error::{Error, Result},
    events::{self, Feed, Subject},
    files::Files,
    graphql::{self, Gate},
    headers, health, mail_pages, my_data,
    notifications::Links,
    open_data, open311,
    permits::Permits,
    rates::Rates,
    remembered::Remembered,
    reports::{Desk, routing::KnownRules},
    search::{
        self, IndexFollower, Indexes, Knowledge, ReportSearch, Reports, Subjects, Suggestions,
    },
    secrets::Secrets,
    sign_in,
    statistics::Statistics,
    units::{Districts, Unit},
    vault::Vault,
    visitor::pay_for_page,
};

/// Units that are remembered; a city has some tens.
const UNITS_MAX: u64 = 1_000;

/// Callers who have spent nothing lately are forgotten this often.
const IDLE_SECONDS: u64 = 60;

/// Everything that a request may need. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The settings.
    pub config: Arc<Config>,
    /// The database.
    pub db: Db,
    /// The search index of this node.
    pub index: Index,
    /// What reports are searched with.
    pub report_search: ReportSearch,
    /// What was found before.
    pub subjects: Subjects,
    /// Units that were read before, by code.
    pub units: Remembered<String, Arc<Unit>>,
    /// What this node keeps at hand for reports.
    pub desk: Desk,
    /// The links that letters carry.
    pub links: Links,
    /// What this node suggests while somebody types.
    pub suggestions: Suggestions,
    /// What is counted of reports.
    pub statistics: Statistics,
    /// The spine of this node.
    pub feed: Feed,
    /// Where searches leave their lines.
    pub search_log: search::Log,
    /// The files that people send.
    pub files: Files,
    /// The providers of sign-in.
    pub providers: Registry,
    /// The gate that every GraphQL operation passes.
    pub gate: Gate,
    stop: watch::Sender<bool>,
    level: watch::Sender<bool>,
    /// How much may be under way at once.
    pub permits: Permits,
    /// How much callers have left to spend.
    pub rates: Rates,
    /// The sign-ins that failed lately.
    pub failures: Failures,
}

impl App {
    /// Starts the followers. The index may still be rebuilding when this returns: `/health/ready`
    /// tells when it is level. That of reports may take minutes, and nobody waits for it.
    pub async fn start(config: Config, db: Db, indexes: Indexes) -> Result<Self> {
        let Indexes { passages: index, reports } = indexes;
        let drawn = async |tx: &_| {
            let (epoch, secrets) = (facts::epoch(tx).await?, Secrets::open(tx).await?);
            Ok((epoch, secrets, Vault::open(tx, &config).await?))
        };
        let (epoch, secrets, vault) = db.write(drawn).await?;
        let feed = Feed::start(db.clone()).await?;
        let districts = Districts::start(db.clone(), &feed).await?;
        let routing = KnownRules::new(Some(feed.head_of(&[Subject::RoutingRule])));
        let permits = Permits::new(config.operations_max, config.subscriptions_max);
        let app = Self {
            files: Files::of(&config)?,
            links: Links::new(&secrets, &config),
            providers: Registry::of(&config)?,
            gate: Gate::open(graphql::build(), &config)?,
            rates: Rates::new(config.rate, db.clock().clone()),
            failures: Failures::new(secrets.clone()),
            config: Arc::new(config),
            search_log: search::Log::start(db.clone(), index.clone()),
            db,
            index,
            subjects: Subjects::new(Some(feed.head_of(&[Subject::Card]))),
            units: Remembered::new(Some(feed.head_of(&[Subject::Unit])), UNITS_MAX),
            report_search: ReportSearch::new(reports, feed.head_of(&[Subject::ReportCategory])),
            desk: Desk::new(secrets, vault, districts, routing, &feed),
            suggestions: Suggestions::default(),
            statistics: Statistics::default(),
            feed,
            stop: watch::Sender::new(false),
            level: watch::Sender::new(false),
            permits,
        };
        tokio::spawn(keep_fed(app.clone(), move |app, anew| follow_knowledge(app, epoch, anew)));
        tokio::spawn(keep_fed(app.clone(), move |app, anew| follow_reports(app, epoch, anew)));
        tokio::spawn(feed_statistics(app.clone()));
        tokio::spawn(forget_idle_callers(app.clone()));
        tokio::spawn(write_failures(app.clone()));
        Ok(app)
    }

    /// Opens the database that the settings name.
    pub async fn open_database(
        config: &Config,
        clock: Clock,
        migrate: bool,
    ) -> Result<Db, crate::db::MigrationError> {
        Db::open(&DbConfig::of(config), config.database_connections, clock, migrate).await
    }

    /// Tells everything that runs to come to an end.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Returns when the service is to stop.
    pub async fn stopping(&self) {
        // The sender lives as long as the app, so waiting ends only by the word to stop.
        let _ = self.stop.subscribe().wait_for(|stop| *stop).await;
    }

    /// Whether the index has taken everything that the spine held when this node started.
    pub fn is_level(&self) -> bool {
        *self.level.borrow()
    }

    /// Returns when the index is level with the spine.
    pub async fn leveled(&self) {
        // As with `stopping`: the sender lives as long as the app.
        let _ = self.level.subscribe().wait_for(|level| *level).await;
    }

    /// Where a browser ends its session at the provider that vouched for an account; `None` where
    /// there is no such place.
    pub async fn leave(&self, provider: &str) -> Option<String> {
        let back = self.config.address(None, "/");
        self.providers.find(provider)?.end_session_url(&back, self.db.now()).await
    }

    /// Whether the service was told to stop.
    pub fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }
}

/// Keeps an index fed, until the service stops. A broken one is built anew.
async fn keep_fed<F: Future<Output = Result<()>>>(app: App, follow: impl Fn(App, bool) -> F) {
    let mut broken = false;
    while !app.is_stopping() {
        let outcome = tokio::select! {
            outcome = follow(app.clone(), broken) => outcome,
            () = app.stopping() => return,
        };
        let Err(error) = outcome else { return };
        // A database that is away says nothing about the index.
        broken |= !matches!(error, Error::Unavailable);
        tracing::error!(%error, anew = broken, "an index cannot be fed; it will be tried again");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Keeps the index of the knowledge and the suggestions level with the spine.
async fn follow_knowledge(app: App, epoch: uuid::Uuid, anew: bool) -> Result<()> {
    let follow = async {
        let mut follower = follower::<Knowledge>(&app.db, &app.index, epoch, anew).await?;
        follower.catch_up().await?;
        // Listened to before the first reading, so that no change falls between.
        let live = app.feed.live();
        app.suggestions.reload(app.db.reader()).await?;
        app.level.send_replace(true);
        tokio::select! {
            outcome = events::follow(app.db.clone(), app.feed.head(), &mut follower) => outcome,
            () = app.suggestions.follow(app.db.reader(), live) => Ok(()),
        }
    };
    let outcome = follow.await;
    if outcome.is_err() {
        app.level.send_replace(false);
    }
    outcome
}

/// Keeps the index of reports level with the spine.
async fn follow_reports(app: App, epoch: uuid::Uuid, anew: bool) -> Result<()> {
    let index = &app.report_search.index;
    let mut follower = follower::<Reports>(&app.db, index, epoch, anew).await?;
    events::follow(app.db.clone(), app.feed.head(), &mut follower).await
}

async fn follower<S: search::Source>(
    db: &Db,
    index: &Store<S::Kind>,
    epoch: uuid::Uuid,
    anew: bool,
) -> Result<IndexFollower<S>> {
    match anew {
        true => IndexFollower::start_anew(db.clone(), index.clone(), epoch).await,
        false => IndexFollower::start(db.clone(), index.clone(), epoch).await,
    }
}

/// Keeps the statistics level. Nobody waits for them but those who ask for statistics.
async fn feed_statistics(app: App) {
    tokio::select! {
        () = app.statistics.clone().keep(app.db.clone(), &app.feed) => {}
        () = app.stopping() => {}
    }
}

/// Keeps the memory of who has spent what small.
async fn forget_idle_callers(app: App) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(IDLE_SECONDS)) => app.rates.forget_idle(),
            () = app.stopping() => return,
        }
    }
}

/// Writes the sign-ins that failed into the audit; what is left at the end, whoever stops the service.
async fn write_failures(app: App) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(audit::WRITE_SECONDS)) => {
                if let Err(error) = app.failures.write(&app.db).await {
                    tracing::warn!(%error, "sign-ins that failed are not in the audit yet");
                }
            }
            () = app.stopping() => return,
        }
    }
}

/// Every URL of the service.
pub fn router(app: App) -> Router {
    let api = Router::new()
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route("/graphql/stream", post(graphql::stream))
        .route("/graphql/ws", get(graphql::websocket))
        .route("/schema.graphql", get(schema))
        .route("/", get(async || Redirect::temporary("/graphql")))
        .layer(cors(&app.config));
    let asked = api
        .merge(open311())
        .merge(people(&app))
        .route("/files/{name}", get(downloads::photo))
        .route("/my-data.json", get(my_data::json))
        .route("/my-data.html", get(my_data::html))
        .route("/open-data/dictionary.json", get(open_data::show_dictionary))
        .route("/open-data/{name}", get(open_data::reports))
        .fallback(async || StatusCode::NOT_FOUND)
        .layer(CompressionLayer::new().compress_when(
            // Events must leave at once, not when a block of the compressor is full.
            DefaultPredicate::new().and(NotForContentType::const_new("text/event-stream")),
        ))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TraceLayer::new_for_http().make_span_with(span));
    // Not traced: a service that is not ready yet is no error, and is asked every second.
    let health = Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready));
    asked
        .merge(health)
        .layer(middleware::from_fn_with_state(app.clone(), headers::complete))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .with_state(app)
}

/// Where people sign in and out, and what the links of letters lead to. What providers say by themselves costs nothing.
fn people(app: &App) -> Router<App> {
    Router::new()
        .route("/auth/sign-in/{provider}", get(sign_in::begin))
        .route("/auth/callback/{provider}", get(sign_in::callback))
        .route("/auth/sign-out", post(sign_in::leave))
        .route("/auth/dev", get(sign_in::choose).post(sign_in::develop))
        .route("/auth/e-mail", get(sign_in::ask).post(sign_in::send))
        .route("/mail/confirm/{link}", get(mail_pages::ask_confirm).post(mail_pages::confirm))
        .route("/mail/unsubscribe/{link}", get(mail_pages::ask_end).post(mail_pages::end))
        .route("/mail/nothing/{link}", get(mail_pages::ask_nothing).post(mail_pages::nothing))
        .route("/mail/address/{secret}", get(mail_pages::ask_address).post(mail_pages::address))
        .route("/auth/e-mail/{secret}", get(sign_in::confirm).post(sign_in::enter))
        .layer(middleware::from_fn_with_state(app.clone(), pay_for_page))
        .route("/auth/back-channel/{provider}", post(sign_in::back_channel))
        .layer(DefaultBodyLimit::max(sign_in::FORM_BYTES_MAX))
}

/// Open311 GeoReport v2: what everybody may read, web pages of any origin may read.
fn open311() -> Router<App> {
    let only = |methods: MethodRouter<App>| methods.fallback(open311::no_such_method);
    let mut routes = Router::new();
    for format in open311::Format::ALL {
        let path = |name: &str| format!("/open311/v2/{name}.{}", format.extension());
        routes = routes
            .route(&path("discovery"), only(get(open311::discovery)))
            .route(&path("services"), only(get(open311::services)))
            .route(&path("requests"), only(get(open311::list).post(open311::file)));
    }
    routes
        .route("/open311/v2/services/{file}", only(get(open311::definition)))
        .route("/open311/v2/requests/{file}", only(get(open311::one)))
        .route("/open311/v2/tokens/{file}", only(get(open311::token)))
        .route("/open311/v2/{*path}", any(open311::no_such_path))
        .layer(CorsLayer::new().allow_origin(Any).allow_methods([Method::GET]))
}

async fn schema() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/graphql; charset=utf-8")], graphql::sdl())
}

fn cors(config: &Config) -> CorsLayer {
    let config = config.clone();
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(move |origin, _| {
            origin.to_str().is_ok_and(|origin| config.allows_origin(origin))
        }))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::CONTENT_TYPE,
            header::AUTHORIZATION,
            header::ACCEPT_LANGUAGE,
            HeaderName::from_static(graphql::PREFLIGHT),
        ])
        .max_age(Duration::from_secs(3_600))
}

fn span(request: &Request) -> tracing::Span {
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok());
    // The route alone: an address may carry what somebody searched for, and the path of a link in a
    // letter is a secret.
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    tracing::info_span!("request", method = %request.method(), route, id)
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a request panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
