//! The services of a list, as cards.

use super::{place, words};
use crate::catalog::{cards, favorites};
use crate::ui::{ServiceCard, ServiceCardData};
use domain::catalog::search::ranking::{FEATURED_A_PAGE, may_be_featured};
use domain::catalog::search::{Hit, SearchQuery, Sort};
use domain::kernel::ServiceId;
use jiff::Timestamp;
use leptos::prelude::*;

/// Cards that stand on the first screen: their pictures load at once.
const FIRST_SCREEN: usize = 4;

/// Cards in a grid. `sought` are the words that were looked for, typing mistakes mended.
pub(super) fn grid(
    hits: &[Hit],
    query: &SearchQuery,
    sought: Option<&str>,
    level: u8,
    now: Timestamp,
) -> impl IntoView + use<> {
    let featured = featured(hits, query);
    let cards: Vec<_> = hits
        .iter()
        .enumerate()
        .map(|(index, hit)| {
            let card = ServiceCardData {
                place: words::whereabouts(hit),
                why: words::why(hit, query, sought),
                parts: place::parts(hit, query.sort),
                label: if featured.contains(&hit.id) { "Featured" } else { "" },
                heart: Some(favorites::button(hit)),
                mark: favorites::mark(&hit.slug),
                ..cards::card(hit, now)
            };
            view! { <li><ServiceCard card=card eager=index < FIRST_SCREEN level=level/></li> }
        })
        .collect();
    view! { <ul class="service-grid results-list">{cards}</ul> }
}

/// The services that bear the label: where people look around and have not asked for anything yet.
fn featured(hits: &[Hit], query: &SearchQuery) -> Vec<ServiceId> {
    if query.narrows() || query.sort != Sort::Recommended {
        return Vec::new();
    }
    let standing = |hit: &Hit| hit.found.and_then(|found| found.standing);
    let good = hits.iter().filter(|hit| standing(hit).is_some_and(|standing| may_be_featured(&standing, hit.reviews)));
    good.take(FEATURED_A_PAGE).map(|hit| hit.id).collect()
}
