//! A form that asks the server while one chooses: the part of the page that depends on the choice is
//! fetched and put in place. Without scripts its button does the same with a page load.

use leptos::prelude::*;

/// Wraps a GET form. On every change but that of the fields inside the part itself, the element with the id
/// `target` gets the server's new version of the part (`?part=1`).
#[island]
pub fn LiveForm(
    /// Id of the element to replace.
    target: String,
    children: Children,
) -> impl IntoView {
    let asked = RwSignal::new(0_u32);
    let change = move |event: leptos::ev::Event| {
        let target = target.clone();
        asked.update(|count| *count += 1);
        let this = asked.get_untracked();
        #[cfg(feature = "hydrate")]
        browser::refresh(event, target, move || asked.get_untracked() == this);
        #[cfg(not(feature = "hydrate"))]
        let _ = (event, target, this);
    };
    view! { <div on:change=change>{children()}</div> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{Element, Event, FormData, HtmlFormElement, Response, UrlSearchParams};

    /// Fetches the part anew unless the change happened inside it. `still_wanted` is false once a later
    /// change has asked again.
    pub fn refresh(event: Event, target: String, still_wanted: impl Fn() -> bool + 'static) {
        let Some(field) = event.target().and_then(|field| field.dyn_into::<Element>().ok()) else {
            return;
        };
        let Some(form) = field.closest("form").ok().flatten().and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
        else {
            return;
        };
        let Some(part) = form.query_selector(&format!("#{target}")).ok().flatten() else {
            return;
        };
        if part.contains(Some(&field)) {
            return;
        }
        spawn_local(async move {
            part.set_attribute("aria-busy", "true").ok();
            if let Ok(html) = fetch(&form).await
                && still_wanted()
            {
                part.set_inner_html(&html);
            }
            part.remove_attribute("aria-busy").ok();
        });
    }

    async fn fetch(form: &HtmlFormElement) -> Result<String, JsValue> {
        let data = FormData::new_with_form(form)?;
        let query = UrlSearchParams::new_with_record_from_str_to_str(&js_sys::Object::new().unchecked_into())?;
        for pair in data.entries() {
            let pair = js_sys::Array::from(&pair?);
            query.append(&pair.get(0).as_string().unwrap_or_default(), &pair.get(1).as_string().unwrap_or_default());
        }
        query.delete("start");
        query.append("part", "1");
        let address = format!("{}?{}", form.action(), String::from(query.to_string()));
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let response: Response = JsFuture::from(window.fetch_with_str(&address)).await?.dyn_into()?;
        if !response.ok() {
            return Err(JsValue::NULL);
        }
        let text = JsFuture::from(response.text()?).await?;
        text.as_string().ok_or(JsValue::NULL)
    }
}
