//! `/healthz`: the process lives. `/readyz`: it can do its work.

use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Serialize;
use sqlx::PgPool;

use crate::database::{latest_version, store};

/// Jobs that wait longer than this say that no worker does them.
const LONGEST_LAG_S: f64 = 300.0;
const PATIENCE: Duration = Duration::from_secs(2);

/// What readiness looks at.
#[derive(Clone, Debug)]
pub struct Health {
    /// The pages' pool: if it is exhausted, the process is not ready.
    pub pool: PgPool,
}

/// The answer, without anything that would help an attacker.
#[derive(Serialize)]
struct Report {
    status: &'static str,
    database: bool,
    migrations: bool,
    jobs: bool,
}

/// The two routes. They need no session and no page.
pub fn routes(health: Health) -> Router {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready)).with_state(health)
}

async fn alive() -> Response {
    plain(StatusCode::OK, Json(serde_json::json!({ "status": "ok" })))
}

async fn ready(State(health): State<Health>) -> Response {
    let version = within(store::applied_version(&health.pool)).await;
    // Late jobs are worth an alarm and no reason to send people elsewhere.
    let lag = if version.is_some() { within(store::job_lag(&health.pool)).await } else { None };
    let report = Report {
        status: if version.is_some_and(|version| version >= latest_version()) { "ok" } else { "unavailable" },
        database: version.is_some(),
        migrations: version.is_some_and(|version| version >= latest_version()),
        jobs: lag.is_some_and(|seconds| seconds < LONGEST_LAG_S),
    };
    let status = if report.database && report.migrations { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    plain(status, Json(report))
}

async fn within<T>(asked: impl Future<Output = sqlx::Result<T>>) -> Option<T> {
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(answer)) => Some(answer),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the database does not answer the readiness check");
            None
        }
        Err(_) => None,
    }
}

fn plain(status: StatusCode, body: impl IntoResponse) -> Response {
    let mut response = (status, body).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
