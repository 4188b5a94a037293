//! The pages of failures: what happened in plain words, the request's id, and a way on.

use crate::layout::{self, Frame, Head};
use crate::request::{Failed, PageRequest};
use axum::http::StatusCode;
use axum::response::Response;

/// The page of a failed request. A visitor who must sign in first is sent there by the server instead.
#[must_use]
pub fn page(request: &PageRequest, status: StatusCode, failed: &Failed) -> Response {
    let id = request.actor().request.0.to_string();
    // An operator who acts for somebody meets doors that are closed to them for a reason of its own.
    let theirs = request.actor().behalf.as_ref().filter(|_| status == StatusCode::FORBIDDEN);
    let theirs =
        theirs.map(|behalf| format!("You act as {}. This is for them alone to see and to do.", behalf.person_name));
    let words = theirs.as_deref().or(failed.words.as_deref());
    let (title, body) = layout::error_body((status, failed.outrun), words, &id, request.path());
    let head = Head { title, robots_noindex: true, ..Head::default() };
    request.show_with(status, head, Frame::Public, body)
}
