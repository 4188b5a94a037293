//! `/provider/blocked`: customers a business does not want to meet again.

use super::{business, elsewhere};
use crate::catalog::blocking::list_page;
use crate::forms::Form;
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use domain::catalog;
use domain::kernel::Error;

const PATH: &str = "/provider/blocked";

/// `GET /provider/blocked`, for those who act for the business.
///
/// # Errors
/// Not signed in; not found for members who do not manage.
pub async fn show(page: PageRequest) -> Answer {
    let Some(provider) = business(&page)? else {
        return Ok(elsewhere::page(&page));
    };
    let blocked = catalog::blocked_by_provider(page.ctx(), page.actor(), provider).await?;
    let told =
        ("Nobody is blocked", "Customers you do not want to meet again can be blocked on the page of their booking.");
    let lead = "Customers you do not want to meet again. They cannot book anything new with your business.";
    Ok(list_page(&page, Frame::Provider, PATH, lead, told, &blocked))
}

/// `POST /provider/blocked`: takes the block `which` back.
///
/// # Errors
/// Not signed in; not one's own.
pub async fn undo(page: PageRequest, form: Form) -> Answer {
    page.actor().signed_in()?;
    let id = form.parsed("which").ok_or(Error::NotFound)?;
    catalog::unblock(page.ctx(), page.actor(), id).await?;
    Ok(see_other(&format!("{PATH}?said=not-apart")))
}
