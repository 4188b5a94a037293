//! Operators who are refused something in the back office are written down: their rights reach far.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use domain::accounts::operators::note_refusal;
use domain::kernel::Actor;

use crate::security::Envelope;

const BACK_OFFICE: &str = "/admin";

/// Adds an entry to the history when an operator finds nothing, or is refused, where they wanted to act.
pub async fn note_refusals(State(envelope): State<Arc<Envelope>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = route.filter(|route| route.starts_with(BACK_OFFICE));
    let actor = request.extensions().get::<Actor>().filter(|actor| actor.is_operator() || actor.asleep).cloned();
    let (Some(route), Some(actor)) = (route, actor) else {
        return next.run(request).await;
    };
    let method = request.method().clone();
    let response = next.run(request).await;
    if matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::FORBIDDEN)
        && let Err(error) = note_refusal(&envelope.site.ctx, &actor, method.as_str(), &route).await
    {
        // The answer is a refusal already; the log has its line.
        tracing::error!(%error, "a refusal was not written into the history");
    }
    response
}
