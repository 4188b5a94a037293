//! The address of a visit: what is asked, and what is said when the business does not go there.

use crate::forms::FormState;
use crate::request::{Failure, PageRequest};
use crate::ui::fields::{Choice, Field, Select};
use crate::ui::{Notice, Tone};
use domain::catalog::{Bookable, OutOfArea, countries_known};
use domain::kernel::{FieldErrors, countries};
use leptos::prelude::*;

/// A country as people call it.
fn named(code: &str) -> String {
    countries::name(code).unwrap_or(code).to_owned()
}

/// Countries to choose from: that of the business, and those places are known of, in the order of their names.
pub(super) async fn countries_of(page: &PageRequest, service: &Bookable) -> Result<Vec<Choice>, Failure> {
    if !service.takes_address() {
        return Ok(Vec::new());
    }
    let mut codes = countries_known(page.ctx()).await?;
    if !codes.contains(&service.base.country) {
        codes.push(service.base.country.clone());
    }
    let mut choices: Vec<Choice> = codes.into_iter().map(|code| Choice::new(code.clone(), named(&code))).collect();
    choices.sort_by(|one, other| one.label.cmp(&other.label));
    Ok(choices)
}

/// The fields of an address; the country of the business until another one is chosen.
pub(super) fn fields(service: &Bookable, form: &FormState, countries: Vec<Choice>) -> impl IntoView + use<> {
    // A form that was sent says what was chosen; one that was only begun says nothing yet.
    let country = match form.value("country") {
        "" => FormState::with([("country", service.base.country.as_str())]).complaining(form.complaints()),
        _ => form.clone(),
    };
    view! {
        <Field form=form name="street" label="Street and number" required=true autocomplete="street-address" maxlength=200/>
        <Field form=form name="postal_code" label="Postal code" required=true autocomplete="postal-code" maxlength=20/>
        <Field form=form name="city" label="City" required=true autocomplete="address-level2" maxlength=120/>
        <Field form=form name="region" label="State or region" optional=true autocomplete="address-level1" maxlength=120/>
        <Select form=&country name="country" label="Country" options=countries required=true/>
    }
}

/// Why it cannot be booked for that address, beside the field it hangs on.
pub(super) fn complaint(service: &Bookable, form: &FormState, why: OutOfArea) -> FieldErrors {
    let name = &service.provider_name;
    match why {
        OutOfArea::TooFar { km, reach_km, .. } => FieldErrors::one(
            "postal_code",
            format!("Sorry, that is too far: {km} km from {name}, who goes up to {reach_km} km."),
        ),
        OutOfArea::Abroad => FieldErrors::one(
            "country",
            format!(
                "Sorry, {name} works in {}, and we do not know this postal code in {}.",
                named(&service.base.country),
                named(form.value("country"))
            ),
        ),
    }
}

/// The way to others who go there.
pub(super) fn others(service: &Bookable, form: &FormState, why: OutOfArea) -> impl IntoView + use<> {
    let (code, city) = (form.value("postal_code").to_owned(), form.value("city"));
    let mut search = form_urlencoded::Serializer::new(String::new());
    search.append_pair("category", &service.category);
    match why {
        OutOfArea::TooFar { there: (lat, lng), .. } => {
            search.append_pair("lat", &lat.to_string()).append_pair("lng", &lng.to_string());
        }
        OutOfArea::Abroad => {
            search.append_pair("place", city);
        }
    }
    let (href, near) = match why {
        OutOfArea::TooFar { .. } => (search.finish(), code),
        OutOfArea::Abroad => (search.finish(), city.to_owned()),
    };
    view! {
        <Notice tone=Tone::Info>
            <p>"Others may come to you. "<a href=format!("/services?{href}")>"Look for others near "{near}</a></p>
        </Notice>
    }
}

/// That nobody could tell whether the address is near enough; the two sides are told in their own words.
pub(super) fn unknown_code(provider: bool, name: &str) -> String {
    if provider {
        "We do not know this postal code, so nobody has checked how far it is.".to_owned()
    } else {
        format!("We do not know this postal code. {name} is told so.")
    }
}
