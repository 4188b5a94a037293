//! The one table of what is limited, how often, and for whom.

use axum::http::Method;
use jiff::SignedDuration;

/// An allowance: so many in a window that starts with the first.
#[derive(Debug, PartialEq, Eq)]
pub struct Limit {
    /// Name of the counter.
    pub name: &'static str,
    /// How many fit into the window.
    pub allowed: u32,
    /// How long the window lasts.
    pub window: SignedDuration,
}

/// Whose allowance it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// The client's address.
    Address,
    /// The person who is signed in, else the address.
    Person,
    /// A field of the form, wherever it comes from: bounds attacks from many addresses.
    Field(&'static str),
    /// A field of the form together with the address.
    FieldAndAddress(&'static str),
    /// A browser that is known for the account of the form's field. Where a path has such a rule it holds for these browsers
    /// in place of all others: strangers cannot use up the owner's tries.
    KnownBrowser(&'static str),
}

/// One line of the table.
#[derive(Debug)]
pub struct Rule {
    /// The method it holds for.
    pub method: Method,
    /// The path as in the site map.
    pub path: &'static str,
    /// Whose allowance.
    pub per: Per,
    /// How much.
    pub limit: Limit,
}

const QUARTER: SignedDuration = SignedDuration::from_mins(15);
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Everything that is limited. Paths that are not here are not.
pub static RULES: &[Rule] = &[
    rule("/login", Per::FieldAndAddress("email"), "login pair", 10, QUARTER),
    rule("/login", Per::Address, "login address", 100, QUARTER),
    rule("/login", Per::Field("email"), "login account", 100, HOUR),
    rule("/login", Per::KnownBrowser("email"), "login known browser", 30, QUARTER),
    rule("/register", Per::Address, "register", 20, HOUR),
    rule("/login/two-factor", Per::Address, "second factor", 60, QUARTER),
    rule("/login/passkey/options", Per::Address, "passkey questions", 60, QUARTER),
    rule("/login/passkey", Per::Address, "passkeys", 60, QUARTER),
    rule("/login/two-factor/passkey/options", Per::Address, "second passkey questions", 60, QUARTER),
    rule("/login/two-factor/passkey", Per::Address, "second passkeys", 60, QUARTER),
    rule("/account/security/passkeys/new", Per::Person, "new passkeys", 20, HOUR),
    rule("/password/forgot", Per::Address, "forgotten password", 20, HOUR),
    rule("/password/forgot", Per::FieldAndAddress("email"), "forgotten pair", 5, HOUR),
    rule("/password/forgot", Per::Field("email"), "forgotten account", 20, HOUR),
    rule("/password/forgot", Per::KnownBrowser("email"), "forgotten known browser", 5, HOUR),
    rule("/password/reset/{token}", Per::Address, "new password", 30, HOUR),
    rule("/account/verify-email", Per::Person, "address links", 10, HOUR),
    rule("/verify-email/{token}", Per::Address, "address proofs", 60, HOUR),
    rule("/account/security/email", Per::Person, "new addresses", 10, HOUR),
    rule("/account/security/email", Per::Field("email"), "letters to a new address", 5, HOUR),
    rule("/account/security/password", Per::Person, "passwords", 30, HOUR),
    rule("/account/sessions", Per::Person, "ended sessions", 60, HOUR),
    rule("/account/privacy", Per::Person, "copies", 10, HOUR),
    rule("/account/appeal", Per::Address, "appeals", 30, HOUR),
    rule("/invitation/{token}", Per::Address, "join as an operator", 60, HOUR),
    rule("/admin/users/invitations", Per::Person, "operator invitations", 60, HOUR),
    rule("/account/phone", Per::Person, "phone codes", 30, HOUR),
    rule("/account/phone/confirm", Per::Person, "phone tries", 60, HOUR),
    rule("/account/api-keys/new", Per::Person, "keys", 30, HOUR),
    rule("/provider/calendar/sources", Per::Person, "calendar sources", 30, HOUR),
    rule("/account/calendar", Per::Person, "feeds", 30, HOUR),
    rule("/provider/team/invite", Per::Person, "team invitations", 30, HOUR),
    rule("/provider/team/invitations", Per::Person, "team invitations", 30, HOUR),
    rule("/join/{token}", Per::Address, "join a team", 60, HOUR),
    rule("/admin/users/{id}/act", Per::Person, "act on behalf", 30, HOUR),
    rule("/providers/{slug}/block", Per::Person, "block", 50, HOUR),
    rule("/bookings/{reference}/block", Per::Person, "block", 50, HOUR),
    rule("/bookings/{reference}/reschedule", Per::Person, "reschedule", 40, HOUR),
    // Whoever leaves may have many visits to give away; each sends letters to three people.
    rule("/bookings/{reference}/reassign", Per::Person, "reassign", 120, HOUR),
    rule("/bookings/{reference}/answers", Per::Person, "answers", 120, HOUR),
    rule("/account/picture", Per::Person, "picture", 40, HOUR),
    rule("/provider/services/new", Per::Person, "new service", 60, HOUR),
    rule("/provider/services/{slug}/duplicate", Per::Person, "new service", 60, HOUR),
    rule("/provider/services/{slug}", Per::Person, "listing", 600, HOUR),
    rule("/provider/services/{slug}/preview", Per::Person, "previews", 3000, HOUR),
    rule("/provider/services/{slug}/pictures", Per::Person, "picture of a service", 80, HOUR),
    rule("/services/{slug}/favorite", Per::Person, "favorite", 300, HOUR),
    rule("/services/{slug}/favorite/remove", Per::Person, "favorite", 300, HOUR),
    rule("/favorites/searches/new", Per::Person, "saved searches", 60, HOUR),
    rule("/favorites/searches/{id}", Per::Person, "saved searches", 60, HOUR),
    rule("/favorites/searches/{id}/date", Per::Person, "saved searches", 60, HOUR),
    rule("/favorites/searches/{id}/alert", Per::Person, "saved searches", 60, HOUR),
    rule("/letters/stop/{token}", Per::Address, "stopped letters", 300, HOUR),
    rule("/provider/apply", Per::Person, "apply", 120, HOUR),
    rule("/provider/apply/documents", Per::Person, "documents", 40, HOUR),
    rule("/provider/documents", Per::Person, "documents", 40, HOUR),
    rule("/provider/profile", Per::Person, "profile", 120, HOUR),
    rule("/provider/profile/address", Per::Person, "addresses of a business", 30, HOUR),
    rule("/provider/profile/name", Per::Person, "changes of a business", 20, HOUR),
    rule("/provider/profile/name/take-back", Per::Person, "changes of a business", 20, HOUR),
    rule("/provider/apply/send", Per::Person, "applications", 10, HOUR),
    rule("/services/{slug}/book", Per::Person, "book", 50, HOUR),
];

const fn rule(path: &'static str, per: Per, name: &'static str, allowed: u32, window: SignedDuration) -> Rule {
    Rule { method: Method::POST, path, per, limit: Limit { name, allowed, window } }
}
