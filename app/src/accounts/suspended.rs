//! The page of an account that may not be used at present, and the person's answer to it.

use super::session;
use crate::bookings::words;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, TextArea};
use crate::ui::{Button, Card, Notice, Tone};
use axum::http::StatusCode;
use axum::response::Response;
use domain::accounts::PastSuspension;
use domain::accounts::operators::{Suspended, appeal};
use domain::kernel::Zone;
use jiff::Timestamp;
use leptos::prelude::*;
use tower_sessions::Session;

/// Says so, why, and on what it is based; shown after the right password only.
pub(super) fn page(page: &PageRequest, status: StatusCode, state: &FormState, why: &Suspended) -> Response {
    let head = Head { title: "Your account is suspended".to_owned(), robots_noindex: true, ..Head::default() };
    let reason =
        if why.reason.is_empty() { "No reason was written down. Ask us.".to_owned() } else { why.reason.clone() };
    let evidence = (!why.evidence.is_empty()).then(|| {
        let evidence = why.evidence.clone();
        view! { <Card title="What it is based on" dense=true><p class="whitespace-pre-line break-words">{evidence}</p></Card> }
    });
    let answer = if why.appeal.is_empty() {
        view! {
            <form class="form" method="post" action="/account/appeal" novalidate=true>
                <ErrorSummary form=state/>
                <TextArea form=state name="appeal" label="Your answer" required=true maxlength=2000
                    hint="Is something wrong, or is there more to know? A person reads it and writes to you."/>
                <Button>"Send my answer"</Button>
            </form>
        }
        .into_any()
    } else {
        let said = why.appeal.clone();
        view! {
            <Notice tone=Tone::Info title="You have answered">
                <p class="whitespace-pre-line break-words">{said}</p>
                <p>"A person reads it and writes to you."</p>
            </Notice>
        }
        .into_any()
    };
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Your account is suspended"</h1>
                <p class="lead">"You cannot log in at present. What you booked before stays as it was agreed."</p>
            </div>
            <Card title="Why" dense=true><p class="whitespace-pre-line break-words">{reason}</p></Card>
            {evidence}
            {answer}
        </div>
    };
    page.show_with(status, head, Frame::Focused, body)
}

/// `POST /account/appeal`. What was wrong with the answer is told on the same page, with reason and evidence.
///
/// # Errors
/// The database is away.
pub async fn submit(page_request: PageRequest, session: Session, form: Form) -> Answer {
    let now = page_request.ctx().clock.now();
    let Some(user) = session::who_may_appeal(&session, now).await? else {
        return Ok(see_other("/login"));
    };
    match appeal(page_request.ctx(), page_request.actor(), user, form.text("appeal")).await {
        Ok(()) => Ok(see_other("/login?said=appealed")),
        Err(error) => {
            let state = form.rejected(error)?;
            // Restored meanwhile: there is nothing to answer any more, and the door is open.
            let Some(why) = Suspended::in_force(page_request.ctx(), user).await? else {
                return Ok(see_other("/login"));
            };
            Ok(page(&page_request, StatusCode::UNPROCESSABLE_ENTITY, &state, &why))
        }
    }
}

/// What is over, for the person it was about: it was told to them, so it stays where they can read it again.
pub(super) fn past(suspensions: &[PastSuspension], zone: &Zone, now: Timestamp) -> Option<impl IntoView + use<>> {
    let items: Vec<_> = suspensions.iter().map(|one| past_one(one, zone, now)).collect();
    (!items.is_empty()).then(|| {
        view! { <Card title="When your account was suspended" dense=true><ul class="stack">{items}</ul></Card> }
    })
}

fn past_one(one: &PastSuspension, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let when = format!("From {} to {}", words::moment(zone, one.at, now), words::moment(zone, one.lifted_at, now));
    let said = [
        ("Why", &one.reason),
        ("What it was based on", &one.evidence),
        ("Your answer", &one.appeal),
        ("What we said in the end", &one.answer),
    ];
    let said: Vec<_> = said
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(title, text)| {
            let text = text.clone();
            view! {
                <div>
                    <dt class="font-semibold">{title}</dt>
                    <dd class="whitespace-pre-line break-words">{text}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <li class="stack">
            <p class="muted">{when}</p>
            <dl class="grid gap-2">{said}</dl>
        </li>
    }
}
