//! One of a few: plain radios, and cards with a title, words and a price.

use leptos::prelude::*;

use super::frame::Described;
use super::select::Choice;
use crate::forms::FormState;

/// One card to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChoiceCard {
    /// What the form sends.
    pub value: String,
    /// The name of the choice.
    pub title: String,
    /// A line under it.
    pub text: Option<String>,
    /// On the right, usually the price with its currency.
    pub aside: Option<String>,
    /// A pill such as "Most chosen".
    pub note: Option<String>,
    /// Shown, but cannot be chosen now.
    pub disabled: bool,
}

impl ChoiceCard {
    /// A card that sends `value` and is called `title`.
    pub fn new(value: impl Into<String>, title: impl Into<String>) -> Self {
        Self { value: value.into(), title: title.into(), ..Self::default() }
    }
}

/// Plain radios, one below the other.
#[component]
pub fn RadioGroup<'a>(
    form: &'a FormState,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<Choice>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional)] required: bool,
) -> impl IntoView + use<> {
    let about = Described::new(form, &name, hint);
    let picked = match form.value(&name) {
        "" => value.unwrap_or_default(),
        typed => typed.to_owned(),
    };
    let radios = options
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            view! {
                <label class="tick">
                    <input
                        type="radio"
                        class="tick-box tick-round"
                        id=option_id(&about.id, index)
                        name=name.clone()
                        checked=choice.value == picked
                        value=choice.value
                        required=required
                        disabled=choice.disabled
                    />
                    <span class="tick-words">{choice.label}</span>
                </label>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <fieldset class="field" class:field-wrong=about.error.is_some() aria-describedby=about.described_by()>
            <legend class="field-label">{label}</legend>
            {about.hint_view()}
            {about.error_view()}
            {radios}
        </fieldset>
    }
}

/// Cards of which one is chosen, e.g. packages.
#[component]
pub fn RadioCards<'a>(
    form: &'a FormState,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<ChoiceCard>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional)] required: bool,
    /// Keeps the question for screen readers only, under a heading that already says it.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView + use<> {
    let about = Described::new(form, &name, hint);
    let picked = match form.value(&name) {
        "" => value.unwrap_or_default(),
        typed => typed.to_owned(),
    };
    choice_cards("radio", about, name, label, options, vec![picked], required, hide_label)
}

/// The first control of a group carries the plain id, so that the linked summary reaches it.
pub(super) fn option_id(group: &str, index: usize) -> String {
    if index == 0 { group.to_owned() } else { format!("{group}-{index}") }
}

pub(super) fn choice_cards(
    kind: &'static str,
    about: Described,
    name: String,
    label: String,
    options: Vec<ChoiceCard>,
    picked: Vec<String>,
    required: bool,
    hide_label: bool,
) -> impl IntoView {
    let cards = options
        .into_iter()
        .enumerate()
        .map(|(index, card)| {
            view! {
                <label class="choice">
                    <input
                        type=kind
                        class="tick-box"
                        class:tick-round=kind == "radio"
                        id=option_id(&about.id, index)
                        name=name.clone()
                        checked=picked.contains(&card.value)
                        value=card.value
                        required=required
                        disabled=card.disabled
                    />
                    <span class="choice-words">
                        <span class="choice-title">
                            {card.title}
                            {card.note.map(|note| view! { <span class="badge badge-accent">{note}</span> })}
                        </span>
                        {card.text.map(|text| view! { <span class="choice-text">{text}</span> })}
                    </span>
                    {card.aside.map(|aside| view! { <span class="choice-aside">{aside}</span> })}
                </label>
            }
        })
        .collect::<Vec<_>>();
    let legend = if hide_label { "sr-only" } else { "field-label" };
    view! {
        <fieldset class="field" class:field-wrong=about.error.is_some() aria-describedby=about.described_by()>
            <legend class=legend>{label}</legend>
            {about.hint_view()}
            {about.error_view()}
            <div class="choices">{cards}</div>
        </fieldset>
    }
}
