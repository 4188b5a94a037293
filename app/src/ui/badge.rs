//! Small words with a ground: states, marks, and filters in force.

use leptos::prelude::*;

use super::icon::{Glyph, Icon, IconSize};

/// What a coloured part means; always together with words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Ours, chosen.
    Primary,
    /// Worth a look.
    Accent,
    /// Something to know.
    Info,
    /// Done, good.
    Success,
    /// Waiting, watch out.
    Warning,
    /// Refused, lost, broken.
    Danger,
}

impl Tone {
    /// The last part of the class name: `success`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Primary => "primary",
            Self::Accent => "accent",
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }
}

/// A pill with a word: "Most chosen", "Remote".
#[component]
pub fn Badge(#[prop(optional)] tone: Tone, #[prop(optional)] icon: Option<Icon>, children: Children) -> impl IntoView {
    view! {
        <span class=format!("badge badge-{}", tone.word())>
            {icon.map(|icon| view! { <Glyph icon=icon size=IconSize::Small/> })}
            {children()}
        </span>
    }
}

/// The state something is in, with a dot: "Waiting for Ana", "Confirmed".
#[component]
pub fn Status(#[prop(optional)] tone: Tone, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <span class=format!("badge badge-{} status", tone.word())>
            <span class="status-dot" aria-hidden="true"></span>
            {text}
        </span>
    }
}

/// The mark of a checked provider.
#[component]
pub fn Verified() -> impl IntoView {
    view! { <span class="verified"><Glyph icon=Icon::BADGE_CHECK size=IconSize::Small label="Verified"/></span> }
}

/// A filter in force, one tap to take away; or, with `on` off, one tap to put on.
#[component]
pub fn Chip(
    #[prop(into)] href: String,
    #[prop(into)] text: String,
    /// In force; shows the cross. Default yes.
    #[prop(default = true)]
    on: bool,
    #[prop(optional)] icon: Option<Icon>,
    /// How many there would be.
    #[prop(optional)]
    count: Option<u64>,
) -> impl IntoView {
    view! {
        <a class="chip" class:chip-on=on href=href>
            {icon.map(|icon| view! { <Glyph icon=icon size=IconSize::Small/> })}
            {on.then(|| view! { <span class="sr-only">"Remove filter: "</span> })}
            {text}
            {count.map(|count| view! { <span class="chip-count">{count}</span> })}
            {on.then(|| view! { <Glyph icon=Icon::X size=IconSize::Small/> })}
        </a>
    }
}
