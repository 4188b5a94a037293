//! What an applicant does beside the steps: documents, sending, taking back, beginning again.

use super::HERE;
use super::page::again;
use crate::forms::Form;
use crate::request::{Answer, PageRequest, see_other};
use axum::extract::{FromRequest, Request};
use domain::kernel::{DocumentId, Error};
use domain::onboarding::{self, Step, TypedDocument};

const DOCUMENTS: &str = "/provider/apply?step=documents";

/// `POST /provider/apply/documents`.
///
/// # Errors
/// Not signed in; somebody acts for the person; too many pictures are being worked on.
pub async fn add_document(page: PageRequest, request: Request) -> Answer {
    // Before megabytes are read for somebody who may not send them.
    page.actor().in_person()?;
    let form = match Form::from_request(request, &()).await {
        Ok(form) => form,
        Err(refused) => return Ok(refused),
    };
    match add(&page, &form).await {
        Ok(()) => Ok(see_other(DOCUMENTS)),
        Err(error) => again(&page, Step::Documents, &form, error).await,
    }
}

/// Shows the document of a form.
pub(crate) async fn add(page: &PageRequest, form: &Form) -> Result<(), Error> {
    let sent = form.file("document").map(|file| file.bytes.clone()).unwrap_or_default();
    let (kind, number, expires_on) = (form.text("kind"), form.text("number"), form.text("expires_on"));
    onboarding::add_document(page.ctx(), page.actor(), TypedDocument { kind, number, expires_on }, &sent).await
}

/// `POST /provider/apply/documents/remove`.
///
/// # Errors
/// Not signed in; not theirs.
pub async fn remove_document(page: PageRequest, form: Form) -> Answer {
    page.actor().in_person()?;
    onboarding::remove_document(page.ctx(), page.actor(), id(&form)?).await?;
    Ok(see_other(DOCUMENTS))
}

pub(crate) fn id(form: &Form) -> Result<DocumentId, Error> {
    form.parsed("document").map(DocumentId).ok_or(Error::NotFound)
}

/// `POST /provider/apply/send`.
///
/// # Errors
/// Not signed in; there is nothing to send.
pub async fn send(page: PageRequest, form: Form) -> Answer {
    page.actor().signed_in()?;
    match onboarding::send(page.ctx(), page.actor(), version(&form)).await {
        Ok(()) => Ok(see_other("/provider/apply?said=application-sent")),
        Err(error) => again(&page, Step::Check, &form, error).await,
    }
}

/// `POST /provider/apply/withdraw`.
///
/// # Errors
/// Not signed in; it was decided meanwhile.
pub async fn withdraw(page: PageRequest, form: Form) -> Answer {
    page.actor().signed_in()?;
    onboarding::withdraw(page.ctx(), page.actor(), version(&form)).await?;
    Ok(see_other(HERE))
}

/// `POST /provider/apply/again`.
///
/// # Errors
/// Not signed in; it has not ended.
pub async fn begin_again(page: PageRequest, form: Form) -> Answer {
    page.actor().signed_in()?;
    onboarding::begin_again(page.ctx(), page.actor(), version(&form)).await?;
    Ok(see_other("/provider/apply?step=business"))
}

fn version(form: &Form) -> i32 {
    form.parsed("version").unwrap_or(0)
}
