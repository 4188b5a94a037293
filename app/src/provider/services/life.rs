//! Pausing, offering again, putting away, copying, and throwing changes away.

use super::{PATH, head, trail};
use crate::forms::Form;
use crate::layout::Frame;
use crate::request::{Answer, Failure, PageRequest, see_other};
use crate::ui::{Breadcrumbs, Button, ButtonKind, ConfirmPage, LinkButton};
use axum::extract::Path;
use domain::catalog::listing::{SaveError, Standing, discard as throw_away, duplicate as copy, edited, stand as act};
use domain::kernel::{Error, ServiceId};
use leptos::prelude::*;

/// An answer for somebody who was too late.
fn too_late(error: SaveError) -> Failure {
    match error {
        SaveError::Stale => {
            Failure(Error::Outrun("This service was changed in another window just now. Look at it again.".to_owned()))
        }
        SaveError::Other(error) => Failure(error),
    }
}

/// `POST /provider/services/{slug}/stand` with `act`: `pause`, `resume`, `archive`, `restore`.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage; not possible any more.
pub async fn stand(page: PageRequest, Path(slug): Path<String>, form: Form) -> Answer {
    page.actor().signed_in()?;
    let standing = Standing::parse(form.text("act")).ok_or(Error::NotFound)?;
    act(page.ctx(), page.actor(), &slug, standing).await.map_err(too_late)?;
    let said = match standing {
        Standing::Pause => "service-paused",
        Standing::Resume => "service-resumed",
        Standing::Archive => "service-archived",
        Standing::Restore => "service-restored",
    };
    Ok(see_other(&format!("{PATH}/{slug}?said={said}")))
}

/// `GET /provider/services/{slug}/archive`: asks.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage.
pub async fn ask_archive(page: PageRequest, Path(slug): Path<String>) -> Answer {
    let (service, _) = edited(page.ctx(), page.actor(), &slug).await?;
    let back = format!("{PATH}/{}", service.slug);
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail(&service) here="Archive"/>
            <ConfirmPage title="Put it into the archive?" text="Customers find it no more, and nobody can book it. What is booked already stays agreed, and reviews stay. You can take it out again.">
                <form method="post" action=format!("{back}/stand") class="row">
                    <Button kind=ButtonKind::Danger name="act" value="archive">"Put it into the archive"</Button>
                    <LinkButton href=back.clone() kind=ButtonKind::Quiet>"Keep it"</LinkButton>
                </form>
            </ConfirmPage>
        </div>
    };
    Ok(page.show(head("Archive a service"), Frame::Provider, body))
}

/// `GET /provider/services/{slug}/discard`: asks.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage.
pub async fn ask_discard(page: PageRequest, Path(slug): Path<String>) -> Answer {
    let (service, _) = edited(page.ctx(), page.actor(), &slug).await?;
    let back = format!("{PATH}/{}", service.slug);
    let version = service.version.to_string();
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail(&service) here="Throw the changes away"/>
            <ConfirmPage title="Throw the changes away?" text="The text goes back to what customers see. What you wrote stays in the history.">
                <form method="post" action=format!("{back}/discard") class="row">
                    <input type="hidden" name="version" value=version/>
                    <Button kind=ButtonKind::Danger>"Throw them away"</Button>
                    <LinkButton href=back.clone() kind=ButtonKind::Quiet>"Keep them"</LinkButton>
                </form>
            </ConfirmPage>
        </div>
    };
    Ok(page.show(head("Throw the changes away"), Frame::Provider, body))
}

/// `POST /provider/services/{slug}/discard`.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage; nothing to go back to.
pub async fn discard(page: PageRequest, Path(slug): Path<String>, form: Form) -> Answer {
    page.actor().signed_in()?;
    let version = form.parsed("version").unwrap_or(-1);
    throw_away(page.ctx(), page.actor(), &slug, version).await.map_err(too_late)?;
    Ok(see_other(&format!("{PATH}/{slug}?said=changes-gone")))
}

/// `POST /provider/services/{slug}/duplicate`.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage.
pub async fn duplicate(page: PageRequest, Path(slug): Path<String>, form: Form) -> Answer {
    page.actor().signed_in()?;
    let made = copy(page.ctx(), page.actor(), &slug, form.parsed("key").map(ServiceId)).await?;
    Ok(see_other(&format!("{PATH}/{made}?said=service-copied")))
}
