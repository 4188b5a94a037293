//! A month as a table of weeks. Where there is room each day names what stands in it; on phones it says how much.

use super::asked::Shown;
use crate::ui::{CalendarDay, CalendarEvent};
use jiff::civil::Date;
use leptos::prelude::*;

/// Entries named in a day; the rest is counted.
const NAMED: usize = 3;

pub(super) fn view(shown: &Shown, days: Vec<CalendarDay>, label: String) -> AnyView {
    let dates = shown.dates();
    let heads = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map(|day| view! { <th scope="col">{day}</th> });
    let mut days =
        dates.into_iter().zip(days).map(|(date, day)| cell(shown, date, day)).collect::<Vec<_>>().into_iter();
    let mut weeks = Vec::new();
    loop {
        let week: Vec<AnyView> = days.by_ref().take(7).collect();
        if week.is_empty() {
            break;
        }
        weeks.push(view! { <tr>{week}</tr> });
    }
    view! {
        <table class="month">
            <caption class="sr-only">{label}</caption>
            <thead><tr>{Vec::from(heads)}</tr></thead>
            <tbody>{weeks}</tbody>
        </table>
    }
    .into_any()
}

fn cell(shown: &Shown, date: Date, day: CalendarDay) -> AnyView {
    let other = date.first_of_month() != shown.first;
    let count = day.events.len();
    let more = count.saturating_sub(NAMED);
    let href = day.href.unwrap_or_default();
    let spoken = match count {
        0 if day.closed => format!("{}, closed", day.full),
        0 => format!("{}, nothing planned", day.full),
        1 => format!("{}, 1 entry", day.full),
        _ => format!("{}, {count} entries", day.full),
    };
    let events = day.events.into_iter().take(NAMED).map(entry).collect::<Vec<_>>();
    let more =
        (more > 0).then(|| view! { <li><a class="month-more" href=href.clone()>{format!("{more} more")}</a></li> });
    let count = (count > 0).then(|| view! { <span class="month-count">{count}</span> });
    view! {
        <td class="month-day" class:month-other=other class:month-closed=day.closed class:month-today=day.today
            id=day.today.then_some("today")>
            <a class="month-number" href=href aria-current=day.today.then_some("date")>
                <span aria-hidden="true">{day.day}</span>
                <span class="sr-only">{spoken}</span>
                <span aria-hidden="true">{count}</span>
            </a>
            <ol class="month-entries">{events}{more}</ol>
        </td>
    }
    .into_any()
}

fn entry(event: CalendarEvent) -> AnyView {
    let class = format!("month-entry cal-{}", event.tone.word());
    let start = event.time.split('–').next().unwrap_or_default().to_owned();
    let about = event.text.map(|text| format!(", {text}"));
    let words = view! {
        <span class="month-time">{start}</span>" "{event.title}
        {about.map(|about| view! { <span class="sr-only">{about}</span> })}
    };
    match event.href {
        Some(href) => view! { <li class=class><a href=href>{words}</a></li> }.into_any(),
        None => view! { <li class=class><span>{words}</span></li> }.into_any(),
    }
}
