//! Parts of the front page that tell what this place is: its branches, its promises, its people.

use super::cards::{counted, picture_of, portrait};
use crate::ui::{Avatar, ButtonKind, ButtonSize, Drawing, Glyph, Icon, LinkButton, Picture, Scene, Stars};
use domain::catalog::{Category, PublishedReview};
use leptos::prelude::*;

/// The branches of the catalogue as pictures.
pub(super) fn tiles(categories: &[Category]) -> Option<impl IntoView + use<>> {
    let tiles: Vec<_> = categories.iter().filter(|category| category.parent.is_none()).map(tile).collect();
    if tiles.is_empty() {
        return None;
    }
    Some(view! {
        <section class="home-part" aria-labelledby="tiles-title">
            <div class="home-head">
                <h2 id="tiles-title">"What people book here"</h2>
                <a class="home-more" href="/services">"All services"<Glyph icon=Icon::ARROW_RIGHT/></a>
            </div>
            <ul class="tiles">{tiles}</ul>
        </section>
    })
}

fn tile(category: &Category) -> impl IntoView + use<> {
    let class = format!("tile tile-{}", category.tint);
    let shown = match &category.picture {
        Some(key) => {
            view! { <Picture picture=picture_of(key) sizes="(min-width: 64rem) 14rem, 45vw" class="tile-picture"/> }
                .into_any()
        }
        None => view! { <div class="picture picture-43 tile-picture"></div> }.into_any(),
    };
    view! {
        <li class=class>
            {shown}
            <p class="tile-words">
                <a class="tile-link" href=format!("/categories/{}", category.slug)>{category.name.clone()}</a>
                <span class="tile-count num">{counted(category.services, "service", "services")}</span>
            </p>
        </li>
    }
}

/// How it works, each step with what we promise.
pub(super) fn steps() -> impl IntoView {
    let step = |number: u8, scene: Scene, title: &'static str, text: &'static str| {
        view! {
            <li class="way">
                <Drawing scene=scene/>
                <p class="way-number" aria-hidden="true">{number}</p>
                <h3>{title}</h3>
                <p>{text}</p>
            </li>
        }
    };
    view! {
        <section class="home-band" aria-labelledby="steps-title">
            <div class="home-part">
                <h2 id="steps-title">"How it works, and what we promise"</h2>
                <ol class="ways">
                    {step(1, Scene::OneTime, "Take a time. It is yours.",
                        "Every time you see comes from a real calendar. The moment you take it nobody else can: never double-booked.")}
                    {step(2, Scene::Held, "You see the whole price first.",
                        "What you see before you book is what it costs, extras and taxes included, and one sentence says what cancelling costs.")}
                    {step(3, Scene::Record, "Every job is on record.",
                        "Who agreed to what, who came when, who signed: it all stays with the booking, for both sides.")}
                </ol>
            </div>
        </section>
    }
}

/// What customers wrote.
pub(super) fn voices(voices: Vec<PublishedReview>) -> Option<impl IntoView> {
    if voices.is_empty() {
        return None;
    }
    let voices: Vec<_> = voices.into_iter().map(voice).collect();
    Some(view! {
        <section class="home-part" aria-labelledby="voices-title">
            <h2 id="voices-title">"From people who booked"</h2>
            <ul class="voices">{voices}</ul>
        </section>
    })
}

fn voice(review: PublishedReview) -> impl IntoView {
    let href = format!("/services/{}", review.service_slug);
    view! {
        <li class="voice">
            <figure>
                <Stars value=f32::from(review.rating)/>
                <blockquote><p>{review.body}</p></blockquote>
                <figcaption>
                    <Avatar name=review.author.clone() src=portrait(review.picture.as_deref(), 96)/>
                    <span>
                        <strong>{review.author}</strong>
                        <a href=href>{review.service_title}</a>
                    </span>
                </figcaption>
            </figure>
        </li>
    }
}

/// For those who do the work.
pub(super) fn for_providers() -> impl IntoView {
    let tick = |text: &'static str| view! { <li><Glyph icon=Icon::CHECK/>{text}</li> };
    view! {
        <section class="trade" aria-labelledby="trade-title">
            <div class="trade-inner">
                <div class="trade-words">
                    <h2 id="trade-title">"You do the work. We keep the calendar straight."</h2>
                    <p>"For plumbers and painters, tutors and translators: people book you at times you gave, and only at those."</p>
                    <LinkButton href="/register?as=provider" kind=ButtonKind::Accent size=ButtonSize::Large>"Offer your services"</LinkButton>
                </div>
                <ul class="trade-ticks">
                    {tick("Your hours, breaks and days off, per person")}
                    {tick("Booked at once, or only after you said yes")}
                    {tick("Room before and after each visit, as you set it")}
                    {tick("Reviews only from customers you worked for")}
                </ul>
            </div>
        </section>
    }
}
