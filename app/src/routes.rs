//! The site map on one screen. Addresses are a contract.

use crate::site::Site;
use crate::{accounts, bookings, catalog, kit_page, provider};
use axum::routing::{MethodRouter, get, post};

/// Every address with what answers there, so that tests can walk all of them.
#[must_use]
pub fn site() -> Vec<(&'static str, MethodRouter<Site>)> {
    vec![
        ("/kit", get(kit_page::show)),
        // Catalogue
        ("/", get(catalog::home::show)),
        ("/services", get(catalog::results::show)),
        ("/services/suggest", get(catalog::suggestions::show)),
        ("/categories/{slug}", get(catalog::results::category)),
        ("/services/{slug}", get(catalog::service_page::show)),
        ("/providers/{slug}", get(catalog::provider_page::show)),
        ("/sitemap.xml", get(catalog::sitemap::show)),
        ("/sitemap/{kind}", get(catalog::sitemap::part)),
        ("/robots.txt", get(catalog::sitemap::robots)),
        // Accounts
        ("/register", get(accounts::register::show).post(accounts::register::submit)),
        ("/login", get(accounts::login::show).post(accounts::login::submit)),
        ("/logout", post(accounts::logout::submit)),
        // Booking
        ("/services/{slug}/book", get(bookings::choose).post(bookings::book)),
        ("/bookings", get(bookings::list)),
        ("/bookings/{reference}", get(bookings::show)),
        ("/bookings/{reference}/pay", get(bookings::confirm_page).post(bookings::confirm)),
        ("/bookings/{reference}/release", post(bookings::release)),
        ("/bookings/{reference}/accept", post(bookings::accept)),
        ("/bookings/{reference}/decline", get(bookings::ask_decline).post(bookings::decline)),
        ("/bookings/{reference}/start", post(bookings::start)),
        ("/bookings/{reference}/finish", post(bookings::finish)),
        ("/bookings/{reference}/cancel", get(bookings::ask_cancel).post(bookings::cancel)),
        ("/bookings/{reference}/sign-off", get(bookings::show_sign_off).post(bookings::sign_off)),
        ("/bookings/{reference}/review", get(bookings::show_review).post(bookings::review)),
        ("/bookings/{reference}/calendar.ics", get(bookings::calendar_file)),
        // Provider portal
        ("/provider", get(provider::today::show)),
        ("/provider/bookings", get(provider::bookings::show)),
        ("/provider/calendar", get(provider::calendar::show).post(provider::calendar::block)),
        ("/provider/calendar/unblock", post(provider::calendar::unblock)),
    ]
}
