//! The one-line field.

use leptos::prelude::*;

use super::frame::{Described, label_words};
use crate::forms::FormState;

/// What a one-line field takes; decides keyboard, native checks and autofill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// Any line of text.
    #[default]
    Text,
    /// An email address.
    Email,
    /// A phone number.
    Tel,
    /// A web address.
    Url,
    /// A number with the native stepper.
    Number,
    /// An amount or code of digits: numeric keyboard, no stepper.
    Digits,
    /// An amount of money: decimal keyboard, no stepper.
    Amount,
    /// A calendar day.
    Date,
    /// A time of day.
    Time,
    /// A secret; what was typed is never shown again.
    Password,
    /// Search words.
    Search,
}

impl FieldKind {
    const fn input(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Text => ("text", None),
            Self::Email => ("email", Some("email")),
            Self::Tel => ("tel", Some("tel")),
            Self::Url => ("url", Some("url")),
            Self::Number => ("number", None),
            Self::Digits => ("text", Some("numeric")),
            Self::Amount => ("text", Some("decimal")),
            Self::Date => ("date", None),
            Self::Time => ("time", None),
            Self::Password => ("password", None),
            Self::Search => ("search", Some("search")),
        }
    }
}

/// A labelled one-line field with hint, message and optional prefix or suffix.
#[component]
pub fn Field<'a>(
    form: &'a FormState,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] kind: FieldKind,
    /// Shown under the label: why we ask, or what a good answer looks like.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What stands there before anything was typed.
    #[prop(optional, into)]
    value: Option<String>,
    /// Must be filled; sets the native attribute.
    #[prop(optional)]
    required: bool,
    /// Writes "(optional)" beside the label.
    #[prop(optional)]
    optional: bool,
    /// The HTML autofill token, e.g. `email`, `current-password`, `street-address`.
    #[prop(optional, into)]
    autocomplete: Option<String>,
    /// Stands before the value, e.g. `€`.
    #[prop(optional, into)]
    prefix: Option<String>,
    /// Stands after the value, e.g. `min` or `km`.
    #[prop(optional, into)]
    suffix: Option<String>,
    #[prop(optional, into)] min: Option<String>,
    #[prop(optional, into)] max: Option<String>,
    #[prop(optional, into)] step: Option<String>,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional)] disabled: bool,
    #[prop(optional)] readonly: bool,
    #[prop(optional)] autofocus: bool,
    /// Keeps the label for screen readers only, where the place makes it plain.
    #[prop(optional)]
    hide_label: bool,
    /// An example; never instead of the label.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// Id of a `<datalist>` or, for islands, of the listbox it drives.
    #[prop(optional, into)]
    list: Option<String>,
) -> impl IntoView + use<> {
    let about = Described::new(form, &name, hint);
    let typed = form.value(&name);
    let shown = match kind {
        FieldKind::Password => String::new(),
        _ if form.is_untouched() => value.unwrap_or_default(),
        _ => typed.to_owned(),
    };
    let (input, keyboard) = kind.input();
    let label_class = if hide_label { "sr-only" } else { "field-label" };
    view! {
        <div class="field" class:field-wrong=about.error.is_some()>
            <label class=label_class for=about.id.clone()>{label_words(label, optional)}</label>
            {about.hint_view()}
            {about.error_view()}
            <div class="field-box">
                {prefix.map(|text| view! { <span class="field-affix" aria-hidden="true">{text}</span> })}
                <input
                    class="field-input"
                    type=input
                    inputmode=keyboard
                    id=about.id.clone()
                    name=name
                    value=shown
                    required=required
                    autocomplete=autocomplete
                    min=min
                    max=max
                    step=step
                    maxlength=maxlength
                    disabled=disabled
                    readonly=readonly
                    autofocus=autofocus
                    placeholder=placeholder
                    list=list
                    aria-describedby=about.described_by()
                    aria-invalid=about.wrong()
                />
                {suffix.map(|text| view! { <span class="field-affix" aria-hidden="true">{text}</span> })}
            </div>
        </div>
    }
}
