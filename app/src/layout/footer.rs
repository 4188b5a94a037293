//! The foot of public pages: a site map, and what we promise in one line.

use leptos::prelude::*;

use super::{Viewer, Wordmark};
use crate::ui::Link;

#[component]
pub(super) fn Footer(viewer: Viewer) -> impl IntoView {
    let account = if viewer.name.is_some() {
        vec![Link::new("Your bookings", "/bookings"), Link::new("Your favourites", "/favorites")]
    } else {
        vec![Link::new("Log in", "/login"), Link::new("Register", "/register"), Link::new("Your bookings", "/bookings")]
    };
    let find = vec![
        Link::new("All services", "/services"),
        Link::new("People who come to you", "/services?kind=visit"),
        Link::new("People who work remotely", "/services?kind=delivery"),
        Link::new("How ranking works", "/how-ranking-works"),
        Link::new("Check our records", "/verify"),
    ];
    // Rooms that are closed to the reader are no part of their map.
    let provider = if viewer.provider {
        vec![
            Link::new("Today", "/provider"),
            Link::new("Calendar", "/provider/calendar"),
            Link::new("Bookings", "/provider/bookings"),
        ]
    } else {
        vec![Link::new("Become a provider", "/provider/apply"), Link::new("Provider portal", "/provider")]
    };
    view! {
        <footer class="foot">
            <div class="foot-inner">
                <div class="foot-word">
                    <a class="top-mark" href="/" aria-label="ServiceHub, front page"><Wordmark/></a>
                    <p>"Good people for the job. Never double-booked, and every job on record."</p>
                </div>
                {column("Find", find)}
                {column("Your account", account)}
                {column("For providers", provider)}
            </div>
        </footer>
    }
}

fn column(title: &'static str, links: Vec<Link>) -> impl IntoView {
    let links = links.into_iter().map(|link| view! { <li><a href=link.href>{link.text}</a></li> }).collect::<Vec<_>>();
    view! {
        <nav class="foot-column" aria-label=title>
            <h2>{title}</h2>
            <ul>{links}</ul>
        </nav>
    }
}
