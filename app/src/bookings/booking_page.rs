//! A booking's own page, for both sides: what it is, what was, is and comes next, and the one thing to do.

use super::timeline::timeline;
use super::{area, blocking, questions, reassign, summary, words};
use crate::forms::FormState;
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest};
use crate::ui::fields::ErrorSummary;
use crate::ui::{
    Breadcrumbs, Button, ButtonKind, Card, Link, LinkButton, Notice, Status, SummaryItem, SummaryList, Timeline, Tone,
};
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::bookings::{self, BookingView, Capacity, Event, State};
use domain::catalog::questions::in_one_line;
use domain::catalog::{Kind, Place};
use domain::kernel::Error;
use leptos::prelude::*;

/// `GET /bookings/{reference}`.
pub async fn show(page: PageRequest, Path(reference): Path<String>) -> Answer {
    let booking = bookings::find(page.ctx(), page.actor(), &reference).await?;
    Ok(self::page(&page, &booking, &FormState::default(), StatusCode::OK))
}

/// `GET /bookings/{reference}/calendar.ics`.
pub async fn calendar_file(page: PageRequest, Path(reference): Path<String>) -> Answer {
    let booking = bookings::find(page.ctx(), page.actor(), &reference).await?;
    let address = page.absolute(&format!("/bookings/{}", booking.reference));
    let file = bookings::calendar_file::write(&booking, &address, page.ctx().clock.now()).ok_or(Error::NotFound)?;
    let mut response = file.into_response();
    let name = format!("attachment; filename=\"{}.ics\"", booking.reference);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::internal)?);
    Ok(response)
}

/// The colour of a state, beside its words.
#[must_use]
pub fn tone(state: State) -> Tone {
    match state {
        State::Held | State::Requested | State::Done => Tone::Warning,
        State::Confirmed | State::Started => Tone::Info,
        State::Completed => Tone::Success,
        State::Declined | State::Cancelled => Tone::Danger,
        State::Expired => Tone::Plain,
    }
}

/// The frame a booking's pages stand in: a provider stays in the portal.
pub(super) fn frame(booking: &BookingView) -> Frame {
    if booking.capacity == Some(Capacity::Provider) { Frame::Provider } else { Frame::Public }
}

/// The page, with a complaint if something could not be done.
pub(super) fn page(page: &PageRequest, booking: &BookingView, form: &FormState, status: StatusCode) -> Response {
    let service = format!("/services/{}", booking.service_slug);
    let provider = format!("/providers/{}", booking.provider_slug);
    let ics = booking.visit.map(|_| format!("/bookings/{}/calendar.ics", booking.reference));
    let entries = timeline(booking, page);
    let whose_times = format!("Times are those of {}.", booking.zone.place());
    let facts = facts(booking, page);
    let price = summary::lines(&booking.lines, booking.total);
    let policy = summary::policy(booking.cancellation_policy);
    let agreed = summary::agreed_first(booking, page.ctx().clock.now());
    let provider_name = booking.provider_name.clone();
    let block = blocking::side(page, booking).map(|side| {
        let words = format!("Block {}", blocking::other(side, booking));
        view! { <li><a href=format!("/bookings/{}/block", booking.reference)>{words}</a></li> }
    });
    let body = view! {
        <div class="page stack">
            <Breadcrumbs trail=trail(booking) here=booking.reference.clone()/>
            <div class="row">
                <h1>{booking.title.clone()}</h1>
                <Status tone=tone(booking.state) text=state_words(booking)/>
            </div>
            <ErrorSummary form=form/>
            {next_step(booking, page)}
            <div class="with-side">
                <div class="stack">
                    {questions::card(booking, form)}
                    <Card title="The booking">{facts}</Card>
                    <Card title="What happened and what comes next">
                        <p class="muted text-sm">{whose_times}</p>
                        <Timeline entries=entries/>
                    </Card>
                </div>
                <aside class="stack">
                    <Card title="Price">
                        {price}
                        {policy}
                        {agreed}
                    </Card>
                    <Card title="More">
                        <ul class="link-list">
                            <li><a href=service>"The service"</a></li>
                            <li><a href=provider>{provider_name}</a></li>
                            {ics.map(|href| view! { <li><a href=href download="">"Add to your calendar"</a></li> })}
                            {block}
                        </ul>
                    </Card>
                </aside>
            </div>
        </div>
    };
    let head =
        Head { title: format!("{} · {}", booking.title, booking.reference), robots_noindex: true, ..Head::default() };
    page.show_with(status, head, frame(booking), body)
}

