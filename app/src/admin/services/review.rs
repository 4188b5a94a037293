//! `/admin/services/{slug}`: what customers see and what was handed in, side by side, and the decision.

use super::{PATH, age};
use crate::admin::{enter, head};
use crate::catalog::cards::picture;
use crate::catalog::changes::{all_of_it, side_by_side};
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::provider::services::standing;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, TextArea};
use crate::ui::{Badge, Breadcrumbs, Button, ButtonKind, Card, Link, Notice, Picture, Tone, Verified};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::listing::{
    self, Chosen, Listing, Review, RevisionState, for_review, missing, missing_told, named, told_apart, told_whole,
};
use domain::catalog::{Shelves, Status};
use domain::kernel::{Action, Error, ServiceId};
use leptos::prelude::*;

/// `GET /admin/services/{slug}`.
///
/// # Errors
/// Not signed in; not found, also for those who may not see it.
pub async fn show(page: PageRequest, Path(slug): Path<String>) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::ReviewListings)? {
        return Ok(elsewhere);
    }
    let (review, shelves) = for_review(page.ctx(), page.actor(), &slug).await?;
    Ok(answer(&page, StatusCode::OK, &FormState::default(), &review, &shelves))
}

/// `POST /admin/services/{slug}/approve`.
///
/// # Errors
/// Not signed in; not found for those who may not; changed or decided meanwhile.
pub async fn approve(page: PageRequest, Path(slug): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::ReviewListings)? {
        return Ok(elsewhere);
    }
    match listing::approve(page.ctx(), page.actor(), chosen(&form)?).await {
        Ok(()) => Ok(see_other(&format!("{PATH}?said=listing-approved"))),
        Err(error) => refused(&page, &slug, &form, error).await,
    }
}

/// `POST /admin/services/{slug}/decline` with `reason`.
///
/// # Errors
/// Not signed in; not found for those who may not; changed or decided meanwhile.
pub async fn decline(page: PageRequest, Path(slug): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::ReviewListings)? {
        return Ok(elsewhere);
    }
    match listing::decline(page.ctx(), page.actor(), chosen(&form)?, form.text("reason")).await {
        Ok(()) => Ok(see_other(&format!("{PATH}?said=listing-declined"))),
        Err(error) => refused(&page, &slug, &form, error).await,
    }
}

