//! What a list is called, how many it holds, and why a service is in it.

use crate::bookings::words;
use crate::catalog::cards::thousands;
use domain::catalog::search::{Hit, Results, SearchQuery, Sort, Total};
use domain::catalog::{Kind, Place};
use jiff::Timestamp;
use jiff::civil::Date;

/// "“leaking tap” in Plumbing near Berlin", or "All services".
pub(super) fn heading(query: &SearchQuery, results: &Results) -> String {
    let category = results.category.as_ref().map(|category| category.name.as_str());
    let words = results.mended.as_deref().or(query.words.as_deref());
    let mut heading = match (words, category) {
        (Some(words), Some(category)) => format!("“{words}” in {category}"),
        (Some(words), None) => format!("“{words}”"),
        (None, Some(category)) => category.to_owned(),
        (None, None) if query.narrows() => "Services".to_owned(),
        (None, None) => "All services".to_owned(),
    };
    if let Some(place) = place(query, results) {
        heading.push_str(&format!(" {place}"));
    }
    heading
}

/// "near Berlin", "near you".
pub(super) fn place(query: &SearchQuery, results: &Results) -> Option<String> {
    match (&results.place, query.position) {
        (_, Some(_)) => Some("near you".to_owned()),
        (Some(place), None) => Some(format!("near {}", place.name)),
        (None, None) => None,
    }
}

/// "240 services".
pub(super) fn total(total: Total) -> String {
    match total {
        Total::Exactly(1) => "1 service".to_owned(),
        Total::Exactly(count) => format!("{} services", thousands(count)),
        Total::MoreThan(count) => format!("More than {} services", thousands(count)),
    }
}

/// The word of an order.
pub(super) const fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Recommended => "Recommended",
        Sort::Rating => "Best rated",
        Sort::Price => "Lowest price",
        Sort::Distance => "Nearest",
        Sort::Soonest => "Soonest free",
        Sort::Newest => "Newest",
    }
}

/// The word of a kind.
pub(super) const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Visit => "Visits and calls",
        Kind::Delivery => "Delivered online",
    }
}

/// "Tue 24 Nov".
pub(super) fn day(date: Date) -> String {
    date.strftime("%a %-d %b").to_string()
}

/// "Lisbon · 2.4 km".
pub(super) fn whereabouts(hit: &Hit) -> Option<String> {
    if hit.place == Place::Remote {
        return None;
    }
    Some(match hit.distance_km {
        None => hit.city.clone(),
        Some(km) if km < 10.0 => format!("{} · {km:.1} km", hit.city),
        Some(km) => format!("{} · {km:.0} km", hit.city),
    })
}

/// Why a service is in the list, where its card does not say so already.
pub(super) fn why(hit: &Hit, query: &SearchQuery, results_words: Option<&str>) -> Option<String> {
    let mut reasons = Vec::new();
    if let Some(date) = query.date {
        reasons.push(format!("Free on {}", day(date)));
    }
    if (query.place.is_some() || query.position.is_some()) && hit.distance_km.is_some() {
        reasons.push(match hit.place {
            Place::Customer => "Comes to you".to_owned(),
            Place::Provider | Place::Remote => "You go there".to_owned(),
        });
    }
    if let Some(words) = results_words {
        let title = hit.title.to_lowercase();
        let hidden = words.split_whitespace().find(|word| {
            let start: String = word.to_lowercase().chars().take(4).collect();
            word.chars().count() > 2 && !title.contains(&start)
        });
        reasons.extend(hidden.map(|word| format!("Matches “{word}”")));
    }
    (!reasons.is_empty()).then(|| reasons.join(" · "))
}

/// Whether a day can still be booked: not over anywhere on earth.
pub(super) fn is_over(date: Date, now: Timestamp) -> bool {
    words::date(&domain::kernel::Zone::utc(), now).yesterday().is_ok_and(|yesterday| date < yesterday)
}
