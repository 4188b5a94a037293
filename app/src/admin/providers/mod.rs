//! `/admin/providers`: applications that wait, and the businesses there are.

mod acts;
mod application;
mod business;
pub mod changes;
mod list;
mod review;

pub use acts::{approve, ask, ask_suspend, decide_document, decline, restore, suspend};
pub(super) use list::age_of;
pub use list::show;

use super::enter;
use crate::forms::FormState;
use crate::request::{Answer, PageRequest};
use crate::ui::{Notice, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use domain::kernel::Action;
use leptos::prelude::*;

/// What references of applications begin with; addresses of businesses have small letters only.
const REFERENCE: &str = "AP-";

/// `GET /admin/providers/{key}`: an application by its reference, or a business by its address.
///
/// # Errors
/// Not signed in; not found, also for those who may not see it.
pub async fn one(page: PageRequest, Path(key): Path<String>) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::CheckProviders)? {
        return Ok(elsewhere);
    }
    again(&page, &key, StatusCode::OK, &FormState::default()).await
}

/// Why something could not be decided, and the words that were typed, where its form does not stand on the page any more.
fn moved_on(form: &FormState) -> Option<impl IntoView + use<>> {
    let why = form.error("")?.to_owned();
    let typed =
        ["question", "reason", "note"].map(|field| form.value(field)).into_iter().find(|typed| !typed.is_empty());
    let typed = typed.map(str::to_owned);
    let typed =
        typed.map(|typed| view! { <p class="whitespace-pre-line wrap-anywhere">{format!("You typed: {typed}")}</p> });
    Some(view! { <Notice tone=Tone::Warning live=true><p>{why}</p>{typed}</Notice> })
}

/// The page of an application or a business, with a form in this state.
async fn again(page: &PageRequest, key: &str, status: StatusCode, form: &FormState) -> Answer {
    if key.starts_with(REFERENCE) {
        application::page(page, key, status, form).await
    } else {
        business::page(page, key, status, form).await
    }
}
