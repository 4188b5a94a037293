//! The top of every page. Menus are popovers: they open, close by Escape and by a press outside, without scripts.

use leptos::prelude::*;

use super::{Viewer, Wordmark};
use crate::ui::{Avatar, AvatarSize, Glyph, Icon, IconSize};

/// The header of public pages and of the portal.
#[component]
pub(super) fn Header(viewer: Viewer) -> impl IntoView {
    // Where the page has the whole search, the short one would only be in the way.
    let has_own = viewer.path == "/" || viewer.path == "/services" || viewer.within("/categories");
    let search = (!has_own).then(|| {
        view! {
            <form class="top-search" action="/services" method="get" role="search" aria-label="All services">
                <label class="sr-only" for="top-q">"What do you need?"</label>
                <Glyph icon=Icon::SEARCH/>
                <input id="top-q" type="search" name="q" placeholder="What do you need?" autocomplete="off" maxlength="200"/>
                <button type="submit" class="sr-only">"Search"</button>
            </form>
        }
    });
    let here = |path: &str| viewer.within(path).then_some("page");
    let portal = viewer.provider.then(|| {
        view! { <a class="top-link" href="/provider" aria-current=here("/provider")>"Provider portal"</a> }
    });
    let join = (viewer.name.is_none() || !viewer.provider && !viewer.operator).then(|| {
        view! { <a class="top-link top-join" href="/provider/apply" aria-current=here("/provider/apply")>"Become a provider"</a> }
    });
    let side = match viewer.name.clone() {
        Some(name) => account(name, viewer.picture.clone(), viewer.provider, viewer.operator).into_any(),
        None => visitor(&viewer).into_any(),
    };
    view! {
        <header class="top">
            <div class="top-bar">
                <a class="top-mark" href="/" aria-label="ServiceHub, front page"><Wordmark/></a>
                {search}
                <nav class="top-nav" aria-label="Main">
                    <a class="top-link" href="/services" aria-current=here("/services")>"Find services"</a>
                    {portal}
                    {join}
                </nav>
                <a class="top-glass" href="/services"><Glyph icon=Icon::SEARCH size=IconSize::Large label="Find services"/></a>
                {side}
            </div>
        </header>
    }
}

/// For one task at a time: the wordmark leads home, nothing else leads anywhere.
#[component]
pub(super) fn FocusedHeader(viewer: Viewer) -> impl IntoView {
    let who = viewer
        .name
        .map(|name| view! { <p class="top-who"><Avatar name=name.clone() src=viewer.picture size=AvatarSize::Small/>{name}</p> });
    view! {
        <header class="top">
            <div class="top-bar">
                <a class="top-mark" href="/" aria-label="ServiceHub, front page"><Wordmark/></a>
                <span class="top-space"></span>
                {who}
            </div>
        </header>
    }
}

fn visitor(viewer: &Viewer) -> impl IntoView + use<> {
    let here = |path: &str| viewer.within(path).then_some("page");
    view! {
        <div class="top-account">
            <a class="top-link" href="/login" aria-current=here("/login")>"Log in"</a>
            <a class="btn btn-primary top-register" href="/register" aria-current=here("/register")>"Register"</a>
        </div>
    }
}

fn account(name: String, picture: Option<String>, provider: bool, operator: bool) -> impl IntoView {
    view! {
        <div class="top-account">
            <button type="button" class="top-me" popovertarget="account-menu">
                <Avatar name=name.clone() src=picture size=AvatarSize::Small/>
                <span class="top-name">{name.clone()}</span>
                <span class="sr-only">", your account"</span>
                <Glyph icon=Icon::CHEVRON_DOWN size=IconSize::Small/>
            </button>
            <nav class="menu" id="account-menu" popover="auto" aria-label="Account">
                <p class="menu-who">"Signed in as "<strong>{name}</strong></p>
                <a class="menu-item" href="/bookings"><Glyph icon=Icon::CALENDAR_CHECK/>"Your bookings"</a>
                <a class="menu-item" href="/favorites"><Glyph icon=Icon::HEART/>"Your favourites"</a>
                {provider.then(|| view! {
                    <a class="menu-item" href="/provider"><Glyph icon=Icon::STORE/>"Provider portal"</a>
                })}
                {(!provider).then(|| view! {
                    <a class="menu-item" href="/provider/apply"><Glyph icon=Icon::STORE/>"Become a provider"</a>
                })}
                {operator.then(|| view! {
                    <a class="menu-item" href="/admin"><Glyph icon=Icon::GRID/>"Back office"</a>
                })}
                <a class="menu-item" href="/services"><Glyph icon=Icon::SEARCH/>"Find services"</a>
                <a class="menu-item" href="/account"><Glyph icon=Icon::SETTINGS/>"Your account"</a>
                <form method="post" action="/logout">
                    <button type="submit" class="menu-item"><Glyph icon=Icon::LOG_OUT/>"Log out"</button>
                </form>
            </nav>
        </div>
    }
}
