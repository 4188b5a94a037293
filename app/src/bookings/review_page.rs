//! Ending well: the customer confirms that the work is done, and says how it was.

use super::booking_page;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field, StarRating, TextArea};
use crate::ui::{Button, ButtonKind, LinkButton};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::bookings::{self, BookingView, Capacity, Event, State, Words};
use domain::kernel::{Error, FieldErrors};
use domain::reviews::{self, NewReview};
use leptos::prelude::*;

/// `GET /bookings/{reference}/sign-off`.
pub async fn show_sign_off(page: PageRequest, Path(reference): Path<String>) -> Answer {
    let booking = bookings::find(page.ctx(), page.actor(), &reference).await?;
    if !booking.can(Event::SignOff) {
        return Ok(not_now(&page, &booking, "There is nothing to confirm at the moment."));
    }
    page.actor().in_person()?;
    Ok(sign_off_form(&page, &booking, &FormState::default(), StatusCode::OK))
}

/// `POST /bookings/{reference}/sign-off`.
pub async fn sign_off(page: PageRequest, Path(reference): Path<String>, form: Form) -> Answer {
    let words = Words { note: form.text("note").to_owned(), satisfaction: form.parsed("satisfaction") };
    let error = match bookings::advance(page.ctx(), page.actor(), &reference, Event::SignOff, words).await {
        Ok(_) => {
            return Ok(see_other(&format!("/bookings/{reference}/review?said=completed")));
        }
        Err(error) => error,
    };
    let booking = bookings::find(page.ctx(), page.actor(), &reference).await?;
    match error {
        Error::Conflict(words) => Ok(not_now(&page, &booking, &words)),
        error => Ok(sign_off_form(&page, &booking, &form.rejected(error)?, StatusCode::UNPROCESSABLE_ENTITY)),
    }
}

/// `GET /bookings/{reference}/review`.
pub async fn show_review(page: PageRequest, Path(reference): Path<String>) -> Answer {
    let booking = bookings::find(page.ctx(), page.actor(), &reference).await?;
    if booking.reviewed {
        return Ok(not_now(&page, &booking, "You have already reviewed this booking."));
    }
    if booking.capacity != Some(Capacity::Customer) || booking.state != State::Completed {
        return Ok(not_now(
            &page,
            &booking,
            "A review can be written by the customer once the work is done and confirmed.",
        ));
    }
    page.actor().in_person()?;
    Ok(review_form(&page, &booking, &FormState::default(), StatusCode::OK))
}

/// `POST /bookings/{reference}/review`.
pub async fn review(page: PageRequest, Path(reference): Path<String>, form: Form) -> Answer {
    let review = NewReview {
        rating: form.parsed("rating"),
        quality: form.parsed("quality"),
        punctuality: form.parsed("punctuality"),
        professionalism: form.parsed("professionalism"),
        value: form.parsed("value"),
        title: form.text("title").to_owned(),
        body: form.text("body").to_owned(),
    };
    let error = match reviews::write(page.ctx(), page.actor(), &reference, review).await {
        Ok(()) => return Ok(see_other(&format!("/bookings/{reference}?said=reviewed"))),
        Err(error) => error,
    };
    let booking = bookings::find(page.ctx(), page.actor(), &reference).await?;
    match error {
        Error::Conflict(words) => Ok(not_now(&page, &booking, &words)),
        error => Ok(review_form(&page, &booking, &form.rejected(error)?, StatusCode::UNPROCESSABLE_ENTITY)),
    }
}

fn not_now(page: &PageRequest, booking: &BookingView, words: &str) -> Response {
    let form = FormState::default().complaining(FieldErrors::one("", words));
    booking_page::page(page, booking, &form, StatusCode::CONFLICT)
}

fn sign_off_form(page: &PageRequest, booking: &BookingView, form: &FormState, status: StatusCode) -> Response {
    let here = format!("/bookings/{}", booking.reference);
    let body = view! {
        <div class="page-narrow stack">
            <p class="muted">{booking.title.clone()}" · "{booking.reference.clone()}</p>
            <h1>"Is the work done?"</h1>
            <p class="lead">"By confirming you say that "{booking.provider_name.clone()}" did what was agreed."</p>
            <form method="post" action=format!("{here}/sign-off") class="stack" novalidate>
                <ErrorSummary form=form/>
                <StarRating form=form name="satisfaction" label="How satisfied are you?" required=true/>
                <TextArea form=form name="note" label="A word to the provider" optional=true maxlength=2000/>
                <div class="row">
                    <Button kind=ButtonKind::Primary>"Confirm that it is done"</Button>
                    <LinkButton kind=ButtonKind::Quiet href=here.clone()>"Not yet"</LinkButton>
                </div>
            </form>
        </div>
    };
    let head = Head { title: "Confirm that the work is done".to_owned(), robots_noindex: true, ..Head::default() };
    page.show_with(status, head, Frame::Public, body)
}

fn review_form(page: &PageRequest, booking: &BookingView, form: &FormState, status: StatusCode) -> Response {
    let here = format!("/bookings/{}", booking.reference);
    let body = view! {
        <div class="page-narrow stack">
            <p class="muted">{booking.title.clone()}" · "{booking.reference.clone()}</p>
            <h1>"How was it?"</h1>
            <p class="lead">"Your review helps the next person, and "{booking.provider_name.clone()}"."</p>
            <form method="post" action=format!("{here}/review") class="stack" novalidate>
                <ErrorSummary form=form/>
                <StarRating form=form name="rating" label="All in all" required=true/>
                <StarRating form=form name="quality" label="Quality" hint="How good is the work?" required=true/>
                <StarRating form=form name="punctuality" label="Punctuality" hint="Were times kept?" required=true/>
                <StarRating form=form name="professionalism" label="Professionalism" hint="How was it to deal with them?" required=true/>
                <StarRating form=form name="value" label="Value" hint="Was it worth the price?" required=true/>
                <Field form=form name="title" label="Headline" optional=true maxlength=120/>
                <TextArea form=form name="body" label="Your review" optional=true rows=6 maxlength=4000/>
                <div class="row">
                    <Button kind=ButtonKind::Primary>"Publish the review"</Button>
                    <LinkButton kind=ButtonKind::Quiet href=here.clone()>"Later"</LinkButton>
                </div>
            </form>
        </div>
    };
    let head = Head { title: "Write a review".to_owned(), robots_noindex: true, ..Head::default() };
    page.show_with(status, head, Frame::Public, body)
}
