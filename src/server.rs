//! Serves the router over HTTP/1 and HTTP/2 with time limits, and stops gracefully.
//!
//! Not `axum::serve`: it has no read time-outs, so idle and slow clients would stay for ever.

use std::{
    convert::Infallible,
    future::{Future, pending},
    sync::Arc,
    time::Duration,
};

use axum::{Router, extract::Request, response::Response};
use hyper::{
    body::Incoming,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{
    net::TcpListener,
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::{app::App, visitor::Peer};

/// A request's head must have arrived within this time, and the next one on an open connection.
const HEADER_SECONDS_MAX: u64 = 15;
/// Bytes of a request's head.
const HEADER_BYTES_MAX: usize = 32 * 1024;
/// Requests at once on one HTTP/2 connection.
const STREAMS_MAX: u32 = 64;

/// Serves until the app is told to stop; then requests under way get their time to finish.
pub async fn serve(app: App, router: Router, listener: TcpListener) {
    let places_max = app.config.connections_max;
    let connections = Arc::new(Semaphore::new(places_max as usize));
    let graceful = GracefulShutdown::new();
    let http = http();
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &connections) => accepted,
            () = app.stopping() => break,
        };
        let Some((stream, peer, permit)) = accepted else { continue };
        let begun = Arc::new(Notify::new());
        let service = service(router.clone(), peer, Place(Arc::new(permit)), Arc::clone(&begun));
        let connection = http.serve_connection_with_upgrades(TokioIo::new(stream), service);
        let connection = graceful.watch(connection.into_owned());
        tokio::spawn(async move {
            let ended = tokio::select! {
                ended = connection => ended,
                () = silence(&begun) => return,
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended badly");
            }
        });
    }
    drop(listener);
    let ended = async {
        graceful.shutdown().await;
        // WebSockets have left HTTP, but keep their places.
        let _ = connections.acquire_many(places_max).await;
    };
    let limit = Duration::from_secs(app.config.shutdown_seconds);
    if timeout(limit, ended).await.is_err() {
        tracing::warn!("requests under way did not finish in time and were cut");
    }
}

/// A client's place among the connections. Every request carries it, so that a WebSocket keeps it
/// when it has left HTTP.
#[derive(Clone)]
pub struct Place(#[expect(dead_code, reason = "held, never read")] Arc<OwnedSemaphorePermit>);

/// The router for one connection; tells when the first request has come.
fn service(
    router: Router,
    peer: Peer,
    place: Place,
    begun: Arc<Notify>,
) -> impl Service<
    Request<Incoming>,
    Response = Response,
    Error = Infallible,
    Future: Future<Output = Result<Response, Infallible>> + Send + 'static,
> {
    let router = TowerToHyperService::new(router);
    service_fn(move |mut request: Request<Incoming>| {
        begun.notify_one();
        request.extensions_mut().insert(peer);
        request.extensions_mut().insert(place.clone());
        router.call(request)
    })
}

/// Returns when no request has come in time: hyper counts the time of a head only once it knows
/// from the first bytes which protocol is spoken, and would wait for those for ever.
async fn silence(begun: &Notify) {
    let limit = Duration::from_secs(HEADER_SECONDS_MAX);
    if timeout(limit, begun.notified()).await.is_ok() {
        pending::<()>().await;
    }
}

fn http() -> auto::Builder<TokioExecutor> {
    let mut http = auto::Builder::new(TokioExecutor::new());
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(HEADER_SECONDS_MAX))
        .max_buf_size(HEADER_BYTES_MAX);
    http.http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Duration::from_secs(HEADER_SECONDS_MAX))
        .max_concurrent_streams(STREAMS_MAX);
    http
}

type Accepted = (tokio::net::TcpStream, Peer, OwnedSemaphorePermit);

async fn accept(listener: &TcpListener, connections: &Arc<Semaphore>) -> Option<Accepted> {
    let permit = Arc::clone(connections).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            let _ = stream.set_nodelay(true);
            Some((stream, Peer(peer.ip()), permit))
        }
        Err(error) => {
            // Out of file descriptors, most likely: wait for some to be closed.
            tracing::warn!(%error, "a connection could not be accepted");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}
