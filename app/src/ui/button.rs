//! Buttons and links that look like them. The words say what happens: "Book Tuesday 14:00 · €86".

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How loud a button is. One primary per page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here.
    #[default]
    Primary,
    /// The other thing to do here.
    Secondary,
    /// A small act beside something else; no outline.
    Quiet,
    /// Cancels, removes or refuses something.
    Danger,
    /// The one marigold call of a page.
    Accent,
}

/// Height of a button: 36 (dense tables only), 44, 52 px.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// 36 px, for the dense tables of the back office.
    Small,
    /// 44 px.
    #[default]
    Medium,
    /// 52 px, for the call of a page.
    Large,
}

/// The class list of a button, for islands and plain markup that draw their own `<button>`.
#[must_use]
pub fn button_class(kind: ButtonKind, size: ButtonSize, full: bool) -> String {
    let kind = match kind {
        ButtonKind::Primary => "btn btn-primary",
        ButtonKind::Secondary => "btn btn-secondary",
        ButtonKind::Quiet => "btn btn-quiet",
        ButtonKind::Danger => "btn btn-danger",
        ButtonKind::Accent => "btn btn-accent",
    };
    let size = match size {
        ButtonSize::Small => " btn-sm",
        ButtonSize::Medium => "",
        ButtonSize::Large => " btn-lg",
    };
    let full = if full { " btn-full" } else { "" };
    format!("{kind}{size}{full}")
}

/// A button. Sends its form unless `plain` or `popover` is given.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    /// As wide as its column.
    #[prop(optional)]
    full: bool,
    /// Work is under way: shows a turning ring and ignores presses.
    #[prop(optional)]
    loading: bool,
    #[prop(optional)] disabled: bool,
    /// Sent with the form when this button is the one pressed.
    #[prop(optional, into)]
    name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    /// Another address to send the form to.
    #[prop(optional, into)]
    formaction: Option<String>,
    /// Id of a form elsewhere on the page.
    #[prop(optional, into)]
    form_id: Option<String>,
    /// Id of a `Dialog` or `Sheet` to open.
    #[prop(optional, into)]
    popover: Option<String>,
    /// Does nothing by itself (`type="button"`).
    #[prop(optional)]
    plain: bool,
    #[prop(optional)] icon: Option<Icon>,
    children: Children,
) -> impl IntoView {
    let act = if plain || popover.is_some() { "button" } else { "submit" };
    let ring = loading.then(|| view! { <span class="btn-ring" aria-hidden="true"></span> });
    let sign = icon.filter(|_| !loading).map(|icon| view! { <Glyph icon=icon/> });
    view! {
        <button
            type=act
            class=button_class(kind, size, full)
            disabled=disabled || loading
            aria-busy=loading.then_some("true")
            name=name
            value=value
            formaction=formaction
            form=form_id
            popovertarget=popover
        >
            {ring}
            {sign}
            {children()}
        </button>
    }
}

/// A link that looks like a button. For acts that change something use `Button` in a form.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    #[prop(optional)] full: bool,
    #[prop(optional)] icon: Option<Icon>,
    /// Saves instead of opening (files such as `.ics`).
    #[prop(optional)]
    download: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <a href=href class=button_class(kind, size, full) download=download>
            {icon.map(|icon| view! { <Glyph icon=icon/> })}
            {children()}
        </a>
    }
}
