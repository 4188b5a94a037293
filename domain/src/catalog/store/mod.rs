//! The catalogue's statements.

mod bookable;
pub(super) mod counts;

pub use bookable::bookable;
