//! `/logout`: signing out. A `POST` only, so that no link or picture can do it.

use super::{onward, session};
use crate::forms::Form;
use crate::request::{Answer, PageRequest, see_other};
use axum::http::{HeaderName, HeaderValue};
use domain::accounts::log_out;
use tower_sessions::Session;

/// Tells the browser to forget what it kept of us: pages it could go back to, and whatever a script stored.
const CLEAR: HeaderName = HeaderName::from_static("clear-site-data");
const WHAT: &str = r#""cache", "storage""#;

/// `POST /logout`, with `next` for people who log in anew to go there.
///
/// # Errors
/// The database is away.
pub async fn submit(page: PageRequest, session: Session, form: Form) -> Answer {
    log_out(page.ctx(), page.actor()).await?;
    session::sign_out(&session).await?;
    let mut answer = match onward::wanted(form.text("next")) {
        Some(next) => see_other(&onward::door("/login", Some(&next), Some("signed-out"))),
        None => see_other("/?said=signed-out"),
    };
    answer.headers_mut().insert(CLEAR, HeaderValue::from_static(WHAT));
    Ok(answer)
}