/// The service as it is now, with what was typed: 422, or 409 when things have moved on.
async fn refused(page: &PageRequest, slug: &str, form: &Form, error: Error) -> Answer {
    let status = match error {
        Error::Conflict(_) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let state = form.rejected(error)?;
    let (review, shelves) = for_review(page.ctx(), page.actor(), slug).await?;
    Ok(answer(page, status, &state, &review, &shelves))
}

/// Why it could not be decided, and what was typed, where there is nothing to decide about any more.
fn moved_on(state: &FormState) -> Option<impl IntoView + use<>> {
    let words = state.error("")?.to_owned();
    let typed = Some(state.value("reason").to_owned()).filter(|typed| !typed.is_empty());
    let typed =
        typed.map(|typed| view! { <p class="whitespace-pre-line wrap-anywhere">{format!("You typed: {typed}")}</p> });
    Some(view! { <Notice tone=Tone::Warning live=true><div class="stack"><p>{words}</p>{typed}</div></Notice> })
}

fn chosen(form: &Form) -> Result<Chosen, Error> {
    let service = form.parsed("service").map(ServiceId).ok_or(Error::NotFound)?;
    Ok(Chosen { service, version: form.parsed("version").ok_or(Error::NotFound)? })
}

fn answer(page: &PageRequest, status: StatusCode, state: &FormState, review: &Review, shelves: &Shelves) -> Response {
    let service = &review.service;
    let waiting = service.open.as_ref().filter(|(revision, _)| revision.state == RevisionState::Submitted);
    let title = named(&service.listing().title).to_owned();
    let (tone, words) = standing(service.status);
    let now = page.ctx().clock.now();
    let (business, slug) = review.provider.clone();
    let verified = review.verified.then(|| view! { <Verified/> });
    let since = waiting.and_then(|(revision, _)| revision.submitted_at).map(|since| {
        view! { <span class="muted">{format!("waits for {}", age(since, now))}</span> }
    });
    let text = match waiting {
        Some((_, new)) if service.published => {
            let parts = told_apart(&service.live, new, shelves, &service.team);
            let told = side_by_side(&parts, "On show", "Handed in", true);
            view! { <Card title="What is different">{told}</Card>{shots(new)} }.into_any()
        }
        Some((_, new)) => {
            let told = all_of_it(&told_whole(new, shelves, &service.team));
            view! { <Card title="All of it is new">{told}</Card>{shots(new)} }.into_any()
        }
        None => {
            let told = all_of_it(&told_whole(&service.live, shelves, &service.team));
            view! { <Notice tone=Tone::Info><p>"Nothing of it waits to be looked at."</p></Notice><Card title="What it says">{told}</Card>{shots(&service.live)} }
                .into_any()
        }
    };
    let decide = waiting.map(|_| decide(state, review, shelves));
    let public = matches!(service.status, Status::Live | Status::Paused)
        .then(|| view! { <a href=format!("/services/{}", service.slug)>"What customers see"</a> });
    let body = view! {
        <div class="page stack">
            <Breadcrumbs trail=vec![Link::new("Services", PATH)] here=title.clone()/>
            <div>
                <h1>{title.clone()}</h1>
                <p class="row">
                    <Badge tone=tone>{words}</Badge>
                    <a href=format!("/providers/{slug}")>{business}</a>{verified}
                    {since}
                    {public}
                </p>
            </div>
            {decide.is_none().then(|| moved_on(state))}
            <div class="with-side">
                <div class="stack">{text}</div>
                {decide}
            </div>
        </div>
    };
    page.show_with(status, head(title), Frame::Admin, body)
}

fn shots(listing: &Listing) -> Option<impl IntoView + use<>> {
    if listing.pictures.is_empty() {
        return None;
    }
    let all = listing
        .pictures
        .iter()
        .map(|one| view! { <li><Picture picture=picture(Some(one), true) sizes="9rem"/></li> })
        .collect::<Vec<_>>();
    Some(view! { <Card title="Pictures"><ul class="shots">{all}</ul></Card> })
}

fn decide(state: &FormState, review: &Review, shelves: &Shelves) -> impl IntoView + use<> {
    let service = &review.service;
    let base = format!("{PATH}/{}", service.slug);
    let hidden = || {
        view! {
            <input type="hidden" name="service" value=service.id.0.to_string()/>
            <input type="hidden" name="version" value=service.version.to_string()/>
        }
    };
    let mut lacks = missing(service.listing());
    missing_told(service.listing(), &shelves.asked(service.listing().category), &mut lacks);
    let incomplete = !lacks.is_empty();
    let lacking = incomplete
        .then(|| view! { <Notice tone=Tone::Warning><p>"Something is missing in it by now: send it back, so that the business completes it."</p></Notice> });
    let approve = view! {
        <form class="stack" method="post" action=format!("{base}/approve")>
            {hidden()}
            {lacking}
            <p class="muted text-sm">"The business is told by mail."</p>
            <Button full=true disabled=incomplete>"Put it on show"</Button>
        </form>
    };
    let decline = view! {
        <form class="form" method="post" action=format!("{base}/decline") novalidate=true>
            <ErrorSummary form=state/>
            {hidden()}
            <TextArea form=state name="reason" label="What should change" required=true rows=4 maxlength=2000
                hint="The business reads this, word for word."/>
            <Button kind=ButtonKind::Danger full=true>"Send it back"</Button>
        </form>
    };
    view! {
        <aside class="stack" aria-label="Decision">
            <Card title="Put it on show">{approve}</Card>
            <Card title="Send it back">{decline}</Card>
        </aside>
    }
}
