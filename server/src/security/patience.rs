//! A page that takes too long becomes "try again" instead of a hanging browser.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::Instant;

use super::Envelope;
use super::body::Reading;

/// Ends a request that is not answered in time. The time counts from the last byte of its body:
/// a slow line is the body's business.
pub async fn end(State(envelope): State<Arc<Envelope>>, request: Request, next: Next) -> Response {
    let reading = request.extensions().get::<Reading>().cloned();
    let started = Instant::now();
    let patience = envelope.bounds.timeout;
    let mut answer = std::pin::pin!(next.run(request));
    let mut deadline = started + patience;
    loop {
        if let Ok(response) = tokio::time::timeout_at(deadline, answer.as_mut()).await {
            return response;
        }
        let later = started + reading.as_ref().map_or_else(Default::default, Reading::last) + patience;
        if later <= deadline {
            tracing::error!("a request took too long");
            let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
            return response;
        }
        deadline = later;
    }
}
