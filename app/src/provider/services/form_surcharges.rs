//! The part of the form about what weekends and nights cost more.

use crate::forms::FormState;
use crate::ui::Card;
use crate::ui::fields::{Field, FieldKind};
use leptos::prelude::*;

/// Percents, and the hours of the night.
pub(super) fn surcharges(state: &FormState) -> impl IntoView + use<> {
    let inner = view! {
        <div class="form">
            <p class="muted">
                "The time at which a visit starts decides, on the clocks where it takes place. Customers see it before they \
                 choose, and as a line of its own in the price."
            </p>
            <div class="form-row">
                <Field form=state name="weekend_percent" label="Weekends cost more" kind=FieldKind::Digits
                    suffix="%" optional=true/>
                <Field form=state name="night_percent" label="Nights cost more" kind=FieldKind::Digits suffix="%" optional=true/>
            </div>
            <div class="form-row">
                <Field form=state name="night_from" label="The night begins at" kind=FieldKind::Time/>
                <Field form=state name="night_until" label="The night is over at" kind=FieldKind::Time/>
            </div>
        </div>
    };
    view! { <Card title="Weekends and nights">{inner}</Card> }
}
