//! A booking as a row of the portal, and the forms that move it on without leaving the page.

use super::words::{self, Clocks};
use crate::ui::{Button, ButtonKind, Glyph, Icon, IconSize, LinkButton, Status};
use domain::bookings::{Event, ListRow, State, Task, Wait};
use domain::catalog::{Kind, Place};
use domain::kernel::Money;
use jiff::Timestamp;
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// What a row shows, from wherever it comes.
pub(super) struct Work {
    pub reference: String,
    pub state: State,
    pub kind: Kind,
    pub title: String,
    pub customer: String,
    /// Named where several people work.
    pub member: Option<String>,
    pub city: Option<String>,
    pub visit: Option<(Timestamp, Timestamp)>,
    pub due_at: Option<Timestamp>,
    pub total: Option<Money>,
    /// Who must act and until when.
    pub clock: Option<String>,
}

impl Work {
    /// A task; `team` says whether several people work there.
    pub fn of_task(task: &Task, team: bool) -> Self {
        Self {
            reference: task.reference.clone(),
            state: task.state,
            kind: task.kind,
            title: task.title.clone(),
            customer: task.customer.clone(),
            member: team.then(|| task.member_name.clone()),
            city: city(task),
            visit: task.visit,
            due_at: task.due_at,
            total: None,
            clock: None,
        }
    }

    /// A row of a list.
    pub fn of_row(row: ListRow, team: bool, clocks: &Clocks) -> Self {
        Self {
            clock: row.clock_at.and_then(|at| match row.wait(clocks.now) {
                Some(Wait::Answers) => Some(format!("Waits for the customer's answers until {}", clocks.moment(at))),
                Some(Wait::Person) => Some(unstaffed(&row.member_name, row.state, &clocks.moment(at))),
                _ => clock(row.state, row.visit.is_some_and(|(from, _)| from > clocks.now), at, clocks),
            }),
            reference: row.reference,
            state: row.state,
            kind: row.kind,
            title: row.title,
            customer: row.other,
            member: team.then_some(row.member_name),
            city: None,
            visit: row.visit,
            due_at: row.due_at,
            total: Some(row.total),
        }
    }

