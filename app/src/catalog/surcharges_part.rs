//! What weekends and nights cost more, on the page of a service.

use crate::ui::{Glyph, Icon};
use domain::catalog::{Kind, Priced};
use leptos::prelude::*;

/// A sentence each; nothing where all times cost the same.
pub(super) fn surcharges_part(priced: &Priced) -> Option<impl IntoView + use<>> {
    if priced.kind == Kind::Delivery || !priced.surcharges.is_any() {
        return None;
    }
    let lines: Vec<_> = priced
        .surcharges
        .sentences()
        .into_iter()
        .map(|sentence| view! { <li><Glyph icon=Icon::CLOCK/>{sentence}</li> })
        .collect();
    Some(view! {
        <section class="show-part">
            <h2>"Weekends and nights"</h2>
            <ul class="ticks">{lines}</ul>
        </section>
    })
}
