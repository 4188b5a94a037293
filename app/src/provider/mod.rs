//! The provider portal: what to do today, the bookings, the calendar and the hours of a business.

pub mod apply;
pub mod availability;
pub mod blocked;
pub mod bookings;
pub mod calendar;
pub mod documents;
mod elsewhere;
pub mod join;
pub mod places;
pub mod profile;
pub mod registered;
pub mod services;
mod standing;
pub mod team;
pub mod today;
mod words;
mod work;

use crate::request::{Failure, PageRequest};
use domain::kernel::ProviderId;

/// The business whose portal this is: the one the person has switched to, or the first. `None` for people who work nowhere.
fn business(page: &PageRequest) -> Result<Option<ProviderId>, Failure> {
    page.actor().signed_in()?;
    Ok(page.actor().provider())
}
