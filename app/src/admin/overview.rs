//! `/admin`: what waits for the marketplace's own people.

use super::providers::age_of;
use super::{enter, head};
use crate::bookings::words;
use crate::layout::Frame;
use crate::request::{Answer, PageRequest};
use crate::ui::{EmptyState, LinkButton, Scene, Stat};
use domain::accounts::operators::{PeopleFilter, waiting};
use domain::audit;
use domain::catalog::listing;
use domain::kernel::{Action, Object, Role, Zone, can};
use domain::onboarding;
use leptos::prelude::*;

/// `GET /admin`.
///
/// # Errors
/// Not signed in; not found for everybody who is no operator.
pub async fn show(page: PageRequest) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::SeeBackOffice)? {
        return Ok(elsewhere);
    }
    let may_see = can(page.actor(), Action::SeeUsers, &Object::default());
    let figures = if may_see { Some(waiting(page.ctx(), page.actor()).await?) } else { None };
    let roles: Vec<&str> =
        page.actor().roles.iter().filter(|role| role.is_operators()).map(|role| role.title()).collect();
    let checks = can(page.actor(), Action::CheckProviders, &Object::default());
    let queue = if checks { Some(onboarding::waiting(page.ctx(), page.actor()).await?) } else { None };
    let reviews = can(page.actor(), Action::ReviewListings, &Object::default());
    let services = if reviews { Some(listing::waiting(page.ctx(), page.actor()).await?) } else { None };
    let reads = can(page.actor(), Action::ReadAudit, &Object::default());
    let history = if reads { Some(audit::standing(page.ctx(), None, 1).await?) } else { None };
    let has_rooms = queue.is_some() || history.is_some();
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let services = services.map(|(waiting, oldest)| {
        let note = oldest
            .map_or_else(|| "for review".to_owned(), |oldest| format!("for review, the first {}", age_of(oldest, now)));
        view! { <Stat label="Services" value=waiting.to_string() note=note href=Some("/admin/services".to_owned())/> }
    });
    let history = history.map(|standing| {
        let signed = standing.latest.first();
        let (day, note) = signed.map_or_else(
            || ("Not yet".to_owned(), "the end of the history is signed once a day".to_owned()),
            |head| (words::dated(&zone, head.signed_at, now), format!("up to entry {}", head.seq)),
        );
        let behind = standing.entries - signed.map_or(0, |head| head.seq);
        view! {
            <div class="stats">
                <Stat label="History" value=standing.entries.to_string() note="entries" href=Some("/admin/audit".to_owned())/>
                <Stat label="Signed last" value=day note=note href=Some("/verify".to_owned())/>
                <Stat label="Since then" value=behind.to_string() note="entries, signed next" href=Some("/admin/audit".to_owned())/>
            </div>
        }
    });
    let queue = queue.map(|queue| {
        view! {
            <div class="stats">
                <Stat label="Applications" value=queue.waiting.to_string() note="waiting for us" href=Some("/admin/providers".to_owned())/>
                <Stat label="Asked for more" value=queue.asked.to_string() note="waiting for applicants" href=Some("/admin/providers?show=asked".to_owned())/>
                <Stat label="New documents" value=queue.documents.to_string() note="from businesses" href=Some("/admin/providers?show=documents".to_owned())/>
                <Stat label="Changes" value=queue.changes.to_string() note="of names and bank countries" href=Some("/admin/providers?show=changes".to_owned())/>
                {services}
            </div>
        }
    });
    let rooms = match figures {
        Some(figures) => {
            let appeals =
                format!("/admin/users?{}", query(&PeopleFilter { suspended: true, ..PeopleFilter::default() }));
            view! {
                <div class="stats">
                    <Stat label="People" value=figures.people.to_string() note="with an account" href=Some("/admin/users".to_owned())/>
                    <Stat label="New this week" value=figures.new_people.to_string() note="registered" href=Some("/admin/users".to_owned())/>
                    <Stat label="Suspended" value=figures.suspended.to_string() note="accounts" href=Some(appeals.clone())/>
                    <Stat label="Answers to read" value=figures.appeals.to_string() note="from suspended people" href=Some(appeals)/>
                </div>
            }
            .into_any()
        }
        None if has_rooms => ().into_any(),
        None => view! {
            <EmptyState scene=Scene::Door title="Your rooms" text="The menu shows what your role opens.">
                <LinkButton href="/">"To the marketplace"</LinkButton>
            </EmptyState>
        }
        .into_any(),
    };
    let body = view! {
        <div class="page stack">
            <div>
                <h1>"Back office"</h1>
                <p class="lead">"You work here as " {roles.join(", ")} "."</p>
            </div>
            {queue}
            {rooms}
            {history}
        </div>
    };
    Ok(page.show(head("Back office"), Frame::Admin, body))
}

/// A filter as the query of an address.
pub(super) fn query(filter: &PeopleFilter) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    if !filter.words.is_empty() {
        pairs.append_pair("q", &filter.words);
    }
    if let Some(role) = filter.role.map(Role::name) {
        pairs.append_pair("role", role);
    }
    if filter.suspended {
        pairs.append_pair("suspended", "on");
    }
    pairs.finish()
}
