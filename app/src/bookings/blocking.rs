//! `/bookings/{reference}/block`: either side of a booking does not want to meet the other again.

use super::booking_page;
use crate::catalog::blocking::{Asked, form_page, refused};
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::{Breadcrumbs, EmptyState, Link, LinkButton, Scene};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::bookings::{self, BookingView, Capacity};
use domain::catalog::{self, Bookable, Pair, Side};
use domain::kernel::Error;
use leptos::prelude::*;

/// Which side the viewer can block the other as; nobody but the customer and who acts for the business can.
pub(super) fn side(page: &PageRequest, booking: &BookingView) -> Option<Side> {
    match booking.capacity? {
        Capacity::Customer => Some(Side::Customer),
        Capacity::Provider if page.actor().manages(booking.provider) => Some(Side::Provider),
        _ => None,
    }
}

/// Who the other side is.
pub(super) fn other(side: Side, booking: &BookingView) -> String {
    match side {
        Side::Customer => booking.provider_name.clone(),
        Side::Provider => booking.customer_name.clone(),
    }
}

/// `GET /bookings/{reference}/block`: says what it means and asks.
pub async fn ask(page: PageRequest, Path(reference): Path<String>) -> Answer {
    let booking = bookings::find(page.ctx(), page.actor(), &reference).await?;
    let side = side(&page, &booking).ok_or(Error::NotFound)?;
    Ok(form_page(&page, StatusCode::OK, &FormState::default(), &asked(side, &booking)))
}

/// `POST /bookings/{reference}/block`.
pub async fn submit(page: PageRequest, Path(reference): Path<String>, form: Form) -> Answer {
    let booking = bookings::find(page.ctx(), page.actor(), &reference).await?;
    let side = side(&page, &booking).ok_or(Error::NotFound)?;
    let pair = Pair { customer: booking.customer, provider: booking.provider };
    match catalog::block(page.ctx(), page.actor(), side, pair, form.text("reason")).await {
        Ok(()) => {
            let list = if side == Side::Customer { "/account/blocked" } else { "/provider/blocked" };
            Ok(see_other(&format!("{list}?said=kept-apart")))
        }
        Err(error) => refused(&page, &form, error, &asked(side, &booking)),
    }
}

fn asked(side: Side, booking: &BookingView) -> Asked {
    let back = format!("/bookings/{}", booking.reference);
    Asked { name: other(side, booking), action: format!("{back}/block"), back, frame: booking_page::frame(booking) }
}

/// In place of the steps of booking. It does not say which of the two keeps away from the other.
pub(super) fn not_for_you(page: &PageRequest, service: &Bookable, status: StatusCode) -> Response {
    let title = service.priced.title.clone();
    let trail = vec![Link::new(title, format!("/services/{}", service.slug))];
    let body = view! {
        <div class="page stack">
            <Breadcrumbs trail=trail here="Book"/>
            <h1 class="sr-only">"Not available to you"</h1>
            <EmptyState scene=Scene::Signpost title="This service is not available to you"
                text="It cannot be booked with your account. Others do the same work, and many have time this week.">
                <LinkButton href="/services">"Find another one"</LinkButton>
            </EmptyState>
        </div>
    };
    let head = crate::layout::Head { islands: false, ..super::choose::head(service) };
    page.show_with(status, head, Frame::Public, body)
}
