//! `/provider/services/{slug}`: the form of a service. Every button sends the whole form; those that add or take away
//! rows show it again, the others save it. A form that was opened before another change is told so: both texts stand
//! there, and nothing is overwritten unless one sends it again.

use super::form::{self, Editor};
use super::{PATH, form_questions, form_rows, stale};
use crate::forms::{Form, FormState};
use crate::provider::elsewhere;
use crate::request::{Answer, PageRequest, see_other};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::Shelves;
use domain::catalog::listing::{
    Edited, SaveError, Saved, Typed, edited, fields, read, read_told, save, submit as hand_in,
};
use domain::kernel::{Error, FieldErrors};

/// `GET /provider/services/{slug}`.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage.
pub async fn show(page: PageRequest, Path(slug): Path<String>) -> Answer {
    if page.actor().provider().is_none() && page.actor().user.is_some() {
        return Ok(elsewhere::page(&page));
    }
    let (service, shelves) = edited(page.ctx(), page.actor(), &slug).await?;
    if service.slug != slug {
        return Ok(see_other(&format!("{PATH}/{}", service.slug)));
    }
    let state = FormState::with(opened(&service, &shelves));
    Ok(form::page(&page, StatusCode::OK, &Editor { service: &service, shelves: &shelves, state: &state }))
}

/// `POST /provider/services/{slug}` with `act`: `save`, `submit`, `pictures`, `preview`, `refresh`, `add-extra`,
/// `remove-extra-3`.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage.
pub async fn submit(page: PageRequest, Path(slug): Path<String>, form: Form) -> Answer {
    let (service, shelves) = edited(page.ctx(), page.actor(), &slug).await?;
    let act = form.text("act").to_owned();
    let sent = form.kept();
    let rows = form_rows::changed(&sent, &act).or_else(|| form_questions::changed(&sent, &act));
    let only_rows = rows.is_some();
    let typed = Typed(rows.unwrap_or(sent));
    let (mut listing, mut wrong) = read(&typed, service.listing());
    let asked = shelves.asked(listing.category);
    read_told(&typed, &asked, &mut listing, &mut wrong);
    // Also before a button that only changes rows: the form it answers with would count as new.
    let version = form.parsed("version").unwrap_or(-1);
    if version != service.version {
        return Ok(stale::page(&page, &service, &shelves, typed.0, &listing));
    }
    if only_rows {
        let state = FormState::rejected(typed.0, FieldErrors::new());
        let editor = Editor { service: &service, shelves: &shelves, state: &state };
        return Ok(form::page(&page, StatusCode::OK, &editor));
    }
    if let Err(error) = wrong.into_result() {
        return refused(&page, &service, &shelves, &form.rejected(error)?);
    }
    // What is as it was needs no saving.
    let mut expected = version;
    if listing != *service.listing() {
        expected += 1;
        match save(page.ctx(), page.actor(), &service, version, listing.clone()).await {
            Ok(()) => {}
            Err(SaveError::Stale) => {
                let (service, shelves) = edited(page.ctx(), page.actor(), &slug).await?;
                return Ok(stale::page(&page, &service, &shelves, typed.0, &listing));
            }
            Err(SaveError::Other(error)) => {
                return refused(&page, &service, &shelves, &form.rejected(error)?);
            }
        }
    }
    let here = format!("{PATH}/{}", service.slug);
    match act.as_str() {
        "submit" => handed_in(&page, &slug, expected).await,
        "pictures" => Ok(see_other(&format!("{here}/pictures"))),
        "preview" => Ok(see_other(&format!("{here}/preview"))),
        _ => Ok(see_other(&format!("{here}?said=draft-saved"))),
    }
}

/// What the form starts with. A text in a category that has become part of another one stands there.
fn opened(service: &Edited, shelves: &Shelves) -> Vec<(String, String)> {
    let mut listing = service.listing().clone();
    listing.category = shelves.home_of(listing.category);
    fields(&listing)
}

/// Hands in what was saved just now, and nothing that came after it; what is missing stands beside the fields.
async fn handed_in(page: &PageRequest, slug: &str, expected: i32) -> Answer {
    let (service, shelves) = edited(page.ctx(), page.actor(), slug).await?;
    let done = if service.version == expected {
        hand_in(page.ctx(), page.actor(), &service).await
    } else {
        Err(SaveError::Stale)
    };
    let words = match done {
        Ok(Saved::Waits) => return Ok(see_other(&format!("{PATH}/{}?said=listing-waits", service.slug))),
        Ok(Saved::Live) => return Ok(see_other(&format!("{PATH}/{}?said=listing-live", service.slug))),
        Err(SaveError::Other(Error::Invalid(errors))) => errors,
        Err(SaveError::Other(Error::Conflict(words))) => FieldErrors::one("", words),
        Err(SaveError::Stale) => {
            FieldErrors::one("", "It was saved, and changed in another window right after. This is how it is now.")
        }
        Err(SaveError::Other(error)) => return Err(error.into()),
    };
    let state = FormState::rejected(opened(&service, &shelves), words);
    refused(page, &service, &shelves, &state)
}

fn refused(page: &PageRequest, service: &Edited, shelves: &Shelves, state: &FormState) -> Answer {
    let editor = Editor { service, shelves, state };
    Ok::<Response, _>(form::page(page, StatusCode::UNPROCESSABLE_ENTITY, &editor))
}
