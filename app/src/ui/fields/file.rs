//! The field that takes a file.

use leptos::prelude::*;

use super::frame::{Described, label_words};
use crate::forms::FormState;

/// A labelled field for a file, or several. Its form is sent as `multipart/form-data`. Browsers never fill it in again, so after
/// a refusal the file is chosen anew.
#[component]
pub fn FileField<'a>(
    form: &'a FormState,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// The kinds the browser offers, e.g. `image/jpeg,image/png`. What arrives is judged by its content all the same.
    #[prop(into)]
    accept: String,
    /// Shown under the label: kinds and sizes that work.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Several files may be chosen at once.
    #[prop(optional)]
    multiple: bool,
    /// Must be chosen; sets the native attribute.
    #[prop(optional)]
    required: bool,
    /// Writes "(optional)" beside the label.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView + use<> {
    let about = Described::new(form, &name, hint);
    view! {
        <div class="field" class:field-wrong=about.error.is_some()>
            <label class="field-label" for=about.id.clone()>{label_words(label, optional)}</label>
            {about.hint_view()}
            {about.error_view()}
            <input
                class="field-file"
                type="file"
                id=about.id.clone()
                name=name
                accept=accept
                multiple=multiple
                required=required
                aria-describedby=about.described_by()
                aria-invalid=about.wrong()
            />
        </div>
    }
}
