//! `/provider/services/{slug}/pictures`: pictures are sent, put in order by buttons, told in words, taken away.

use super::{PATH, head, trail};
use crate::catalog::cards::picture;
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field, FileField};
use crate::ui::{Breadcrumbs, Button, ButtonKind, Card, Icon, LinkButton, Notice, Picture, Tone};
use axum::extract::{FromRequest, Path, Request};
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::ServicePicture;
use domain::catalog::listing::{Edited, MOST_PICTURES, PictureAct, SaveError, add_picture, arrange_picture, edited};
use domain::kernel::{Error, FieldErrors};
use leptos::prelude::*;

/// What the browser offers to choose from. The server looks into the file.
const ACCEPT: &str = "image/jpeg,image/png,image/webp";

/// `GET /provider/services/{slug}/pictures`.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage.
pub async fn show(page: PageRequest, Path(slug): Path<String>) -> Answer {
    let (service, _) = edited(page.ctx(), page.actor(), &slug).await?;
    Ok(answer(&page, StatusCode::OK, &service, &FormState::default(), None))
}

/// `POST /provider/services/{slug}/pictures`: adds one.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage; too many pictures are being worked on.
pub async fn add(page: PageRequest, Path(slug): Path<String>, request: Request) -> Answer {
    // Before megabytes are read for somebody who may not send them.
    let (service, _) = edited(page.ctx(), page.actor(), &slug).await?;
    let form = match Form::from_request(request, &()).await {
        Ok(form) => form,
        Err(refused) => return Ok(refused),
    };
    let sent = form.file("picture").map(|file| file.bytes.clone()).unwrap_or_default();
    let done = add_picture(page.ctx(), page.actor(), &service, (&sent, form.text("alt"))).await;
    done_with(&page, &slug, &service, &form, done, "picture-added").await
}

/// `POST /provider/services/{slug}/pictures/arrange` with `which` and `act`: `up`, `down`, `remove`, `describe`.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage.
pub async fn arrange(page: PageRequest, Path(slug): Path<String>, form: Form) -> Answer {
    let (service, _) = edited(page.ctx(), page.actor(), &slug).await?;
    let (act, said) = match form.text("act") {
        "up" => (PictureAct::Up, "pictures-ordered"),
        "down" => (PictureAct::Down, "pictures-ordered"),
        "remove" => (PictureAct::Remove, "listing-picture-removed"),
        // What the enter key presses.
        "describe" | "" => (PictureAct::Describe(form.text(&words_field(form.text("number"))).to_owned()), "saved"),
        _ => return Err(Error::NotFound.into()),
    };
    if form.parsed("version") != Some(service.version) {
        return Ok(late(&page, &service));
    }
    let done = arrange_picture(page.ctx(), page.actor(), &service, form.text("which"), act).await;
    done_with(&page, &slug, &service, &form, done, said).await
}

async fn done_with(
    page: &PageRequest,
    slug: &str,
    service: &Edited,
    form: &Form,
    done: Result<(), SaveError>,
    said: &str,
) -> Answer {
    match done {
        Ok(()) => Ok(see_other(&format!("{PATH}/{}/pictures?said={said}", service.slug))),
        Err(SaveError::Stale) => {
            let (service, _) = edited(page.ctx(), page.actor(), slug).await?;
            Ok(late(page, &service))
        }
        Err(SaveError::Other(error)) => {
            let which = Some(form.text("which")).filter(|which| !which.is_empty());
            let error = match (error, which) {
                (Error::Invalid(errors), Some(_)) => {
                    let words = errors.iter().map(|(_, message)| message).collect::<Vec<_>>().join(" ");
                    Error::invalid(&words_field(form.text("number")), words)
                }
                (error, _) => error,
            };
            let state = form.rejected(error)?;
            Ok(answer(page, StatusCode::UNPROCESSABLE_ENTITY, service, &state, which))
        }
    }
}

/// The field with the words about a picture that is there, counted from 1.
fn words_field(number: &str) -> String {
    format!("words-{number}")
}

/// The pictures as they are now, and that they are others than a moment ago.
fn late(page: &PageRequest, service: &Edited) -> Response {
    let words = "The pictures or the text were changed in another window. This is how they are now.";
    let state = FormState::default().complaining(FieldErrors::one("", words));
    answer(page, StatusCode::CONFLICT, service, &state, None)
}

