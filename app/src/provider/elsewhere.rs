//! What people see here who do not work for any business.

use crate::layout::{Frame, Head};
use crate::request::PageRequest;
use crate::ui::{ButtonKind, EmptyState, LinkButton, Scene};
use axum::response::Response;
use leptos::prelude::*;

/// Says what this place is, and where customers go.
pub(super) fn page(page: &PageRequest) -> Response {
    let head = Head { title: "For providers".to_owned(), robots_noindex: true, ..Head::default() };
    page.show(head, Frame::Public, view! {
        <div class="page">
            <h1 class="sr-only">"For providers"</h1>
            <EmptyState scene=Scene::Shutters title="This is where businesses run their day"
                text="Today's visits, requests to answer and the calendar of the whole team live here. Your login does not \
                    belong to a business yet: open one in six short steps. What you booked as a customer is under your bookings.">
                <LinkButton href="/provider/apply">"Become a provider"</LinkButton>
                <LinkButton href="/bookings" kind=ButtonKind::Secondary>"Your bookings"</LinkButton>
            </EmptyState>
        </div>
    })
}
