//! `/provider/places`: further places of a business, each with the area around it. Weekly hours may name one.

use super::business;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, Failure, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field, FieldKind};
use crate::ui::{Breadcrumbs, Button, ButtonKind, Card, ConfirmPage, Link, LinkButton, Notice, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::availability::{self, Change, Keeping, Outcome, PlaceText, TypedPlace, locate_place, place_version};
use domain::catalog::OwnPlace;
use domain::kernel::{Error, FieldErrors, OwnPlaceId, ProviderId};
use leptos::prelude::*;

/// The address of the list.
pub(super) const PATH: &str = "/provider/places";
/// Where hours are kept.
const HOURS: &str = "/provider/availability";

/// The places of the business of somebody who manages it; for everybody else there is nothing here.
async fn managed(page: &PageRequest) -> Result<(ProviderId, Keeping), Failure> {
    let provider = business(page)?.ok_or(Error::NotFound)?;
    if !page.actor().manages(provider) {
        return Err(Failure(Error::NotFound));
    }
    Ok((provider, availability::keeping(page.ctx(), page.actor(), provider).await?))
}

fn known(keeping: &Keeping, id: &str) -> Result<OwnPlace, Failure> {
    let id = id.parse().map(OwnPlaceId).map_err(|_| Failure(Error::NotFound))?;
    keeping.place(id).cloned().ok_or(Failure(Error::NotFound))
}

/// `GET /provider/places`.
///
/// # Errors
/// Not signed in; not found for people who do not manage.
pub async fn show(page: PageRequest) -> Answer {
    let (_, keeping) = managed(&page).await?;
    let rows = keeping.places.iter().map(row).collect::<Vec<_>>();
    let main = format!("{}: where the business is registered, and where your services start from.", keeping.city);
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=vec![Link::new("Availability", HOURS)] here="Places"/>
            <div>
                <h1>"Places"</h1>
                <p class="lead">"With more than one place, weekly hours can say at which one somebody is. A booking belongs to the nearest place that reaches the customer."</p>
            </div>
            <Card title="Main place"><p>{main}</p></Card>
            <Card title="Further places">
                {if rows.is_empty() {
                    view! { <p class="muted">"None. With one place, hours hold everywhere."</p> }.into_any()
                } else {
                    view! { <ul class="hours-list">{rows}</ul> }.into_any()
                }}
                <div><LinkButton href=format!("{PATH}/new")>"Add a place"</LinkButton></div>
            </Card>
        </div>
    };
    Ok(page.show_with(StatusCode::OK, head("Places"), Frame::Provider, body))
}

fn head(title: &str) -> Head {
    Head { title: title.to_owned(), robots_noindex: true, ..Head::default() }
}

fn row(place: &OwnPlace) -> AnyView {
    let about = [place.postal_code.as_str(), place.city.as_str()];
    let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
    let about = format!(", {}, {} km around it", about.join(" "), place.radius_km);
    let here = format!("{PATH}/{}", place.id.0);
    let (named, again) = (format!(" {}", place.name), format!(" {}", place.name));
    view! {
        <li class="hours-said">
            <span><strong>{place.name.clone()}</strong>{about}</span>
            <span class="row">
                <LinkButton href=here.clone() kind=ButtonKind::Quiet>"Change"<span class="sr-only">{named}</span></LinkButton>
                <LinkButton href=format!("{here}/remove") kind=ButtonKind::Quiet>"Remove"<span class="sr-only">{again}</span></LinkButton>
            </span>
        </li>
    }
    .into_any()
}

/// `GET /provider/places/new`.
///
/// # Errors
/// Not signed in; not found for people who do not manage.
pub async fn ask_new(page: PageRequest) -> Answer {
    managed(&page).await?;
    let fresh = FormState::with([("radius_km", "20")]);
    Ok(edit_page(&page, StatusCode::OK, None, &fresh))
}

/// `POST /provider/places/new`.
///
/// # Errors
/// Not signed in; not found for people who do not manage.
pub async fn new(page: PageRequest, form: Form) -> Answer {
    let (provider, keeping) = managed(&page).await?;
    save(&page, &form, (provider, &keeping), None).await
}

/// `GET /provider/places/{id}`.
///
/// # Errors
/// Not signed in; not found for people who do not manage, and when there is none.
pub async fn edit(page: PageRequest, Path(id): Path<String>) -> Answer {
    let (_, keeping) = managed(&page).await?;
    let place = known(&keeping, &id)?;
    Ok(edit_page(&page, StatusCode::OK, Some(&place), &saved(&place)))
}

/// `POST /provider/places/{id}`.
///
/// # Errors
/// Not signed in; not found for people who do not manage, and when there is none.
pub async fn change(page: PageRequest, Path(id): Path<String>, form: Form) -> Answer {
    let (provider, keeping) = managed(&page).await?;
    let place = known(&keeping, &id)?;
    save(&page, &form, (provider, &keeping), Some(&place)).await
}

fn saved(place: &OwnPlace) -> FormState {
    FormState::with([
        ("name", place.name.clone()),
        ("city", place.city.clone()),
        ("postal_code", place.postal_code.clone()),
        ("radius_km", place.radius_km.to_string()),
        ("seen", place_version(Some(place))),
    ])
}

