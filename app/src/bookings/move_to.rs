//! The question before a visit is moved to a time somebody pointed at: in the calendar by drawing it there, or in a list of
//! proposals. It is asked on a page of its own, or in place of the calendar's script (`part`); the answer is the form that
//! moves visits. A time that is not free is told with the reason, and with those that are.

use super::choose::slot_days;
use super::details::by_day;
use super::reschedule::{Back, cannot};
use super::{booking_page, words};
use crate::forms::FormState;
use crate::layout::Head;
use crate::request::{Answer, PageRequest};
use crate::ui::fields::{SlotList, TextArea};
use crate::ui::{Breadcrumbs, Button, ButtonKind, ButtonSize, Link, LinkButton, Notice, Tone, button_class};
use domain::bookings::{self, Capacity, MoveTo, State};
use jiff::Timestamp;
use leptos::prelude::*;

/// The question about `start`, as a page or as a part of one.
pub(super) async fn ask(page: &PageRequest, reference: &str, start: Timestamp, back: &Back) -> Answer {
    let asked = match bookings::move_to(page.ctx(), page.actor(), reference, start).await {
        Ok(asked) => asked,
        Err(error) => return cannot(page, reference, error).await,
    };
    if page.param("part").is_some() {
        return Ok(page.fragment(question(page, &asked, back, true)));
    }
    let here = format!("/bookings/{}", asked.booking.reference);
    let trail = vec![Link::new(asked.booking.title.clone(), here)];
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail here="Move the visit"/>
            {question(page, &asked, back, false)}
        </div>
    };
    let head = Head { title: "Move the visit".to_owned(), robots_noindex: true, ..Head::default() };
    Ok(page.show(head, booking_page::frame(&asked.booking), body))
}

/// `inside` another page: its heading is not the page's, and a word for the other side is written on the page for it.
fn question(page: &PageRequest, asked: &MoveTo, back: &Back, inside: bool) -> AnyView {
    let (booking, zone, now) = (&asked.booking, &asked.zone, page.ctx().clock.now());
    let customer = booking.capacity == Some(Capacity::Customer);
    let other = if customer { booking.provider_name.clone() } else { booking.customer_name.clone() };
    let free = asked.against.is_empty();
    let wanted = words::moment_within(zone, asked.wanted.0, now);
    let title = if free { format!("Move to {wanted}?") } else { format!("{wanted} is not free") };
    let title = if free { title } else { capital(&title) };
    let heading = if inside {
        view! { <h2 id="move-title">{title}</h2> }.into_any()
    } else {
        view! { <h1>{title}</h1> }.into_any()
    };
    let about = format!("{} · {other}. At present: {}.", booking.title, words::span(zone, asked.visit, now));
    let effect = if booking.state == State::Requested && !customer {
        "The customer is told at once. Moving a request does not answer it: you still accept or decline it."
    } else if customer {
        "The business is told at once. Length, price and person stay as agreed."
    } else {
        "The customer is told at once, and can cancel if it does not suit."
    };
    let here = format!("/bookings/{}", booking.reference);
    let action = format!("{here}/reschedule");
    let all = back.along(&action, &[("from", words::date(zone, asked.wanted.0).to_string())]);
    let state = FormState::default();
    let choice = if free {
        view! { <input type="hidden" name="start" value=asked.wanted.0.to_string()/> }.into_any()
    } else {
        near(page, asked, &state)
    };
    let movable = free || !asked.near.is_empty();
    let key: uuid::Uuid = page.ctx().id();
    let note = (!inside && movable).then(|| {
        let label = format!("A word for {other}");
        view! { <TextArea form=&state name="note" label=label optional=true rows=2 maxlength=2000/> }
    });
    let word = if inside { "Other times, or a word with it" } else { "Other times" };
    view! {
        {heading}
        <p>{about}</p>
        <form method="post" action=action class="stack" novalidate=true>
            <input type="hidden" name="key" value=key.to_string()/>
            <input type="hidden" name="seen" value=asked.visit.0.to_string()/>
            {back.field()}
            {choice}
            {note}
            {movable.then(|| view! { <p class="muted text-sm">{effect}</p> })}
            <div class="row">
                {movable.then(|| view! { <Button>{if free { "Move" } else { "Move to the chosen time" }}</Button> })}
                // In place of the calendar its script closes the question instead.
                <a class=button_class(ButtonKind::Secondary, ButtonSize::Medium, false) href=back.or(&here) data-cancel="yes">"Cancel"</a>
                <LinkButton kind=ButtonKind::Quiet href=all>{word}</LinkButton>
            </div>
        </form>
    }
    .into_any()
}

/// Why the time is not free, and the nearest that are.
fn near(page: &PageRequest, asked: &MoveTo, state: &FormState) -> AnyView {
    let why = asked.against.iter().map(|said| view! { <p>{said.clone()}</p> }).collect::<Vec<_>>();
    let notice = view! { <Notice tone=Tone::Warning>{why}</Notice> };
    if asked.near.is_empty() {
        return notice.into_any();
    }
    let zone = &asked.zone;
    let days = slot_days(&by_day(zone, &asked.near), zone, None, page.zone(), page.ctx().clock.now());
    let told = format!("Times in {}", zone.place());
    view! {
        {notice}
        <SlotList form=state name="start" label="These are free" days=days zone=told required=true/>
    }
    .into_any()
}

/// A sentence that begins with a day in small letters ("today"), as a heading.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
