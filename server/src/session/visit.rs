//! From where a session is used, for the list of devices people see.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;

use crate::security::Envelope;
use crate::security::address::client_address;

/// Longest description of a browser that is kept.
const LONGEST_AGENT: usize = 200;

tokio::task_local! {
    // The store's interface knows nothing of requests, so the visit travels beside it.
    static VISIT: Visit;
}

/// Who is visiting.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The client's address.
    pub address: IpAddr,
    /// What the browser says it is, shortened.
    pub agent: String,
}

impl Visit {
    /// The visit of the request being answered, if there is one.
    pub fn current() -> Option<Self> {
        VISIT.try_with(Clone::clone).ok()
    }
}

/// Finds out the client's address once, for everything inside; and for the log outside.
pub async fn note_visit(State(envelope): State<Arc<Envelope>>, mut request: Request, next: Next) -> Response {
    let address = client_address(request.extensions(), request.headers(), &envelope.trusted_proxies);
    let agent = request.headers().get(header::USER_AGENT).map(|agent| String::from_utf8_lossy(agent.as_bytes()));
    let agent = agent.unwrap_or_default().chars().filter(|c| !c.is_control()).take(LONGEST_AGENT).collect();
    let visit = Visit { address, agent };
    request.extensions_mut().insert(visit.clone());
    let mut response = VISIT.scope(visit.clone(), next.run(request)).await;
    response.extensions_mut().insert(visit);
    response
}
