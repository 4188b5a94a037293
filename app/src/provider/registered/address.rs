//! `/provider/profile/address`: a business moves to another town. Two windows overwrite nothing unseen.

use super::super::business;
use super::{PROFILE, country, place};
use crate::catalog::changes::side_by_side;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field};
use crate::ui::{Breadcrumbs, Button, ButtonKind, Card, Link, LinkButton, Notice, Tone};
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::listing::Change;
use domain::kernel::{Error, FieldErrors};
use domain::onboarding::changes::{MoveError, NewAddress, Registered, move_business_to, registered};
use leptos::prelude::*;

pub(super) const PATH: &str = "/provider/profile/address";

/// `GET /provider/profile/address`.
///
/// # Errors
/// Not signed in; not found for people who do not manage a business.
pub async fn show(page: PageRequest) -> Answer {
    let provider = business(&page)?.ok_or(Error::NotFound)?;
    let known = registered(page.ctx(), page.actor(), provider).await?;
    let state = FormState::with([("city", known.city.clone()), ("postal_code", known.postal_code.clone())]);
    Ok(answer(&page, StatusCode::OK, (&known, known.moved), &state, None))
}

/// `POST /provider/profile/address` with the `version` the form was made from.
///
/// # Errors
/// Not signed in; not found for people who do not manage a business.
pub async fn submit(page: PageRequest, form: Form) -> Answer {
    let provider = business(&page)?.ok_or(Error::NotFound)?;
    let known = registered(page.ctx(), page.actor(), provider).await?;
    let seen = form.parsed("version").unwrap_or(-1);
    let typed = match NewAddress::parse(form.text("city"), form.text("postal_code")) {
        Ok(typed) => typed,
        Err(error) => {
            let state = form.rejected(error)?;
            return Ok(answer(&page, StatusCode::UNPROCESSABLE_ENTITY, (&known, seen), &state, None));
        }
    };
    match move_business_to(page.ctx(), page.actor(), provider, seen, typed.clone()).await {
        Ok(_) => Ok(see_other(&format!("{PROFILE}?said=business-moved"))),
        Err(MoveError::Stale) => {
            let known = registered(page.ctx(), page.actor(), provider).await?;
            // Sent twice, or the same in both windows: it is done.
            if (&known.city, &known.postal_code) == (&typed.city, &typed.postal_code) {
                return Ok(see_other(&format!("{PROFILE}?said=business-moved")));
            }
            let state = FormState::rejected(form.kept(), FieldErrors::new());
            let both = told(&known, &typed);
            Ok(answer(&page, StatusCode::CONFLICT, (&known, known.moved), &state, Some(both)))
        }
        Err(MoveError::Other(error @ Error::Invalid(_))) => {
            let state = form.rejected(error)?;
            Ok(answer(&page, StatusCode::UNPROCESSABLE_ENTITY, (&known, seen), &state, None))
        }
        Err(MoveError::Other(error)) => Err(error.into()),
    }
}

/// What was saved meanwhile beside what was typed.
fn told(kept: &Registered, typed: &NewAddress) -> AnyView {
    let line = |words: &str| if words.is_empty() { Vec::new() } else { vec![words.to_owned()] };
    let parts = [
        ("Town", line(&kept.city), line(&typed.city)),
        ("Postal code", line(&kept.postal_code), line(&typed.postal_code)),
    ];
    let parts = parts.into_iter().filter(|(_, before, after)| before != after);
    let differing: Vec<Change> =
        parts.map(|(part, before, after)| Change { part, before, after, risky: false }).collect();
    let both = side_by_side(&differing, "Saved meanwhile", "What you typed", false);
    view! {
        <Notice tone=Tone::Warning title="This was changed in another window" live=true>
            <div class="stack">
                <p>"Nothing was overwritten. Below stands what was saved beside what you typed; the form holds yours. Save to put it in the place of the other."</p>
                {both}
                <div><LinkButton href=PATH kind=ButtonKind::Secondary>"Take what was saved, and drop mine"</LinkButton></div>
            </div>
        </Notice>
    }
    .into_any()
}

fn answer(
    page: &PageRequest,
    status: StatusCode,
    (known, seen): (&Registered, i32),
    state: &FormState,
    above: Option<AnyView>,
) -> Response {
    let fields = view! {
        <ErrorSummary form=state/>
        <input type="hidden" name="version" value=seen.to_string()/>
        <div class="form-pair">
            <Field form=state name="postal_code" label="Postal code" optional=true maxlength=16 autocomplete="postal-code"/>
            <Field form=state name="city" label="Town" required=true maxlength=120 autocomplete="address-level2"/>
        </div>
    };
    let (now, town, land) = (place(known), known.city.clone(), country(&known.country));
    let head = Head { title: "Where you are".to_owned(), robots_noindex: true, ..Head::default() };
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=vec![Link::new("Profile", PROFILE)] here="Where you are"/>
            <div>
                <h1>"Where you are"</h1>
                <p class="lead wrap-anywhere">{format!("Now: {now}.")}</p>
            </div>
            {above}
            <Card title="Move to">
                <form class="form" method="post" action=PATH novalidate=true>
                    {fields}
                    <div class="row">
                        <Button>"Move the business"</Button>
                        <LinkButton href=PROFILE kind=ButtonKind::Quiet>"Back"</LinkButton>
                    </div>
                </form>
            </Card>
            <Card title="What follows">
                <ul class="list-disc ps-5">
                    <li>{format!("Services that start from {town} start from the new town at once, with the area around it. Searches follow.")}</li>
                    <li>"Further places, hours and services in other towns stay as they are."</li>
                    <li>"What is booked stays as agreed. Whoever comes to you should hear of it from you."</li>
                    <li>{format!("Only within {land}, where the clocks are the same. To move farther, write to us.")}</li>
                </ul>
            </Card>
        </div>
    };
    page.show_with(status, head, Frame::Provider, body)
}
