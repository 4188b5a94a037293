//! What people ask of bookings: parsed, nothing else.

use crate::catalog::{Bookable, Choice, OutOfArea};
use crate::kernel::{Error, FieldErrors, MemberId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a visit takes place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// State, county or whatever the country has; may be empty.
    pub region: String,
    /// ISO 3166 code, in capitals. Empty in a wish: the country of the business; in a booking: nobody was asked.
    pub country: String,
}

/// A wish to book a service.
#[derive(Clone, Debug)]
pub struct Book {
    /// The service's slug.
    pub service: String,
    /// Package, extras, length.
    pub choice: Choice,
    /// With whom; `None` is anyone free.
    pub member: Option<MemberId>,
    /// When, for a visit.
    pub start: Option<Timestamp>,
    /// Where, for a visit at the customer's.
    pub address: Address,
    /// What the provider should know.
    pub note: String,
    /// Made with the form: sending it twice books once.
    pub key: Uuid,
}

/// Words that come with a move.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// A reason or a note for the other side.
    pub note: String,
    /// How satisfied the customer is, 1–5; needed to sign off.
    pub satisfaction: Option<u8>,
}

/// A wish to move a visit.
#[derive(Clone, Debug)]
pub struct Reschedule {
    /// Which booking.
    pub reference: String,
    /// When it was to begin as far as whoever moves it knew.
    pub seen: Option<Timestamp>,
    /// When it is to begin.
    pub start: Option<Timestamp>,
    /// A word for the other side.
    pub note: String,
    /// Made with the form: sending it twice moves once.
    pub key: Uuid,
}

/// Why a visit could not be moved.
#[derive(Debug, thiserror::Error)]
pub enum RescheduleError {
    /// Somebody has that time, or it is not offered. These are the nearest free ones. The visit stands where it stood.
    #[error("the time is taken")]
    SlotTaken(Vec<Timestamp>),
    /// Anything else.
    #[error(transparent)]
    Refused(#[from] Error),
}

/// A wish to give a visit to another of the people of the business.
#[derive(Clone, Debug)]
pub struct Reassign {
    /// Which booking.
    pub reference: String,
    /// When it begins as far as whoever gives it knew.
    pub seen: Option<Timestamp>,
    /// Who was to do it as far as they knew.
    pub from: Option<MemberId>,
    /// Who is to do it.
    pub to: Option<MemberId>,
    /// Why, for everybody concerned to read.
    pub note: String,
    /// Made with the form: sending it twice gives once.
    pub key: Uuid,
}

/// Why a visit could not be given to somebody.
#[derive(Debug, thiserror::Error)]
pub enum ReassignError {
    /// The person cannot do it then. It stays with whoever has it.
    #[error("{name} is not free")]
    NotFree {
        /// Their name.
        name: String,
        /// Why not, a sentence for each rule in the way.
        against: Vec<String>,
    },
    /// Anything else.
    #[error(transparent)]
    Refused(#[from] Error),
}

/// Why a booking could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// Somebody has that time, or it is not offered. These are the nearest free ones.
    #[error("the time is taken")]
    SlotTaken(Vec<Timestamp>),
    /// The business does not go to that address.
    #[error(transparent)]
    OutOfArea(OutOfArea),
    /// The customer and the business keep apart; which of them wants it, neither learns.
    #[error("the two keep apart")]
    NotForYou,
    /// Anything else.
    #[error(transparent)]
    Refused(#[from] Error),
}

impl From<FieldErrors> for BookError {
    fn from(errors: FieldErrors) -> Self {
        Self::Refused(Error::Invalid(errors))
    }
}

impl Address {
    /// The address a visit of this service keeps: with a country, which is that of the business if none was named; none at
    /// all where nobody comes.
    #[must_use]
    pub fn settled(self, service: &Bookable) -> Self {
        if !service.takes_address() {
            return Self::default();
        }
        let named = self.country.trim().to_ascii_uppercase();
        let country = if named.is_empty() { service.base.country.clone() } else { named };
        Self { country, ..self }
    }

    /// Complaints about an address that a visit needs.
    pub fn check(&self, wrong: &mut FieldErrors) {
        let fields = [
            ("street", &self.street, 200, "Tell the provider the street and number."),
            ("postal_code", &self.postal_code, 20, "Add the postal code."),
            ("city", &self.city, 120, "Add the city."),
        ];
        for (field, value, most, missing) in fields {
            if value.trim().is_empty() {
                wrong.add(field, missing);
            } else if value.chars().count() > most {
                wrong.add(field, format!("Please keep it under {most} characters."));
            }
        }
        if self.region.chars().count() > 120 {
            wrong.add("region", "Please keep it under 120 characters.");
        }
        if self.country.len() != 2 || !self.country.bytes().all(|letter| letter.is_ascii_uppercase()) {
            wrong.add("country", "Choose a country of the list.");
        }
    }
}
