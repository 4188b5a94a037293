//! What a choice costs at a time: the same words on every step and in the booking.

use crate::availability::civil;
use crate::catalog::{Bookable, Choice, Quote, quote_at};
use crate::kernel::FieldErrors;
use jiff::Timestamp;

/// The price of a choice. With a start, weekends and nights count as the clocks of the visit's zone show them; without
/// one it is the price before surcharges.
///
/// # Errors
/// Complaints about what was picked, see [`crate::catalog::quote()`].
pub fn quote_for(service: &Bookable, choice: &Choice, start: Option<Timestamp>) -> Result<Quote, FieldErrors> {
    let start = start.map(|start| civil::shown(&service.zone.rules(), start));
    quote_at(&service.priced, choice, start)
}
