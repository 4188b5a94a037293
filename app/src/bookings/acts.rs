//! What the two sides do to a booking: one button each; those that hurt ask first.

use super::{booking_page, summary};
use crate::forms::{Form, FormState};
use crate::layout::Head;
use crate::request::{Answer, PageRequest, local_path, see_other};
use crate::ui::fields::{ErrorSummary, TextArea};
use crate::ui::{Button, ButtonKind, ConfirmPage, LinkButton, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::bookings::{self, BookingView, Capacity, Event, Words};
use domain::kernel::{Error, FieldErrors};
use leptos::prelude::*;

/// `POST /bookings/{reference}/accept`.
pub async fn accept(page: PageRequest, Path(reference): Path<String>, form: Form) -> Answer {
    act(&page, &reference, Event::Accept, &form, "accepted").await
}

/// `POST /bookings/{reference}/start`.
pub async fn start(page: PageRequest, Path(reference): Path<String>, form: Form) -> Answer {
    act(&page, &reference, Event::Start, &form, "started").await
}

/// `POST /bookings/{reference}/finish`.
pub async fn finish(page: PageRequest, Path(reference): Path<String>, form: Form) -> Answer {
    act(&page, &reference, Event::Finish, &form, "done").await
}

/// `GET /bookings/{reference}/decline`: asks for a reason.
pub async fn ask_decline(page: PageRequest, Path(reference): Path<String>) -> Answer {
    ask(&page, &reference, &DECLINE).await
}

/// `POST /bookings/{reference}/decline`.
pub async fn decline(page: PageRequest, Path(reference): Path<String>, form: Form) -> Answer {
    answer(&page, &reference, &DECLINE, &form).await
}

/// `GET /bookings/{reference}/cancel`: says what it means and asks.
pub async fn ask_cancel(page: PageRequest, Path(reference): Path<String>) -> Answer {
    ask(&page, &reference, &CANCEL).await
}

/// `POST /bookings/{reference}/cancel`.
pub async fn cancel(page: PageRequest, Path(reference): Path<String>, form: Form) -> Answer {
    answer(&page, &reference, &CANCEL, &form).await
}

/// Does it and goes on; what the booking's state does not allow is told on its page.
async fn act(page: &PageRequest, reference: &str, event: Event, form: &Form, said: &str) -> Answer {
    let words = Words { note: form.text("note").to_owned(), satisfaction: None };
    match bookings::advance(page.ctx(), page.actor(), reference, event, words).await {
        Ok(_) => Ok(see_other(&going_on(form, reference, said))),
        Err(error @ Error::Conflict(_)) => {
            let booking = bookings::find(page.ctx(), page.actor(), reference).await?;
            Ok(booking_page::page(page, &booking, &form.rejected(error)?, StatusCode::CONFLICT))
        }
        Err(error) => Err(error.into()),
    }
}

/// Lists in the portal send people back to where they were.
fn going_on(form: &Form, reference: &str, said: &str) -> String {
    let there = local_path(form.text("back"), &format!("/bookings/{reference}"));
    let mark = if there.contains('?') { '&' } else { '?' };
    format!("{there}{mark}said={said}")
}

/// An act that asks first.
struct Asked {
    event: Event,
    path: &'static str,
    title: &'static str,
    text: &'static str,
    label: &'static str,
    hint: &'static str,
    button: &'static str,
    said: &'static str,
}

const DECLINE: Asked = Asked {
    event: Event::Decline,
    path: "decline",
    title: "Decline this request?",
    text: "The time becomes free again and the customer is told, with your reason.",
    label: "Your reason",
    hint: "One honest sentence helps the customer to go on.",
    button: "Decline the request",
    said: "declined",
};

const CANCEL: Asked = Asked {
    event: Event::Cancel,
    path: "cancel",
    title: "Cancel this booking?",
    text: "The time becomes free again and the other side sees it. This cannot be undone.",
    label: "Reason",
    hint: "What should the other side know?",
    button: "Cancel the booking",
    said: "cancelled",
};

async fn ask(page: &PageRequest, reference: &str, asked: &Asked) -> Answer {
    let booking = bookings::find(page.ctx(), page.actor(), reference).await?;
    if !booking.can(asked.event) {
        let words = format!("That is not possible any more: this booking is “{}”.", booking.state.title());
        let form = FormState::default().complaining(FieldErrors::one("", words));
        return Ok(booking_page::page(page, &booking, &form, StatusCode::CONFLICT));
    }
    Ok(asking(page, &booking, asked, &FormState::default(), StatusCode::OK))
}

async fn answer(page: &PageRequest, reference: &str, asked: &Asked, form: &Form) -> Answer {
    let words = Words { note: form.text("note").to_owned(), satisfaction: None };
    match bookings::advance(page.ctx(), page.actor(), reference, asked.event, words).await {
        Ok(_) => Ok(see_other(&going_on(form, reference, asked.said))),
        Err(error @ (Error::Conflict(_) | Error::Invalid(_))) => {
            let booking = bookings::find(page.ctx(), page.actor(), reference).await?;
            let conflict = matches!(error, Error::Conflict(_));
            let state = form.rejected(error)?;
            if conflict {
                return Ok(booking_page::page(page, &booking, &state, StatusCode::CONFLICT));
            }
            Ok(asking(page, &booking, asked, &state, StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error.into()),
    }
}

fn asking(page: &PageRequest, booking: &BookingView, asked: &Asked, form: &FormState, status: StatusCode) -> Response {
    let here = format!("/bookings/{}", booking.reference);
    let action = format!("{here}/{}", asked.path);
    let policy = (asked.event == Event::Cancel && booking.capacity == Some(Capacity::Customer))
        .then(|| booking.cancellation_policy.sentence());
    let agreed = summary::agreed_first(booking, page.ctx().clock.now());
    let required = asked.event == Event::Decline;
    let fields = view! {
        <ErrorSummary form=form/>
        <TextArea form=form name="note" label=asked.label hint=asked.hint required=required optional=!required maxlength=2000/>
    };
    let button = asked.button;
    let body = view! {
        <div class="page-narrow stack">
            <p class="muted">{booking.title.clone()}" · "{booking.reference.clone()}</p>
            <ConfirmPage title=asked.title text=asked.text tone=Tone::Danger>
                {policy.map(|policy| view! { <p class="muted">{policy}</p>{agreed} })}
                <form method="post" action=action class="stack" novalidate>
                    {fields}
                    <div class="row">
                        <Button kind=ButtonKind::Danger>{button}</Button>
                        <LinkButton kind=ButtonKind::Quiet href=here>"Keep it"</LinkButton>
                    </div>
                </form>
            </ConfirmPage>
        </div>
    };
    let head = Head { title: asked.title.to_owned(), robots_noindex: true, ..Head::default() };
    page.show_with(status, head, booking_page::frame(booking), body)
}
