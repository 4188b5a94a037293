//! The site map on one screen. Addresses are a contract.

use crate::site::Site;
use crate::{accounts, bookings, catalog, kit_page, provider};
use axum::routing::{MethodRouter, get, post};

/// Every address with what answers there, so that tests can walk all of them.
#[must_use]
pub fn site() -> Vec<(&'static str, MethodRouter<Site>)> {
    vec![
        ("/kit", get(kit_page::show)),
        ("/register", get(accounts::register::show).post(accounts::register::submit)),
        ("/login", get(accounts::login::show).post(accounts::login::submit)),
        ("/logout", post(accounts::logout::submit)),
        // Booking
        // Provider portal
        ("/provider", get(provider::today::show)),
        ("/provider/bookings", get(provider::bookings::show)),
        ("/provider/calendar", get(provider::calendar::show).post(provider::calendar::block)),
        ("/provider/calendar/unblock", post(provider::calendar::unblock)),
    ]
}
