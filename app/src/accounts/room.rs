//! The room the forms stand in: the form on the left, and beside it why it is good to be here.

use crate::ui::{Drawing, Glyph, Icon, Scene};
use leptos::prelude::*;

/// A form, and what stands beside it: below it on phones.
pub(super) fn room(form: impl IntoView, before: impl IntoView) -> impl IntoView {
    view! {
        <div class="page">
            <div class="mx-auto grid max-w-5xl gap-12 lg:grid-cols-[minmax(0,33rem)_20rem] lg:justify-between">
                <div class="stack">{form}</div>
                <aside class="stack" aria-label="About ServiceHub">{before}{promises()}</aside>
            </div>
        </div>
    }
}

/// A drawing and three promises, as plain as they are on the front page.
fn promises() -> impl IntoView {
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
