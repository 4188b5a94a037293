//! The page between a change of hours and its being saved: the visits that would be outside.

use super::super::calendar::reschedule;
use super::super::work;
use super::waiting::Part;
use super::{Desk, PATH};
use crate::forms::Form;
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest};
use crate::ui::{Button, ButtonKind, ButtonSize, LinkButton, Notice, Tone};
use axum::http::StatusCode;
use domain::availability::{Foreseen, Outside, agreement};
use domain::bookings::{self, CalendarEntry};
use domain::kernel::TimeRange;
use jiff::Timestamp;
use leptos::prelude::*;

/// What is asked about.
pub(super) struct Asked<'a> {
    /// Whose form waits for the answer.
    pub part: Part,
    /// The way back to this question, for those who move a visit first.
    pub back: String,
    /// The visits that would be outside.
    pub outside: &'a [Outside],
}

/// Everything the form said goes along, so that nothing is lost on either way. One statement for the visits, and two for
/// each service of theirs, to propose other times.
pub(super) async fn page(
    page: &PageRequest,
    status: StatusCode,
    desk: &Desk,
    form: &Form,
    asked: &Asked<'_>,
    foreseen: &Foreseen,
) -> Answer {
    let outside = asked.outside;
    let first = outside.iter().map(|outside| outside.visit.start).min();
    let last = outside.iter().map(|outside| outside.visit.end).max();
    let range = first.zip(last).and_then(|(first, last)| TimeRange::new(first, last));
    let entries = match range {
        Some(range) => bookings::calendar(page.ctx(), page.actor(), desk.provider, range).await?,
        None => Vec::new(),
    };
    let entry_of = |outside: &Outside| entries.iter().find(|entry| entry.id == outside.reservation);
    let affected: Vec<&CalendarEntry> = outside.iter().filter_map(entry_of).collect();
    let times =
        bookings::new_times(page.ctx(), &affected, |member, visit, at| foreseen.fits(member, visit, at)).await?;
    let title = match outside.len() {
        0 => "No visit is outside of the new hours any more".to_owned(),
        1 => "1 visit is outside of the new hours".to_owned(),
        count => format!("{count} visits are outside of the new hours"),
    };
    let rows = outside.iter().map(|outside| {
        let free = times.get(&outside.reservation).map(Vec::as_slice).unwrap_or_default();
        row(page, desk, asked, outside, entry_of(outside), free)
    });
    let rows = rows.collect::<Vec<_>>();
    let settled = rows.is_empty();
    let rows = (!settled).then(|| view! { <ul class="outside-visits">{rows}</ul> });
    let hidden = form.pairs().filter(|(name, _)| !["act", "agreed"].contains(name));
    let hidden =
        hidden.map(|(name, value)| view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> });
    let hidden = hidden.collect::<Vec<_>>();
    let action = asked.part.action();
    let agreed = agreement(outside);
    let (tone, text, save) = if settled {
        (Tone::Success, "They are all moved. What you typed is still here, not saved yet.", "Save the new hours")
    } else {
        let text = "Nothing is saved yet. If you save, these visits stay as agreed: you still go there. Or move them \
             first: the customer is told at once, and you come back here.";
        (Tone::Warning, text, "Save, the visits stay")
    };
    let body = view! {
        <div class="page-narrow stack">
            <h1>{title.clone()}</h1>
            <Notice tone=tone><p>{text}</p></Notice>
            {rows}
            <form class="row" method="post" action=action>
                {hidden}
                <input type="hidden" name="agreed" value=agreed/>
                <Button name="act" value="save">{save}</Button>
                <Button kind=ButtonKind::Secondary name="act" value="back">"Go back without saving"</Button>
            </form>
            <p class="muted text-sm"><a href=PATH>"The hours as they are saved"</a></p>
        </div>
    };
    let head = Head { title, robots_noindex: true, ..Head::default() };
    Ok(page.show_with(status, head, Frame::Provider, body))
}

/// A visit, with one button for each time it could have instead, and the way to all others.
fn row(
    page: &PageRequest,
    desk: &Desk,
    asked: &Asked<'_>,
    outside: &Outside,
    entry: Option<&CalendarEntry>,
    free: &[Timestamp],
) -> AnyView {
    let clocks = desk.clocks(page);
    let date = clocks.at(outside.visit.start).date();
    let when = format!("{}, {}", clocks.day(date), clocks.span(outside.visit.start, outside.visit.end));
    let who = desk.keeping.member(outside.member).map(|kept| kept.name.clone()).unwrap_or_default();
    let who = (desk.keeping.members.len() > 1).then_some(who);
    let about = format!("the visit of {when}");
    let way = entry.and_then(|entry| reschedule(entry, &asked.back));
    let other = way.map(|href| {
        let (words, about) =
            if free.is_empty() { ("Move", format!(" {about}")) } else { ("Other times", format!(" for {about}")) };
        view! {
            <LinkButton kind=ButtonKind::Quiet size=ButtonSize::Small href=href>
                {words}<span class="sr-only">{about}</span>
            </LinkButton>
        }
    });
    let reference = entry.and_then(|entry| entry.reference.as_deref());
    let propose = reference.filter(|_| !free.is_empty()).map(|reference| {
        let buttons = free.iter().map(|start| {
            let (words, about) = (clocks.moment(*start), format!(", {about}"));
            view! {
                <Button kind=ButtonKind::Secondary size=ButtonSize::Small name="start" value=start.to_string()>
                    <span class="sr-only">"Move to "</span>{words}<span class="sr-only">{about}</span>
                </Button>
            }
        });
        let buttons = buttons.collect::<Vec<_>>();
        let key: uuid::Uuid = page.ctx().id();
        view! {
            <form class="outside-times" method="post" action=format!("{}/reschedule", work::href(reference))>
                <input type="hidden" name="key" value=key.to_string()/>
                <input type="hidden" name="seen" value=outside.visit.start.to_string()/>
                <input type="hidden" name="next" value=asked.back.clone()/>
                <span class="muted text-sm" aria-hidden="true">"Move to"</span>
                {buttons}
            </form>
        }
    });
    view! {
        <li class="outside-visit">
            <span class="work-day">{when}</span>
            <span>{what(entry)}</span>
            {who.map(|who| view! { <span class="muted text-sm">{who}</span> })}
            <div class="outside-ways">{propose}{other}</div>
        </li>
    }
    .into_any()
}

/// Which visit, with a way to it.
fn what(entry: Option<&CalendarEntry>) -> AnyView {
    let Some(entry) = entry else {
        return view! { "A visit" }.into_any();
    };
    let words = match &entry.customer {
        Some(customer) => format!("{} · {customer}", entry.title),
        None => entry.title.clone(),
    };
    match entry.reference.as_deref() {
        Some(reference) => view! { <a href=work::href(reference)>{words}</a> }.into_any(),
        None => view! { <span>{words}</span> }.into_any(),
    }
}
