//! Calendars elsewhere that are out of date, told where people look: their first page, and their calendar.

use crate::ui::{Notice, Tone};
use leptos::prelude::*;

/// Names of calendars, each with whose it is; nothing where all are fresh. `several`: of more than one person.
pub fn warning(stale: &[(String, String)], several: bool) -> Option<impl IntoView + use<>> {
    if stale.is_empty() {
        return None;
    }
    let lines: Vec<_> = stale
        .iter()
        .map(|(name, whose)| {
            let whose = several.then(|| format!(" ({whose})"));
            view! { <li><span class="wrap-anywhere">{format!("“{name}”")}{whose}</span></li> }
        })
        .collect();
    let title = if stale.len() == 1 { "A calendar is out of date" } else { "Calendars are out of date" };
    Some(view! {
        <Notice tone=Tone::Danger title=title>
            <div class="stack">
                <ul class="list-disc ps-5">{lines}</ul>
                <p>"It has not been read for more than a day. What is new there does not keep your time: customers can book you then."</p>
                <p><a href="/provider/calendar/sources">"Look at the calendars"</a></p>
            </div>
        </Notice>
    })
}
