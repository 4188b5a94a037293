//! `/bookings/{reference}/reassign`: a visit is given to somebody else of the business. A plain form with those who are free
//! then; of everybody else it says why not. `next` is where one came from.

use super::reschedule::{Back, cannot};
use super::{booking_page, words};
use crate::forms::{Form, FormState};
use crate::layout::Head;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ChoiceCard, ErrorSummary, RadioCards, TextArea, field_id};
use crate::ui::{Breadcrumbs, Button, ButtonKind, Card, Link, LinkButton, Notice, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::bookings::{self, BookingView, Event, Givable, Other, Reassign, ReassignError, State};
use domain::kernel::{Action, Error, FieldErrors, MemberId, Object, can};
use leptos::prelude::*;

/// Whether whoever looks at the booking can give it to somebody else now.
pub(super) fn open(page: &PageRequest, booking: &BookingView) -> bool {
    let object = Object { provider: Some(booking.provider), ..Object::default() };
    let ahead = booking.visit.is_some_and(|(start, _)| start > page.ctx().clock.now());
    ahead && booking.can(Event::Reassign) && can(page.actor(), Action::GiveVisit, &object)
}

/// `GET /bookings/{reference}/reassign?next=`.
pub async fn ask(page: PageRequest, Path(reference): Path<String>) -> Answer {
    let back = Back::of(&page.param("next").unwrap_or_default());
    again(&page, &reference, &FormState::default(), &back, StatusCode::OK).await
}

/// `POST /bookings/{reference}/reassign`.
pub async fn submit(page: PageRequest, Path(reference): Path<String>, form: Form) -> Answer {
    let command = Reassign {
        reference: reference.clone(),
        seen: form.parsed("seen"),
        from: form.parsed("from").map(MemberId),
        to: form.parsed("member").map(MemberId),
        note: form.text("note").to_owned(),
        key: form.parsed("key").unwrap_or_else(|| page.ctx().id()),
    };
    let back = Back::of(form.text("next"));
    let (status, state) = match bookings::reassign(page.ctx(), page.actor(), command).await {
        Ok(()) => return Ok(see_other(&back.said(&format!("/bookings/{reference}"), "visit-given"))),
        Err(ReassignError::NotFree { name, against }) => {
            let told = format!("{name} cannot do it: {} The visit stays as it is.", against.join(" "));
            (StatusCode::CONFLICT, form.state().complaining(FieldErrors::one("member", told)))
        }
        Err(ReassignError::Refused(error)) => {
            let conflict = matches!(error, Error::Conflict(_));
            let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            (status, form.rejected(error)?)
        }
    };
    again(&page, &reference, &state, &back, status).await
}

/// The page with what was typed; where the visit cannot be given to anybody, its booking says why.
async fn again(page: &PageRequest, reference: &str, form: &FormState, back: &Back, status: StatusCode) -> Answer {
    match bookings::givable(page.ctx(), page.actor(), reference).await {
        Ok(givable) => Ok(view_page(page, &givable, form, back, status)),
        Err(error) => cannot(page, reference, error).await,
    }
}

fn view_page(page: &PageRequest, givable: &Givable, form: &FormState, back: &Back, status: StatusCode) -> Response {
    let booking = &givable.booking;
    let here = format!("/bookings/{}", booking.reference);
    let action = format!("{here}/reassign");
    let (customer, present) = (booking.customer_name.clone(), booking.member_name.clone());
    let when = words::span(&booking.zone, givable.visit, page.ctx().clock.now());
    let lead =
        format!("At present: {when}, {present}. Time, length and price stay as agreed. {customer} is told at once.");
    let asked = (booking.state == State::Requested).then(|| {
        let words = "Giving a request to somebody does not answer it: you still accept or decline it.";
        view! { <Notice tone=Tone::Info><p>{words}</p></Notice> }
    });
    let hint = format!("{customer}, {present} and whoever takes over read it.");
    let value = if booking.member_active { String::new() } else { format!("{present} cannot do this visit.") };
    let key: uuid::Uuid = page.ctx().id();
    let (free, not): (Vec<&Other>, Vec<&Other>) = givable.others.iter().partition(|other| other.against.is_empty());
    let choosable = !free.is_empty();
    let trail = vec![Link::new(booking.title.clone(), here.clone())];
    let facts = booking_page::facts(booking, page);
    let body = view! {
        <div class="page stack">
            <Breadcrumbs trail=trail here="Give to somebody else"/>
            <h1>"Give to somebody else"</h1>
            <p class="lead">{lead}</p>
            {asked}
            <div class="with-side">
                <div class="stack">
                    <form method="post" action=action class="stack" novalidate>
                        <ErrorSummary form=form/>
                        <input type="hidden" name="key" value=key.to_string()/>
                        <input type="hidden" name="seen" value=givable.visit.0.to_string()/>
                        <input type="hidden" name="from" value=booking.member.0.to_string()/>
                        {back.field()}
                        {who(givable, &free, form, &here)}
                        {choosable.then(|| view! {
                            <TextArea form=form name="note" label="Why" hint=hint value=value required=true rows=2 maxlength=2000/>
                        })}
                        <div class="row">
                            {choosable.then(|| view! { <Button kind=ButtonKind::Primary>"Give the visit"</Button> })}
                            <LinkButton kind=ButtonKind::Quiet href=back.or(&here)>"Leave it as it is"</LinkButton>
                        </div>
                    </form>
                    {others(givable, &not)}
                </div>
                <aside><Card title="As it is now">{facts}</Card></aside>
            </div>
        </div>
    };
    let head = Head { title: "Give to somebody else".to_owned(), robots_noindex: true, ..Head::default() };
    page.show_with(status, head, booking_page::frame(booking), body)
}

/// Those who are free, to choose from.
fn who(givable: &Givable, free: &[&Other], form: &FormState, here: &str) -> AnyView {
    if free.is_empty() {
        let (title, words) = match givable.others.len() {
            0 => ("Nobody else works here", "Put somebody on the team first, or move the visit to another time."),
            _ => ("Nobody else is free then", "Move the visit to another time, or cancel it."),
        };
        let moving = format!("{here}/reschedule");
        // A complaint about the choice leads here when there is nothing left to choose.
        return view! {
            <div id=field_id("member") tabindex="-1">
                <Notice tone=Tone::Warning title=title>
                    <p>{words}</p>
                    <p class="row">
                        <a href=moving>"Move to another time"</a>
                        <a href="/provider/team">"Team"</a>
                    </p>
                </Notice>
            </div>
        }
        .into_any();
    }
    let options = free.iter().map(|other| ChoiceCard {
        text: Some("Free then".to_owned()),
        ..ChoiceCard::new(other.id.0.to_string(), other.name.clone())
    });
    view! { <RadioCards form=form name="member" label="Who does it?" options=options.collect() required=true/> }
        .into_any()
}

/// Everybody else, and why not.
fn others(givable: &Givable, not: &[&Other]) -> Option<impl IntoView + use<>> {
    let day = format!("/provider/calendar?view=day&date={}", words::date(&givable.zone, givable.visit.0));
    let rows: Vec<_> = not
        .iter()
        .map(|other| {
            // What they do is said on their own page; what is in the way stands in the calendar.
            let (href, label) = if other.does {
                (day.clone(), "See the day")
            } else {
                (format!("/provider/team/{}", other.id.0), "See what they do")
            };
            let spoken = format!(" of {}", other.name);
            let against = other.against.join(" ");
            view! {
                <li>
                    <p><strong>{other.name.clone()}</strong></p>
                    <p class="muted">{against}</p>
                    <p class="text-sm"><a href=href>{label}<span class="sr-only">{spoken}</span></a></p>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <Card title="Cannot do it then"><ul class="stack">{rows}</ul></Card> })
}
