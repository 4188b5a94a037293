//! How far ahead a service can be booked, and what people read who look beyond it or find nothing free.

use super::choose::LOOK_AHEAD;
use super::words;
use crate::request::PageRequest;
use crate::ui::{Notice, Tone};
use domain::catalog::Bookable;
use jiff::ToSpan;
use jiff::civil::Date;
use leptos::prelude::*;

/// Days as they are where the visit is.
pub(super) struct Reach {
    /// Today.
    pub today: Date,
    /// The last day that can be booked.
    last: Date,
    /// The day somebody asks for; today, if none can be read.
    wanted: Date,
}

impl Reach {
    pub(super) fn of(page: &PageRequest, service: &Bookable) -> Self {
        let today = words::date(&service.zone, page.ctx().clock.now());
        let last = today.checked_add(i32::try_from(service.horizon_days).unwrap_or(60).days()).unwrap_or(today);
        let wanted = page.param("from").and_then(|text| text.parse().ok()).unwrap_or(today);
        Self { today, last, wanted }
    }

    /// The first day to show: the one asked for, as far as it is within reach.
    pub(super) fn first(&self) -> Date {
        self.wanted.clamp(self.today, self.last)
    }

    /// Whether somebody looks further ahead than one can book.
    pub(super) fn beyond(&self) -> bool {
        self.wanted > self.last
    }

    /// Up to when one can book, for whoever looks beyond it, and where `nothing` is free from the first day on; with the
    /// way to the next free time.
    pub(super) fn told(
        &self,
        title: &str,
        nothing: bool,
        next: Option<(String, String)>,
    ) -> Option<impl IntoView + use<>> {
        let heading = match (self.beyond(), nothing) {
            (true, _) => "That is further ahead than one can book",
            (false, true) => "Nothing is free from here on",
            (false, false) => return None,
        };
        let until = words::short(self.last, self.today);
        let looked = self.first().checked_add(i32::from(LOOK_AHEAD).days()).unwrap_or(self.last);
        let none = match (nothing && next.is_none(), looked < self.last) {
            (false, _) => String::new(),
            (true, false) => " All times until then are taken.".to_owned(),
            (true, true) => format!(" The next {LOOK_AHEAD} days have no free time."),
        };
        let text = format!("{title} can be booked up to {until}.{none}");
        let way = next.map(|(words, href)| view! { <p><a href=href>"Next free: "{words}</a></p> });
        Some(view! { <Notice tone=Tone::Info title=heading><p>{text}</p>{way}</Notice> })
    }
}
