//! Things to tick.

use leptos::prelude::*;

use super::frame::Described;
use super::radio::{ChoiceCard, choice_cards, option_id};
use super::select::Choice;
use crate::forms::FormState;

/// One box to tick, with its words beside it. Sends `value` (default `on`) when ticked.
#[component]
pub fn Checkbox<'a>(
    form: &'a FormState,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = "on".to_owned(), into)] value: String,
    /// Ticked before the form was touched.
    #[prop(optional)]
    checked: bool,
    #[prop(optional)] required: bool,
    #[prop(optional)] disabled: bool,
) -> impl IntoView + use<> {
    let about = Described::new(form, &name, hint);
    let ticked = form.values(&name).contains(&value.as_str()) || (checked && form.is_untouched());
    view! {
        <div class="field" class:field-wrong=about.error.is_some()>
            {about.error_view()}
            <label class="tick">
                <input
                    type="checkbox"
                    class="tick-box"
                    id=about.id.clone()
                    name=name
                    value=value
                    checked=ticked
                    required=required
                    disabled=disabled
                    aria-describedby=about.described_by()
                    aria-invalid=about.wrong()
                />
                <span class="tick-words">{label}</span>
            </label>
            {about.hint_view()}
        </div>
    }
}

/// Several plain boxes to tick, one below the other. Sends `name` once for each.
#[component]
pub fn TickGroup<'a>(
    form: &'a FormState,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<Choice>,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView + use<> {
    let about = Described::new(form, &name, hint);
    let picked = form.values(&name).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let boxes = options.into_iter().enumerate().map(|(index, choice)| {
        view! {
            <label class="tick">
                <input
                    type="checkbox"
                    class="tick-box"
                    id=option_id(&about.id, index)
                    name=name.clone()
                    checked=picked.contains(&choice.value)
                    value=choice.value
                    disabled=choice.disabled
                />
                <span class="tick-words">{choice.label}</span>
            </label>
        }
    });
    let boxes = boxes.collect::<Vec<_>>();
    view! {
        <fieldset class="field" class:field-wrong=about.error.is_some() aria-describedby=about.described_by()>
            <legend class="field-label">{label}</legend>
            {about.hint_view()}
            {about.error_view()}
            {boxes}
        </fieldset>
    }
}

/// Several cards to tick, e.g. extras with their prices. Sends `name` once for each ticked card.
#[component]
pub fn CheckCards<'a>(
    form: &'a FormState,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<ChoiceCard>,
    #[prop(optional, into)] hint: Option<String>,
    /// Keeps the question for screen readers only, under a heading that already says it.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView + use<> {
    let about = Described::new(form, &name, hint);
    let picked = form.values(&name).into_iter().map(str::to_owned).collect::<Vec<_>>();
    choice_cards("checkbox", about, name, label, options, picked, false, hide_label)
}
