//! Telling people something: notices, empty places, asking before something serious.

use leptos::prelude::*;

use super::badge::Tone;
use super::drawing::{Drawing, Scene};
use super::icon::{Glyph, Icon, IconSize};

const fn sign(tone: Tone) -> Icon {
    match tone {
        Tone::Success => Icon::CIRCLE_CHECK,
        Tone::Warning => Icon::TRIANGLE_ALERT,
        Tone::Danger => Icon::CIRCLE_ALERT,
        Tone::Plain | Tone::Primary | Tone::Accent | Tone::Info => Icon::INFO,
    }
}

/// A message in the flow of a page.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] title: Option<String>,
    /// Read out when the page opens: after something was done or went wrong.
    #[prop(optional)]
    live: bool,
    children: Children,
) -> impl IntoView {
    let role = live.then_some(if tone == Tone::Danger { "alert" } else { "status" });
    view! {
        <div class=format!("notice notice-{}", tone.word()) role=role>
            <Glyph icon=sign(tone)/>
            <div class="notice-words">
                {title.map(|title| view! { <p class="notice-title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
}

/// What just happened, once, after a form was sent; floats in and stays until the next page.
#[component]
pub fn Toast(#[prop(optional)] tone: Tone, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <div class=format!("toast toast-{}", tone.word()) role="status">
            <Glyph icon=sign(tone)/>
            <p>{text}</p>
        </div>
    }
}

/// A place with nothing in it yet: says why and what to do next (the children: a button or two).
#[component]
pub fn EmptyState(
    #[prop(optional)] scene: Scene,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Drawing scene=scene/>
            <h2 class="empty-title">{title}</h2>
            <p class="empty-text">{text}</p>
            {children.map(|children| view! { <div class="empty-acts">{children()}</div> })}
        </div>
    }
}

/// A window over the page, opened by `<Button popover="id">`. Closes by Escape, by a press outside, or by its cross.
#[component]
pub fn Dialog(#[prop(into)] id: String, #[prop(into)] title: String, children: Children) -> impl IntoView {
    let heading = format!("{id}-title");
    view! {
        <div class="dialog" id=id popover="auto" role="dialog" aria-labelledby=heading>
            <div class="dialog-head">
                <h2 class="card-title" id=heading.clone()>{title}</h2>
                <button type="button" class="btn btn-quiet btn-icon" popovertarget=id.clone() popovertargetaction="hide">
                    <Glyph icon=Icon::X label="Close"/>
                </button>
            </div>
            {children()}
        </div>
    }
}

/// A panel beside the content on wide screens; on phones a sheet from below with its own button.
#[component]
pub fn Sheet(
    #[prop(into)] id: String,
    /// Heading of the panel and words of the button: "Filters".
    #[prop(into)]
    title: String,
    /// Counter on the button, e.g. filters in force.
    #[prop(optional)]
    count: u32,
    #[prop(default = Icon::SLIDERS_HORIZONTAL)] icon: Icon,
    children: Children,
) -> impl IntoView {
    let heading = format!("{id}-title");
    view! {
        <button type="button" class="btn btn-secondary sheet-open" popovertarget=id.clone()>
            <Glyph icon=icon/>
            {title.clone()}
            {(count > 0).then(|| view! { <span class="tab-count">{count}</span> })}
        </button>
        <section class="sheet" id=id.clone() popover="auto" aria-labelledby=heading>
            <div class="dialog-head">
                <h2 class="card-title" id=heading.clone()>{title}</h2>
                <button type="button" class="btn btn-quiet btn-icon sheet-close" popovertarget=id.clone() popovertargetaction="hide">
                    <Glyph icon=Icon::X label="Close"/>
                </button>
            </div>
            {children()}
        </section>
    }
}

/// A page that asks before something serious. The children are the form with its two buttons.
#[component]
pub fn ConfirmPage(
    #[prop(into)] title: String,
    /// What will happen, and what it costs.
    #[prop(into)]
    text: String,
    #[prop(optional)] tone: Tone,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("confirm confirm-{}", tone.word())>
            <h1>{title}</h1>
            <p class="lead">{text}</p>
            {children()}
        </div>
    }
}

/// A question that opens to its answer.
#[component]
pub fn Disclosure(#[prop(into)] title: String, #[prop(optional)] open: bool, children: Children) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary>{title}<Glyph icon=Icon::CHEVRON_DOWN/></summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
}

/// An act that cannot be taken back asks once more where it stands, without scripts: pressing `label` opens the
/// question, and the form in it is the answer.
#[component]
pub fn AskFirst(
    #[prop(into)] label: String,
    /// What becomes of it.
    #[prop(into)]
    text: String,
    /// Spoken after the label: what it is about, where a page has several.
    #[prop(optional, into)]
    about: Option<String>,
    #[prop(optional)] icon: Option<Icon>,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="ask-first">
            <summary class="btn btn-quiet btn-sm">
                {icon.map(|icon| view! { <Glyph icon=icon size=IconSize::Small/> })}
                <span>{label}{about.map(|about| view! { <span class="sr-only">": "{about}</span> })}</span>
            </summary>
            <div class="ask-first-body">
                <p>{text}</p>
                {children()}
            </div>
        </details>
    }
}
