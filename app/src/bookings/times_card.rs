//! The card on a service's page that leads to booking.

use super::words;
use crate::ui::{ButtonKind, Card, LinkButton, Price};
use domain::kernel::{Money, Zone};
use jiff::Timestamp;
use leptos::prelude::*;

/// What the card says.
pub struct TimesCard {
    /// The service's slug.
    pub slug: String,
    /// The lowest price, and whether there are higher ones.
    pub price: (Money, bool),
    /// "an hour".
    pub unit: Option<String>,
    /// The next free time, for visits.
    pub next_free: Option<Timestamp>,
    /// Zone of the visit.
    pub zone: Zone,
    /// Days to delivery, for deliveries.
    pub delivery_days: Option<u32>,
    /// Whether the provider accepts first.
    pub on_request: bool,
}

/// Price, next free time, and the way to all times.
pub fn times_card(card: TimesCard, now: Timestamp) -> impl IntoView {
    let (price, from) = card.price;
    let first = card.next_free.map(|at| words::moment(&card.zone, at, now));
    let href = format!("/services/{}/book", card.slug);
    let act = if card.delivery_days.is_some() { "Choose and book" } else { "See all free times" };
    let mode = if card.on_request {
        "The provider answers your request within a day."
    } else {
        "Booked at once. No waiting for an answer."
    };
    view! {
        <Card>
            <Price amount=price.to_string() from=from unit=card.unit.unwrap_or_default() large=true/>
            {first.map(|first| view! { <p>"Next free: "<strong>{first}</strong></p> })}
            {card.delivery_days.map(|days| view! { <p>"Delivered in "<strong>{days}" days"</strong></p> })}
            <LinkButton kind=ButtonKind::Primary full=true href=href>{act}</LinkButton>
            <p class="muted text-sm">{mode}</p>
        </Card>
    }
}
