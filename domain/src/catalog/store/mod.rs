//! The catalogue's statements.

mod bookable;
pub(super) mod counts;
pub(super) mod search;

pub use bookable::bookable;
use bookable::{count, currency};