    /// "Ana Sousa · Lisbon · with Tom".
    fn about(&self) -> String {
        let member = self.member.as_ref().map(|name| format!("with {name}"));
        let parts = [Some(self.customer.clone()), self.city.clone(), member];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// Who must act and until when; nothing where nobody is awaited.
fn clock(state: State, ahead: bool, at: Timestamp, clocks: &Clocks) -> Option<String> {
    let until = clocks.moment(at);
    match state {
        State::Held => Some(format!("The customer has until {until} to confirm")),
        State::Requested => Some(format!("Answer by {until}")),
        State::Confirmed if !ahead => Some(format!("Start it by {until}")),
        State::Started => Some(format!("Finish it by {until}")),
        State::Done => Some(format!("The customer has until {until} to confirm it")),
        _ => None,
    }
}

/// Whoever was to do it has left, or cannot be booked at present.
pub(super) fn unstaffed(name: &str, state: State, until: &str) -> String {
    let asked =
        if state == State::Requested { format!(" Answer by {until}, or the request ends") } else { String::new() };
    format!("{name} does not work for you at present.{asked}")
}

fn city(task: &Task) -> Option<String> {
    match task.place {
        Place::Customer => Some(task.address.city.clone()).filter(|city| !city.is_empty()),
        Place::Provider => Some("at your place".to_owned()),
        Place::Remote => Some("remote".to_owned()),
    }
}

/// The address of a booking's page.
pub(super) fn href(reference: &str) -> String {
    format!("/bookings/{reference}")
}

/// The customer's address in one line, and where a map shows it.
pub(super) fn route(task: &Task) -> Option<(String, String)> {
    let line = task.address.line().filter(|_| task.place == Place::Customer)?;
    let query = utf8_percent_encode(&line, NON_ALPHANUMERIC).to_string();
    Some((line, format!("https://www.openstreetmap.org/search?query={query}")))
}

/// A row: when, what and for whom, its state. `day` names the day too, for lists of several days. The children
/// are the forms under it.
#[component]
pub(super) fn WorkRow(
    work: Work,
    clocks: Clocks,
    #[prop(optional)] day: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (tone, word) = words::state(work.state, work.kind);
    let about = work.about();
    // A clock that runs for the business stands out; one that runs for the customer is only told.
    let mine = !matches!(work.state, State::Held | State::Done);
    let at = work.visit.map(|(from, _)| from).or(work.due_at);
    let named = at.map(|at| clocks.day(clocks.at(at).date()));
    let time = match (work.visit, work.due_at) {
        (Some((from, to)), _) => clocks.span(from, to),
        (None, Some(due)) => format!("due {}", clocks.at(due).strftime("%H:%M")),
        (None, None) => String::new(),
    };
    view! {
        <li class="work">
            <p class="work-when">
                {named.filter(|_| day).map(|named| view! { <span class="work-day">{named}</span>" " })}
                <time datetime=at.map(|at| at.to_string())>{time}</time>
            </p>
            <div class="work-what">
                <p class="work-title"><a href=href(&work.reference)>{work.title}</a></p>
                <p class="work-about">{about}</p>
            </div>
            <div class="work-side">
                <Status tone=tone text=word/>
                {work.total.map(|total| view! { <span class="work-total">{total.to_string()}</span> })}
            </div>
            {work.clock.map(|clock| view! { <p class="work-clock" class:work-mine=mine><Glyph icon=Icon::CLOCK size=IconSize::Small/>{clock}</p> })}
            {children.map(|children| view! { <div class="work-acts">{children()}</div> })}
        </li>
    }
}

/// The forms of what waits: accept or decline, start, finish. They come back to `back`.
#[component]
pub(super) fn Acts(
    wait: Wait,
    reference: String,
    title: String,
    /// What the customer still has to answer, in words; empty when nothing.
    awaited: String,
    back: String,
) -> impl IntoView {
    // Several rows have the same buttons: each says to screen readers which booking it is for.
    let spoken = format!(": {title}");
    let name = || view! { <span class="sr-only">{spoken.clone()}</span> };
    let (about, again) = (name(), name());
    match wait {
        Wait::Answer => view! {
            <MoveForm reference=reference.clone() event=Event::Accept back=back.clone()>
                <Button icon=Icon::CHECK>"Accept"{about}</Button>
            </MoveForm>
            <details class="work-decline">
                <summary class="btn btn-secondary">"Decline …"{again}</summary>
                <MoveForm reference=reference event=Event::Decline back=back>
                    <label class="work-note">
                        <span class="field-label">"A short reason for the customer"</span>
                        <span class="field-box"><input class="field-input" name="note" required=true maxlength="2000"/></span>
                    </label>
                    <Button kind=ButtonKind::Danger>"Decline and free the time"</Button>
                </MoveForm>
            </details>
        }
        .into_any(),
        Wait::Begin => view! {
            <MoveForm reference=reference event=Event::Start back=back><Button icon=Icon::PLAY>"Start the work"{about}</Button></MoveForm>
        }
        .into_any(),
        Wait::Answers => view! {
            <p class="work-about wrap-anywhere">{format!("The customer still has to answer {awaited}. Then you can start.")}</p>
            <LinkButton href=href(&reference) kind=ButtonKind::Secondary>"Open booking"{about}</LinkButton>
        }
        .into_any(),
        Wait::Person => {
            let back = utf8_percent_encode(&back, NON_ALPHANUMERIC);
            let give = format!("{}/reassign?next={back}", href(&reference));
            view! { <LinkButton href=give>"Give to somebody else"{about}</LinkButton> }.into_any()
        }
        Wait::Finish => view! {
            <MoveForm reference=reference event=Event::Finish back=back><Button icon=Icon::CHECK>"Mark as done"{about}</Button></MoveForm>
        }
        .into_any(),
    }
}

/// A form that lets something happen to a booking.
#[component]
fn MoveForm(reference: String, event: Event, back: String, children: Children) -> impl IntoView {
    view! {
        <form class="work-form" method="post" action=format!("/bookings/{reference}/{}", event.name())>
            <input type="hidden" name="back" value=back/>
            {children()}
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    #[test]
    fn a_clock_says_who_must_act() {
        let now: Timestamp = "2026-11-02T09:00:00Z".parse().unwrap();
        let clocks = Clocks { zone: TimeZone::UTC, now };
        let by = "2026-11-03T09:00:00Z".parse().unwrap();
        assert_eq!(clock(State::Requested, true, by, &clocks).as_deref(), Some("Answer by tomorrow 09:00"));
        assert_eq!(clock(State::Confirmed, true, by, &clocks), None);
        assert_eq!(clock(State::Confirmed, false, by, &clocks).as_deref(), Some("Start it by tomorrow 09:00"));
    }
}
