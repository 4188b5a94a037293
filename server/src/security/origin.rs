//! Against forged requests: unsafe methods must come from our own pages.
//!
//! Browsers say where a request comes from, and pages cannot lie about it. `Sec-Fetch-Site` is
//! asked first (`same-origin`, or `none` for what people do themselves). Where a browser does not
//! send it (old ones, or plain http in a local network), `Origin` must be ours. A request with
//! neither is refused too: every browser sends `Origin` with forms of other sites, so only programs
//! lose something, and they can send the header. No token in forms is needed, so forms work
//! without scripts and never expire.

use std::sync::Arc;

use app::request::Failed;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Envelope;

/// Lets a request through if it may change something, or changes nothing.
pub async fn check(State(envelope): State<Arc<Envelope>>, request: Request, next: Next) -> Response {
    if changes_something(&request) && !by_its_word(&request) && !from_ourselves(&envelope, request.headers()) {
        tracing::warn!("refused a request from elsewhere");
        let mut refusal = StatusCode::FORBIDDEN.into_response();
        let words = "This request did not come from our own pages. Open the page again and retry.";
        refusal.extensions_mut().insert(Failed { words: Some(words.to_owned()), ..Failed::default() });
        return refusal;
    }
    next.run(request).await
}

/// Reading is safe; a WebSocket starts as a read and is not.
fn changes_something(request: &Request) -> bool {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    !safe || request.headers().contains_key(header::UPGRADE)
}

/// Mail programs stop letters for people with a POST of their own (RFC 8058), which comes from nowhere. The word in the
/// address says who and what, and no cookie is looked at for it.
fn by_its_word(request: &Request) -> bool {
    request.method() == Method::POST && request.uri().path().starts_with("/letters/stop/")
}

fn from_ourselves(envelope: &Envelope, headers: &HeaderMap) -> bool {
    match only(headers, "sec-fetch-site") {
        Said::Once(site) => return matches!(site, "same-origin" | "none"),
        Said::Unclear => return false,
        Said::Nothing => {}
    }
    let Said::Once(origin) = only(headers, "origin") else {
        return false;
    };
    if origin == &*envelope.public_origin {
        return true;
    }
    // While developing, the site is reached by several names: localhost, 127.0.0.1, a phone's view.
    let host = only(headers, "host");
    envelope.development
        && matches!((origin.strip_prefix("http://"), host), (Some(from), Said::Once(host)) if from == host)
}

enum Said<'a> {
    Nothing,
    Once(&'a str),
    Unclear,
}

fn only<'a>(headers: &'a HeaderMap, name: &str) -> Said<'a> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Said::Nothing,
        (Some(value), None) => value.to_str().map_or(Said::Unclear, Said::Once),
        (Some(_), Some(_)) => Said::Unclear,
    }
}
