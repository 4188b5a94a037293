//! Keeping time free, and giving it back.

use super::super::words::Clocks;
use super::PATH;
use super::asked::Shown;
use crate::forms::{Form, FormState};
use crate::ui::fields::{Choice, ErrorSummary, Field, FieldKind, Select};
use crate::ui::{Button, ButtonKind, Card, Glyph, Icon};
use domain::availability::{Team, civil};
use domain::bookings::CalendarEntry;
use domain::kernel::{FieldErrors, MemberId, TimeRange};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use leptos::prelude::*;

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
    let zone = team.zone.rules();
    let today = civil::date(&zone, now);
    let reach = today.year().saturating_sub(1)..=today.year().saturating_add(2);
    let date = form.parsed::<Date>("day").filter(|date| reach.contains(&date.year()));
    if date.is_none() {
        wrong.add("day", "Choose a day within the next two years.");
    }
    let from = minute(form.text("from"));
    let to = minute(form.text("to")).map(|to| if to == 0 { civil::DAY } else { to });
    if from.is_none() {
        wrong.add("from", "Give the time like 14:30.");
    }
    match (from, to) {
        (_, None) => wrong.add("to", "Give the time like 16:00."),
        (Some(from), Some(to)) if to <= from => {
            wrong.add("to", "The end comes after the beginning. Block two days one by one.")
        }
        _ => {}
    }
    if form.text("note").chars().count() > NOTE {
        wrong.add("note", format!("Please keep it under {NOTE} letters."));
    }
    let range = date.zip(from.zip(to)).and_then(|(date, (from, to))| {
        TimeRange::new(civil::instant(&zone, date, from)?, civil::instant(&zone, date, to)?)
    });
    match (member, range) {
        (Some(_), Some(range)) if wrong.is_empty() && range.end <= now => wrong.add("day", "That time is over."),
        (Some(member), Some(range)) if wrong.is_empty() => {
            return Ok(Wish { member, range, note: form.text("note").to_owned() });
        }
        _ if wrong.is_empty() => wrong.add("to", "Clocks change that night: there is no such time."),
        _ => {}
    }
    Err(wrong)
}

fn minute(text: &str) -> Option<u16> {
    let time: Time = text.parse().ok()?;
    u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).ok()
}

/// The form, and what is blocked in the part that is shown.
pub(super) fn section(shown: &Shown, team: &Team, entries: &[CalendarEntry], state: &FormState) -> AnyView {
    let of_shown = |entry: &&CalendarEntry| shown.asked.member.is_none_or(|id| id == entry.member);
    let blocks = entries.iter().filter(|entry| entry.kind == "blocked").filter(of_shown);
    let several = team.members.len() > 1;
    let list = blocks.map(|entry| blocked(shown, entry, several)).collect::<Vec<_>>();
    let form = form(shown, team, state);
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

/// A block, with the question before it is given back.
fn blocked(shown: &Shown, entry: &CalendarEntry, several: bool) -> AnyView {
    let id = entry.id.0.to_string();
    let anchor = format!("block-{id}");
    let when = when(&shown.clocks, entry);
    let about = match (entry.title.as_str(), several) {
        ("", false) => String::new(),
        ("", true) => entry.member_name.clone(),
        (note, false) => note.to_owned(),
        (note, true) => format!("{} · {note}", entry.member_name),
    };
    view! {
        <details class="disclosure" id=anchor open=shown.asked.block == Some(entry.id.0)>
            <summary>
                <span>{when.clone()}<span class="block-about">{about}</span></span>
                <Glyph icon=Icon::CHEVRON_DOWN/>
            </summary>
            <div class="disclosure-body">
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
