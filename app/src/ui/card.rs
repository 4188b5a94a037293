//! Surfaces: the plain card, and the card of a service in lists.

use leptos::prelude::*;

use super::badge::{Tone, Verified};
use super::icon::{Glyph, Icon, IconSize};
use super::picture::{Picture, PictureData};
use super::stars::Rating;

/// A quiet surface with an optional heading and a link or button beside it.
#[component]
pub fn Card(
    /// Heading of level 2.
    #[prop(optional, into)]
    title: Option<String>,
    /// Beside the heading.
    #[prop(optional, into)]
    aside: Option<ViewFn>,
    /// Ground of the card; `Plain` is the surface.
    #[prop(optional)]
    tone: Tone,
    /// Less room inside.
    #[prop(optional)]
    dense: bool,
    /// Extra classes.
    #[prop(optional, into)]
    class: String,
    children: Children,
) -> impl IntoView {
    let class = format!("card card-{}{} {class}", tone.word(), if dense { " card-dense" } else { "" });
    let head = title.map(|title| {
        view! {
            <div class="card-head">
                <h2 class="card-title">{title}</h2>
                {aside.map(|aside| aside.run())}
            </div>
        }
    });
    view! { <section class=class>{head}{children()}</section> }
}

/// What the card of a service shows. Texts come formatted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceCardData {
    /// Where the card leads.
    pub href: String,
    /// The picture; its `alt` may be empty, the title says it.
    pub picture: PictureData,
    /// Name of the service.
    pub title: String,
    /// Who offers it.
    pub provider: String,
    /// The provider is checked.
    pub verified: bool,
    /// Average from 1 to 5; `None` without reviews.
    pub rating: Option<f32>,
    /// Number of reviews.
    pub reviews: u32,
    /// "Lisbon · 2.4 km"; `None` shows "Remote".
    pub place: Option<String>,
    /// "€45" or "€45 an hour"; the card writes "from" before it when `price_from`.
    pub price: String,
    /// The price is the lowest of several.
    pub price_from: bool,
    /// "Tomorrow 10:30"; for deliveries "in 3 days". `None` hides the line.
    pub next_free: Option<String>,
    /// Why it is in this list: "matches “leak”".
    pub why: Option<String>,
    /// What its place in the list is made of, a line each; behind "Why is this here?".
    pub parts: Option<String>,
    /// One word over its picture: "Featured"; empty for none.
    pub label: &'static str,
    /// Where its heart sends to, and whether it is on; a form called `hearts` must stand on the page.
    pub heart: Option<(String, bool)>,
    /// Id of the card on its page; empty for none.
    pub mark: String,
}

/// A service in a list. The whole card is one link, spoken by its title.
#[component]
pub fn ServiceCard(
    card: ServiceCardData,
    /// On the first screen: its picture loads at once.
    #[prop(optional)]
    eager: bool,
    /// Level of its heading, 2 to 4.
    #[prop(default = 3)]
    level: u8,
) -> impl IntoView {
    let link = view! { <a class="service-link" href=card.href>{card.title.clone()}</a> };
    let title = match level {
        2 => view! { <h2 class="service-title">{link}</h2> }.into_any(),
        4 => view! { <h4 class="service-title">{link}</h4> }.into_any(),
        _ => view! { <h3 class="service-title">{link}</h3> }.into_any(),
    };
    let place_icon = if card.place.is_some() { Icon::MAP_PIN } else { Icon::LAPTOP };
    let place = card.place.unwrap_or_else(|| "Remote".to_owned());
    let heart = card.heart.map(|(deed, on)| {
        let label = if on { format!("Let {} go", card.title) } else { format!("Keep {}", card.title) };
        let class = if on { "heart heart-on" } else { "heart" };
        view! { <button type="submit" form="hearts" formaction=deed class=class aria-label=label></button> }
    });
    let mark = Some(card.mark).filter(|mark| !mark.is_empty());
    view! {
        <article class="service" id=mark>
            <Picture picture=card.picture eager=eager class="service-picture"/>
            <div class="service-body">
                <p class="service-by">
                    <span class="service-provider">
                        <span class="service-name">{card.provider}</span>
                        {card.verified.then(|| view! { <Verified/> })}
                    </span>
                    <Rating average=card.rating.unwrap_or_default() count=if card.rating.is_some() { card.reviews } else { 0 }/>
                </p>
                {title}
                <p class="service-place"><Glyph icon=place_icon size=IconSize::Small/>{place}</p>
                {card.why.map(|why| view! { <p class="service-why">{why}</p> })}
                <p class="service-foot">
                    <span class="service-price">
                        {card.price_from.then_some("from ")}
                        <strong>{card.price}</strong>
                    </span>
                    {card.next_free.map(|next| view! {
                        <span class="service-next"><span class="sr-only">"Next free: "</span><Glyph icon=Icon::CALENDAR_CHECK size=IconSize::Small/>{next}</span>
                    })}
                </p>
                {card.parts.map(|parts| view! {
                    <details class="service-parts">
                        <summary>"Why is this here?"</summary>
                        <p>{parts}</p>
                    </details>
                })}
            </div>
            {(!card.label.is_empty()).then(|| view! { <p class="service-label">{card.label}</p> })}
            {heart}
        </article>
    }
}
