//! The one search: what, where, when. A plain form; while one types into "what", an island offers names.

use crate::islands::search_box::SearchBox;
use crate::ui::{Button, ButtonSize, Icon};
use domain::catalog::search::SearchQuery;
use jiff::civil::Date;
use leptos::prelude::*;

/// The search of the front page.
pub(super) fn large(today: Date) -> impl IntoView {
    seek("/services".to_owned(), &SearchQuery::default(), "seek", ButtonSize::Large, today)
}

/// The search above a list: keeps what else the list is narrowed by. `path` is the list's own.
pub(super) fn compact(path: &str, query: &SearchQuery, today: Date) -> impl IntoView + use<> {
    seek(path.to_owned(), query, "seek seek-compact", ButtonSize::Medium, today)
}

fn seek(
    path: String,
    query: &SearchQuery,
    class: &'static str,
    size: ButtonSize,
    today: Date,
) -> impl IntoView + use<> {
    let in_path = path != "/services";
    let kept: Vec<_> = query
        .pairs()
        .into_iter()
        .filter(|(name, _)| !matches!(name.as_ref(), "q" | "exact" | "place" | "lat" | "lng" | "date" | "after"))
        .filter(|(name, _)| name != "category" || !in_path)
        .map(|(name, value)| view! { <input type="hidden" name=name.into_owned() value=value/> })
        .collect();
    view! {
        <form class=class action=path method="get" role="search">
            {kept}
            <SearchBox typed=query.words.clone().unwrap_or_default()/>
            <div class="seek-field">
                <label for="seek-place">"Where?"</label>
                <input
                    id="seek-place"
                    type="text"
                    name="place"
                    value=query.place.clone()
                    placeholder="Town, or leave empty"
                    autocomplete="address-level2"
                    maxlength="120"
                />
            </div>
            <div class="seek-field">
                <label for="seek-date">"When?"</label>
                <input id="seek-date" type="date" name="date" min=today.to_string() value=query.date.map(|date| date.to_string())/>
            </div>
            <Button size=size icon=Icon::SEARCH>"Search"</Button>
        </form>
    }
}