/// `state` is that of the form for a new picture, or of the one about `which`.
fn answer(
    page: &PageRequest,
    status: StatusCode,
    service: &Edited,
    state: &FormState,
    which: Option<&str>,
) -> Response {
    let pictures = &service.listing().pictures;
    let base = format!("{PATH}/{}", service.slug);
    let last = pictures.len().saturating_sub(1);
    let fresh = FormState::default();
    let rows = pictures
        .iter()
        .enumerate()
        .map(|(place, one)| {
            let state = if which == Some(one.key.as_str()) { state } else { &fresh };
            row(state, &base, service.version, one, (place, last))
        })
        .collect::<Vec<_>>();
    let adding = if which.is_none() { state } else { &fresh };
    let list = if rows.is_empty() {
        view! { <p class="muted">"No picture yet. The first one you add is the one people see in lists."</p> }
            .into_any()
    } else {
        view! { <ol class="gallery-rows">{rows}</ol> }.into_any()
    };
    let live = service.published.then(|| {
        view! {
            <Notice tone=Tone::Info>
                <p>"Other pictures are looked at before customers see them. When you are done, hand the service in."</p>
            </Notice>
        }
    });
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail(service) here="Pictures"/>
            <h1>"Pictures"</h1>
            {live}
            {list}
            {form(adding, &base, pictures.len())}
            <div><LinkButton href=base kind=ButtonKind::Secondary icon=Icon::ARROW_LEFT>"Back to the text"</LinkButton></div>
        </div>
    };
    page.show_with(status, head("Pictures"), Frame::Provider, body)
}

fn form(state: &FormState, base: &str, count: usize) -> AnyView {
    if count >= MOST_PICTURES {
        return view! { <p class="muted">{format!("{MOST_PICTURES} pictures are the most. Take one away to add another.")}</p> }
            .into_any();
    }
    let action = format!("{base}/pictures");
    let inner = view! {
            <form class="form" method="post" action=action enctype="multipart/form-data" novalidate=true>
                <ErrorSummary form=state/>
                <FileField form=state name="picture" label="Picture" accept=ACCEPT required=true
                    hint="JPEG, PNG or WebP, up to 10 MB, at least 300 pixels high. The middle is cut out in the shape 4:3, and where and with what it was taken is left out."/>
                <Field form=state name="alt" label="What is to be seen" optional=true maxlength=200
                    hint="For people who cannot see it, and for search."/>
                <div><Button icon=Icon::UPLOAD>"Add this picture"</Button></div>
            </form>
    };
    view! { <Card title="Add a picture">{inner}</Card> }.into_any()
}

fn row(
    state: &FormState,
    base: &str,
    version: i32,
    one: &ServicePicture,
    (place, last): (usize, usize),
) -> impl IntoView + use<> {
    let number = place + 1;
    let action = format!("{base}/pictures/arrange");
    let words = format!("picture {number}");
    let (up, down, remove) = (format!(": {words}"), format!(": {words}"), format!(" {words}"));
    let shown = picture(Some(one), true);
    let summary = view! { <ErrorSummary form=state/> };
    let name = words_field(&number.to_string());
    let alt = view! { <Field form=state name=name label=format!("What is to be seen in {words}") value=one.alt.clone() maxlength=200/> };
    view! {
        <li class="gallery-row">
            <Picture picture=shown sizes="12rem" class="gallery-shot"/>
            <form class="form" method="post" action=action novalidate=true>
                {summary}
                <input type="hidden" name="version" value=version.to_string()/>
                <input type="hidden" name="which" value=one.key.clone()/>
                <input type="hidden" name="number" value=number.to_string()/>
                {alt}
                <div class="row">
                    <Button kind=ButtonKind::Secondary name="act" value="describe">"Save the words"</Button>
                    <Button kind=ButtonKind::Quiet name="act" value="up" disabled=place == 0 icon=Icon::CHEVRON_UP>
                        "Up"<span class="sr-only">{up}</span>
                    </Button>
                    <Button kind=ButtonKind::Quiet name="act" value="down" disabled=place == last icon=Icon::CHEVRON_DOWN>
                        "Down"<span class="sr-only">{down}</span>
                    </Button>
                    <Button kind=ButtonKind::Quiet name="act" value="remove" icon=Icon::TRASH>
                        "Remove"<span class="sr-only">{remove}</span>
                    </Button>
                </div>
            </form>
        </li>
    }
}
