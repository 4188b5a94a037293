//! What of a booking is whose to see, and when: one table. Pages, calendars, files and later the API show what is left.
//!
//! The customer sees everything of their own booking, and so does an operator who may look on: they settle what went
//! wrong. A provider is given what the next step needs: where roughly to decide, where exactly to go there.

use super::commands::Address;
use super::life::{Capacity, State};
use super::views::BookingView;
use crate::kernel::countries;

/// A detail of the customer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Street and number.
    Street,
    /// Postal code, city, region and country.
    District,
    /// What the customer wrote when booking.
    Note,
    /// What the customer answered to the questions of the business.
    Answers,
    /// The number to call when something comes up.
    Phone,
}

/// In which states the provider's side sees a detail; in all others it does not.
const PROVIDER: &[(Detail, &[State])] = &[
    (Detail::Street, &[State::Confirmed, State::Started, State::Done, State::Completed]),
    (Detail::District, &[State::Requested, State::Confirmed, State::Started, State::Done, State::Completed]),
    (Detail::Note, &[State::Requested, State::Confirmed, State::Started, State::Done, State::Completed]),
    (Detail::Answers, &[State::Requested, State::Confirmed, State::Started, State::Done, State::Completed]),
    (Detail::Phone, &[State::Confirmed, State::Started]),
];

/// Whether somebody in this capacity (`None`: an operator who looks on) sees a detail of a booking in this state.
#[must_use]
pub fn sees(by: Option<Capacity>, detail: Detail, state: State) -> bool {
    let row = || PROVIDER.iter().find(|(row, _)| *row == detail);
    by != Some(Capacity::Provider) || row().is_some_and(|(_, states)| states.contains(&state))
}

impl Address {
    /// What is left of it for somebody.
    #[must_use]
    pub fn shown_to(self, by: Option<Capacity>, state: State) -> Self {
        let left = |text: String, detail| if sees(by, detail, state) { text } else { String::new() };
        Self {
            street: left(self.street, Detail::Street),
            postal_code: left(self.postal_code, Detail::District),
            city: left(self.city, Detail::District),
            region: left(self.region, Detail::District),
            country: left(self.country, Detail::District),
        }
    }

    /// In one line, without what is not there.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        let place = format!("{} {}", self.postal_code, self.city);
        let country = countries::name(&self.country).unwrap_or(&self.country);
        let parts = [self.street.as_str(), place.trim(), self.region.as_str(), country].into_iter();
        let parts = parts.filter(|part| !part.is_empty());
        let line = parts.collect::<Vec<_>>().join(", ");
        (!line.is_empty()).then_some(line)
    }
}

impl BookingView {
    /// The booking as somebody in this capacity sees it.
    #[must_use]
    pub fn shown_to(self, by: Option<Capacity>) -> Self {
        let note = if sees(by, Detail::Note, self.state) { self.note } else { String::new() };
        let mut asked = self.asked;
        if !sees(by, Detail::Answers, self.state) {
            asked.iter_mut().for_each(|one| one.answer.clear());
        }
        Self { address: self.address.shown_to(by, self.state), note, asked, capacity: by, ..self }
    }
}
