//! Colours, letters, icons, scenes.

use leptos::prelude::*;

use super::{specimen, wide_specimen};
use crate::layout::Wordmark;
use crate::ui::{ALL_ICONS, Drawing, Glyph, IconSize, Scene};

pub(super) fn parts() -> impl IntoView {
    view! {
        {specimen("Wordmark", |_| view! { <span class="top-mark"><Wordmark/></span> }.into_any())}
        {specimen("Colours", |_| colours().into_any())}
        {specimen("Kinds of work", |_| tints().into_any())}
        {specimen("Letters", |_| letters().into_any())}
        {specimen("Icons", |_| icons().into_any())}
        {wide_specimen("Scenes", |_| scenes().into_any())}
    }
}

fn colours() -> impl IntoView {
    let swatches = [
        ("Paper", "bg-paper text-ink"),
        ("Surface", "bg-surface text-ink"),
        ("Sunken", "bg-sunken text-ink"),
        ("Muted words", "bg-paper text-muted"),
        ("Primary", "bg-primary text-on-primary"),
        ("Primary tint", "bg-primary-tint text-primary"),
        ("Accent", "bg-accent text-on-accent"),
        ("Accent tint", "bg-accent-tint text-accent-ink"),
        ("Danger", "bg-danger-tint text-danger"),
        ("Warning", "bg-warning-tint text-warning"),
        ("Info", "bg-info-tint text-info"),
        ("Success", "bg-success-tint text-success"),
    ];
    let swatches = swatches
        .map(|(name, class)| view! { <li class=format!("kit-swatch {class}")>{name}</li> })
        .into_iter()
        .collect::<Vec<_>>();
    view! { <ul class="kit-swatches">{swatches}</ul> }
}

fn tints() -> impl IntoView {
    let tints = [
        ("Cleaning", "bg-tint-cleaning text-tint-cleaning-ink"),
        ("Plumbing", "bg-tint-plumbing text-tint-plumbing-ink"),
        ("Electrical", "bg-tint-electrical text-tint-electrical-ink"),
        ("Gardening", "bg-tint-gardening text-tint-gardening-ink"),
        ("Moving", "bg-tint-moving text-tint-moving-ink"),
        ("Painting", "bg-tint-painting text-tint-painting-ink"),
        ("Beauty", "bg-tint-beauty text-tint-beauty-ink"),
        ("Tutoring", "bg-tint-tutoring text-tint-tutoring-ink"),
        ("Design", "bg-tint-design text-tint-design-ink"),
        ("Writing", "bg-tint-writing text-tint-writing-ink"),
    ];
    let tints = tints
        .map(|(name, class)| view! { <li class=format!("kit-swatch {class}")>{name}</li> })
        .into_iter()
        .collect::<Vec<_>>();
    view! { <ul class="kit-swatches">{tints}</ul> }
}

fn letters() -> impl IntoView {
    view! {
        <div class="stack">
            <p class="font-display text-3xl font-bold">"Good people, on time"</p>
            <p class="font-display text-2xl font-bold">"Never double-booked"</p>
            <p class="font-display text-xl font-bold">"Free near you this week"</p>
            <p class="font-display text-lg font-bold">"What is included"</p>
            <p>"Reading text stands at 17 pixels in lines of 60 to 72 letters. " <a href="#letters">"A link in it"</a> " looks like this, and " <strong>"strong words"</strong> " like this."</p>
            <p class="text-sm">"Cards, labels and tables use 15 pixels: €1,234.50 · 08:30–16:45."</p>
            <p class="text-xs muted">"13 pixels only in pills and beside the hours of a calendar."</p>
        </div>
    }
}

fn icons() -> impl IntoView {
    let icons = ALL_ICONS
        .iter()
        .map(|(name, icon)| view! { <li title=*name><Glyph icon=*icon size=IconSize::Large label=*name/></li> })
        .collect::<Vec<_>>();
    view! { <ul class="kit-icons">{icons}</ul> }
}

fn scenes() -> impl IntoView {
    let scenes = [
        Scene::Search,
        Scene::Calendar,
        Scene::Letterbox,
        Scene::Reviews,
        Scene::Shelf,
        Scene::Signpost,
        Scene::Door,
        Scene::Taken,
        Scene::Parcel,
        Scene::Tea,
        Scene::Pipe,
        Scene::Shutters,
        Scene::Form,
        Scene::OneTime,
        Scene::Held,
        Scene::Record,
    ];
    let scenes = scenes.map(|scene| view! { <li><Drawing scene=scene/></li> }).into_iter().collect::<Vec<_>>();
    view! { <ul class="kit-scenes">{scenes}</ul> }
}
