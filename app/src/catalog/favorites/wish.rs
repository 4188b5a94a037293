//! A visitor who presses a heart logs in and finds it done: the wish waits in the session of the browser, where only a
//! form of ours can have put it.

use super::heart::returned;
use crate::accounts::session;
use crate::request::{Answer, PageRequest, see_other};
use domain::catalog;
use tower_sessions::Session;

/// Keeps the wish and leads to the door.
pub(super) async fn remember(page: &PageRequest, session: &Session, slug: String, back: String) -> Answer {
    session::wish(session, slug, back, page.ctx().clock.now()).await?;
    Ok(see_other("/login?next=%2Ffavorites%2Fwish"))
}

/// `GET /favorites/wish`: does what was wished before the door, once.
///
/// # Errors
/// Not signed in; the service is gone, or there are too many.
pub async fn grant(page: PageRequest, session: Session) -> Answer {
    page.actor().signed_in()?;
    let Some((slug, back)) = session::wished(&session, page.ctx().clock.now()).await? else {
        return Ok(see_other("/favorites"));
    };
    catalog::keep(page.ctx(), page.actor(), &slug).await?;
    Ok(see_other(&returned(&back, &slug, "kept")))
}
