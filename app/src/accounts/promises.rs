//! What stands beside the forms: why it is good to be here.

use crate::ui::{Drawing, Glyph, Icon, Scene};
use leptos::prelude::*;

/// A drawing and three promises, as plain as they are on the front page.
pub(super) fn promises() -> impl IntoView {
    let promise = |icon, title, text| {
        view! {
            <li class="flex gap-3">
                <span class="mt-0.5 text-primary"><Glyph icon=icon/></span>
                <span><strong class="block">{title}</strong><span class="muted">{text}</span></span>
            </li>
        }
    };
    view! {
        <div class="stack">
            <div class="max-w-64"><Drawing scene=Scene::OneTime/></div>
            <ul class="stack">
                {promise(Icon::CALENDAR_CHECK, "Your time is yours alone", "No time is ever booked twice.")}
                {promise(Icon::CLOCK, "Nothing waits for ever", "Every request gets an answer, or its time is free again.")}
                {promise(Icon::FILE_TEXT, "Every job is on record", "What was agreed, what was done, and when.")}
            </ul>
        </div>
    }
}
