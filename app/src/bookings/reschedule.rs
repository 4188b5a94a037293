//! `/bookings/{reference}/reschedule`: a visit gets another time. A plain form with the free times of a week, and ways to
//! the weeks around it; with `start` in the address, the question whether to move it there. `next` is where one came from.

use super::choose::{DAYS, LOOK_AHEAD, away_note, slot_days};
use super::details::by_day;
use super::{booking_page, move_to, summary, words};
use crate::forms::{Form, FormState};
use crate::layout::Head;
use crate::request::{Answer, PageRequest, local_path, see_other};
use crate::ui::fields::{ErrorSummary, SlotList, TextArea};
use crate::ui::{Breadcrumbs, Button, ButtonKind, Card, Link, LinkButton, Notice, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::bookings::{self, Capacity, Movable, Reschedule, RescheduleError, State};
use domain::kernel::{Error, FieldErrors};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use leptos::prelude::*;

/// `GET /bookings/{reference}/reschedule?from=&start=&next=`.
pub async fn ask(page: PageRequest, Path(reference): Path<String>) -> Answer {
    let back = Back::of(&page.param("next").unwrap_or_default());
    match page.param("start").and_then(|text| text.parse::<Timestamp>().ok()) {
        Some(start) => move_to::ask(&page, &reference, start, &back).await,
        None => again(&page, &reference, &FormState::with(back.pair()), StatusCode::OK, &[]).await,
    }
}

/// Where one came from, if it is a place of ours: one returns there when the visit is moved, or is left as it is.
pub(super) struct Back(Option<String>);

impl Back {
    pub fn of(next: &str) -> Self {
        Self(Some(local_path(next, "")).filter(|path| !path.is_empty()))
    }

    /// The field of forms and addresses that carries it along.
    pub fn pair(&self) -> Option<(&'static str, String)> {
        self.0.clone().map(|path| ("next", path))
    }

    /// The same as a hidden field.
    pub fn field(&self) -> impl IntoView + use<> {
        self.0.clone().map(|path| view! { <input type="hidden" name="next" value=path/> })
    }

    /// The way back, or `here`.
    pub fn or(&self, here: &str) -> String {
        self.0.clone().unwrap_or_else(|| here.to_owned())
    }

    /// The same, saying what was done, by its word.
    pub fn said(&self, here: &str, word: &str) -> String {
        let path = self.or(here);
        let path = path.split('#').next().unwrap_or_default();
        format!("{path}{}said={word}", if path.contains('?') { '&' } else { '?' })
    }

    /// An address with some of its query given, and with the way back in it.
    pub fn along(&self, path: &str, pairs: &[(&str, String)]) -> String {
        let pairs: Vec<(&str, String)> = pairs.iter().cloned().chain(self.pair()).collect();
        if pairs.is_empty() {
            return path.to_owned();
        }
        format!("{path}?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
    }
}

/// `POST /bookings/{reference}/reschedule`.
pub async fn submit(page: PageRequest, Path(reference): Path<String>, form: Form) -> Answer {
    let command = Reschedule {
        reference: reference.clone(),
        seen: form.parsed("seen"),
        start: form.parsed("start"),
        note: form.text("note").to_owned(),
        key: form.parsed("key").unwrap_or_else(|| page.ctx().id()),
    };
    let back = Back::of(form.text("next"));
    let (status, state, free) = match bookings::reschedule(page.ctx(), page.actor(), command).await {
        Ok(()) => return Ok(see_other(&back.said(&format!("/bookings/{reference}"), "visit-moved"))),
        Err(RescheduleError::SlotTaken(free)) => {
            let told = if free.is_empty() {
                "That time is not free any more. The visit stays where it is."
            } else {
                "That time is not free any more. The visit stays where it is until you choose. These are free:"
            };
            (StatusCode::CONFLICT, form.state().complaining(FieldErrors::one("start", told)), free)
        }
        Err(RescheduleError::Refused(error)) => {
            let conflict = matches!(error, Error::Conflict(_));
            let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            (status, form.rejected(error)?, Vec::new())
        }
    };
    again(&page, &reference, &state, status, &free).await
}

/// The page with what was typed; where the visit cannot be moved, its booking says why.
pub(super) async fn again(
    page: &PageRequest,
    reference: &str,
    form: &FormState,
    status: StatusCode,
    free: &[Timestamp],
) -> Answer {
    let from = page.param("from").and_then(|text| text.parse::<Date>().ok());
    match bookings::movable(page.ctx(), page.actor(), reference, from, LOOK_AHEAD).await {
        Ok(movable) => Ok(view_page(page, &movable, form, status, free)),
        Err(error) => cannot(page, reference, error).await,
    }
}

/// A visit that cannot be moved: its booking says why.
pub(super) async fn cannot(page: &PageRequest, reference: &str, error: Error) -> Answer {
    let Error::Conflict(words) = error else {
        return Err(error.into());
    };
    let booking = bookings::find(page.ctx(), page.actor(), reference).await?;
    let told = FormState::default().complaining(FieldErrors::one("", words));
    Ok(booking_page::page(page, &booking, &told, StatusCode::CONFLICT))
}

fn view_page(
    page: &PageRequest,
    movable: &Movable,
    form: &FormState,
    status: StatusCode,
    free: &[Timestamp],
) -> Response {
    let booking = &movable.booking;
    let here = format!("/bookings/{}", booking.reference);
    let action = format!("{here}/reschedule");
    let customer = booking.capacity == Some(Capacity::Customer);
    let (other, lead) = if customer {
        (booking.provider_name.clone(), "Choose another free time. Length, price and person stay as agreed.")
    } else {
        (
            booking.customer_name.clone(),
            "Choose another free time. The customer is told at once, and can cancel if it does not suit.",
        )
    };
    let when = words::span(&booking.zone, movable.visit, page.ctx().clock.now());
    let lead = format!("At present: {when}. {lead}");
    let asked = (booking.state == State::Requested && !customer).then(|| {
        view! { <Notice tone=Tone::Info><p>"Moving a request does not answer it: you still accept or decline it."</p></Notice> }
    });
    let note = format!("A word for {other}");
    let key: uuid::Uuid = page.ctx().id();
    let now_card = now_card(page, movable);
    let trail = vec![Link::new(booking.title.clone(), here.clone())];
    let back = Back::of(form.value("next"));
    let times = times(page, movable, form, free, &action);
    let choosable = !movable.days.is_empty() || !free.is_empty();
    let seen = movable.visit.0.to_string();
    let body = view! {
        <div class="page stack">
            <Breadcrumbs trail=trail here="Move the visit"/>
            <h1>"Move the visit"</h1>
            <p class="lead">{lead}</p>
            {asked}
            <div class="with-side">
                <form method="post" action=action class="stack" novalidate>
                    <ErrorSummary form=form/>
                    <input type="hidden" name="key" value=key.to_string()/>
                    <input type="hidden" name="seen" value=seen/>
                    {back.field()}
                    {times}
                    {choosable.then(|| view! {
                        <TextArea form=form name="note" label=note optional=true rows=2 maxlength=2000/>
                    })}
                    <div class="row">
                        {choosable.then(|| view! { <Button kind=ButtonKind::Primary>"Move the visit"</Button> })}
                        <LinkButton kind=ButtonKind::Quiet href=back.or(&here)>"Keep it as it is"</LinkButton>
                    </div>
                </form>
                <aside>{now_card}</aside>
            </div>
        </div>
    };
    let head = Head { title: "Move the visit".to_owned(), robots_noindex: true, ..Head::default() };
    page.show_with(status, head, booking_page::frame(booking), body)
}

/// The visit as it stands until it is moved.
fn now_card(page: &PageRequest, movable: &Movable) -> impl IntoView + use<> {
    let facts = booking_page::facts(&movable.booking, page);
    let policy = summary::policy(movable.booking.cancellation_policy);
    view! {
        <Card title="As it is now">
            {facts}
            {policy}
            <p class="muted text-sm">"Moving the visit does not change when cancelling begins to cost something."</p>
        </Card>
    }
}

/// The free times to choose from: those nearest to one that is gone, or those of a week.
fn times(page: &PageRequest, movable: &Movable, form: &FormState, free: &[Timestamp], action: &str) -> AnyView {
    let (zone, now, today) = (&movable.zone, page.ctx().clock.now(), movable.today);
    let told = format!("Times in {}", zone.place());
    let back = Back::of(form.value("next"));
    if !free.is_empty() {
        let days = slot_days(&by_day(zone, free), zone, None, page.zone(), now);
        let all = back.along(action, &[]);
        return view! {
            <SlotList form=form name="start" label="Other free times" days=days zone=told required=true/>
            <p><a href=all>"See all free times"</a></p>
        }
        .into_any();
    }
    if movable.days.is_empty() {
        let who = &movable.booking.member_name;
        let words = format!("{who} has no free time in the {LOOK_AHEAD} days from there on.");
        let anew = (movable.first > today).then(|| back.along(action, &[]));
        return view! {
            <Notice tone=Tone::Info title="Nothing free">
                <p>{words}</p>
                {anew.map(|href| view! { <p><a href=href>"Look from today on"</a></p> })}
            </Notice>
        }
        .into_any();
    }
    let end = movable.first.checked_add(i32::from(DAYS).days()).unwrap_or(movable.first);
    let (week, later): (Vec<_>, Vec<_>) = movable.days.iter().cloned().partition(|day| day.date < end);
    let from = |date: Date| back.along(action, &[("from", date.to_string())]);
    let before = movable.first.checked_sub(i32::from(DAYS).days()).unwrap_or(today).max(today);
    let earlier = (movable.first > today).then(|| from(before));
    let next = later.first().map(|day| day.date);
    let next_free = next.filter(|_| week.is_empty());
    let next_free =
        next_free.map(|date| (format!("{}, {}", words::near(date, today), words::short(date, today)), from(date)));
    let away = movable.away.iter().find(|away| away.dates.first < end);
    let away = away.map(|away| away_note(&movable.booking.provider_name, away, today));
    let days = slot_days(&week, zone, None, page.zone(), now);
    view! {
        {away}
        <SlotList form=form name="start" label="Free times" days=days zone=told required=true
            earlier=earlier later=next.map(|_| from(end)) next_free=next_free/>
    }
    .into_any()
}
