//! What a checker does: approve, ask, decline, suspend, restore, decide a document.

use super::super::enter;
use super::{again, business};
use crate::forms::{Form, FormState};
use crate::request::{Answer, PageRequest, see_other};
use axum::extract::Path;
use axum::http::StatusCode;
use domain::kernel::{Action, DocumentId, Error};
use domain::onboarding;

/// The same page with what was typed; 409 when things have moved on.
pub(super) async fn refused(page: &PageRequest, key: &str, form: &Form, error: Error) -> Answer {
    let conflict = matches!(error, Error::Conflict(_));
    let state = form.rejected(error)?;
    let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    again(page, key, status, &state).await
}

fn version(form: &Form) -> i32 {
    form.parsed("version").unwrap_or(0)
}

/// `POST /admin/providers/{reference}/approve`.
///
/// # Errors
/// Not found for those who may not.
pub async fn approve(page: PageRequest, Path(key): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::CheckProviders)? {
        return Ok(elsewhere);
    }
    match onboarding::approve(page.ctx(), page.actor(), &key, version(&form)).await {
        Ok(slug) => Ok(see_other(&format!("/admin/providers/{slug}?said=application-approved"))),
        Err(error) => refused(&page, &key, &form, error).await,
    }
}

/// `POST /admin/providers/{reference}/ask`.
///
/// # Errors
/// Not found for those who may not.
pub async fn ask(page: PageRequest, Path(key): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::CheckProviders)? {
        return Ok(elsewhere);
    }
    match onboarding::ask_for_more(page.ctx(), page.actor(), &key, version(&form), form.text("question")).await {
        Ok(()) => Ok(see_other(&format!("/admin/providers/{key}?said=application-asked"))),
        Err(error) => refused(&page, &key, &form, error).await,
    }
}

/// `POST /admin/providers/{reference}/decline`.
///
/// # Errors
/// Not found for those who may not.
pub async fn decline(page: PageRequest, Path(key): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::CheckProviders)? {
        return Ok(elsewhere);
    }
    match onboarding::decline(page.ctx(), page.actor(), &key, version(&form), form.text("reason")).await {
        Ok(()) => Ok(see_other(&format!("/admin/providers/{key}?said=application-declined"))),
        Err(error) => refused(&page, &key, &form, error).await,
    }
}

/// `GET /admin/providers/{slug}/suspend`.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn ask_suspend(page: PageRequest, Path(key): Path<String>) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::CheckProviders)? {
        return Ok(elsewhere);
    }
    business::suspend_page(&page, &key, StatusCode::OK, &FormState::default()).await
}

/// `POST /admin/providers/{slug}/suspend`.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn suspend(page: PageRequest, Path(key): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::CheckProviders)? {
        return Ok(elsewhere);
    }
    match onboarding::suspend_business(page.ctx(), page.actor(), &key, form.text("reason")).await {
        Ok(()) => Ok(see_other(&format!("/admin/providers/{key}?said=business-suspended"))),
        Err(error @ Error::Invalid(_)) => {
            let state = form.rejected(error)?;
            business::suspend_page(&page, &key, StatusCode::UNPROCESSABLE_ENTITY, &state).await
        }
        Err(error) => refused(&page, &key, &form, error).await,
    }
}

/// `POST /admin/providers/{slug}/restore`.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn restore(page: PageRequest, Path(key): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::CheckProviders)? {
        return Ok(elsewhere);
    }
    match onboarding::restore_business(page.ctx(), page.actor(), &key).await {
        Ok(()) => Ok(see_other(&format!("/admin/providers/{key}?said=business-restored"))),
        Err(error) => refused(&page, &key, &form, error).await,
    }
}

/// `POST /admin/providers/{slug}/documents`: accepts or refuses one.
///
/// # Errors
/// Not found for those who may not.
pub async fn decide_document(page: PageRequest, Path(key): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::CheckProviders)? {
        return Ok(elsewhere);
    }
    let document = form.parsed("document").map(DocumentId).ok_or(Error::NotFound)?;
    let accept = form.text("decision") == "accept";
    match onboarding::decide_document(page.ctx(), page.actor(), document, accept, form.text("note")).await {
        Ok(()) => Ok(see_other(&format!("/admin/providers/{key}?said=document-decided"))),
        Err(error) => refused(&page, &key, &form, error).await,
    }
}
