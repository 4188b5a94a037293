//! Icons: one outline style, 1.75 stroke, in the colour of the text around them.

mod all;
mod shapes;

use leptos::prelude::*;

pub use all::ALL_ICONS;

/// The outline of one icon. The known ones are its constants: `Icon::STAR`, `Icon::CALENDAR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icon(&'static str);

/// How big an icon stands beside text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    /// 16 px, inside pills and small text.
    Small,
    /// 20 px, beside reading text and in buttons.
    #[default]
    Medium,
    /// 24 px, alone in a button.
    Large,
    /// 32 px, heading a section.
    Huge,
}

impl IconSize {
    const fn class(self) -> &'static str {
        match self {
            Self::Small => "icon icon-sm",
            Self::Medium => "icon",
            Self::Large => "icon icon-lg",
            Self::Huge => "icon icon-xl",
        }
    }
}

/// An icon. Without `label` it is decoration and hidden from screen readers; with one it is an image of that name.
#[component]
pub fn Glyph(
    icon: Icon,
    #[prop(optional)] size: IconSize,
    /// Spoken name, only for an icon that stands without text.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let hidden = label.is_none().then_some("true");
    let role = label.is_some().then_some("img");
    view! {
        <svg
            class=size.class()
            viewBox="0 0 24 24"
            aria-hidden=hidden
            role=role
            aria-label=label
            inner_html=icon.0
        ></svg>
    }
}
