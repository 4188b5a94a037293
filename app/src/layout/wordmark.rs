//! The wordmark: letters in the colour of the text, awning and dot in marigold.

use leptos::prelude::*;

/// The wordmark as an image of its own; the link around it carries the name.
#[component]
pub fn Wordmark() -> impl IntoView {
    view! { <svg class="wordmark" viewBox="0 0 172 36" aria-hidden="true" inner_html=SHAPES></svg> }
}

const SHAPES: &str = "";
