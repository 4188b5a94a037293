//! The banner of an operator who acts for somebody: on every page, so that nobody forgets whose name they use.

use leptos::prelude::*;

use crate::bookings::words;
use crate::request::PageRequest;
use crate::ui::{Glyph, Icon};
use domain::kernel::Zone;

/// For whom, why, and until when.
#[derive(Clone, Debug)]
pub(crate) struct Acting {
    name: String,
    reason: String,
    until: String,
}

impl Acting {
    pub(super) fn of(page: &PageRequest) -> Option<Self> {
        let behalf = page.actor().behalf.as_ref()?;
        let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
        Some(Self {
            name: behalf.person_name.clone(),
            reason: behalf.reason.clone(),
            until: words::clock(&zone, behalf.until),
        })
    }
}

/// Name, reason, and the way back.
#[component]
pub(super) fn ActingBanner(acting: Acting) -> impl IntoView {
    let Acting { name, reason, until } = acting;
    let (whom, end) = (format!("You act as {name}"), format!("Until {until}."));
    view! {
        <section class="acting" aria-label="You act for somebody">
            <div class="acting-bar">
                <span class="acting-more"><Glyph icon=Icon::USERS/></span>
                <p class="acting-words">
                    <strong>{whom}</strong>", because: "<span class="acting-reason">{reason}</span>
                    <small>{end}<span class="acting-more">" Everything is on record with both names."</span></small>
                </p>
                <form method="post" action="/account/acting/stop">
                    <button type="submit" class="btn btn-secondary btn-sm">"Stop acting"</button>
                </form>
            </div>
        </section>
    }
}