/// The list it stands in. An operator who looks on has none.
fn trail(booking: &BookingView) -> Vec<Link> {
    match booking.capacity {
        Some(Capacity::Provider) => vec![Link::new("Bookings", "/provider/bookings")],
        Some(_) => vec![Link::new("Your bookings", "/bookings")],
        None => Vec::new(),
    }
}

fn state_words(booking: &BookingView) -> String {
    match (booking.state, booking.capacity) {
        (State::Done, Some(Capacity::Provider)) => "Done – waiting for the customer".to_owned(),
        (state, _) => state.title().to_owned(),
    }
}

/// When, where, who, and what was written.
pub(super) fn facts(booking: &BookingView, page: &PageRequest) -> impl IntoView + use<> {
    let now = page.ctx().clock.now();
    let zone = &booking.zone;
    let when = booking
        .visit
        .map(|visit| (words::span(zone, visit, now), zone.place(), words::yours(zone, page.zone(), visit.0)));
    let due = booking.due_at.map(|at| words::day(zone, at, now));
    let address = &booking.address;
    let place = match (booking.kind, booking.place) {
        (Kind::Delivery, _) => None,
        (_, Place::Customer) => address.line(),
        (_, Place::Provider) => Some(format!("At {}", booking.provider_name)),
        (_, Place::Remote) => Some("Remote, by call".to_owned()),
    };
    let provider = booking.capacity == Some(Capacity::Provider);
    let unknown = (!booking.code_known && !address.postal_code.is_empty())
        .then(|| area::unknown_code(provider, &booking.provider_name));
    let (with, name) = if provider {
        ("For", booking.customer_name.clone())
    } else {
        ("With", format!("{} · {}", booking.member_name, booking.provider_name))
    };
    let member = provider.then(|| booking.member_name.clone());
    let way = (provider && booking.travel > 0)
        .then(|| format!("{} min there, and as many back, are kept free", booking.travel));
    let note = (!booking.note.is_empty()).then(|| booking.note.clone());
    let stars = booking.satisfaction.map(|n| format!("{n} of 5"));
    view! {
        <SummaryList>
            {when.map(|(when, zone, yours)| view! {
                <SummaryItem label="When">
                    {when}" "<span class="muted">"("{zone}" time)"</span>
                    {yours.map(|yours| view! { <br/><span class="muted">{yours}</span> })}
                </SummaryItem>
            })}
            {due.map(|due| view! { <SummaryItem label="Due">{due}</SummaryItem> })}
            {place.map(|place| view! {
                <SummaryItem label="Where">
                    {place}
                    {unknown.map(|words| view! { <br/><span class="muted">{words}</span> })}
                </SummaryItem>
            })}
            <SummaryItem label=with>{name}</SummaryItem>
            {member.map(|name| view! { <SummaryItem label="Who goes">{name}</SummaryItem> })}
            {way.map(|way| view! { <SummaryItem label="The way">{way}</SummaryItem> })}
            {note.map(|note| view! { <SummaryItem label="Note"><span class="whitespace-pre-line">{note}</span></SummaryItem> })}
            {stars.map(|stars| view! { <SummaryItem label="Satisfaction">{stars}</SummaryItem> })}
        </SummaryList>
    }
}

