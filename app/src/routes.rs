//! The site map on one screen. Addresses are a contract.

use crate::site::Site;
use crate::{accounts, admin, audit, bookings, catalog, dev, kit_page, provider};
use axum::routing::{MethodRouter, get, post};

/// Every address with what answers there, so that tests can walk all of them.
#[must_use]
pub fn site() -> Vec<(&'static str, MethodRouter<Site>)> {
    vec![
        // Development
        ("/kit", get(kit_page::show)),
        ("/dev/mail", get(dev::mail::list)),
        ("/dev/mail/{id}", get(dev::mail::show)),
        ("/dev/mail/{id}/html", get(dev::mail::letter)),
        // Catalogue
        ("/", get(catalog::home::show)),
        ("/services", get(catalog::results::show)),
        ("/services/suggest", get(catalog::suggestions::show)),
        ("/categories/{slug}", get(catalog::results::category)),
        ("/services/{slug}", get(catalog::service_page::show)),
        ("/providers/{slug}", get(catalog::provider_page::show)),
        ("/providers/{slug}/block", get(catalog::blocking::ask).post(catalog::blocking::submit)),
        ("/sitemap.xml", get(catalog::sitemap::show)),
        ("/sitemap/{kind}", get(catalog::sitemap::part)),
        ("/robots.txt", get(catalog::sitemap::robots)),
        // The history
        ("/verify", get(audit::show)),
        ("/verify/heads.json", get(audit::file)),
        ("/admin/audit", get(admin::audit::show)),
        ("/admin/audit/export.csv", get(admin::audit::export)),
        // Accounts
        ("/register", get(accounts::register::show).post(accounts::register::submit)),
        ("/login", get(accounts::login::show).post(accounts::login::submit)),
        ("/login/two-factor", get(accounts::two_factor::show).post(accounts::two_factor::submit)),
        ("/login/passkey/options", post(accounts::passkeys::ask)),
        ("/login/passkey", post(accounts::passkeys::log_in)),
        ("/login/two-factor/passkey/options", post(accounts::passkeys::ask_second)),
        ("/login/two-factor/passkey", post(accounts::passkeys::second_step)),
        ("/logout", post(accounts::logout::submit)),
        ("/password/forgot", get(accounts::passwords::ask).post(accounts::passwords::send)),
        ("/password/reset/{token}", get(accounts::passwords::choose).post(accounts::passwords::change)),
        ("/verify-email/{token}", get(accounts::verify_email::show).post(accounts::verify_email::submit)),
        ("/account", get(accounts::profile::show).post(accounts::profile::submit)),
        ("/account/picture", get(accounts::profile::show).post(accounts::picture::change)),
        ("/account/picture/remove", get(accounts::picture::ask_remove).post(accounts::picture::remove)),
        ("/account/verify-email", post(accounts::profile::send_link)),
        ("/account/phone", get(accounts::phone::show).post(accounts::phone::ask)),
        ("/account/phone/confirm", post(accounts::phone::confirm)),
        ("/account/security", get(accounts::security::show)),
        ("/account/security/password", get(accounts::security::password).post(accounts::security::change_password)),
        ("/account/security/email", get(accounts::security::email).post(accounts::security::change_email)),
        ("/account/security/two-factor", get(accounts::security::two_factor).post(accounts::security::confirm)),
        ("/account/security/two-factor/off", get(accounts::security::ask_off).post(accounts::security::off)),
        ("/account/security/passkeys", post(accounts::security::add_passkey)),
        ("/account/security/passkeys/new", get(accounts::security::new_passkey).post(accounts::security::ask_passkey)),
        ("/account/security/passkeys/{id}", get(accounts::security::passkey).post(accounts::security::rename_passkey)),
        (
            "/account/security/passkeys/{id}/remove",
            get(accounts::security::ask_remove_passkey).post(accounts::security::remove_passkey),
        ),
        (
            "/account/security/recovery-codes",
            get(accounts::security::ask_new_codes).post(accounts::security::new_codes),
        ),
        ("/account/blocked", get(catalog::blocking::list).post(catalog::blocking::undo)),
        ("/account/acting/stop", post(admin::acting::stop)),
        ("/account/sessions", get(accounts::sessions::show).post(accounts::sessions::submit)),
        ("/account/api-keys", get(accounts::api_keys::show)),
        ("/account/api-keys/new", get(accounts::api_keys::ask).post(accounts::api_keys::make)),
        ("/account/api-keys/{id}/revoke", get(accounts::api_keys::ask_revoke).post(accounts::api_keys::revoke)),
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
        ("/bookings/{reference}/block", get(bookings::ask_block).post(bookings::block)),
        ("/bookings/{reference}/calendar.ics", get(bookings::calendar_file)),
        ("/account/privacy", get(accounts::privacy::show).post(accounts::privacy::ask)),
        ("/account/privacy/copy/{id}", get(accounts::privacy::download)),
        ("/account/privacy/delete", get(accounts::privacy::ask_delete).post(accounts::privacy::delete)),
        ("/account/appeal", post(accounts::suspended::submit)),
        ("/invitation/{token}", get(admin::invitations::open).post(admin::invitations::accept)),
        // Back office
        ("/admin", get(admin::overview::show)),
        ("/admin/users", get(admin::users::show)),
        ("/admin/users/invitations", get(admin::invitations::show).post(admin::invitations::submit)),
        ("/admin/users/{id}", get(admin::user::show)),
        ("/admin/users/{id}/act", get(admin::acting::ask).post(admin::acting::start)),
        ("/admin/users/{id}/suspend", get(admin::user::ask_suspend).post(admin::user::suspend)),
        ("/admin/users/{id}/restore", post(admin::user::restore)),
        ("/admin/users/{id}/log-out", post(admin::user::log_out)),
        ("/admin/users/{id}/take-role", post(admin::user::take_role)),
        // Provider portal
        ("/provider", get(provider::today::show)),
        ("/provider/bookings", get(provider::bookings::show)),
        ("/provider/blocked", get(provider::blocked::show).post(provider::blocked::undo)),
        ("/provider/calendar", get(provider::calendar::show).post(provider::calendar::block)),
        ("/provider/calendar/unblock", post(provider::calendar::unblock)),
    ]
}
