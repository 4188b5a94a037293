//! A word to customers that a business is away, and when it is back.

use crate::bookings::words;
use crate::ui::{Notice, Tone};
use domain::catalog::Absence;
use jiff::civil::Date;
use leptos::prelude::*;

/// The notice on the pages of a business and its services.
pub(in crate::catalog) fn away(name: &str, absence: &Absence, today: Date) -> AnyView {
    let back = words::short(absence.back(), today);
    let (title, text) = if absence.on(today) {
        (
            format!("{name} is away until {back}"),
            "From then on everything can be booked as usual; you can choose a time now.",
        )
    } else {
        let first = words::short(absence.first, today);
        (format!("{name} is away from {first}, back on {back}"), "The days before and after can be booked as usual.")
    };
    let reason = (!absence.reason.is_empty()).then(|| view! { <p class="wrap-anywhere">{absence.reason.clone()}</p> });
    view! {
        <div class="show-resting">
            <Notice tone=Tone::Info title=title>{reason}<p>{text}</p></Notice>
        </div>
    }
    .into_any()
}
