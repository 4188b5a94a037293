//! The one place with the `<textarea>` tag: Leptos writes its children unescaped, so the text is escaped here.

use leptos::prelude::*;

use super::frame::{Described, label_words};
use crate::forms::FormState;

/// Makes typed text safe inside `<textarea>`. A leading newline is doubled, because browsers drop the first.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    if text.starts_with(['\n', '\r']) {
        safe.push('\n');
    }
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A labelled field of several lines.
#[component]
pub fn TextArea<'a>(
    form: &'a FormState,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    /// What stands there before anything was typed.
    #[prop(optional, into)]
    value: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] optional: bool,
    #[prop(default = 4)] rows: u16,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional)] disabled: bool,
    #[prop(optional, into)] placeholder: Option<String>,
) -> impl IntoView + use<> {
    let about = Described::new(form, &name, hint);
    let typed = form.value(&name);
    let shown = if form.is_untouched() { escaped(value.as_deref().unwrap_or_default()) } else { escaped(typed) };
    view! {
        <div class="field" class:field-wrong=about.error.is_some()>
            <label class="field-label" for=about.id.clone()>{label_words(label, optional)}</label>
            {about.hint_view()}
            {about.error_view()}
            <textarea
                class="field-input field-area"
                id=about.id.clone()
                name=name
                rows=rows
                required=required
                maxlength=maxlength
                disabled=disabled
                placeholder=placeholder
                aria-describedby=about.described_by()
                aria-invalid=about.wrong()
                inner_html=shown
            ></textarea>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_can_close_the_tag() {
        assert_eq!(escaped("</textarea><script>"), "&lt;/textarea&gt;&lt;script&gt;");
    }

    #[test]
    fn a_leading_newline_survives_the_browser() {
        assert_eq!(escaped("\nfirst"), "\n\nfirst");
        assert_eq!(escaped("\r\nfirst"), "\n\r\nfirst");
    }
}
