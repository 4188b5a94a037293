//! The picture part of `/account`: what others see of a person, another one, or none.

use super::profile;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, FileField};
use crate::ui::{Avatar, AvatarSize, Button, ButtonKind, Card, ConfirmPage, Icon, LinkButton};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use domain::accounts::{Profile, change_picture, remove_picture};
use domain::pictures::face_address;
use leptos::prelude::*;

/// What the browser offers to choose from. The server looks into the file.
const ACCEPT: &str = "image/jpeg,image/png,image/webp";

/// `POST /account/picture`.
///
/// # Errors
/// Not signed in; too many pictures are being worked on.
pub async fn change(page: PageRequest, request: Request) -> Answer {
    // Before megabytes are read for somebody who may not send them.
    page.actor().signed_in()?;
    let form = match Form::from_request(request, &()).await {
        Ok(form) => form,
        Err(refused) => return Ok(refused),
    };
    let sent = form.file("picture").map(|file| file.bytes.clone()).unwrap_or_default();
    match change_picture(page.ctx(), page.actor(), &sent).await {
        Ok(()) => Ok(see_other("/account?said=picture-changed")),
        Err(error) => {
            let state = form.rejected(error)?;
            profile::with_picture(&page, StatusCode::UNPROCESSABLE_ENTITY, &state).await
        }
    }
}

/// `GET /account/picture/remove`.
///
/// # Errors
/// Not signed in.
pub async fn ask_remove(page: PageRequest) -> Answer {
    page.actor().signed_in()?;
    let head = Head { title: "Remove your picture".to_owned(), robots_noindex: true, ..Head::default() };
    let body = view! {
        <div class="page-narrow">
            <ConfirmPage title="Remove your picture?" text="It is deleted at once. Your initials stand in its place until you choose another one.">
                <form method="post" action="/account/picture/remove" class="row">
                    <Button kind=ButtonKind::Danger>"Remove my picture"</Button>
                    <LinkButton href="/account" kind=ButtonKind::Quiet>"Keep it"</LinkButton>
                </form>
            </ConfirmPage>
        </div>
    };
    Ok(page.show(head, Frame::Account, body))
}

/// `POST /account/picture/remove`.
///
/// # Errors
/// Not signed in.
pub async fn remove(page: PageRequest) -> Answer {
    remove_picture(page.ctx(), page.actor()).await?;
    Ok(see_other("/account?said=picture-removed"))
}

/// The part itself.
pub(super) fn part(state: &FormState, profile: &Profile) -> impl IntoView + use<> {
    let name = format!("{} {}", profile.first_name, profile.last_name);
    let src = profile.picture.as_deref().map(|key| face_address(key, 384));
    let remove = profile.picture.is_some().then(|| {
        view! { <LinkButton href="/account/picture/remove" kind=ButtonKind::Quiet icon=Icon::TRASH>"Remove it"</LinkButton> }
    });
    let label = if profile.picture.is_some() { "Another picture" } else { "A picture of you" };
    let field = view! {
        <ErrorSummary form=state/>
        <FileField form=state name="picture" label=label accept=ACCEPT required=true
            hint="JPEG, PNG or WebP, up to 10 MB. The middle is cut out as a square, and where and with what it was taken is left out."/>
    };
    view! {
        <Card title="Your picture" dense=true>
            <div class="face-part">
                <Avatar name=name src=src size=AvatarSize::Huge decorative=false/>
                <form class="form" method="post" action="/account/picture" enctype="multipart/form-data" novalidate=true>
                    {field}
                    <div class="row">
                        <Button icon=Icon::UPLOAD>"Use this picture"</Button>
                        {remove}
                    </div>
                </form>
            </div>
        </Card>
    }
}
