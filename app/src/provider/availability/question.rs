//! The page between a change of hours and its being saved: the visits that would be outside.

use super::super::calendar::reschedule;
use super::super::work;
use super::{Desk, PATH};
use crate::forms::Form;
use crate::layout::{Frame, Head};
use crate::request::{Failure, PageRequest};
use crate::ui::{Button, ButtonKind, ButtonSize, LinkButton, Notice, Tone};
use axum::http::StatusCode;
use axum::response::Response;
use domain::availability::Outside;
use domain::bookings::{self, CalendarEntry};
use domain::kernel::TimeRange;
use leptos::prelude::*;

/// Everything the form said goes along, so that nothing is lost on either way. One statement for the visits.
pub(super) async fn page(
    page: &PageRequest,
    desk: &Desk,
    form: &Form,
    outside: &[Outside],
    agreed: &str,
) -> Result<Response, Failure> {
    let first = outside.iter().map(|outside| outside.visit.start).min();
    let last = outside.iter().map(|outside| outside.visit.end).max();
    let range = first.zip(last).and_then(|(first, last)| TimeRange::new(first, last));
    let entries = match range {
        Some(range) => bookings::calendar(page.ctx(), page.actor(), desk.provider, range).await?,
        None => Vec::new(),
    };
    let count = outside.len();
    let title = if count == 1 {
        "1 visit is outside of the new hours".to_owned()
    } else {
        format!("{count} visits are outside of the new hours")
    };
    let clocks = desk.clocks(page);
    let rows = outside.iter().map(|outside| {
        let entry = entries.iter().find(|entry| entry.id == outside.reservation);
        let date = clocks.at(outside.visit.start).date();
        let when = format!("{}, {}", clocks.day(date), clocks.span(outside.visit.start, outside.visit.end));
        let who = desk.keeping.member(outside.member).map(|kept| kept.name.clone()).unwrap_or_default();
        let who = (desk.keeping.members.len() > 1).then_some(who);
        let change = entry.and_then(reschedule);
        let about = format!(" the visit of {when}");
        view! {
            <li class="outside-visit">
                <span class="work-day">{when}</span>
                <span>{what(entry)}</span>
                {who.map(|who| view! { <span class="muted text-sm">{who}</span> })}
                {change.map(|href| view! {
                    <LinkButton kind=ButtonKind::Secondary size=ButtonSize::Small href=href>
                        "Move"<span class="sr-only">{about}</span>
                    </LinkButton>
                })}
            </li>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    let hidden = form.pairs().filter(|(name, _)| !["act", "agreed"].contains(name));
    let hidden =
        hidden.map(|(name, value)| view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> });
    let hidden = hidden.collect::<Vec<_>>();
    let action = page.path().to_owned();
    let agreed = agreed.to_owned();
    let text = "Nothing is saved yet. If you save, these visits stay as agreed: you still go there. Or move them first, come back, \
         and save.";
    let body = view! {
        <div class="page-narrow stack">
            <h1>{title.clone()}</h1>
            <Notice tone=Tone::Warning><p>{text}</p></Notice>
            <ul class="outside-visits">{rows}</ul>
            <form class="row" method="post" action=action>
                {hidden}
                <input type="hidden" name="agreed" value=agreed/>
                <Button name="act" value="save">"Save, the visits stay"</Button>
                <Button kind=ButtonKind::Secondary name="act" value="back">"Go back without saving"</Button>
            </form>
            <p class="muted text-sm"><a href=PATH>"The hours as they are saved"</a></p>
        </div>
    };
    let head = Head { title, robots_noindex: true, ..Head::default() };
    Ok(page.show_with(StatusCode::CONFLICT, head, Frame::Provider, body))
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
