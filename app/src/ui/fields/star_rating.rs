//! Giving one to five stars, with radios: keyboard and screen reader get "4 stars, good".

use leptos::prelude::*;

use super::frame::Described;
use super::radio::option_id;
use crate::forms::FormState;

const WORDS: [&str; 5] = ["1 star, poor", "2 stars, fair", "3 stars, fine", "4 stars, good", "5 stars, excellent"];

/// Five stars to choose from. Sends 1 to 5.
#[component]
pub fn StarRating<'a>(
    form: &'a FormState,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] required: bool,
) -> impl IntoView + use<> {
    let about = Described::new(form, &name, hint);
    let picked = form.value(&name).to_owned();
    let stars = WORDS
        .iter()
        .enumerate()
        .map(|(index, words)| {
            let value = (index + 1).to_string();
            view! {
                <label class="rate-star" title=*words>
                    <input
                        type="radio"
                        id=option_id(&about.id, index)
                        name=name.clone()
                        checked=picked == value
                        value=value
                        required=required
                        aria-label=*words
                    />
                    <svg viewBox="0 0 24 24" aria-hidden="true" inner_html=crate::ui::stars::STAR></svg>
                </label>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <fieldset class="field rate" class:field-wrong=about.error.is_some() aria-describedby=about.described_by()>
            <legend class="field-label">{label}</legend>
            {about.hint_view()}
            {about.error_view()}
            <div class="rate-stars">{stars}</div>
        </fieldset>
    }
}
