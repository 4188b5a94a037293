//! The coming weeks as a list: only days on which something stands.

use super::asked::Shown;
use crate::ui::{CalendarDay, CalendarEvent, EmptyState, Scene, change_link};
use leptos::prelude::*;

pub(super) fn view(shown: &Shown, days: Vec<CalendarDay>) -> AnyView {
    let dates = shown.dates();
    let busy = dates.into_iter().zip(days).filter(|(_, day)| !day.events.is_empty());
    let days = busy.map(|(date, day)| {
        let events = day.events.into_iter().map(entry).collect::<Vec<_>>();
        let near = shown.clocks.day(date);
        let full = (!day.full.starts_with(&near)).then(|| view! { <span class="muted">{day.full.clone()}</span> });
        view! {
            <section class="agenda-day" id=day.today.then_some("today")>
                <h3><a href=day.href.unwrap_or_default()>{near}</a>{full}</h3>
                <ol>{events}</ol>
            </section>
        }
    });
    let days = days.collect::<Vec<_>>();
    if days.is_empty() {
        let text = "What is booked or blocked in these four weeks stands here.";
        return view! { <EmptyState scene=Scene::Shutters title="Nothing planned" text=text/> }.into_any();
    }
    view! { <div class="agenda">{days}</div> }.into_any()
}

fn entry(event: CalendarEvent) -> AnyView {
    let change = change_link(&event);
    let class = format!("agenda-entry cal-{}", event.tone.word());
    let words = view! {
        <span class="agenda-time">{event.time}</span>
        <span class="agenda-what">
            <span class="agenda-title">{event.title}</span>
            {event.text.map(|text| view! { <span class="muted text-sm">{text}</span> })}
        </span>
    };
    match event.href {
        Some(href) => view! { <li class=class><a class="agenda-face" href=href>{words}</a>{change}</li> }.into_any(),
        None => view! { <li class=class><div class="agenda-face">{words}</div>{change}</li> }.into_any(),
    }
}
