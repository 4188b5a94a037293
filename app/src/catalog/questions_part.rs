//! What the business will ask before it begins, on the page of a service.

use crate::ui::{Glyph, Icon};
use domain::catalog::Shown;
use leptos::prelude::*;

/// The questions in their order; nothing where nothing is asked.
pub(super) fn questions_part(service: &Shown) -> Option<impl IntoView + use<>> {
    if service.questions.is_empty() {
        return None;
    }
    let lines: Vec<_> = service
        .questions
        .iter()
        .map(|question| {
            let text = question.text.clone();
            let optional = (!question.required).then(|| view! { <small class="muted">" (optional)"</small> });
            view! { <li><Glyph icon=Icon::MESSAGE_CIRCLE/><span>{text}{optional}</span></li> }
        })
        .collect();
    Some(view! {
        <section class="show-part">
            <h2>"Questions before the work"</h2>
            <p class="muted">{service.provider.name.clone()}" asks this after you booked, to come prepared."</p>
            <ul class="ticks">{lines}</ul>
        </section>
    })
}
