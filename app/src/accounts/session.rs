//! The session, as far as accounts write it. Who is signed in is read in one place only, by the layer
//! that makes the actor.

use crate::request::Failure;
use domain::accounts::Email;
use domain::kernel::{Error, UserId};
use tower_sessions::Session;

/// Key of the signed-in person's id. The session store keeps it in a column of its own.
const USER: &str = "user";
/// Key of the address somebody has just registered with, so that it need not be typed again.
const REGISTERED: &str = "registered";

/// Opens the session of a person, under a new id that nobody can have planted.
pub(super) async fn sign_in(session: &Session, user: UserId) -> Result<(), Failure> {
    session.cycle_id().await.map_err(away)?;
    session.remove_value(REGISTERED).await.map_err(away)?;
    session.insert(USER, user).await.map_err(away)
}

/// Ends a session, in the browser and in the store.
pub(super) async fn sign_out(session: &Session) -> Result<(), Failure> {
    session.flush().await.map_err(away)
}

/// Keeps the address of a registration for the login page.
pub(super) async fn note_registered(session: &Session, email: &Email) -> Result<(), Failure> {
    session.insert(REGISTERED, email).await.map_err(away)
}

/// The address somebody has just registered with in this browser.
pub(super) async fn registered(session: &Session) -> Result<Option<Email>, Failure> {
    session.get(REGISTERED).await.map_err(away)
}

#[expect(clippy::needless_pass_by_value, reason = "used as a function of map_err")]
fn away(error: tower_sessions::session::Error) -> Failure {
    Failure(Error::Unavailable(error.to_string()))
}