/// Words, address, and whether it is done at once (a form) or asks first (a link).
type Act = (&'static str, String, bool);

fn main_act(booking: &BookingView) -> Option<Act> {
    let here = |verb: &str| format!("/bookings/{}/{verb}", booking.reference);
    let of_event = |event: Event| match event {
        Event::Confirm => Some(("Confirm the booking", here("pay"), false)),
        Event::Request => Some(("Send the request", here("pay"), false)),
        Event::Accept => Some(("Accept", here("accept"), true)),
        Event::Start => Some(("Start the work", here("start"), true)),
        Event::Finish => Some(("The work is done", here("finish"), true)),
        Event::SignOff => Some(("Confirm that it is done", here("sign-off"), false)),
        Event::Decline | Event::Cancel | Event::Reschedule | Event::Reassign | Event::Lapse => None,
    };
    let to_review =
        booking.state == State::Completed && booking.capacity == Some(Capacity::Customer) && !booking.reviewed;
    booking
        .moves()
        .into_iter()
        .find_map(of_event)
        .or_else(|| to_review.then(|| ("Write a review", here("review"), false)))
}

/// The one thing to do now, and until when; quiet ways beside it.
fn next_step(booking: &BookingView, page: &PageRequest) -> impl IntoView + use<> {
    let now = page.ctx().clock.now();
    let until = booking.clock_at.map(|at| words::moment_within(&booking.zone, at, now)).unwrap_or_default();
    let decline = booking.can(Event::Decline).then(|| format!("/bookings/{}/decline", booking.reference));
    let cancel = booking.can(Event::Cancel).then(|| format!("/bookings/{}/cancel", booking.reference));
    let reschedule = booking.can(Event::Reschedule).then(|| format!("/bookings/{}/reschedule", booking.reference));
    let give = reassign::open(page, booking).then(|| format!("/bookings/{}/reassign", booking.reference));
    // Who would do it is gone: somebody else is needed before anything else.
    let needed = !booking.member_active && give.is_some();
    let (act, give) = match give {
        Some(href) if needed => (Some(("Give to somebody else", href, false)), None),
        give => (main_act(booking), give),
    };
    let told = told(booking, &until).map(|told| {
        let who = &booking.member_name;
        if needed { format!("{told} {who} does not work for you at present: somebody else is needed.") } else { told }
    });
    (act.is_some() || cancel.is_some() || told.is_some()).then(|| view! {
        <Notice tone=tone(booking.state)>
            {told.map(|told| view! { <p>{told}</p> })}
            <div class="row">
                {act.map(|(words, href, at_once)| if at_once {
                    view! { <form method="post" action=href><Button kind=ButtonKind::Primary>{words}</Button></form> }.into_any()
                } else {
                    view! { <LinkButton kind=ButtonKind::Primary href=href>{words}</LinkButton> }.into_any()
                })}
                {decline.map(|href| view! { <LinkButton kind=ButtonKind::Secondary href=href>"Decline"</LinkButton> })}
                {reschedule.map(|href| view! { <LinkButton kind=ButtonKind::Quiet href=href>"Move to another time"</LinkButton> })}
                {give.map(|href| view! { <LinkButton kind=ButtonKind::Quiet href=href>"Give to somebody else"</LinkButton> })}
                {cancel.map(|href| view! { <LinkButton kind=ButtonKind::Quiet href=href>"Cancel the booking"</LinkButton> })}
            </div>
        </Notice>
    })
}

/// Who must act, and until when.
fn told(booking: &BookingView, until: &str) -> Option<String> {
    let provider = &booking.provider_name;
    let customer = booking.capacity == Some(Capacity::Customer);
    Some(match (booking.state, customer) {
        (State::Held, true) => format!("Not booked yet. It is kept for you until {until}."),
        (State::Held, false) => "The customer is still deciding.".to_owned(),
        (State::Requested, true) => {
            format!("{provider} answers by {until}. If not, the request ends and the time is free again.")
        }
        (State::Requested, false) => {
            format!("Please answer by {until}. After that the request ends by itself.")
        }
        (State::Confirmed, true) if booking.awaited().next().is_some() => {
            format!(
                "{provider} has questions for you. Please answer {}: the work can only begin with your answers.",
                in_one_line(booking.awaited())
            )
        }
        (State::Confirmed, false) if booking.awaited().next().is_some() => {
            format!(
                "Agreed. {} still has to answer {}. You can start as soon as the answers are in.",
                booking.customer_name,
                in_one_line(booking.awaited())
            )
        }
        (State::Confirmed, true) => format!("All set. {} knows.", booking.member_name),
        (State::Confirmed, false) => "Agreed. Start it when you begin.".to_owned(),
        (State::Started, true) => format!("{} is at work.", booking.member_name),
        (State::Started, false) => "Under way. Say so when it is done.".to_owned(),
        (State::Done, true) => {
            format!("{provider} says the work is done. Please confirm by {until}; after that it counts as confirmed.")
        }
        (State::Done, false) => {
            format!("The customer confirms by {until}; after that it counts as confirmed.")
        }
        _ => return None,
    })
}
