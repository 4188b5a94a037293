//! What stands around every field: label, hint and message, tied together by id.

use leptos::prelude::*;

use crate::forms::FormState;
use crate::ui::icon::{Glyph, Icon, IconSize};

/// The id of the control called `name`. Letters and digits stay, everything else becomes a hyphen.
#[must_use]
pub fn field_id(name: &str) -> String {
    let mut id = String::with_capacity(name.len() + 2);
    id.push_str("f-");
    id.extend(name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }));
    id
}

/// What a field needs to describe itself: its id, its message, and which texts belong to it.
pub(super) struct Described {
    pub id: String,
    pub error: Option<String>,
    pub hint: Option<String>,
}

impl Described {
    pub fn new(form: &FormState, name: &str, hint: Option<String>) -> Self {
        Self { id: field_id(name), error: form.error(name).map(str::to_owned), hint }
    }

    /// Value of `aria-describedby`: the message first, then the hint.
    pub fn described_by(&self) -> Option<String> {
        match (self.error.is_some(), self.hint.is_some()) {
            (true, true) => Some(format!("{0}-error {0}-hint", self.id)),
            (true, false) => Some(format!("{}-error", self.id)),
            (false, true) => Some(format!("{}-hint", self.id)),
            (false, false) => None,
        }
    }

    /// Value of `aria-invalid`: present only when there is something to correct.
    pub fn wrong(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    pub fn hint_view(&self) -> impl IntoView + use<> {
        let id = format!("{}-hint", self.id);
        self.hint.clone().map(|hint| view! { <p class="field-hint" id=id>{hint}</p> })
    }

    pub fn error_view(&self) -> impl IntoView + use<> {
        let id = format!("{}-error", self.id);
        self.error.clone().map(|error| {
            view! {
                <p class="field-error" id=id>
                    <Glyph icon=Icon::CIRCLE_ALERT size=IconSize::Small/>
                    <span>{error}</span>
                </p>
            }
        })
    }
}

/// The words of a label. Most fields are needed, so only the others say so.
pub(super) fn label_words(label: String, optional: bool) -> impl IntoView {
    view! {
        {label}
        {optional.then(|| view! { " " <span class="field-optional">"(optional)"</span> })}
    }
}
