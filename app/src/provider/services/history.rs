//! `/provider/services/{slug}/history`: every text a service had, and what each of them changed.

use super::{head, trail};
use crate::bookings::words;
use crate::catalog::changes::side_by_side;
use crate::layout::Frame;
use crate::request::{Answer, PageRequest};
use crate::ui::{Badge, Breadcrumbs, Card, EmptyState, Scene, Tone};
use axum::extract::Path;
use domain::catalog::listing::{Change, Listing, Revision, RevisionState, history, told_apart};
use domain::kernel::Zone;
use jiff::Timestamp;
use leptos::prelude::*;

/// `GET /provider/services/{slug}/history`.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage.
pub async fn show(page: PageRequest, Path(slug): Path<String>) -> Answer {
    let (service, texts, shelves) = history(page.ctx(), page.actor(), &slug).await?;
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let entries = texts
        .iter()
        .enumerate()
        .map(|(place, (revision, listing))| {
            let before = texts[place + 1..].iter().find(|(older, _)| was_on_show(older)).map(|(_, listing)| listing);
            let different = before.map(|before: &Listing| told_apart(before, listing, &shelves, &service.team));
            entry(revision, different, &zone, now)
        })
        .collect::<Vec<_>>();
    let list = if entries.is_empty() {
        view! {
            <EmptyState scene=Scene::Shelf title="Nothing has changed yet"
                text="Every text you save from now on stands here, with what it changed."/>
        }
        .into_any()
    } else {
        view! { <ol class="stack">{entries}</ol> }.into_any()
    };
    let body = view! {
        <div class="page stack">
            <Breadcrumbs trail=trail(&service) here="History"/>
            <h1>"History"</h1>
            {list}
        </div>
    };
    Ok(page.show(head("History"), Frame::Provider, body))
}

/// Texts are compared with what customers saw before them, not with drafts in between.
fn was_on_show(revision: &Revision) -> bool {
    revision.live_at.is_some()
}

fn entry(revision: &Revision, different: Option<Vec<Change>>, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let (tone, state) = match revision.state {
        RevisionState::Draft => (Tone::Plain, "Draft"),
        RevisionState::Submitted => (Tone::Warning, "Waits for review"),
        RevisionState::Live => (Tone::Success, "On show"),
        RevisionState::Declined => (Tone::Danger, "Sent back"),
        RevisionState::Replaced if revision.live_at.is_some() => (Tone::Plain, "Was on show"),
        RevisionState::Replaced => (Tone::Plain, "Never on show"),
    };
    let by = revision.author.clone().map_or_else(String::new, |author| format!("by {author}, "));
    let when = words::moment_within(zone, revision.at, now);
    let note = Some(revision.note.clone()).filter(|note| !note.is_empty());
    let inner = match different {
        Some(different) if different.is_empty() => {
            view! { <p class="muted">"The same as what was on show before."</p> }.into_any()
        }
        Some(different) => side_by_side(&different, "Before", "After", false),
        None => view! { <p class="muted">"The first text."</p> }.into_any(),
    };
    let title = format!("Text {}", revision.number);
    view! {
        <li>
            <Card title=title>
                <div class="stack">
                    <p class="row"><Badge tone=tone>{state}</Badge><span class="muted">{by}{when}</span></p>
                    {note.map(|note| view! { <p class="whitespace-pre-line"><strong>"Why: "</strong>{note}</p> })}
                    {inner}
                </div>
            </Card>
        </li>
    }
}
