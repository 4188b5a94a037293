//! The catalogue's statements.

mod bookable;

pub(super) use bookable::bookable;
