//! What the business asks before it begins: a form for the customer, the answers for both sides.

use super::booking_page;
use crate::forms::{Form, FormState};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{Choice, RadioGroup, Select, TextArea};
use crate::ui::{Button, Card, SummaryItem, SummaryList};
use axum::extract::Path;
use axum::http::StatusCode;
use domain::bookings::{self, BookingView, answer_field};
use domain::catalog::questions::{LONGEST_ANSWER, MOST_QUESTIONS};
use domain::catalog::{AnswerKind, Asked, Question};
use domain::kernel::Error;
use leptos::prelude::*;

/// More answers than this are a drop-down.
const FEW: usize = 5;
/// Says that a form is the one of the questions.
const SHOWN: &str = "answers-shown";

/// `POST /bookings/{reference}/answers`.
///
/// # Errors
/// Not signed in; not found for anyone but the two sides; forbidden for the provider.
pub async fn submit(page: PageRequest, Path(reference): Path<String>, form: Form) -> Answer {
    let answers = (0..MOST_QUESTIONS).map(|place| form.text(&answer_field(place)).to_owned()).collect();
    match bookings::answer(page.ctx(), page.actor(), &reference, answers).await {
        Ok(()) => Ok(see_other(&format!("/bookings/{reference}?said=answered"))),
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => {
            let conflict = matches!(error, Error::Conflict(_));
            let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let booking = bookings::find(page.ctx(), page.actor(), &reference).await?;
            Ok(booking_page::page(&page, &booking, &form.rejected(error)?, status))
        }
        Err(error) => Err(error.into()),
    }
}

/// The card on the page of a booking; nothing where nothing is asked.
pub(super) fn card(booking: &BookingView, form: &FormState) -> Option<AnyView> {
    if booking.asked.is_empty() {
        return None;
    }
    if booking.can_answer() {
        return Some(answering(booking, form).into_any());
    }
    let said = said(&booking.asked);
    Some(view! { <Card title="Questions before the work">{said}</Card> }.into_any())
}

/// Questions with what was answered.
fn said(asked: &[Asked]) -> impl IntoView + use<> {
    let items = asked
        .iter()
        .map(|one| {
            let said = one.question.said(&one.answer).to_owned();
            let said = if said.is_empty() {
                view! { <span class="muted">"No answer"</span> }.into_any()
            } else {
                view! { <span class="whitespace-pre-line">{said}</span> }.into_any()
            };
            view! { <SummaryItem label=one.question.text.clone()>{said}</SummaryItem> }
        })
        .collect::<Vec<_>>();
    view! { <SummaryList>{items}</SummaryList> }
}

fn answering(booking: &BookingView, form: &FormState) -> impl IntoView + use<> {
    // Other forms of this page come back here as well: then the kept answers stand in the fields.
    let typed = !form.values(SHOWN).is_empty();
    let kept = booking.asked.iter().enumerate().map(|(place, one)| (answer_field(place), one.answer.clone()));
    let state = if typed { form.clone() } else { FormState::with(kept) };
    let fields = booking
        .asked
        .iter()
        .enumerate()
        .map(|(place, one)| field(&state, &answer_field(place), &one.question))
        .collect::<Vec<_>>();
    let answered = booking.asked.iter().any(|one| !one.answer.is_empty());
    let button = if answered { "Save the answers" } else { "Send the answers" };
    let action = format!("/bookings/{}/answers", booking.reference);
    let provider = booking.provider_name.clone();
    view! {
        <Card title="Questions before the work">
            <form id="questions" method="post" action=action class="stack" novalidate>
                <p class="muted">{provider}" reads your answers to come prepared. You can change them until the work begins."</p>
                <input type="hidden" name=SHOWN value="yes"/>
                {fields}
                <div><Button>{button}</Button></div>
            </form>
        </Card>
    }
}

fn field(state: &FormState, name: &str, question: &Question) -> AnyView {
    let required = question.required;
    let spoken = |text: &str| if required { text.to_owned() } else { format!("{text} (optional)") };
    let text = question.text.clone();
    let nothing = (!required).then(|| Choice::new("", "No answer"));
    match question.kind {
        AnswerKind::Text => {
            let most = u32::try_from(LONGEST_ANSWER).unwrap_or(u32::MAX);
            view! { <TextArea form=state name=name label=text required=required optional=!required rows=2 maxlength=most/> }
                .into_any()
        }
        AnswerKind::YesNo => {
            let mut options = vec![Choice::new("yes", "Yes"), Choice::new("no", "No")];
            options.extend(nothing);
            view! { <RadioGroup form=state name=name label=spoken(&text) options=options required=required/> }
                .into_any()
        }
        AnswerKind::Choice if question.options.len() > FEW => {
            let options = question.options.iter().map(|one| Choice::new(one.clone(), one.clone())).collect();
            let empty = if required { "Choose" } else { "No answer" };
            view! { <Select form=state name=name label=text options=options empty=empty required=required optional=!required/> }
                .into_any()
        }
        AnswerKind::Choice => {
            let mut options: Vec<Choice> =
                question.options.iter().map(|one| Choice::new(one.clone(), one.clone())).collect();
            options.extend(nothing);
            view! { <RadioGroup form=state name=name label=spoken(&text) options=options required=required/> }
                .into_any()
        }
    }
}
