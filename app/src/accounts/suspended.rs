//! The page of an account that may not be used at present.

use crate::layout::{Frame, Head};
use crate::request::PageRequest;
use crate::ui::{ButtonKind, EmptyState, LinkButton, Scene};
use axum::http::StatusCode;
use axum::response::Response;

use leptos::prelude::*;

/// Says so, and why; shown after the right password only.
pub(super) fn page(page: &PageRequest, reason: &str) -> Response {
    let head = Head { title: "Your account is suspended".to_owned(), robots_noindex: true, ..Head::default() };
    let text = match reason {
        "" => "You cannot sign in at present. What you booked before stays as it was agreed.".to_owned(),
        reason => format!("{reason} You cannot sign in at present; what you booked before stays as it was agreed."),
    };
    let body = view! {
        <div class="page-narrow">
            <h1 class="sr-only">"Your account is suspended"</h1>
            <EmptyState scene=Scene::Door title="Your account is suspended" text=text>
                <LinkButton href="/services" kind=ButtonKind::Secondary>"Look at services"</LinkButton>
            </EmptyState>
        </div>
    };
    page.show_with(StatusCode::FORBIDDEN, head, Frame::Focused, body)
}
