//! `/provider/services/{slug}/pictures`: pictures are sent, several at once, put in order by buttons or by hand, told in
//! words, taken away.

use super::{PATH, trail, writing};
use crate::catalog::cards::picture;
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field, FileField};
use crate::ui::{AskFirst, Breadcrumbs, Button, ButtonKind, Card, Glyph, Icon, LinkButton, Notice, Picture, Tone};
use axum::Json;
use axum::extract::{FromRequest, Path, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::catalog::ServicePicture;
use domain::catalog::listing::{
    Edited, MOST_PICTURES, PictureAct, RevisionState, SaveError, SentPicture, add_pictures, arrange_picture, edited,
};
use domain::kernel::{Error, FieldErrors};
use domain::pictures::LARGEST;
use leptos::prelude::*;
use serde_json::json;

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

/// `POST /provider/services/{slug}/pictures`: adds those that can be taken. A script that asks for JSON is told why the
/// others were not; whether anything else went wrong it learns from the status, as everybody does.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage; too many pictures are being worked on.
pub async fn add(page: PageRequest, Path(slug): Path<String>, request: Request) -> Answer {
    // Before megabytes are read for somebody who may not send them.
    let (service, _) = edited(page.ctx(), page.actor(), &slug).await?;
    let script = request.headers().get(header::ACCEPT).is_some_and(|kind| kind == "application/json");
    let form = match Form::from_request(request, &()).await {
        Ok(form) => form,
        Err(refused) => return Ok(refused),
    };
    let sent: Vec<SentPicture<'_>> =
        form.files("picture").map(|file| SentPicture { name: &file.name, bytes: &file.bytes }).collect();
    let done = add_pictures(page.ctx(), page.actor(), &service, &sent, form.text("alt")).await;
    let refused = match &done {
        Ok(refused) => refused.clone(),
        Err(SaveError::Other(Error::Invalid(wrong))) => wrong.iter().map(|(_, words)| words.to_owned()).collect(),
        Err(_) => Vec::new(),
    };
    if script && (done.is_ok() || !refused.is_empty()) {
        return Ok(Json(json!({ "refused": refused })).into_response());
    }
    if done.is_ok() && !refused.is_empty() {
        let (service, _) = edited(page.ctx(), page.actor(), &slug).await?;
        let words = format!("The others were added. {}", refused.join(" "));
        let state = FormState::default().complaining(FieldErrors::one("picture", words));
        return Ok(answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &service, &state, None));
    }
    done_with(&page, &slug, &service, &form, done.map(drop), "picture-added").await
}

