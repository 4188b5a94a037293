//! A choice from a list.

use leptos::prelude::*;

use super::frame::{Described, label_words};
use crate::forms::FormState;

/// One entry of a list to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What people read.
    pub label: String,
    /// Shown, but cannot be chosen now.
    pub disabled: bool,
}

impl Choice {
    /// A choice that sends `value` and reads `label`.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), disabled: false }
    }
}

/// A labelled drop-down.
#[component]
pub fn Select<'a>(
    form: &'a FormState,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<Choice>,
    #[prop(optional, into)] hint: Option<String>,
    /// Chosen before anything was picked.
    #[prop(optional, into)]
    value: Option<String>,
    /// An empty first entry, e.g. "Any category"; none for an empty text.
    #[prop(optional, into)]
    empty: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] optional: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional)] hide_label: bool,
) -> impl IntoView + use<> {
    let about = Described::new(form, &name, hint);
    let picked = match form.value(&name) {
        _ if form.is_untouched() => value.unwrap_or_default(),
        typed => typed.to_owned(),
    };
    let label_class = if hide_label { "sr-only" } else { "field-label" };
    let entries = options
        .into_iter()
        .map(|choice| {
            let chosen = choice.value == picked;
            view! { <option value=choice.value selected=chosen disabled=choice.disabled>{choice.label}</option> }
        })
        .collect::<Vec<_>>();
    view! {
        <div class="field" class:field-wrong=about.error.is_some()>
            <label class=label_class for=about.id.clone()>{label_words(label, optional)}</label>
            {about.hint_view()}
            {about.error_view()}
            <select
                class="field-input field-select"
                id=about.id.clone()
                name=name
                required=required
                disabled=disabled
                aria-describedby=about.described_by()
                aria-invalid=about.wrong()
            >
                {empty.filter(|text| !text.is_empty()).map(|text| view! { <option value="">{text}</option> })}
                {entries}
            </select>
        </div>
    }
}
