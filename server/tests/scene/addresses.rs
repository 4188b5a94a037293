//! Which of the things an address is about. A new address with something in braces gets a line here.

/// How addresses begin, and what they name; the longest beginning counts.
const NAMED: &[(&str, &str)] = &[
    ("/dev/mail/", "letter"),
    ("/categories/", "category slug"),
    ("/services/", "service"),
    ("/providers/", "business"),
    ("/favorites/searches/", "search"),
    ("/letters/stop/", "stop word"),
    ("/sitemap/", "sitemap"),
    ("/password/reset/", "reset word"),
    ("/verify-email/", "proof word"),
    ("/account/security/passkeys/", "passkey"),
    ("/account/privacy/copy/", "copy"),
    ("/account/api-keys/", "key"),
    ("/calendar/", "feed"),
    ("/bookings/", "confirmed"),
    ("/bookings/{reference}/pay", "held"),
    ("/bookings/{reference}/release", "held"),
    ("/bookings/{reference}/accept", "requested"),
    ("/bookings/{reference}/decline", "requested"),
    ("/bookings/{reference}/finish", "started"),
    ("/bookings/{reference}/sign-off", "done"),
    ("/bookings/{reference}/review", "completed"),
    ("/invitation/", "invitation word"),
    ("/admin/users/", "auditor"),
    ("/admin/users/{id}/restore", "suspended"),
    ("/admin/categories/", "category"),
    ("/admin/services/", "listing"),
    ("/admin/providers/", "application"),
    ("/admin/providers/{key}/suspend", "business"),
    ("/admin/providers/{key}/restore", "suspended business"),
    ("/admin/providers/{key}/documents", "business"),
    ("/admin/providers/{key}/change/", "business"),
    ("/documents/", "own document"),
    ("/provider/services/", "listing"),
    ("/provider/team/", "member"),
    ("/provider/team/{id}/reactivate", "idle member"),
    ("/provider/places/", "own place"),
    ("/join/", "join word"),
];

pub fn thing(path: &str) -> Option<&'static str> {
    let fits = NAMED.iter().filter(|(beginning, _)| path.starts_with(beginning));
    fits.max_by_key(|(beginning, _)| beginning.len()).map(|(_, thing)| *thing)
}

/// What has to be otherwise than in the rest of the scene.
const BEFORE: &[(&str, &str)] = &[
    ("/provider/apply/again", "UPDATE applications SET state = 'withdrawn' WHERE state = 'draft'"),
    ("/provider/profile/name", "UPDATE business_changes SET state = 'withdrawn'"),
];

pub fn before(path: &str) -> Option<&'static str> {
    BEFORE.iter().find(|(known, _)| *known == path).map(|(_, before)| *before)
}
