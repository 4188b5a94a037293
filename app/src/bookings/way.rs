//! Where the customer is, as far as times depend on it: the way there is kept free with the visit.

use crate::forms::FormState;
use crate::request::PageRequest;
use crate::ui::fields::Field;
use domain::availability::Rules;
use domain::bookings::rules_for;
use domain::catalog::{Bookable, Known, Quote, Way, way_to};
use leptos::prelude::*;

/// Where the visit is. The whole address is asked for with the details.
pub(super) const PLACE_FIELDS: [&str; 2] = ["postal_code", "city"];
/// A time that was offered without a place, or for another one, may not do.
pub(super) const TOO_NEAR: &str =
    "That time was just taken, or another visit is too near for the way to you. These are free:";

/// The way to the place that was told so far.
pub(super) async fn way(page: &PageRequest, service: &Bookable, form: &FormState) -> Way {
    let [code, city] = PLACE_FIELDS.map(|field| form.value(field));
    way_to(page.ctx(), &service.base, code, city).await
}

/// The rules of a choice with the way as far as it is known.
pub(super) async fn rules(page: &PageRequest, service: &Bookable, form: &FormState, quote: &Quote) -> Rules {
    rules_for(service, quote.minutes).going(way(page, service, form).await)
}

/// Fields for the place, where times depend on it.
pub(super) fn fields(service: &Bookable, form: &FormState) -> Option<impl IntoView + use<>> {
    service.base.asks().then(|| {
        let hint = if service.base.counts() {
            "So that the times leave room for the way to you."
        } else {
            "Free times depend on where you are."
        };
        view! {
            <Field form=form name="postal_code" label="Your postal code" hint=hint optional=true autocomplete="postal-code" maxlength=20/>
            <Field form=form name="city" label="Your city" optional=true autocomplete="address-level2" maxlength=120/>
        }
    })
}

/// What the shown times leave room for.
pub(super) fn note(service: &Bookable, way: Way) -> Option<impl IntoView + use<>> {
    let (minutes, name) = (way.minutes, &service.provider_name);
    let words = match way.known {
        Known::None => return None,
        Known::Near if !service.base.counts() => {
            format!("Say where you are: {name} works from several places, and not all of these times may do for you.")
        }
        Known::Measured if !service.base.counts() => return None,
        Known::Edge if !service.base.counts() => {
            format!("We do not know that place. These are the times of the main place of {name}.")
        }
        Known::Measured if minutes == 0 => format!("You are so near that {name} needs no time for the way."),
        Known::Measured => format!("These times leave {name} {minutes} minutes for the way to you, and as many back."),
        Known::Edge => format!(
            "We do not know that place. These times leave {name} {minutes} minutes for the way: as long as to the edge of where they go."
        ),
        Known::Near if minutes == 0 => {
            format!("Say where you are. Until then these times are for somebody near {name}.")
        }
        Known::Near => format!(
            "Say where you are. Until then these times are for somebody near {name}: {minutes} minutes for the way, and as many back."
        ),
    };
    Some(view! { <p class="muted text-sm" id="way">{words}</p> })
}
