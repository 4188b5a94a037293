//! How long the way to customers is: minutes for distances, kept free before and after visits at the customer's.

use super::PATH;
use crate::forms::{Form, FormState};
use crate::ui::fields::{ErrorSummary, Field, FieldKind};
use crate::ui::{Button, ButtonKind, Card};
use domain::availability::travel_version;
use domain::catalog::{MOST_BANDS, Travel};
use domain::kernel::FieldErrors;
use leptos::prelude::*;

/// What the form says.
pub(super) fn said(form: &Form) -> Result<Travel, FieldErrors> {
    let rows: Vec<[String; 2]> = names().collect();
    let typed: Vec<(&str, &str)> = rows.iter().map(|[km, minutes]| (form.text(km), form.text(minutes))).collect();
    Travel::parse(&typed)
}

/// Names of the fields, row by row.
fn names() -> impl Iterator<Item = [String; 2]> {
    (1..=MOST_BANDS).map(|row| [format!("travel-km-{row}"), format!("travel-min-{row}")])
}

/// The form as it was sent, or as things are saved.
pub(super) fn part(travel: &Travel, sent: &FormState) -> AnyView {
    // A form that somebody else was faster than brings complaints alone: what is saved now stands in it.
    let typed = names().any(|[km, minutes]| !sent.value(&km).is_empty() || !sent.value(&minutes).is_empty());
    let state = if typed { sent.clone() } else { saved(travel).complaining(sent.complaints()) };
    let seen = Some(sent.value("seen").to_owned()).filter(|seen| !seen.is_empty());
    let seen = seen.unwrap_or_else(|| travel_version(travel));
    let rows = names().enumerate().map(|(row, [km, minutes])| {
        let label = if row == 0 { "Up to" } else { "Then up to" };
        view! {
            <fieldset class="form-pair">
                <legend class="sr-only">{format!("Distance {}", row + 1)}</legend>
                <Field form=&state name=km label=label kind=FieldKind::Digits suffix="km"/>
                <Field form=&state name=minutes label="Minutes one way" kind=FieldKind::Digits suffix="min"/>
            </fieldset>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    let inner = view! {
        <form class="form" id="travel" method="post" action=format!("{PATH}/travel#travel") novalidate=true>
            <p class="muted">"Kept free before and after visits at a customer's, beside the buffers of the service; distances are as the crow flies. A row without a distance is everything farther away. Leave all empty, and the way does not count. What is booked already keeps what it has."</p>
            <ErrorSummary form=&state/>
            <input type="hidden" name="seen" value=seen/>
            {rows}
            <div><Button kind=ButtonKind::Secondary>"Save the way"</Button></div>
        </form>
    };
    view! { <Card title="The way to customers">{inner}</Card> }.into_any()
}

fn saved(travel: &Travel) -> FormState {
    let values = names().zip(&travel.0).flat_map(|([km, minutes], band)| {
        let far = band.up_to_km.map(|km| km.to_string()).unwrap_or_default();
        [(km, far), (minutes, band.minutes.to_string())]
    });
    FormState::with(values)
}
