//! `/metrics`: for whoever has the token, and for nobody else.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};

use crate::database::store;
use crate::security::Envelope;

const PATIENCE: Duration = Duration::from_secs(2);
const KIND: HeaderValue = HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// The route. Without a token in the settings, or with another one, there is nothing here.
pub fn routes(envelope: Arc<Envelope>) -> Router {
    Router::new().route("/metrics", get(show)).with_state(envelope)
}

async fn show(State(envelope): State<Arc<Envelope>>, headers: HeaderMap) -> Response {
    if envelope.metrics_token.is_none_or(|token| token != shown(&headers)) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let pool = &envelope.site.ctx.pool;
    let waiting = match tokio::time::timeout(PATIENCE, store::waiting(pool)).await {
        Ok(Ok(waiting)) => Some(waiting),
        Ok(Err(error)) => {
            tracing::warn!(%error, "what waits cannot be counted");
            None
        }
        Err(_) => None,
    };
    match envelope.metrics.written(waiting, (pool.size(), pool.num_idle())) {
        Ok(text) => ([(header::CONTENT_TYPE, KIND)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The hash of the token somebody shows: comparing hashes takes the same time wherever tokens begin to differ.
fn shown(headers: &HeaderMap) -> [u8; 32] {
    let said = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    hash(said.strip_prefix("Bearer ").unwrap_or_default())
}

/// What is kept of a token.
pub fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
