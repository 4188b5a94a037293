//! The third step: everything once more, while the time is kept. One button books.

use super::booking_page::{self, facts};
use super::{summary, words};
use crate::catalog::cards::counted;
use crate::forms::Form;
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::{Button, ButtonKind, Card, Notice, Steps, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::bookings::{self, BookingView, Event, State, Words};
use domain::catalog::{BookingMode, Kind};
use domain::kernel::Error;
use leptos::prelude::*;

/// `GET /bookings/{reference}/pay`.
pub async fn show(page: PageRequest, Path(reference): Path<String>) -> Answer {
    let booking = bookings::find(page.ctx(), page.actor(), &reference).await?;
    if !(booking.can(Event::Confirm) || booking.can(Event::Request)) {
        return Ok(see_other(&format!("/bookings/{}", booking.reference)));
    }
    Ok(view_page(&page, &booking))
}

/// `POST /bookings/{reference}/pay`: books, or asks the provider.
pub async fn confirm(page: PageRequest, Path(reference): Path<String>, form: Form) -> Answer {
    match bookings::advance(page.ctx(), page.actor(), &reference, Event::Confirm, Words::default()).await {
        Ok(State::Requested) => Ok(see_other(&format!("/bookings/{reference}?said=requested"))),
        Ok(_) => Ok(see_other(&format!("/bookings/{reference}?said=booked"))),
        Err(error @ Error::Conflict(_)) => {
            let booking = bookings::find(page.ctx(), page.actor(), &reference).await?;
            // Pressed twice: it is booked, and that is what the person wanted.
            if matches!(booking.state, State::Confirmed | State::Requested) {
                return Ok(see_other(&format!("/bookings/{}", booking.reference)));
            }
            let state = form.rejected(error)?;
            Ok(booking_page::page(&page, &booking, &state, StatusCode::CONFLICT))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /bookings/{reference}/release`: gives the time back and returns to the service.
pub async fn release(page: PageRequest, Path(reference): Path<String>) -> Answer {
    let booking = bookings::find(page.ctx(), page.actor(), &reference).await?;
    if booking.state == State::Held {
        bookings::advance(page.ctx(), page.actor(), &reference, Event::Cancel, Words::default()).await?;
        return Ok(see_other(&format!("/services/{}?said=released", booking.service_slug)));
    }
    Ok(see_other(&format!("/bookings/{}", booking.reference)))
}

fn view_page(page: &PageRequest, booking: &BookingView) -> Response {
    let now = page.ctx().clock.now();
    let left = booking.clock_at.filter(|_| booking.kind == Kind::Visit).map(|at| words::left(now, at));
    let first = if booking.kind == Kind::Visit { "Time" } else { "Package" };
    let steps = [first, "Details", "Confirm", "Done"].map(|name| (name.to_owned(), None)).to_vec();
    let (button, after) = match (booking.booking_mode, booking.visit) {
        (BookingMode::Request, _) => (
            format!("Ask {} · {}", booking.provider_name, booking.total),
            "They answer within a day. Until then your time is kept.",
        ),
        (BookingMode::Instant, Some((start, _))) => (
            format!("Book {} · {}", words::moment_within(&booking.zone, start, now), booking.total),
            "It is booked at once.",
        ),
        (BookingMode::Instant, None) => (format!("Book · {}", booking.total), "It is booked at once."),
    };
    let pay = format!("/bookings/{}/pay", booking.reference);
    let release = format!("/bookings/{}/release", booking.reference);
    let asks = (!booking.asked.is_empty()).then(|| {
        let words = counted(u32::try_from(booking.asked.len()).unwrap_or(u32::MAX), "question", "questions");
        view! { <p class="muted">{booking.provider_name.clone()}" has "{words}" for you afterwards, to come prepared."</p> }
    });
    let facts = facts(booking, page);
    let price = summary::lines(&booking.lines, booking.total);
    let body = view! {
        <div class="page stack">
            <Steps steps=steps current=2/>
            <h1>"Everything right?"</h1>
            <div class="with-side">
                <div class="stack">
                    {left.map(|left| view! {
                        <Notice tone=Tone::Info>"This time is kept for you for "<strong>{left}</strong>"."</Notice>
                    })}
                    <Card title=booking.title.clone()>{facts}</Card>
                    {asks}
                    <form method="post" action=pay>
                        <Button kind=ButtonKind::Primary full=true>{button}</Button>
                    </form>
                    <p class="muted">{after}" "{booking.cancellation_policy.sentence()}</p>
                    <form method="post" action=release>
                        <Button kind=ButtonKind::Quiet>"Do not book, give the time back"</Button>
                    </form>
                </div>
                <aside><Card title="Price">{price}</Card></aside>
            </div>
        </div>
    };
    let head = Head { title: "Confirm your booking".to_owned(), robots_noindex: true, ..Head::default() };
    page.show(head, Frame::Public, body)
}