async fn save(
    page: &PageRequest,
    form: &Form,
    (provider, keeping): (ProviderId, &Keeping),
    place: Option<&OwnPlace>,
) -> Answer {
    let typed = TypedPlace {
        name: form.text("name"),
        city: form.text("city"),
        postal_code: form.text("postal_code"),
        radius_km: form.text("radius_km"),
    };
    let wrong =
        |errors| Ok(edit_page(page, StatusCode::UNPROCESSABLE_ENTITY, place, &form.state().complaining(errors)));
    let text = match PlaceText::parse(typed) {
        Ok(text) => text,
        Err(errors) => return wrong(errors),
    };
    let there = match locate_place(page.ctx(), &keeping.country, place.map(|place| place.id), text).await {
        Ok(there) => there,
        Err(error) => return wrong(form.rejected(error)?.complaints()),
    };
    let wanted = Change::Place { seen: form.text("seen").to_owned(), place: there };
    match availability::change(page.ctx(), page.actor(), provider, wanted, "").await {
        Ok(Outcome::Saved) => Ok(see_other(&format!("{PATH}?said=place-saved"))),
        // Where people live does not move, so no visit is ever left outside by this; and somebody was faster.
        Ok(Outcome::Stale | Outcome::Asks(_)) => {
            let words = "Somebody changed this place meanwhile. What is saved now is shown here; change it again.";
            let state = place.map(saved).unwrap_or_default().complaining(FieldErrors::one("name", words));
            Ok(edit_page(page, StatusCode::CONFLICT, place, &state))
        }
        Err(error) => {
            let conflict = matches!(error, Error::Conflict(_));
            let state = form.rejected(error)?;
            let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok(edit_page(page, status, place, &state))
        }
    }
}

fn edit_page(page: &PageRequest, status: StatusCode, place: Option<&OwnPlace>, state: &FormState) -> Response {
    let (title, action) = match place {
        Some(place) => (place.name.clone(), format!("{PATH}/{}", place.id.0)),
        None => ("Add a place".to_owned(), format!("{PATH}/new")),
    };
    let trail = vec![Link::new("Availability", HOURS), Link::new("Places", PATH)];
    let seen = state.value("seen").to_owned();
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail here=title.clone()/>
            <h1>{title.clone()}</h1>
            <form class="form" method="post" action=action novalidate=true>
                <ErrorSummary form=state/>
                <input type="hidden" name="seen" value=seen/>
                <Field form=state name="name" label="Name" required=true maxlength=60 autocomplete="off" hint="For you and your team."/>
                <div class="form-pair">
                    <Field form=state name="postal_code" label="Postal code" optional=true maxlength=20 autocomplete="off"/>
                    <Field form=state name="city" label="Town" required=true maxlength=120 autocomplete="off"/>
                </div>
                <Field form=state name="radius_km" label="How far it reaches" kind=FieldKind::Digits suffix="km" required=true/>
                <div class="row">
                    <Button>"Save the place"</Button>
                    <LinkButton href=PATH kind=ButtonKind::Quiet>"Back"</LinkButton>
                </div>
            </form>
        </div>
    };
    page.show_with(status, head(&title), Frame::Provider, body)
}

/// `GET /provider/places/{id}/remove`.
///
/// # Errors
/// Not signed in; not found for people who do not manage, and when there is none.
pub async fn ask_remove(page: PageRequest, Path(id): Path<String>) -> Answer {
    let (_, keeping) = managed(&page).await?;
    let place = known(&keeping, &id)?;
    Ok(remove_page(&page, StatusCode::OK, &keeping, &place))
}

/// `POST /provider/places/{id}/remove`.
///
/// # Errors
/// Not signed in; not found for people who do not manage, and when there is none.
pub async fn remove(page: PageRequest, Path(id): Path<String>) -> Answer {
    let (provider, keeping) = managed(&page).await?;
    let place = known(&keeping, &id)?;
    let wanted = Change::PlaceBack { id: place.id };
    match availability::change(page.ctx(), page.actor(), provider, wanted, "").await {
        Ok(_) => Ok(see_other(&format!("{PATH}?said=place-removed"))),
        Err(Error::Conflict(_)) => {
            let (_, keeping) = managed(&page).await?;
            Ok(remove_page(&page, StatusCode::CONFLICT, &keeping, &place))
        }
        Err(error) => Err(error.into()),
    }
}

fn remove_page(page: &PageRequest, status: StatusCode, keeping: &Keeping, place: &OwnPlace) -> Response {
    let title = format!("Remove {}?", place.name);
    let who = keeping.at_place(place.id);
    let named = (!who.is_empty()).then(|| {
        let words = format!("Weekly hours still name this place: {}. Change those first.", who.join(", "));
        view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> }
    });
    let may = who.is_empty();
    let action = format!("{PATH}/{}/remove", place.id.0);
    let trail = vec![Link::new("Availability", HOURS), Link::new("Places", PATH)];
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail here=place.name.clone()/>
            <ConfirmPage title=title.clone() text="New bookings around it belong to the nearest of your other places. What is booked stays as agreed.">
                {named}
                <form class="row" method="post" action=action>
                    {may.then(|| view! { <Button kind=ButtonKind::Danger>"Remove the place"</Button> })}
                    <LinkButton href=PATH kind=ButtonKind::Secondary>"Keep it"</LinkButton>
                </form>
            </ConfirmPage>
        </div>
    };
    page.show_with(status, head(&title), Frame::Provider, body)
}
