//! The linked list of what needs another look, at the top of a form that came back.

use leptos::prelude::*;

use super::frame::field_id;
use crate::forms::FormState;
use crate::ui::icon::{Glyph, Icon};

/// Shows nothing while the form is fine. Takes the focus when the page opens, so that it is read first.
/// A message without a field (empty name) stands as plain text.
#[component]
pub fn ErrorSummary<'a>(
    form: &'a FormState,
    /// Instead of "Two things need another look".
    #[prop(optional, into)]
    title: Option<String>,
) -> impl IntoView + use<> {
    let entries = form
        .errors()
        .map(|(field, message)| {
            let message = message.to_owned();
            if field.is_empty() {
                view! { <li>{message}</li> }.into_any()
            } else {
                let href = format!("#{}", field_id(field));
                view! { <li><a href=href>{message}</a></li> }.into_any()
            }
        })
        .collect::<Vec<_>>();
    let title = title.unwrap_or_else(|| match entries.len() {
        1 => "One thing needs another look".to_owned(),
        2 => "Two things need another look".to_owned(),
        3 => "Three things need another look".to_owned(),
        many => format!("{many} things need another look"),
    });
    (!entries.is_empty()).then(|| {
        view! {
            <div class="summary" role="alert" tabindex="-1" id="errors" autofocus=true>
                <Glyph icon=Icon::CIRCLE_ALERT/>
                <div>
                    <h2 class="summary-title">{title}</h2>
                    <ul class="summary-list">{entries}</ul>
                </div>
            </div>
        }
    })
}
