//! One place where failures become pages: of handlers, extractors, limits, time-outs and panics alike.

use std::sync::Arc;

use app::request::{Failed, Nonce, PageRequest};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::kernel::{Actor, RequestId};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::security::Envelope;
use crate::session::Visit;

/// Gives every failure without a body of its own the page that belongs to its status.
pub async fn pages(State(envelope): State<Arc<Envelope>>, request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let response = next.run(request).await;
    if !needs_page(&response) {
        return response;
    }
    if response.status() == StatusCode::UNAUTHORIZED {
        return to_login(&asked);
    }
    page(&envelope, asked, &response)
}

/// What a panic in a handler answers; its words are in the log only.
pub fn after_panic(_: Box<dyn std::any::Any + Send>) -> Response {
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(Failed::default());
    response
}

/// An address nobody answers at.
pub async fn not_found() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// Pages that handlers made themselves (a form with 422) stay, and so does JSON.
fn needs_page(response: &Response) -> bool {
    let failed = response.status().is_client_error() || response.status().is_server_error();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let made = kind.starts_with("text/html") || kind.contains("json");
    failed && (!made || response.extensions().get::<Failed>().is_some())
}

/// What is kept of a request in case it fails.
struct Asked {
    method: Method,
    uri: Uri,
    nonce: Nonce,
    id: Option<RequestId>,
    visit: Option<Visit>,
    cookie: Option<HeaderValue>,
    referer: Option<HeaderValue>,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let (headers, extensions) = (request.headers(), request.extensions());
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            nonce: extensions.get().cloned().unwrap_or_default(),
            id: extensions.get().copied(),
            visit: extensions.get().cloned(),
            cookie: headers.get(header::COOKIE).cloned(),
            referer: headers.get(header::REFERER).cloned(),
        }
    }
}

fn page(envelope: &Envelope, asked: Asked, failed: &Response) -> Response {
    let mut request = Request::new(());
    *request.uri_mut() = asked.uri;
    if let Some(cookie) = asked.cookie {
        request.headers_mut().insert(header::COOKIE, cookie);
    }
    let extensions = request.extensions_mut();
    extensions.insert(asked.nonce);
    let actor = failed.extensions().get::<Actor>().cloned().or_else(|| {
        let address = asked.visit?.address;
        Some(Actor::visitor(address, asked.id?))
    });
    if let Some(actor) = actor {
        extensions.insert(actor);
    }
    let (parts, ()) = request.into_parts();
    let said = failed.extensions().get::<Failed>().cloned().unwrap_or_default();
    let mut response = app::errors::page(&PageRequest::of(&parts, &envelope.site), failed.status(), &said);
    keep(failed.headers(), response.headers_mut());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Headers of the failure that still mean something on its page.
fn keep(from: &HeaderMap, to: &mut HeaderMap) {
    for name in [header::RETRY_AFTER, header::ALLOW, header::CONNECTION, header::SET_COOKIE] {
        for value in from.get_all(&name) {
            to.append(&name, value.clone());
        }
    }
}

/// To the login page, and back to where people were: the page itself, or the one its form was on.
fn to_login(asked: &Asked) -> Response {
    let back = if asked.method.is_safe() {
        asked.uri.path_and_query().map(|path| path.as_str().to_owned())
    } else {
        // Only the path: the next page decides whether it is one of ours.
        asked
            .referer
            .as_ref()
            .and_then(|from| from.to_str().ok()?.parse::<Uri>().ok())
            .map(|from| from.path().to_owned())
    };
    let back = back.unwrap_or_else(|| "/".into());
    Redirect::to(&format!("/login?next={}", utf8_percent_encode(&back, NON_ALPHANUMERIC))).into_response()
}
