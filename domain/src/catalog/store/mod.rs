//! The catalogue's statements.

mod bookable;
pub(super) mod counts;

pub(super) use bookable::bookable;
