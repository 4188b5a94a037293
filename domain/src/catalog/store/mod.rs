//! The catalogue's statements.

pub(super) mod blocking;
mod bookable;
pub(super) mod businesses;
mod cards;
pub(super) mod categories;
pub(super) mod change_business;
pub(super) mod counts;
pub(super) mod favorites;
pub(super) mod home;
pub(super) mod listing;
pub(super) mod places;
pub(super) mod profile;
pub(super) mod provider_page;
pub(super) mod published;
pub(super) mod saved;
pub(super) mod search;
pub(super) mod showcase;
pub(super) mod sitemap;
pub(super) mod unmet;

pub use bookable::bookable;
use bookable::{count, currency};
