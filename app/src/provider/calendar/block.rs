//! Keeping time free, and giving it back.

use super::super::availability::week::{end_minute, minute};
use super::super::words::Clocks;
use super::PATH;
use super::asked::Shown;
use crate::forms::{Form, FormState};
use crate::request::PageRequest;
use crate::ui::fields::{Choice, ErrorSummary, Field, FieldKind, Select};
use crate::ui::{Button, ButtonKind, Card, Glyph, Icon};
use domain::availability::{Team, civil};
use domain::bookings::CalendarEntry;
use domain::kernel::{FieldErrors, MemberId, TimeRange};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use leptos::prelude::*;
use uuid::Uuid;

/// Letters of a note that fit into a calendar.
const NOTE: usize = 120;

/// Time somebody wants to keep free.
pub(super) struct Wish {
    pub member: MemberId,
    pub range: TimeRange,
    pub note: String,
}

/// Reads the form. Times are those of the clocks of the business; midnight as an end is the end of the day.
pub(super) fn wish(form: &Form, team: &Team, now: Timestamp) -> Result<Wish, FieldErrors> {
    let mut wrong = FieldErrors::new();
    let only = if let [only] = team.members.as_slice() { Some(only.id) } else { None };
    let member = form.parsed("member").map(MemberId).or(only);
    if member.is_none() {
        wrong.add("member", "Choose whose time it is.");
    }
    let range = range(form, ["day", "from", "to"], team, now, &mut wrong);
    if form.text("note").chars().count() > NOTE {
        wrong.add("note", format!("Please keep it under {NOTE} letters."));
    }
    match member.zip(range) {
        Some((member, range)) if wrong.is_empty() => Ok(Wish { member, range, note: form.text("note").to_owned() }),
        _ => Err(wrong),
    }
}

/// The form as an address fills it: `on`, `from` and `to`, and whose time (`for`). With a block in the address it is the
/// form that moves that one. What cannot be read is left to its usual value.
pub(super) fn wished(page: &PageRequest, block: Option<Uuid>) -> FormState {
    let date = page.param("on").and_then(|text| text.parse::<Date>().ok()).map(|date| date.to_string());
    let time = |name| page.param(name).and_then(|text| text.parse::<Time>().ok());
    let time = |name| time(name).map(|time| time.strftime("%H:%M").to_string());
    let times = [date, time("from"), time("to")];
    let names = block.map_or_else(|| ["day", "from", "to"].map(str::to_owned), move_fields);
    let given = names.into_iter().zip(times).filter_map(|(name, value)| Some((name, value?)));
    let mut given: Vec<(String, String)> = given.collect();
    if given.is_empty() {
        return FormState::default();
    }
    given.extend(block.map(|id| ("block".to_owned(), id.to_string())));
    let whose = page.param("for").and_then(|text| text.parse::<Uuid>().ok());
    given.extend(whose.map(|id| ("member".to_owned(), id.to_string())));
    FormState::with(given)
}

/// The names of the fields a block is moved with; each block on a page has its own.
pub(super) fn move_fields(id: Uuid) -> [String; 3] {
    ["day", "from", "to"].map(|field| format!("{field}-{id}"))
}

/// Where a block is to be moved.
pub(super) fn moved(form: &Form, id: Uuid, team: &Team, now: Timestamp) -> Result<TimeRange, FieldErrors> {
    let mut wrong = FieldErrors::new();
    let names = move_fields(id);
    let range = range(form, [&names[0], &names[1], &names[2]], team, now, &mut wrong);
    range.filter(|_| wrong.is_empty()).ok_or(wrong)
}

/// A stretch of time from a day and two times of it, with messages beside these three fields.
fn range(
    form: &Form,
    [day, starts, ends]: [&str; 3],
    team: &Team,
    now: Timestamp,
    wrong: &mut FieldErrors,
) -> Option<TimeRange> {
    let zone = team.zone.rules();
    let today = civil::date(&zone, now);
    let reach = today.year().saturating_sub(1)..=today.year().saturating_add(2);
    let date = form.parsed::<Date>(day).filter(|date| reach.contains(&date.year()));
    if date.is_none() {
        wrong.add(day, "Choose a day within the next two years.");
    }
    let from = minute(form.text(starts));
    let to = end_minute(form.text(ends));
    if from.is_none() {
        wrong.add(starts, "Give the time like 14:30.");
    }
    match (from, to) {
        (_, None) => wrong.add(ends, "Give the time like 16:00."),
        (Some(from), Some(to)) if to <= from => {
            wrong.add(ends, "The end comes after the beginning. Block two days one by one.")
        }
        _ => {}
    }
    if !wrong.is_empty() {
        return None;
    }
    let range = date.zip(from.zip(to)).and_then(|(date, (from, to))| {
        TimeRange::new(civil::instant(&zone, date, from)?, civil::instant(&zone, date, to)?)
    });
    match range {
        Some(range) if range.end <= now => wrong.add(day, "That time is over."),
        None => wrong.add(ends, "Clocks change that night: there is no such time."),
        Some(_) => {}
    }
    range
}

