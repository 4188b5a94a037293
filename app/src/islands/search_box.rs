//! The "What do you need?" of the search: offers names while one types. Without scripts it is a plain field.
//!
//! A combobox as ARIA describes it: focus stays in the field, arrow keys move through the offers, Enter opens
//! the chosen one or sends the search, Escape closes.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One offer, as `/services/suggest` sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What it is called.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// Beside it: who offers it, or what it is.
    pub note: String,
}

/// The field with its label, as one part of a search form.
#[island]
pub fn SearchBox(
    /// Words in force.
    typed: String,
) -> impl IntoView {
    let field = NodeRef::<leptos::html::Input>::new();
    let offers = RwSignal::new(Vec::<Offer>::new());
    let chosen = RwSignal::new(None::<usize>);
    let close = move || {
        offers.set(Vec::new());
        chosen.set(None);
    };
    let input = move |_: leptos::ev::Event| {
        chosen.set(None);
        #[cfg(feature = "hydrate")]
        browser::ask(field, offers);
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        #[cfg(feature = "hydrate")]
        browser::press(&event, offers, chosen);
        let _ = event;
    };
    #[cfg(feature = "hydrate")]
    browser::awake(field, offers);
    let open = move || !offers.read().is_empty();
    let list = move || {
        let line = move |(index, offer): (usize, Offer)| {
            view! {
                <li role="presentation">
                    <a
                        class="offer"
                        role="option"
                        tabindex="-1"
                        id=format!("seek-offer-{index}")
                        aria-selected=move || if chosen.get() == Some(index) { "true" } else { "false" }
                        href=offer.href
                    >
                        <span>{offer.text}</span>
                        <small>{offer.note}</small>
                    </a>
                </li>
            }
        };
        offers.get().into_iter().enumerate().map(line).collect::<Vec<_>>()
    };
    view! {
        <div class="seek-field seek-what">
            <label for="seek-q">"What do you need?"</label>
            <input
                node_ref=field
                id="seek-q"
                type="search"
                name="q"
                value=typed
                placeholder="A leaking tap, a logo, a move"
                autocomplete="off"
                maxlength="200"
                aria-controls="seek-offers"
                aria-activedescendant=move || chosen.get().map(|index| format!("seek-offer-{index}"))
                on:input=input
                on:keydown=key
                on:blur=move |_| close()
            />
            // A press must not take the focus from the field before its click arrives.
            <ul
                class="offers"
                id="seek-offers"
                role="listbox"
                aria-label="Offers"
                hidden=move || !open()
                on:pointerdown=|event| event.prevent_default()
            >
                {list}
            </ul>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::Offer;
    use leptos::html::Input;
    use leptos::prelude::*;
    use std::cell::RefCell;
    use std::time::Duration;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{AbortController, HtmlInputElement, RequestInit, Response};

    /// How long typing must rest before we ask.
    const REST: Duration = Duration::from_millis(140);

    thread_local! {
        /// The question that is on its way, and the timer of the next one.
        static ASKING: RefCell<(Option<AbortController>, Option<TimeoutHandle>)> = const { RefCell::new((None, None)) };
    }

    /// What only holds with scripts: the field is a combobox.
    pub(super) fn awake(field: NodeRef<Input>, offers: RwSignal<Vec<Offer>>) {
        Effect::new(move || {
            if let Some(field) = field.get() {
                let open = if offers.read().is_empty() { "false" } else { "true" };
                for (name, value) in [("role", "combobox"), ("aria-autocomplete", "list"), ("aria-expanded", open)] {
                    field.set_attribute(name, value).ok();
                }
            }
        });
    }

    /// Asks for offers once typing rests; an older question is given up.
    pub(super) fn ask(field: NodeRef<Input>, offers: RwSignal<Vec<Offer>>) {
        ASKING.with_borrow_mut(|(asked, timer)| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
            if let Some(asked) = asked.take() {
                asked.abort();
            }
            *timer = set_timeout_with_handle(
                move || {
                    let Some(field) = field.get_untracked() else {
                        return;
                    };
                    let Ok(controller) = AbortController::new() else {
                        return;
                    };
                    ASKING.with_borrow_mut(|(asked, _)| *asked = Some(controller.clone()));
                    spawn_local(async move {
                        // Given up, or offline: the form works all the same.
                        if let Ok(found) = fetch(&field, &controller).await {
                            offers.set(found);
                        }
                    });
                },
                REST,
            )
            .ok();
        });
    }

    async fn fetch(field: &HtmlInputElement, controller: &AbortController) -> Result<Vec<Offer>, JsValue> {
        let typed = field.value();
        if typed.trim().chars().count() < 2 {
            return Ok(Vec::new());
        }
        let options = RequestInit::new();
        options.set_signal(Some(&controller.signal()));
        let query: String = js_sys::encode_uri_component(&typed).into();
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let address = format!("/services/suggest?q={query}");
        let response: Response =
            JsFuture::from(window.fetch_with_str_and_init(&address, &options)).await?.dyn_into()?;
        if !response.ok() {
            return Err(JsValue::NULL);
        }
        let list: js_sys::Array = JsFuture::from(response.json()?).await?.dyn_into()?;
        let text = |offer: &JsValue, name: &str| {
            js_sys::Reflect::get(offer, &name.into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
        };
        let offers = list.iter().map(|offer| Offer {
            text: text(&offer, "text"),
            href: text(&offer, "href"),
            note: text(&offer, "note"),
        });
        Ok(offers.collect())
    }

    pub(super) fn press(event: &web_sys::KeyboardEvent, offers: RwSignal<Vec<Offer>>, chosen: RwSignal<Option<usize>>) {
        let count = offers.read_untracked().len();
        if count == 0 {
            return;
        }
        let at = chosen.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => chosen.set(Some(at.map_or(0, |at| (at + 1) % count))),
            "ArrowUp" => chosen.set(Some(at.map_or(count - 1, |at| (at + count - 1) % count))),
            "Escape" => {
                chosen.set(None);
                offers.set(Vec::new());
            }
            "Enter" => {
                let Some(href) = at.and_then(|at| offers.read_untracked().get(at).map(|offer| offer.href.clone()))
                else {
                    return;
                };
                if let Some(window) = web_sys::window() {
                    window.location().set_href(&href).ok();
                }
            }
            _ => return,
        }
        event.prevent_default();
    }
}
