//! `/admin`: the back office. Who may not enter a room does not learn that it is there; an operator whose second
//! factor is not set up yet is led to it.

pub mod acting;
pub mod audit;
pub mod categories;
pub mod clear_factor;
pub mod invitations;
pub mod overview;
pub mod providers;
pub mod services;
pub mod user;
pub mod users;

use crate::layout::Head;
use crate::request::{Failure, PageRequest, see_other};
use axum::response::Response;
use domain::kernel::{Action, Error, Object, can};

/// Lets people in, or says where to go first.
fn enter(page: &PageRequest, action: Action) -> Result<Option<Response>, Failure> {
    page.actor().signed_in()?;
    if page.actor().asleep {
        return Ok(Some(see_other("/account/security")));
    }
    if can(page.actor(), action, &Object::default()) { Ok(None) } else { Err(Failure(Error::NotFound)) }
}

fn head(title: impl Into<String>) -> Head {
    Head { title: title.into(), robots_noindex: true, ..Head::default() }
}
