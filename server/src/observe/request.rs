//! The outermost layer: every request gets an id, a span and one line in the log.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use domain::kernel::{Actor, RequestId};
use tokio::time::Instant;
use tracing::Instrument;

use crate::security::Envelope;
use crate::security::address::neighbourhood;
use crate::session::Visit;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers the request and tells how it went.
pub async fn observe(State(envelope): State<Arc<Envelope>>, mut request: Request, next: Next) -> Response {
    let id: RequestId = envelope.site.ctx.id();
    request.extensions_mut().insert(id);
    let span = tracing::info_span!("request", id = %id.0, method = %request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let started = Instant::now();
    async move {
        let mut response = next.run(request).await;
        if let Ok(value) = HeaderValue::try_from(id.0.to_string()) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        let status = response.status().as_u16();
        let took = started.elapsed();
        let ms = (took.as_secs_f64() * 1e5).round() / 100.0;
        // The route's template, never the path: paths hold tokens and references.
        let route = route.as_ref().map_or("-", MatchedPath::as_str);
        envelope.metrics.answered(&method, route, status, took);
        let failed = response.status().is_client_error() || response.status().is_server_error();
        if failed {
            // Who was refused, so that refusals can be followed up: an id, and a name for the address that only we can make.
            let person = response.extensions().get::<Actor>().and_then(|actor| actor.user);
            let person = person.map(|user| user.0.to_string()).unwrap_or_default();
            let from = response
                .extensions()
                .get::<Visit>()
                .and_then(|visit| envelope.site.ctx.sealer.pseudonym(&neighbourhood(visit.address).to_string()));
            tracing::info!(status, ms, route, person, from = from.unwrap_or_default(), "answered");
        } else if is_page(route) {
            tracing::info!(status, ms, route, "answered");
        } else {
            tracing::debug!(status, ms, route, "answered");
        }
        response
    }
    .instrument(span)
    .await
}

/// Files and health checks are many and tell little.
fn is_page(route: &str) -> bool {
    !matches!(route, "-" | "/pictures/{name}" | "/healthz" | "/readyz" | "/metrics")
}
