//! What follows a completed booking: reviews, later payouts.

use super::store::{self, Key};
use crate::kernel::{Action, BookingId, Error, Object, ProviderId, ServiceId, Tx, UserId, can, reference};

/// A completed booking in the hands of its customer.
#[derive(Clone, Copy, Debug)]
pub struct Completed {
    /// Which one.
    pub id: BookingId,
    /// What was booked.
    pub service: ServiceId,
    /// Whom it was booked from.
    pub provider: ProviderId,
    /// Who booked it.
    pub customer: UserId,
}

/// Takes a completed booking of the acting customer in hand.
///
/// # Errors
/// Not found for anyone else; a conflict while it is not completed.
pub async fn completed(tx: &mut Tx, typed: &str) -> Result<Completed, Error> {
    let booking = store::lock(tx.conn(), &Key::Reference(reference::normalise(typed))).await?;
    let object = Object { customer: Some(booking.customer), ..Object::default() };
    if !can(tx.actor(), Action::ActAsCustomer, &object) {
        return Err(Error::NotFound);
    }
    if booking.state != super::State::Completed {
        return Err(Error::Conflict("A review can be written once the work is done and confirmed.".to_owned()));
    }
    Ok(Completed { id: booking.id, service: booking.service, provider: booking.provider, customer: booking.customer })
}
