//! The frame of the places people work in: a side menu, on phones a row that scrolls.

use leptos::prelude::*;

use super::Viewer;
use crate::ui::{Glyph, Icon};
use domain::kernel::Action;

/// One entry of a side menu.
pub(super) struct PortalLink {
    pub text: &'static str,
    pub href: &'static str,
    pub icon: Icon,
    /// The entry is the page itself only, not what stands below it.
    pub exact: bool,
    /// Not for operators who act for the person.
    pub in_person: bool,
    /// Only for people who may do this.
    pub needs: Option<Action>,
    /// What stands below the entry at another address: the frame decides whose pages these are.
    pub elsewhere: Option<&'static str>,
}

const fn link(text: &'static str, href: &'static str, icon: Icon) -> PortalLink {
    PortalLink { text, href, icon, exact: false, in_person: false, needs: None, elsewhere: None }
}

const fn first(text: &'static str, href: &'static str, icon: Icon) -> PortalLink {
    PortalLink { exact: true, ..link(text, href, icon) }
}

const fn own(text: &'static str, href: &'static str, icon: Icon) -> PortalLink {
    PortalLink { in_person: true, ..link(text, href, icon) }
}

const fn room(text: &'static str, href: &'static str, icon: Icon, needs: Action) -> PortalLink {
    PortalLink { needs: Some(needs), ..link(text, href, icon) }
}

const PROVIDER: &[PortalLink] = &[
    first("Today", "/provider", Icon::SUN),
    link("Calendar", "/provider/calendar", Icon::CALENDAR_DAYS),
    PortalLink { elsewhere: Some("/provider/places"), ..link("Availability", "/provider/availability", Icon::CLOCK) },
    // A booking has one address for both of its sides.
    PortalLink { elsewhere: Some("/bookings"), ..link("Bookings", "/provider/bookings", Icon::LIST) },
    room("Services", "/provider/services", Icon::PACKAGE, Action::KeepListings),
    room("Profile", "/provider/profile", Icon::STORE, Action::DescribeBusiness),
    room("Documents", "/provider/documents", Icon::FILE_TEXT, Action::ShowDocuments),
    link("Team", "/provider/team", Icon::USERS),
    room("Blocked", "/provider/blocked", Icon::EYE_OFF, Action::Block),
];

const ACCOUNT: &[PortalLink] = &[
    first("Your details", "/account", Icon::USER),
    own("Security", "/account/security", Icon::SHIELD_CHECK),
    own("Devices", "/account/sessions", Icon::LAPTOP),
    own("Calendar", "/account/calendar", Icon::CALENDAR_DAYS),
    own("API keys", "/account/api-keys", Icon::KEY),
    link("Blocked", "/account/blocked", Icon::EYE_OFF),
    own("Privacy", "/account/privacy", Icon::LOCK),
];

const ADMIN: &[PortalLink] = &[
    first("Overview", "/admin", Icon::GRID),
    room("People", "/admin/users", Icon::USERS, Action::SeeUsers),
    room("Services", "/admin/services", Icon::PACKAGE, Action::ReviewListings),
    room("Providers", "/admin/providers", Icon::STORE, Action::CheckProviders),
    room("Categories", "/admin/categories", Icon::LAYERS, Action::ManageCategories),
    room("History", "/admin/audit", Icon::HISTORY, Action::ReadAudit),
];

/// What decides which rooms of the back office are shown.
pub(super) const ADMIN_ACTIONS: &[Action] =
    &[Action::SeeUsers, Action::CheckProviders, Action::ReviewListings, Action::ManageCategories, Action::ReadAudit];

/// What decides which rooms of a business are shown.
pub(super) const BUSINESS_ACTIONS: &[Action] =
    &[Action::KeepListings, Action::DescribeBusiness, Action::ShowDocuments, Action::Block];

/// The provider's portal.
#[component]
pub(super) fn ProviderPortal(viewer: Viewer, children: Children) -> impl IntoView {
    let switch = switch(&viewer);
    view! { <PortalFrame label="Provider portal" links=PROVIDER viewer=viewer above=switch>{children()}</PortalFrame> }
}

/// For people who work for several businesses: which one this is, and the way to the others.
fn switch(viewer: &Viewer) -> Option<AnyView> {
    let (_, here) = viewer.businesses.first()?;
    let others = viewer.businesses.iter().skip(1).map(|(id, name)| {
        view! { <li><button class="switch-to" name="business" value=id.clone()>{name.clone()}</button></li> }
    });
    let others: Vec<_> = others.collect();
    if others.is_empty() {
        return None;
    }
    let shown = view! {
        <details class="switch">
            <summary><span class="sr-only">"Business: "</span>{here.clone()}<Glyph icon=Icon::CHEVRON_DOWN/></summary>
            <form method="post" action="/provider/switch"><ul>{others}</ul></form>
        </details>
    };
    Some(shown.into_any())
}

/// A person's own account.
#[component]
pub(super) fn AccountPortal(viewer: Viewer, children: Children) -> impl IntoView {
    view! { <PortalFrame label="Your account" links=ACCOUNT viewer=viewer>{children()}</PortalFrame> }
}

/// The back office.
#[component]
pub(super) fn AdminPortal(viewer: Viewer, children: Children) -> impl IntoView {
    view! { <PortalFrame label="Back office" links=ADMIN viewer=viewer>{children()}</PortalFrame> }
}

/// Side menu and content.
#[component]
pub(super) fn PortalFrame(
    label: &'static str,
    links: &'static [PortalLink],
    viewer: Viewer,
    /// Stands above the menu.
    #[prop(default = None)]
    above: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let links = links
        .iter()
        .filter(|link| link.needs.is_none_or(|action| viewer.may.contains(&action)))
        .filter(|link| !(link.in_person && viewer.acting.is_some()))
        .map(|link| {
            let here = if link.exact { viewer.path == link.href } else { viewer.within(link.href) };
            let here = here || link.elsewhere.is_some_and(|path| viewer.within(path));
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
                {above}
                <ul>{links}</ul>
            </nav>
            <div class="portal-body">{children()}</div>
        </div>
    }
}
