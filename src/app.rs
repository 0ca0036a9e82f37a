//! The service: what it holds, and every URL on one page.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use kontakt_index::Index;
use tokio::sync::watch;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    cors::{AllowOrigin, CorsLayer},
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    set_header::SetResponseHeaderLayer,
    trace::TraceLayer,
};

use crate::{
    clock::Clock,
    config::Config,
    db::{Db, DbConfig, facts},
    error::{Error, Result},
    events::{self, Feed},
    graphql::{self, Gate},
    health,
    permits::Permits,
    remembered::Remembered,
    search::{self, IndexFollower, Subjects, Suggestions},
    units::Unit,
};

/// Units that are remembered; a city has some tens.
const UNITS_MAX: u64 = 1_000;

/// Everything that a request may need. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The settings.
    pub config: Arc<Config>,
    /// The database.
    pub db: Db,
    /// The search index of this node.
    pub index: Index,
    /// What was found before.
    pub subjects: Subjects,
    /// Units that were read before, by code.
    pub units: Remembered<String, Arc<Unit>>,
    /// What this node suggests while somebody types.
    pub suggestions: Suggestions,
    /// The spine of this node.
    pub feed: Feed,
    /// Where searches leave their lines.
    pub search_log: search::Log,
    /// The gate that every GraphQL operation passes.
    pub gate: Gate,
    stop: watch::Sender<bool>,
    level: watch::Sender<bool>,
    /// How much may be under way at once.
    pub permits: Permits,
}

impl App {
    /// Opens database and index and starts the followers. The index may still be rebuilding when
    /// this returns: `/health/ready` tells when it is level.
    pub async fn start(config: Config, db: Db, index: Index) -> Result<Self> {
        let epoch = db.write(async |tx| facts::epoch(tx).await).await?;
        let feed = Feed::start(db.clone()).await?;
        let permits = Permits::new(config.operations_max, config.subscriptions_max);
        let app = Self {
            config: Arc::new(config),
            search_log: search::Log::start(db.clone(), index.clone()),
            db,
            index,
            subjects: Subjects::new(Some(feed.head())),
            units: Remembered::new(Some(feed.head()), UNITS_MAX),
            suggestions: Suggestions::default(),
            feed,
            gate: Gate::new(graphql::build()),
            stop: watch::Sender::new(false),
            level: watch::Sender::new(false),
            permits,
        };
        tokio::spawn(feed_index(app.clone(), epoch));
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

    /// Whether the service was told to stop.
    pub fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }
}

/// Keeps index and suggestions level: rebuilds the index if need be and follows the spine. A broken
/// index is built anew.
async fn feed_index(app: App, epoch: uuid::Uuid) {
    let mut broken = false;
    while !app.is_stopping() {
        let outcome = tokio::select! {
            outcome = follow_spine(&app, epoch, broken) => outcome,
            () = app.stopping() => return,
        };
        let Err(error) = outcome else { return };
        // A database that is away says nothing about the index.
        broken |= !matches!(error, Error::Unavailable);
        tracing::error!(%error, anew = broken, "the search index cannot be fed; it will be tried again");
        app.level.send_replace(false);
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn follow_spine(app: &App, epoch: uuid::Uuid, anew: bool) -> Result<()> {
    let (db, index) = (app.db.clone(), app.index.clone());
    let mut follower = match anew {
        true => IndexFollower::start_anew(db.clone(), index, epoch).await?,
        false => IndexFollower::start(db.clone(), index, epoch).await?,
    };
    follower.catch_up().await?;
    // Listened to before the first reading, so that no change falls between.
    let live = app.feed.live();
    app.suggestions.reload(db.reader()).await?;
    app.level.send_replace(true);
    tokio::select! {
        outcome = events::follow(db.clone(), app.feed.head(), &mut follower) => outcome,
        () = app.suggestions.follow(db.reader(), live) => Ok(()),
    }
}

/// Every URL of the service.
pub fn router(app: App) -> Router {
    let api = Router::new()
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route("/graphql/stream", axum::routing::post(graphql::stream))
        .route("/graphql/ws", get(graphql::websocket))
        .route("/schema.graphql", get(schema))
        .route("/", get(async || Redirect::temporary("/graphql")))
        .layer(cors(&app.config));
    let health = Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready));
    api.merge(health)
        .fallback(async || StatusCode::NOT_FOUND)
        .layer(CompressionLayer::new().compress_when(
            // Events must leave at once, not when a block of the compressor is full.
            DefaultPredicate::new().and(NotForContentType::const_new("text/event-stream")),
        ))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        ))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .with_state(app)
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
        .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION, header::ACCEPT_LANGUAGE])
        .max_age(Duration::from_secs(3_600))
}

fn span(request: &Request) -> tracing::Span {
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok());
    // The path alone: an address may carry what somebody searched for.
    tracing::info_span!("request", method = %request.method(), path = request.uri().path(), id)
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a request panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
