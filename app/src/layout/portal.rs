//! The frame of the places people work in: a side menu, on phones a row that scrolls.

use leptos::prelude::*;

use super::Viewer;
use crate::ui::{Glyph, Icon};

/// One entry of a side menu.
pub(super) struct PortalLink {
    pub text: &'static str,
    pub href: &'static str,
    pub icon: Icon,
    /// The entry is the page itself only, not what stands below it.
    pub exact: bool,
}

const PROVIDER: &[PortalLink] = &[
    PortalLink { text: "Today", href: "/provider", icon: Icon::SUN, exact: true },
    PortalLink { text: "Calendar", href: "/provider/calendar", icon: Icon::CALENDAR_DAYS, exact: false },
    PortalLink { text: "Bookings", href: "/provider/bookings", icon: Icon::LIST, exact: false },
];

/// The provider's portal.
#[component]
pub(super) fn ProviderPortal(viewer: Viewer, children: Children) -> impl IntoView {
    view! { <PortalFrame label="Provider portal" links=PROVIDER viewer=viewer>{children()}</PortalFrame> }
}

/// Side menu and content.
#[component]
pub(super) fn PortalFrame(
    label: &'static str,
    links: &'static [PortalLink],
    viewer: Viewer,
    children: Children,
) -> impl IntoView {
    let links = links
        .iter()
        .map(|link| {
            let here = if link.exact { viewer.path == link.href } else { viewer.within(link.href) };
            view! {
                <li>
                    <a class="side-link" href=link.href aria-current=here.then_some("page")>
                        <Glyph icon=link.icon/>
                        {link.text}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <div class="portal">
            <nav class="side" aria-label=label>
                <p class="side-title">{label}</p>
                <ul>{links}</ul>
            </nav>
            <div class="portal-body">{children()}</div>
        </div>
    }
}
