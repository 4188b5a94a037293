//! `/verify-email/{token}`: proving an address, new or not.

use super::passwords::stale;
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::{Button, ButtonSize};
use axum::extract::Path;
use domain::accounts::{proof_works, prove};
use domain::kernel::Error;
use leptos::prelude::*;

/// `GET /verify-email/{token}`: asks for a press of a button. Looking does not use the link: mail programs look, too.
///
/// # Errors
/// The database is away.
pub async fn show(page: PageRequest, Path(token): Path<String>) -> Answer {
    if !proof_works(page.ctx(), &token).await? {
        return Ok(stale(&page, "Confirm your address", "/account", "Go to your account"));
    }
    let head = Head { title: "Confirm your address".to_owned(), robots_noindex: true, ..Head::default() };
    let action = format!("/verify-email/{token}");
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Confirm your address"</h1>
                <p class="lead">"One press, and everybody knows that mail reaches you."</p>
            </div>
            <form class="form" method="post" action=action>
                <Button size=ButtonSize::Large full=true>"Yes, this address is mine"</Button>
            </form>
        </div>
    };
    Ok(page.show(head, Frame::Focused, body))
}

/// `POST /verify-email/{token}`.
///
/// # Errors
/// The database is away.
pub async fn submit(page: PageRequest, Path(token): Path<String>) -> Answer {
    match prove(page.ctx(), page.actor(), &token).await {
        Ok(()) if page.actor().user.is_some() => Ok(see_other("/account?said=email-verified")),
        Ok(()) => Ok(see_other("/login?said=email-verified")),
        Err(Error::Conflict(_)) => Ok(stale(&page, "Confirm your address", "/account", "Go to your account")),
        Err(error) => Err(error.into()),
    }
}
