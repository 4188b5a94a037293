//! `/logout`: signing out. A `POST` only, so that no link or picture can do it.

use super::session;
use crate::request::{Answer, PageRequest, see_other};
use domain::accounts::log_out;
use tower_sessions::Session;

/// `POST /logout`.
///
/// # Errors
/// The database is away.
pub async fn submit(page: PageRequest, session: Session) -> Answer {
    log_out(page.ctx(), page.actor()).await?;
    session::sign_out(&session).await?;
    Ok(see_other("/?said=signed-out"))
}
