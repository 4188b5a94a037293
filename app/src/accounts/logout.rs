//! `/logout`: signing out. A `POST` only, so that no link or picture can do it.

use super::session;
use crate::request::{Answer, PageRequest, see_other};
use axum::http::{HeaderName, HeaderValue};
use domain::accounts::log_out;
use tower_sessions::Session;

/// Tells the browser to forget what it kept of us: pages it could go back to, and whatever a script stored.
const CLEAR: HeaderName = HeaderName::from_static("clear-site-data");
const WHAT: &str = r#""cache", "storage""#;

/// `POST /logout`.
///
/// # Errors
/// The database is away.
pub async fn submit(page: PageRequest, session: Session) -> Answer {
    log_out(page.ctx(), page.actor()).await?;
    session::sign_out(&session).await?;
    let mut answer = see_other("/?said=signed-out");
    answer.headers_mut().insert(CLEAR, HeaderValue::from_static(WHAT));
    Ok(answer)
}
