//! Finding one's way inside the site: crumbs, pages of a list, tabs that are links.

use leptos::prelude::*;

use super::icon::{Glyph, Icon, IconSize};

/// A word and where it leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// What people read.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

impl Link {
    /// A link that reads `text` and leads to `href`.
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

/// The way from the front page to here; `here` is the page itself.
#[component]
pub fn Breadcrumbs(
    trail: Vec<Link>,
    #[prop(into)] here: String,
    /// Spoken name, when a page has two of them.
    #[prop(default = "Where you are".to_owned(), into)]
    label: String,
) -> impl IntoView {
    let steps = trail
        .into_iter()
        .map(|step| {
            view! {
                <li>
                    <a href=step.href>{step.text}</a>
                    <Glyph icon=Icon::CHEVRON_RIGHT size=IconSize::Small/>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <nav class="crumbs" aria-label=label>
            <ol>{steps}<li aria-current="page">{here}</li></ol>
        </nav>
    }
}

/// Previous and next part of a list. Shows nothing when there is neither.
#[component]
pub fn Pager(
    #[prop(optional_no_strip)] previous: Option<String>,
    #[prop(optional_no_strip)] next: Option<String>,
    /// Between the two: "21 to 40 of 240".
    #[prop(optional, into)]
    summary: Option<String>,
    /// Spoken name, when a page has two of them.
    #[prop(default = "More results".to_owned(), into)]
    label: String,
) -> impl IntoView {
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=label>
                <span>
                    {previous.map(|href| view! {
                        <a class="btn btn-secondary" rel="prev" href=href><Glyph icon=Icon::ARROW_LEFT/>"Previous"</a>
                    })}
                </span>
                <span class="pager-summary">{summary}</span>
                <span>
                    {next.map(|href| view! {
                        <a class="btn btn-secondary" rel="next" href=href>"Next"<Glyph icon=Icon::ARROW_RIGHT/></a>
                    })}
                </span>
            </nav>
        }
    })
}

/// One tab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// What people read.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// The one we are on.
    pub current: bool,
    /// How many wait there.
    pub count: Option<u64>,
}

impl Tab {
    /// A tab without a count.
    pub fn new(text: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self { text: text.into(), href: href.into(), current, count: None }
    }
}

/// Tabs as links: each is its own address.
#[component]
pub fn Tabs(#[prop(into)] label: String, tabs: Vec<Tab>) -> impl IntoView {
    let tabs = tabs
        .into_iter()
        .map(|tab| {
            view! {
                <li>
                    <a class="tab" href=tab.href aria-current=tab.current.then_some("page")>
                        {tab.text}
                        {tab.count.map(|count| view! { <span class="tab-count">{count}</span> })}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! { <nav class="tabs" aria-label=label><ul>{tabs}</ul></nav> }
}
