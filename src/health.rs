//! Whether the process lives, and whether it can serve.

use std::time::Duration;

use axum::{Json, extract::State, http::StatusCode};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::app::App;

/// The database must answer within this time.
const PING_MS_MAX: u64 = 1_000;

/// 200 as long as the process runs; asks nothing of anybody.
pub async fn live() -> StatusCode {
    StatusCode::OK
}

/// 200 when requests can be served; 503 names what is missing.
pub async fn ready(State(app): State<App>) -> (StatusCode, Json<Value>) {
    let ping = app.db.reader().execute_unprepared("SELECT 1");
    let database = timeout(Duration::from_millis(PING_MS_MAX), ping).await;
    let database = matches!(database, Ok(Ok(_)));
    let index = app.is_level();
    let running = !app.is_stopping();
    let status =
        if database && index && running { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "database": database, "index": index, "running": running })))
}