/// The form, and what is blocked in the part that is shown.
pub(super) fn section(shown: &Shown, team: &Team, entries: &[CalendarEntry], state: &FormState) -> AnyView {
    let of_shown = |entry: &&CalendarEntry| shown.asked.member.is_none_or(|id| id == entry.member);
    let blocks = entries.iter().filter(|entry| entry.kind == "blocked").filter(of_shown);
    let several = team.members.len() > 1;
    // A form that names a block moves it; the other one takes a new time.
    let fresh = FormState::default();
    let (blocking, moving) = if state.value("block").is_empty() { (state, &fresh) } else { (&fresh, state) };
    let list = blocks.map(|entry| blocked(shown, entry, several, moving)).collect::<Vec<_>>();
    let form = form(shown, team, blocking);
    let freed = (!list.is_empty()).then(|| view! { <Card title="Blocked here">{list}</Card> });
    view! {
        <div class="blocks" id="block-time">
            <Card title="Block time">{form}</Card>
            {freed}
        </div>
    }
    .into_any()
}

fn form(shown: &Shown, team: &Team, state: &FormState) -> AnyView {
    let clocks = &shown.clocks;
    let date = if shown.dates().contains(&clocks.today()) { clocks.today() } else { shown.first };
    let members = team.members.iter().filter(|member| member.active);
    let members: Vec<Choice> =
        members.map(|member| Choice::new(member.id.0.to_string(), member.name.clone())).collect();
    let chosen = shown.asked.member.map(|member| member.0.to_string());
    let who = (team.members.len() > 1).then(|| {
        let empty = if chosen.is_some() { String::new() } else { "Choose somebody".to_owned() };
        view! {
            <Select form=state name="member" label="Whose time" options=members value=chosen.unwrap_or_default()
                empty=empty required=true/>
        }
    });
    view! {
        <form class="form" method="post" action=PATH novalidate=true>
            <ErrorSummary form=state/>
            <p class="muted text-sm">"Nobody can book a blocked time. Bookings that stand there already are not touched."</p>
            {carried(shown)}
            {who}
            <Field form=state name="day" label="Day" kind=FieldKind::Date value=date.to_string() required=true/>
            <div class="form-pair">
                <Field form=state name="from" label="From" kind=FieldKind::Time value="12:00" required=true/>
                <Field form=state name="to" label="To" kind=FieldKind::Time value="13:00" required=true/>
            </div>
            <Field form=state name="note" label="What for" optional=true maxlength=NOTE as u32 hint="Only your team sees it."/>
            <div><Button>"Block this time"</Button></div>
        </form>
    }
    .into_any()
}

/// What is shown now, so that the same part is shown after the form.
fn carried(shown: &Shown) -> impl IntoView + use<> {
    let whose = shown.asked.member.map(|member| member.0.to_string());
    view! {
        <input type="hidden" name="view" value=shown.asked.view.name()/>
        <input type="hidden" name="shown" value=shown.first.to_string()/>
        {whose.map(|whose| view! { <input type="hidden" name="whose" value=whose/> })}
    }
}

/// A block, with the question before it is given back, and another time for it.
fn blocked(shown: &Shown, entry: &CalendarEntry, several: bool, moving: &FormState) -> AnyView {
    let id = entry.id.0.to_string();
    let anchor = format!("block-{id}");
    let when = when(&shown.clocks, entry);
    let about = match (entry.title.as_str(), several) {
        ("", false) => String::new(),
        ("", true) => entry.member_name.clone(),
        (note, false) => note.to_owned(),
        (note, true) => format!("{} · {note}", entry.member_name),
    };
    let asked = shown.asked.block == Some(entry.id.0);
    let state = if moving.value("block") == id { moving.clone() } else { FormState::default() };
    let (from, to) = (shown.clocks.at(entry.starts), shown.clocks.at(entry.ends));
    let [day, starts, ends] = move_fields(entry.id.0);
    let spoken = format!(": {when}");
    let other = view! {
        <form class="form" method="post" action=format!("{PATH}/move") novalidate=true>
            <ErrorSummary form=&state/>
            {carried(shown)}
            <input type="hidden" name="block" value=id.clone()/>
            <Field form=&state name=day label="Day" kind=FieldKind::Date value=from.date().to_string() required=true/>
            <div class="form-pair">
                <Field form=&state name=starts label="From" kind=FieldKind::Time value=from.strftime("%H:%M").to_string() required=true/>
                <Field form=&state name=ends label="To" kind=FieldKind::Time value=to.strftime("%H:%M").to_string() required=true/>
            </div>
            <div><Button kind=ButtonKind::Secondary>"Move it"<span class="sr-only">{spoken}</span></Button></div>
        </form>
    };
    view! {
        <details class="disclosure" id=anchor open=asked>
            <summary>
                <span>{when.clone()}<span class="block-about">{about}</span></span>
                <Glyph icon=Icon::CHEVRON_DOWN/>
            </summary>
            <div class="disclosure-body stack">
                {other}
                <form class="row" method="post" action=format!("{PATH}/unblock")>
                    {carried(shown)}
                    <input type="hidden" name="block" value=id/>
                    <p class="muted text-sm">"Free this time again? People can book it at once."</p>
                    <Button kind=ButtonKind::Secondary>"Free it"<span class="sr-only">{format!(": {when}")}</span></Button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

fn when(clocks: &Clocks, entry: &CalendarEntry) -> String {
    format!("{}, {}", clocks.day(clocks.at(entry.starts).date()), clocks.span(entry.starts, entry.ends))
}