/// `POST /provider/services/{slug}/pictures/arrange` with `which` and `act`: `up`, `down`, `to` (a `place`), `remove`,
/// `describe`.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage.
pub async fn arrange(page: PageRequest, Path(slug): Path<String>, form: Form) -> Answer {
    let (service, _) = edited(page.ctx(), page.actor(), &slug).await?;
    let (act, said) = match form.text("act") {
        "up" => (PictureAct::Up, "pictures-ordered"),
        "down" => (PictureAct::Down, "pictures-ordered"),
        "to" => (PictureAct::To(form.parsed("place").ok_or(Error::NotFound)?), "pictures-ordered"),
        "remove" => (PictureAct::Remove, "listing-picture-removed"),
        // What the enter key presses.
        "describe" | "" => (PictureAct::Stay, "saved"),
        _ => return Err(Error::NotFound.into()),
    };
    if form.parsed("version") != Some(service.version) {
        return Ok(late(&page, &service, &form));
    }
    // Every button of a picture sends its words as well; what a script sends after a drag has none.
    let words =
        Some(form.text("number")).filter(|number| !number.is_empty()).map(|number| form.text(&words_field(number)));
    let done = arrange_picture(page.ctx(), page.actor(), &service, form.text("which"), act, words).await;
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
            Ok(late(page, &service, form))
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

/// The pictures as they are now, and that they are others than a moment ago. Words that were typed about one of them
/// still stand beside it.
fn late(page: &PageRequest, service: &Edited, form: &Form) -> Response {
    let words = "The pictures or the text were changed in another window. This is how they are now.";
    let (which, typed) = (form.text("which"), form.text(&words_field(form.text("number"))));
    let place = service.listing().pictures.iter().position(|one| one.key == which);
    if let Some(place) = place.filter(|place| service.listing().pictures[*place].alt != typed) {
        let field = words_field(&(place + 1).to_string());
        let mut told = FieldErrors::one("", words);
        told.add(&field, "These words are not saved yet. Save them again to keep them.");
        let state = FormState::rejected(vec![(field, typed.to_owned())], told);
        return answer(page, StatusCode::CONFLICT, service, &state, Some(which));
    }
    let state = FormState::rejected(form.kept(), FieldErrors::one("", words));
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
        view! { <ol class="gallery-rows" data-order=true>{rows}</ol> }.into_any()
    };
    let words = match service.state() {
        Some(RevisionState::Submitted) => {
            Some("It waits for our review. A change of its pictures takes it back: hand it in again when you are done.")
        }
        _ if service.published => {
            Some("Other pictures are looked at before customers see them. When you are done, hand the service in.")
        }
        Some(RevisionState::Draft) => Some("When you are done, hand the service in: until then nobody looks at it."),
        _ => None,
    };
    let live = words.map(|words| view! { <Notice tone=Tone::Info><p>{words}</p></Notice> });
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail(service) here="Pictures"/>
            <h1>"Pictures"</h1>
            {live}
            <div class="stack" data-pictures=true>
                <p class="field-error" data-told=true tabindex="-1" role="alert" hidden=true></p>
                {list}
                {form(adding, &base, pictures.len())}
            </div>
            <div><LinkButton href=base kind=ButtonKind::Secondary icon=Icon::ARROW_LEFT>"Back to the text"</LinkButton></div>
        </div>
    };
    page.show_with(status, writing("Pictures"), Frame::Provider, body)
}

fn form(state: &FormState, base: &str, count: usize) -> AnyView {
    if count >= MOST_PICTURES {
        return view! { <p class="muted">{format!("{MOST_PICTURES} pictures are the most. Take one away to add another.")}</p> }
            .into_any();
    }
    let action = format!("{base}/pictures");
    let inner = view! {
            <form class="form" method="post" action=action enctype="multipart/form-data" novalidate=true
                data-upload=true data-largest=LARGEST.to_string()>
                <ErrorSummary form=state/>
                <FileField form=state name="picture" label="Pictures" accept=ACCEPT required=true multiple=true
                    hint="JPEG, PNG or WebP, up to 10 MB together, at least 300 pixels high. The middle is cut out in the shape 4:3, and where and with what it was taken is left out."/>
                <Field form=state name="alt" label="What is to be seen" optional=true maxlength=200
                    hint="For people who cannot see it, and for search. Of several, in the first one; the others are told in words below."/>
                <progress class="upload-progress" value="0" max="1" aria-label="Sent so far" hidden=true></progress>
                <p class="muted text-sm" aria-live="polite"></p>
                <div><Button icon=Icon::UPLOAD>"Add these pictures"</Button></div>
            </form>
    };
    view! { <Card title="Add pictures">{inner}</Card> }.into_any()
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
    let (up, down, remove) = (format!(": {words}"), format!(": {words}"), format!(": {words}"));
    let shown = picture(Some(one), true);
    let summary = view! { <ErrorSummary form=state/> };
    let name = words_field(&number.to_string());
    let alt = view! { <Field form=state name=name label=format!("What is to be seen in {words}") value=one.alt.clone() maxlength=200/> };
    view! {
        <li class="gallery-row">
            <div class="gallery-frame">
                <Picture picture=shown sizes="12rem" class="gallery-shot"/>
                // For the mouse alone: the buttons do the same for everybody.
                <span class="gallery-grip" data-grip=true aria-hidden="true" hidden=true><Glyph icon=Icon::ARROW_UP_DOWN/></span>
            </div>
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
                    <AskFirst label="Remove" about=words.clone() icon=Icon::TRASH text="It is taken out of the text with its words.">
                        <Button kind=ButtonKind::Danger name="act" value="remove">
                            "Remove it"<span class="sr-only">{remove}</span>
                        </Button>
                    </AskFirst>
                </div>
            </form>
        </li>
    }
}
