//! Sessions: who a browser belongs to.
//!
//! Handlers reach the session as `tower_sessions::Session` in the request's extensions. Signing in is
//! `session.cycle_id().await?; session.insert(USER, user_id).await?` in this order: the new id is one
//! nobody could have planted. Signing out is `session.flush().await?`. A browser without a session
//! gets none, and costs no statement, until something is put into it.

mod actor;
mod refusals;
mod store;
mod visit;

pub use actor::attach_actor;
pub use refusals::note_refusals;
pub use store::PgSessionStore;
pub use visit::{Visit, note_visit};

use app::site::Site;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::Duration;
use tower_sessions::{Expiry, SessionManagerLayer};

/// Key of the act in the session of an operator who acts for somebody.
pub const BEHALF: &str = "behalf";
/// Key of the round in which a login was looked at (`domain::accounts::Account::round`): when it is over, nothing opens.
pub const ROUND: &str = "round";
/// Key of the signed-in person's id in a session.
pub const USER: &str = "user";

/// A session ends when it was not used for this long.
pub const IDLE: jiff::SignedDuration = jiff::SignedDuration::from_hours(14 * 24);
/// A session ends at this age, used or not.
pub const OLDEST: jiff::SignedDuration = jiff::SignedDuration::from_hours(90 * 24);
/// An operator's session ends when it was not used for this long: what it opens is other people's.
pub const OPERATOR_IDLE: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);
/// An operator's session ends at this age: a working day.
pub const OPERATOR_OLDEST: jiff::SignedDuration = jiff::SignedDuration::from_hours(12);

/// Name of the cookie. Browsers accept `__Host-` cookies only over TLS, from exactly this host.
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-session" } else { "session" }
}

/// The layer that opens sessions. The cookie lives as long as any session may; when a session
/// really ends, the store decides.
pub fn layer(site: &Site, https: bool) -> SessionManagerLayer<PgSessionStore> {
    SessionManagerLayer::new(PgSessionStore::new(site.ctx.clone()))
        .with_name(cookie_name(https))
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_secure(https)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(Duration::seconds(OLDEST.as_secs())))
}
